"""Baselines written from reports, and held against later ones."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from privscan.assess.baseline import (
    Acceptance,
    Audited,
    Baseline,
    audited,
    made,
    read_baseline,
    written,
)
from privscan.assess.policy import every_breach
from privscan.errors import UsageError
from privscan.model.report import Report
from privscan.render._files import write
from privscan.rulebook.load import rulebook
from privscan.verdicts._bounds import Bounds
from privscan.verdicts._decide import asked, chosen_policy

MOST_DAYS = 366
"""Days after which what was accepted has to be looked at again, at the latest."""


def accepted(  # noqa: PLR0913, PLR0917  a report, a file, and all that an entry states
    report: Report | str | Path,
    file: Path,
    owner: str,
    reason: str,
    expires: date | str,
    bounds: Bounds,
) -> Baseline:
    """Write the baseline of all that a report breaks; what is in force in the file stays."""
    if not owner.strip() or not reason.strip():
        raise UsageError("what is accepted has an owner and a reason", hint="--owner, --reason")
    before = read_baseline(file) if file.exists() else None
    policy = chosen_policy(bounds)
    one, beside = asked(report, None, {**bounds, "baseline": before})
    day = _last_day(expires, beside.today)
    found = every_breach(one, policy, rulebook(), beside)
    by = Acceptance(owner, reason, day.isoformat(), policy.id, beside.today)
    baseline = made(found, one.datasets, by, before)
    write({file: written(baseline)})
    return baseline


def _last_day(expires: date | str, now: date) -> date:
    try:
        day = date.fromisoformat(expires) if isinstance(expires, str) else expires
    except ValueError:
        raise UsageError("a day is written 2026-12-31", where="expires") from None
    if not 0 <= (day - now).days <= MOST_DAYS:
        hint = f"name a day within {MOST_DAYS} days"
        raise UsageError("nothing is accepted for that long, nor until a day gone by", hint=hint)
    return day


def checked(file: Path, report: Report | str | Path, bounds: Bounds) -> tuple[Audited, ...]:
    """Each entry and what is wrong with it, by the policy that the baseline was written under."""
    given = read_baseline(file)
    under: Bounds = {"policy": given.policy, **bounds}
    one, beside = asked(report, None, {**under, "baseline": given})
    found = every_breach(one, chosen_policy(under), rulebook(), beside)
    return tuple(audited(given, found, beside.today))
