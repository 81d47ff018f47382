"""When a dataset is assessed again at the latest: some months after it was signed, or before."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from datetime import date

from privscan.assess.signoff import routing
from privscan.model.assessment import Signed, SignOff
from privscan.model.progress import Review

SIGNATURE, PERSON = "signature", "person"


def review(signoffs: Iterable[SignOff], set_day: str, today: date | None) -> Review:
    """The earlier of the day that people set and the months of the rules after the last signature.

    A signature that is missing or re-opened sets no day: the assessment is due now.
    """
    days: dict[str, str] = {set_day: PERSON} if set_day else {}
    every = tuple(signoffs)
    if every and all(s.state is Signed.CURRENT and _day(s.date) for s in every):
        last = max(day for s in every if (day := _day(s.date)))
        days.setdefault(after(last, routing().review_months).isoformat(), SIGNATURE)
    if not days:
        return Review()
    due = min(days)
    return Review(due, days[due], today is not None and date.fromisoformat(due) < today)


def after(day: date, months: int) -> date:
    """The same day so many months later, or the last one of a month that is too short for it."""
    year, month = divmod(day.month - 1 + months, 12)
    last = calendar.monthrange(day.year + year, month + 1)[1]
    return date(day.year + year, month + 1, min(day.day, last))


def _day(said: str) -> date | None:
    """A date as people sign with; other words than a day are none."""
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None
