"""Whether the dates of a column are births: how they are written and spread over the decades."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from privscan.assess.weighing import Seen

SOME = 0.03
"""Share of the dates that makes a decade one of those they are spread over."""

FEW = 0.1
"""Share of dates after 2010, or with a time of day, that births seldom pass."""

YOUNG = 0.35
"""Share born after 2010 where people of all ages are, and events seldom so early."""

SPREAD = 3
"""Decades over which the births of grown-ups are spread, and what they do is seldom."""

_LATE = frozenset({"2010s", "2020s"})
_LIVING = frozenset(f"{decade}s" for decade in range(1910, 2030, 10))

_WRITTEN = ("dates/", "short/", "timed/", "years/")
"""What detectors of dates by their form call them."""


def births(dates: list[Seen]) -> Iterator[Seen]:
    """The dates of a column as one piece of evidence, `births/…`, and its years as another.

    `births/spread`: days over three decades or more of the living, few of them late, or over
    more, a third of them late;
    `births/early`: over fewer, few late; `births/late`: in years of birth, many late;
    `births/timed`: with times of day; `births/other`: other dates; `births/years`: years alone.
    Days found by hashing them, and in structures that say whose they are, stay what they are.
    """
    manners: dict[str, list[Seen]] = {"days": [], "years": []}
    for one in dates:
        if not one.detector.startswith(_WRITTEN):
            yield one
        else:
            manners["years" if one.detector.startswith("years/") else "days"].append(one)
    if manners["days"]:
        yield _summed(f"births/{_manner(manners['days'])}", manners["days"])
    if manners["years"]:
        spread = _manner(manners["years"]) == "spread"
        yield _summed("births/years" if spread else "births/some_years", manners["years"])


def _manner(days: list[Seen]) -> str:
    decades: Counter[str] = Counter()
    for one in days:
        decades[one.detector.partition("/")[2]] += one.cells
    every = sum(one.cells for one in days)
    timed = sum(one.cells for one in days if one.detector.startswith("timed/"))
    late = sum(decades[decade] for decade in _LATE)
    living = sum(decades[decade] for decade in _LIVING)
    if timed > FEW * every:
        return "timed"
    if living < (1 - FEW / 2) * every:
        return "other"
    usual = sum(count >= max(1, SOME * every) for count in decades.values())
    if late <= FEW * every:
        return "spread" if usual >= SPREAD else "early"
    return "spread" if usual > SPREAD and late <= YOUNG * every else "late"


def _summed(name: str, dates: list[Seen]) -> Seen:
    cells = sum(one.cells for one in dates)
    score = max(one.score for one in dates)
    return replace(dates[0], detector=name, score=score, cells=cells, whole=cells)
