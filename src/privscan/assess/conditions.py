"""Conditions of sheets and criteria: their names are known, and what showed them in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from privscan.assess.findings import LEAST_SHARE
from privscan.errors import RuleError, nearest

if TYPE_CHECKING:
    from privscan.rulebook._yaml import Document, Path_
    from privscan.rulebook.load import Rulebook
    from privscan.rulebook.predicate import Match, Sighting
    from privscan.rulebook.schema import When


def known_names(when: When | None, rules: Rulebook, document: Document, place: Path_) -> None:
    """A name in the condition that no entity or group has is a `RuleError` with file and line."""
    known = {*rules.entities, *rules.groups}
    for name in _named(when) if when else ():
        if name not in known:
            raise RuleError(
                f"no entity or group is called {name!r}",
                where=document.where(place),
                hint=nearest(name, known),
            )


def _named(when: When) -> Iterator[str]:
    yield from (*when.has, *when.beside, *when.without)
    for one in (*when.all, *when.any, *((when.not_,) if when.not_ else ())):
        yield from _named(one)


def facts(match: Match) -> tuple[str, ...]:
    """What showed it, one fact each, in the words that findings measure in."""
    return tuple(
        dict.fromkeys(
            (
                *(
                    f"{s.entity} in {s.column}: {s.cells:,} cells ({_share(s)})"
                    for s in match.sightings
                ),
                *match.measures,
            )
        )
    )


def _share(sighting: Sighting) -> str:
    return f"{sighting.share:.1%}" if sighting.share >= LEAST_SHARE else "under 0.1%"
