"""What datasets a plan found, and which look worst by cheap signs: headers, folders of pictures."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from privscan.rulebook.load import rulebook
from privscan.rulebook.names import WEAK, header_entities
from privscan.sources._files import printable

if TYPE_CHECKING:
    from privscan.model.data import Part
    from privscan.scan.plan import Plan

HINT = "hint"
"""Option of a part: how grave its dataset looks before its cells are read, 0 to 1."""

MEDIA = 0.5
"""Of pictures, sound and records nothing is known before they are read: amid the others."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A dataset that a scan will read; `hint` is 0 to 1, and says nothing of what is in the cells."""

    dataset: str
    uri: str
    source: str
    files: int
    bytes: int
    parts: int
    unread: int
    hint: float


def hint(paths: Collection[str] | None, *, media: bool) -> float:
    """The weight of the gravest kind of data that a header names; MEDIA where there are none."""
    if media or paths is None:
        return MEDIA
    known = rulebook().entities
    named = (
        known[entity].weight
        for path in paths
        for entity, bits in header_entities(path)
        if bits > WEAK and entity in known
    )
    return max(named, default=0.0)


def gravest_first(parts: Iterable[Part]) -> tuple[Part, ...]:
    """The parts of the datasets that look worst before the others, which stay in their order."""
    return tuple(sorted(parts, key=lambda part: -part.options.get(HINT, 0.0)))


def inventory(plan: Plan) -> tuple[Entry, ...]:
    """The datasets of a plan in the order in which they are read."""
    found: dict[str, list[Part]] = {}
    for part in plan.parts:
        found.setdefault(part.dataset, []).append(part)
    return tuple(_entry(dataset, parts) for dataset, parts in found.items())


def _entry(dataset: str, parts: list[Part]) -> Entry:
    unread = [part for part in parts if "unread" in part.options]
    read = [part for part in parts if "unread" not in part.options] or parts
    return Entry(
        dataset=dataset,
        uri=printable(read[0].uri),
        source=read[0].source,
        files=sum(part.options.get("files", 0) for part in parts),
        bytes=sum(part.bytes for part in parts),
        parts=len(parts),
        unread=len(unread),
        hint=max(part.options.get(HINT, 0.0) for part in parts),
    )
