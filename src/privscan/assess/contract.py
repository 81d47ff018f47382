"""Columns held against a policy's contract: those missing, those not expected, and their types."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from privscan.errors import nearest
from privscan.model.kinds import Kind

if TYPE_CHECKING:
    from privscan.model.finding import Text
    from privscan.model.profile import ColumnProfile, DatasetProfile
    from privscan.rulebook.policies import Contract, Policy

Broken = tuple[tuple[str, ...], str, str, str, int, "Text"]
"""Columns, sort of breach, measured, threshold, cells, message."""

_INSIDE = re.compile(r"\.|\[\]")
_OPENED = frozenset({Kind.IMAGE, Kind.AUDIO, Kind.BYTES})
"""Columns whose cells detectors open: what they find inside comes with the column."""


def contract_breaches(profile: DatasetProfile, policy: Policy) -> Iterator[Broken]:
    """What differs from the first contract that is for a dataset of this name.

    Of data of which no column is known nothing differs: `unjudged` says that.
    """
    if not policy.columns or _unseen(profile):
        return
    fitting = [c for c in policy.columns if _fits(profile.name, c.dataset)]
    if not fitting:
        said = {
            "en": "no contract of the policy is for this dataset",
            "ja": "このデータセットに対する列の取決めがポリシーにない",
        }
        yield (), "dataset", "none", "a contract", 0, said
        return
    yield from _missing(profile, fitting[0])
    for column in profile.columns:
        yield from _of_column(column, profile, fitting[0])


def unjudged(profile: DatasetProfile, policy: Policy) -> Iterator[str]:
    """Why the contract could not be judged; that is no pass, and no breach either."""
    if policy.columns and _unseen(profile):
        yield f"{profile.name}: no column could be read, and the policy has a contract of columns"


def _unseen(profile: DatasetProfile) -> bool:
    """Whether nothing of the dataset was read; one without columns that has rows lost them."""
    return not profile.columns and not profile.rows


def _missing(profile: DatasetProfile, contract: Contract) -> Iterator[Broken]:
    present = {outer for column in profile.columns for outer in _outward(column.path)}
    for path, kind in contract.required.items():
        if path not in present:
            near = _near(path, [c.path for c in profile.columns if not _named(c.path, contract)])
            said = {
                "en": f"the required column {path} is missing{near['en']}",
                "ja": f"必須の列 {path} がない{near['ja']}",
            }
            yield (path,), "missing", "missing", str(kind), 0, said


def _of_column(
    column: ColumnProfile, profile: DatasetProfile, contract: Contract
) -> Iterator[Broken]:
    cells = column.rows - column.nulls
    if not _named(column.path, contract) and not _inside_named(column, profile, contract):
        present = {one.path for one in profile.columns}
        known = [p for p in (*contract.required, *contract.allowed) if p not in present]
        near = _near(column.path, known)
        said = {
            "en": f"the column {column.path} is not expected{near['en']}",
            "ja": f"列 {column.path} は取決めにない{near['ja']}",
        }
        yield (column.path,), "unexpected", "unexpected", "expected columns", cells, said
    kind = _named(column.path, contract)
    if kind not in {"", "any", column.kind} and cells:
        said = {
            "en": f"the column {column.path} holds {column.kind}, not {kind}",
            "ja": f"列 {column.path} の型が {column.kind} である({kind} のはず)",
        }
        yield (column.path,), "type", str(column.kind), str(kind), cells, said


def _outward(path: str) -> Iterator[str]:
    """The path and those it lies in: `a.b[].c`, `a.b`, `a`."""
    yield path
    for cut in reversed([m.start() for m in _INSIDE.finditer(path)]):
        yield path[:cut]


def _inside_named(column: ColumnProfile, profile: DatasetProfile, contract: Contract) -> bool:
    outer, inside, _ = column.path.partition("[].")
    opened = any(c.path == outer and c.kind in _OPENED for c in profile.columns)
    return bool(inside) and opened and bool(_named(outer, contract))


def _fits(name: str, pattern: str) -> bool:
    escaped = re.escape(pattern).replace(r"\*", ".*").replace(r"\?", ".")
    return re.fullmatch(escaped, name, re.DOTALL) is not None


def _named(path: str, contract: Contract) -> str:
    """The type that the contract gives a column; empty for one it does not name."""
    if path in contract.required:
        return str(contract.required[path])
    fits = (str(kind) for name, kind in contract.allowed.items() if _fits(path, name))
    return next(fits, "")


def _near(path: str, known: list[str]) -> Text:
    """A near name that the other side has and this one has not."""
    hint = nearest(path, known).removeprefix("did you mean ").rstrip("?")
    if not hint:
        return {"en": "", "ja": ""}
    return {"en": f"; did you mean {hint}?", "ja": f"({hint} の誤りか)"}
