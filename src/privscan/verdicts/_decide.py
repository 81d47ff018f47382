"""From reports to verdicts: what the public functions and verbs call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack

from privscan.assess.baseline import read_baseline
from privscan.assess.context import load_context
from privscan.assess.people import told
from privscan.assess.policies import load_policy
from privscan.assess.policy import Beside, remedies, tightened, verdict
from privscan.assess.rejudge import rejudged
from privscan.errors import UsageError
from privscan.model.report import SCHEMA, Report
from privscan.render._files import saved_report
from privscan.rulebook.load import rulebook
from privscan.verdicts._bounds import Bounds

if TYPE_CHECKING:
    from privscan.assess.baseline import Baseline
    from privscan.assess.context import Context
    from privscan.model.finding import Verdict
    from privscan.rulebook.policies import Policy


HEAD = 200
"""Bytes in which a saved report says that it is one."""


def decided(
    report: Report | str | Path,
    context: str | Path | Context | None = None,
    **bounds: Unpack[Bounds],
) -> Verdict:
    """The verdict on a report, or on a saved one, whose rules must be those in force."""
    policy = chosen_policy(bounds)
    one, beside = asked(report, context, bounds)
    rules = rulebook()
    given = verdict(one, policy, rules, beside)
    return replace(given, remedies=tuple(remedies(one, policy, rules, beside, given)))


def chosen_policy(bounds: Bounds) -> Policy:
    """The policy, tightened by the other bounds given."""
    policy = bounds.get("policy", "ingest")
    chosen = load_policy(policy) if isinstance(policy, str | Path) else policy
    return tightened(chosen, bounds.get("max_score"), bounds.get("fail_on"))


def asked(
    report: Report | str | Path, context: str | Path | Context | None, bounds: Bounds
) -> tuple[Report, Beside]:
    """The report, judged by today's declarations if it was saved, and all else a verdict rests on."""
    home = None if isinstance(report, Report) else Path(report).parent
    one = report if isinstance(report, Report) else saved_report(Path(report))
    contexts = _contexts(one, home, context)
    if home is not None:
        one = rejudged(one, contexts)
    before = _old(bounds)
    beside = Beside(
        contexts=contexts,
        baseline=_baseline(bounds),
        old=before.datasets if before else None,
        today=bounds.get("today") or today(),
        own_rules=home is None,
    )
    return one, beside


def today() -> date:
    """The day, everywhere the same: a pipeline's machines stand in many places."""
    return datetime.now(UTC).date()


def _contexts(
    report: Report, home: Path | None, given: str | Path | Context | None
) -> Mapping[str, Context]:
    """What was declared of each dataset: as given, else in the dataset.yaml beside the data."""
    if given is not None:
        context = load_context(Path(given)) if isinstance(given, str | Path) else given
        return {dataset.name: context for dataset in report.datasets}
    files = {dataset.name: told(dataset.uri, home) for dataset in report.datasets}
    return {name: load_context(file) for name, file in files.items() if file}


def split(options: Mapping[str, Any]) -> tuple[Bounds, Any]:
    """The options of a gate parted: bounds of the verdict, and what the scan takes."""
    known = Bounds.__annotations__
    bounds: Any = {name: value for name, value in options.items() if name in known}
    return bounds, {name: value for name, value in options.items() if name not in known}


def prepared(options: Mapping[str, Any]) -> tuple[Bounds, Any]:
    """The same, with the files of the bounds read: a wrong one is told before any data is read."""
    bounds, settings = split(options)
    read: Bounds = {
        **bounds,
        "policy": chosen_policy(bounds),
        "baseline": _baseline(bounds),
        "old": _old(bounds),
    }
    return read, settings


def _baseline(bounds: Bounds) -> Baseline | None:
    given = bounds.get("baseline")
    return read_baseline(Path(given)) if isinstance(given, str | Path) else given


def _old(bounds: Bounds) -> Report | None:
    given = bounds.get("old")
    return saved_report(Path(given)) if isinstance(given, str | Path) else given


def only_report(sources: Sequence[object]) -> Path:
    """The one saved report that is named; several are a `UsageError`."""
    if len(sources) != 1 or sources[0] == "-":
        raise UsageError("--report takes one report", hint="privscan gate --report report.json")
    return Path(str(sources[0]))


def no_reports(sources: Sequence[object]) -> None:
    """A saved report among the sources is a `UsageError`: as data it would hold nobody's, and pass."""
    for source in sources:
        if not isinstance(source, str | Path) or not str(source).endswith(".json"):
            continue
        try:
            with Path(source).open("rb") as file:
                begins = file.read(HEAD)
        except OSError:
            continue
        if SCHEMA.encode() in begins:
            hint = f"privscan gate --report {source}, or privscan.decide(...)"
            raise UsageError("this is a saved report, not data", where=str(source), hint=hint)
