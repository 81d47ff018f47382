"""What a treatment costs: the share of a column's information that is gone or not readable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl
import pyarrow as pa

from privscan.assess.treatments import treatments
from privscan.errors import UsageError
from privscan.protect.cells import is_bytes, is_nested, texts
from privscan.protect.treating import Apply

_ALONE: Mapping[str, float] = {"shift": 0.2, "mask": 0.8, "anonymise": 0.5}
"""The same of treatments that an assessment does not name (`rules/impact/treatments.yaml`)."""

_UNREADABLE = frozenset({"tokenise", "encrypt", "shift", "blur"})
"""What cannot be read although equal stays equal: no entropy tells what that costs."""

MASKED = _ALONE["mask"]
"""What a covered character costs of its cell."""


def expected(name: str, *, direct: bool, unneeded: bool = False) -> float:
    """The share 0..1 that a treatment takes of a column nobody measures: an assessment's figure."""
    by_rules = next((one for one in treatments() if one.id == name), None)
    return by_rules.price(direct=direct, unneeded=unneeded) if by_rules else _ALONE.get(name, 1.0)


@dataclass(frozen=True, slots=True)
class Sample:
    """Cells of a column, and the bits a row that they tell (Shannon's entropy)."""

    cells: pa.Array
    bits: float

    @classmethod
    def of(cls, cells: pa.Array) -> Sample:
        """A sample of the cells."""
        return cls(cells, _entropy(_keys(cells)))


def lost(sample: Sample, name: str, apply: Apply | None, *, direct: bool) -> float:
    """The share 0..1 that a treatment takes: all of a dropped column, H(X|Y) / H(X) of another."""
    if apply is None:
        return 1.0
    if name in _UNREADABLE:
        return expected(name, direct=direct)
    try:
        return lost_to(sample, apply(sample.cells))
    except UsageError:
        return 1.0


def lost_to(sample: Sample, cells: pa.Array) -> float:
    """The share of a sample that other cells in its place do not tell."""
    before, after = _keys(sample.cells), _keys(cells)
    both = pl.DataFrame({"x": before, "y": after})
    gone = (_entropy_of(both) - _entropy(after)) / sample.bits if sample.bits else 0.0
    return float(np.clip(max(gone, MASKED * _covered(before, after)), 0.0, 1.0))


def _keys(cells: pa.Array) -> pl.Series:
    if is_bytes(cells.type) or is_nested(cells.type):
        return pl.Series([hash(v.as_py().__repr__()) for v in cells], dtype=pl.Int64).cast(
            pl.String
        )
    return texts(cells)


def _entropy(cells: pl.Series) -> float:
    return _entropy_of(pl.DataFrame({"x": cells}))


def _entropy_of(frame: pl.DataFrame) -> float:
    if not frame.height:
        return 0.0
    share = frame.group_by(frame.columns).len()["len"].to_numpy() / frame.height
    return float(-(share * np.log2(share)).sum())


def _covered(before: pl.Series, after: pl.Series) -> float:
    """The share of characters for which stars stand."""
    every = int(before.str.len_chars().sum() or 1)
    return max(0, _stars(after) - _stars(before)) / every


def _stars(cells: pl.Series) -> int:
    return int(cells.str.count_matches("*", literal=True).sum())
