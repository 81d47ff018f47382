"""Whether a law holds where people say the data is used."""

from __future__ import annotations

from collections.abc import Iterable

from privscan.rulebook.jurisdictions import canonical

_MEMBERS = (
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK",
    "IS LI NO EEA",
)
_EU = frozenset(code for line in _MEMBERS for code in line.split())
"""Members of the Union, and of the EEA, where its data protection law holds too."""


def applies(law: Iterable[str], declared: Iterable[str]) -> bool | None:
    """True if a declared jurisdiction is one of the law's, None if nobody can tell yet.

    A law of no jurisdiction holds everywhere. `US` leaves open in which state, `US-IL` implies US;
    so stand the members of the Union to `EU`.
    """
    theirs = {canonical(j) for j in law}
    said = {canonical(j) for j in declared}
    if not theirs:
        return True
    if not said:
        return None
    if not theirs.isdisjoint(said.union(*map(_around, said))):
        return True
    larger = frozenset[str]().union(*map(_around, theirs))
    return False if said.isdisjoint(larger) else None


def _around(place: str) -> frozenset[str]:
    """The larger places whose law holds in this one too."""
    country = place.partition("-")[0]
    larger = {country, "EU"} if country in _EU else {country}
    return frozenset(larger - {place})


def within(place: str, allowed: Iterable[str]) -> bool:
    """Whether a place is one of those allowed, or lies in one: `US-IL` in `US`, `DE` in `EU`."""
    return not {place, *_around(place)}.isdisjoint(allowed)
