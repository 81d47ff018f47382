"""Births are told from other dates by how they are written and spread over the decades."""

from __future__ import annotations

import pytest

from privscan.assess.births import births
from privscan.assess.weighing import Seen


def dates(**cells):
    """Hits of days, by decade or by manner and decade: `timed_1980s=3`."""
    named = {(k if "_" in k else f"dates_{k}").replace("_", "/"): n for k, n in cells.items()}
    return [Seen(name, 0.3, n, n) for name, n in named.items()]


def manners(seen):
    return {one.detector: one.cells for one in births(seen)}


@pytest.mark.parametrize(
    ("seen", "manner"),
    [
        ({"x1950s": 10, "x1970s": 10, "x1990s": 10}, "spread"),
        ({"x1930s": 1, "x1940s": 1, "x1950s": 1}, "spread"),
        ({"x1950s": 30, "x1970s": 30, "x1990s": 30, "x2010s": 5}, "spread"),
        ({"x1950s": 10, "x1970s": 10, "x1990s": 10, "x2000s": 10, "x2010s": 10}, "spread"),
        ({"x1980s": 50, "x1990s": 50}, "early"),
        ({"x1990s": 100}, "early"),
        ({"x1950s": 1, "x1980s": 100, "x1990s": 100}, "early"),
        ({"x2000s": 10, "x2010s": 90}, "late"),
        ({"x2010s": 60, "x2020s": 40}, "late"),
        ({"x1980s": 5, "x1990s": 5, "x2000s": 5, "x2020s": 85}, "late"),
        ({"x1950s": 40, "x1970s": 40, "other": 20}, "other"),
        ({"x2030s": 90, "x1980s": 10}, "other"),
    ],
)
def test_days_by_their_decades(seen, manner):
    seen = {name.removeprefix("x"): cells for name, cells in seen.items()}
    hits = [Seen(f"dates/{name}", 0.3, cells, cells) for name, cells in seen.items()]
    assert manners(hits) == {f"births/{manner}": sum(seen.values())}


def test_a_time_of_day_is_an_events():
    assert manners(dates(timed_1950s=10, timed_1970s=10, timed_1990s=10)) == {"births/timed": 30}
    few = dates(timed_1950s=1, dates_1950s=30, dates_1970s=30, dates_1990s=30)
    assert manners(few) == {"births/spread": 91}


def test_years_alone_stand_apart_from_days():
    years = dates(years_1950s=5, years_1970s=5, years_1990s=5)
    assert manners(years) == {"births/years": 15}
    assert manners(dates(years_2020s=15)) == {"births/some_years": 15}
    assert manners([*years, *dates(dates_1980s=3)]) == {"births/years": 15, "births/early": 3}


def test_years_of_two_digits_count_as_days():
    assert manners(dates(short_1950s=2, short_1970s=2, short_1990s=2)) == {"births/spread": 6}


def test_days_found_by_hashing_stay_apart():
    undone = Seen("digests/sha256", 0.95, 9, 9)
    assert list(births([undone])) == [undone]
    assert manners([undone, *dates(dates_1980s=3)]) == {"digests/sha256": 9, "births/early": 3}


def test_no_dates_are_no_births():
    assert manners([]) == {}
