"""What a store remembers of its scans: one entry each, and the reports for a trend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from privscan.assess.context import Context, find_context, load_context
from privscan.assess.drift import drift
from privscan.assess.retention import kept_too_long
from privscan.assess.trend import history as past_of
from privscan.assess.trend import trend as movement
from privscan.errors import UsageError
from privscan.model.kinds import Level
from privscan.render.json import read_report
from privscan.sources._address import scheme
from privscan.store.index import Index, Scan
from privscan.store.logged import LoggedIndex
from privscan.store.objects import Objects

if TYPE_CHECKING:
    from privscan.model.finding import Text
    from privscan.model.profile import DatasetProfile
    from privscan.model.progress import DatasetPast
    from privscan.model.report import Report

_HINT = "privscan scan SOURCE --store STORE"


@dataclass(frozen=True, slots=True)
class Entry:
    """One scan; `new` and `gone` are checks against the scan of the same sources before it."""

    scan: int
    ended: str
    scope: str
    score: float
    level: Level
    complete: bool
    datasets: int
    findings: int
    new: tuple[str, ...]
    gone: tuple[str, ...]
    parts: int
    reused: int
    reasons: str
    rules_digest: str
    rules_changed: bool


@dataclass(frozen=True, slots=True)
class Moved:
    """A dataset over the scans of a scope, and what an operator has to look at in the newest."""

    dataset: str
    past: tuple[DatasetPast, ...]
    drift: tuple[Text, ...]


def history(folder: str | Path) -> tuple[Entry, ...]:
    """Every complete scan in the store, oldest first."""
    scans = _scans(folder)
    entries: dict[int, Entry] = {}
    for scope in dict.fromkeys(scan.scope for scan in scans):
        some = [scan for scan in scans if scan.scope == scope]
        reports = tuple(read_report(scan.report) for scan in some)
        for scan, report, past in zip(some, reports, movement(reports, frozenset()), strict=True):
            before = entries.get(max((e for e in entries if entries[e].scope == scope), default=0))
            entries[scan.id] = Entry(
                scan.id, scan.ended, scope, past.score, past.level, report.complete, past.datasets,
                past.findings, past.new, past.gone, scan.parts, scan.reused, scan.reasons,
                scan.rules, before is not None and before.rules_digest != scan.rules,
            )  # fmt: skip
    return tuple(entries[scan.id] for scan in scans)


def reused(folder: str | Path) -> str:
    """Of the newest scan: how many parts were not read again, and why the others were."""
    *earlier, scan = _scans(folder)
    said = f"{scan.reused:,} of {scan.parts:,} parts re-used"
    said += f", the others: {scan.reasons}" if scan.reasons else ""
    before = [one.rules for one in earlier if one.scope == scan.scope]
    changed = scan.reused and before and before[-1] != scan.rules
    return f"{said}; judged again, since rules changed" if changed else said


def trend(
    folder: str | Path, scope: str | None = None, today: date | None = None
) -> tuple[Moved, ...]:
    """Each dataset of a scope, by default that of the newest scan, over all its scans."""
    scans = _scans(folder)
    known = {scan.scope for scan in scans}
    if scope is not None and scope not in known:
        hint = f"its scans are of: {', '.join(sorted(known))}"
        raise UsageError("the store has no scan of these sources", where=scope, hint=hint)
    if not scans:
        raise UsageError("the store has no complete scan", where=str(folder), hint=_HINT)
    chosen = scans[-1].scope if scope is None else scope
    reports = tuple(read_report(scan.report) for scan in scans if scan.scope == chosen)
    day = today or datetime.now(UTC).date()
    return tuple(
        Moved(
            data.name,
            tuple(past_of(data.name, reports)),
            (*_drift(data, reports[:-1]), *kept_too_long(data, _context(data), day)),
        )
        for data in reports[-1].datasets
    )


def _drift(data: DatasetProfile, before: Sequence[Report]) -> Sequence[Text]:
    if not before:
        return ()
    old = next((d for d in before[-1].datasets if d.name == data.name), None)
    return tuple(drift(old, data))


def _context(data: DatasetProfile) -> Context:
    file = find_context(data.uri)
    return load_context(file) if file else Context()


def _scans(place: str | Path) -> list[Scan]:
    index = _index(place)
    try:
        return list(index.scans())
    finally:
        index.close()


def _index(place: str | Path) -> Index:
    if scheme(str(place)):
        return LoggedIndex(Objects(str(place)))
    file = Path(place) / "index.sqlite"
    if not file.is_file():
        raise UsageError("there is no store in this folder", where=str(place), hint=_HINT)
    return Index(file)
