"""Policies by name or file, and their own examples: datasets that must pass, or break just this."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from privscan.assess.context import Context
from privscan.assess.policy import Beside, every_breach, incomplete
from privscan.assess.score import level
from privscan.errors import RuleError, UsageError, nearest
from privscan.model.data import Unread
from privscan.model.finding import Finding
from privscan.model.kinds import Certainty, Kind
from privscan.model.profile import (
    ColumnProfile,
    DatasetProfile,
    EntityProfile,
    QuasiIdentifiers,
    Risk,
)
from privscan.model.report import Report, Tool
from privscan.rulebook._yaml import read, shaped
from privscan.rulebook.folders import files
from privscan.rulebook.load import assembled, rulebook
from privscan.rulebook.policy_files import Known, read_policy

if TYPE_CHECKING:
    from privscan.rulebook.load import Rulebook
    from privscan.rulebook.policies import Policy, PolicyExample

ROWS = 100
_TEXT = {"en": "an example", "ja": "例"}


def load_policy(name: str | Path) -> Policy:
    """A shipped policy by name, or a policy file; an unknown one is a `UsageError`."""
    shipped = rulebook().policies
    if isinstance(name, str) and name in shipped:
        return shipped[name]
    file = Path(name)
    if not file.is_file():
        hint = nearest(str(name), shipped) or f"shipped are: {', '.join(sorted(shipped))}"
        raise UsageError(f"there is no policy {str(name)!r}, nor a file of that name", hint=hint)
    return checked_policy(file, rulebook())


def checked_policy(file: Path, rules: Rulebook) -> Policy:
    """The policy in a file; one whose own examples fail is a `RuleError`: it is not what it says."""
    policy = read_policy(file, Known.of(rules.entities, rules.groups, rules.rules))
    if errors := tuple(_failures(policy, rules, file)):
        raise RuleError.of(errors)
    return policy


def check_policies(folder: Path) -> list[RuleError]:
    """What is wrong with the examples of the policies in a rules folder; each must have both kinds."""
    try:
        rules = assembled(folder)
    except RuleError:
        return []  # told by the check of the rules themselves
    return [error for file in files(folder, "policies") for error in _of_file(file, rules)]


def _of_file(file: Path, rules: Rulebook) -> Iterator[RuleError]:
    policy = read_policy(file, Known.of(rules.entities, rules.groups, rules.rules))
    outcomes = {not (one.breaks or one.incomplete) for one in policy.examples}
    if outcomes != {True, False}:
        yield RuleError(
            f"{policy.id}: examples must show a dataset that passes and one that does not",
            where=read(file).where(("examples",)),
        )
    yield from _failures(policy, rules, file)


def _failures(policy: Policy, rules: Rulebook, file: Path) -> Iterator[RuleError]:
    bare = policy.model_copy(update={"waivers": ()})
    document = read(file)
    for i, example in enumerate(policy.examples):
        place = ("examples", i, "context")
        try:
            context = shaped(Context, dict(example.context), document, place)
        except RuleError as error:
            yield error
            continue
        if said := _failure(example, context, bare, rules):
            yield RuleError(f"{policy.id}: example {i + 1}{said}", where=document.where(place[:2]))


def _failure(example: PolicyExample, context: Context, policy: Policy, rules: Rulebook) -> str:
    """How the gate's answer to an example differs from what it says; empty if it does not."""
    report = _report(example, rules)
    beside = Beside({example.dataset: context}, old=() if example.new else None)
    broken = {breach.rule for breach in every_breach(report, policy, rules, beside)}
    if broken != {*example.breaks}:
        said = ", ".join(sorted(broken)) or "nothing"
        wanted = ", ".join(sorted(example.breaks)) or "nothing"
        return f" breaks {said}, and should break {wanted}"
    lacking = tuple(incomplete(report, policy, rules))
    if bool(lacking) != example.incomplete:
        return f": {'; '.join(lacking) or 'nothing is lacking'}"
    return ""


def _report(example: PolicyExample, rules: Rulebook) -> Report:
    """The report of a scan that saw what an example describes."""
    name = example.dataset
    held = tuple(
        _column(entity, Kind.TEXT, EntityProfile(entity, 1.0, ROWS, 1.0, (1.0, 1.0), state))
        for entity, state in example.has.items()
    )
    others = tuple(
        _column(path, Kind.TEXT if kind == "any" else Kind(kind))
        for path, kind in example.columns.items()
    )
    at = level(example.score, rules.scoring)
    profile = DatasetProfile(
        name=name,
        uri=name,
        kind="table",
        rows=ROWS,
        bytes=0,
        files=1,
        subjects=ROWS,
        columns=(*held, *others),
        quasi_identifiers=tuple(_classes(example)),
        risk=Risk(example.score, at, (example.score, example.score), ()),
        unread_share=example.unread,
    )
    unread = (Unread(name, "", "unread in the example", dataset=name),) if example.unread else ()
    not_run = dict.fromkeys(example.not_run, "not installed in the example")
    return Report(
        tool=Tool("", rules.digest, "", not_run=not_run),
        score=example.score,
        level=at,
        complete=not unread,
        datasets=(profile,),
        findings=tuple(_findings(example)),
        unread=unread,
    )


def _column(path: str, kind: Kind, *found: EntityProfile) -> ColumnProfile:
    entity = found[0].entity if found else None
    return ColumnProfile(path, kind, ROWS, 0, ROWS, entity, 1.0 if found else 0.0, found)


def _classes(example: PolicyExample) -> Iterator[QuasiIdentifiers]:
    """Classes of all quasi-identifiers of an example, all of the size that it says."""
    if example.k is not None:
        columns = (*example.has, *example.columns)
        sizes = ((example.k, ROWS),)
        yield QuasiIdentifiers(columns, example.k, 0.0, ROWS, sizes, 0.0, (0.0, 0.0))


def _findings(example: PolicyExample) -> Iterator[Finding]:
    for check, severity in example.findings.items():
        yield Finding(
            id="0" * 12, check=check, principles=(), viewpoints=(), phase="design",
            severity=severity, confidence=1.0, certainty=Certainty.SCAN_SUFFICIENT,
            dataset=example.dataset, columns=(), measured="", threshold="", citations=(),
            message=_TEXT, advice=_TEXT,
        )  # fmt: skip
