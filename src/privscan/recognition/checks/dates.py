"""Dates in national numbers, as arithmetic on whole columns."""

from __future__ import annotations

import numpy as np

from privscan.recognition.checks.buffers import Flags
from privscan.recognition.checks.digits import Sums

_DAYS = np.array([0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31], np.uint32)
_MONTHS = 12
_FEBRUARY, _LEAP_DAY = 2, 29


def are_dates(year: Sums, month: Sums, day: Sums) -> Flags:
    """Which days are in the Gregorian calendar; years from 1 on."""
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    in_month = (day >= 1) & (day <= _DAYS[np.where(month <= _MONTHS, month, 0)])
    real: Flags = in_month & (leap | (month != _FEBRUARY) | (day != _LEAP_DAY))
    return real
