"""Whether a law holds where people say the data is used."""

from __future__ import annotations

from collections.abc import Iterable

_EU = frozenset("AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
                " IS LI NO EEA EU".split())  # fmt: skip
"""Members of the Union, and of the EEA, where its data protection law holds too."""


def applies(law: Iterable[str], declared: Iterable[str]) -> bool | None:
    """True if a declared jurisdiction is one of the law's, None if nobody can tell yet.

    A law of no jurisdiction holds everywhere. `US` leaves open in which state, `US-IL` implies US.
    """
    theirs = {_canonical(j) for j in law}
    said = {_canonical(j) for j in declared}
    if not theirs:
        return True
    if not said:
        return None
    if theirs & said or theirs & {j.partition("-")[0] for j in said}:
        return True
    return None if said & {j.partition("-")[0] for j in theirs if "-" in j} else False


def _canonical(jurisdiction: str) -> str:
    name = jurisdiction.strip().upper()
    return "EU" if name in _EU else name
