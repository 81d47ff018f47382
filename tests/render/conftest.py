"""The made reports as fixtures, at one moment."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from made_reports import CASES, HOSTILE, hostile, ordinary

from privscan.model.report import Report


@pytest.fixture(autouse=True)
def _one_moment(monkeypatch):
    """Formats that want a date get this one."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1764028800")


@pytest.fixture
def cases() -> dict[str, Callable[[], Report]]:
    return CASES


@pytest.fixture(params=CASES)
def report(request) -> Report:
    """Each case in turn."""
    return CASES[request.param]()


@pytest.fixture
def lake() -> Report:
    """An ordinary report with every section filled."""
    return ordinary()


@pytest.fixture
def hostile_report() -> Report:
    return hostile()


@pytest.fixture
def hostile_names() -> tuple[str, ...]:
    return HOSTILE
