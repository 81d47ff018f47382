"""What was learned of files when they were planned before: one that did not change is not opened.

Who plans lends a memory; without one everything is looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol

from privscan.model.data import Part, Unread
from privscan.sources._place import local


class Memory(Protocol):
    """It answers only while the file is in the state in which it was looked at.

    What is learned are texts: a format, names of columns, spans with their bytes; no cell.
    """

    def known(self, uri: str, what: str) -> Sequence[str] | None:
        """What was learned, if it still holds."""

    def learn(self, uri: str, what: str, said: Sequence[str]) -> None:
        """Keep what was seen just now."""


_LENT: ContextVar[Memory | None] = ContextVar("memory", default=None)


@contextmanager
def lent(memory: Memory | None) -> Iterator[None]:
    """Within it, what is asked here is asked of this memory."""
    before = _LENT.set(memory)
    try:
        yield
    finally:
        _LENT.reset(before)


def remembered(uri: str, what: str, look: Callable[[], Iterable[str]]) -> tuple[str, ...]:
    """What was learned before, else what `look` sees now; nothing is learned where it sees nothing."""
    memory = _LENT.get() if local(uri) else None
    if memory is None:
        return tuple(look())
    told = memory.known(uri, what)
    if told is None:
        told = tuple(look())
        if told:
            memory.learn(uri, what, told)
    return tuple(told)


def cut(
    source: str, uri: str, dataset: str, look: Callable[[str, str], Iterable[Part | Unread]]
) -> Iterator[Part | Unread]:
    """The parts into which a source cuts a file; those that are no more than a span are learned."""
    memory = _LENT.get() if local(uri) else None
    told = memory.known(uri, f"parts {source}") if memory else None
    if told is not None:
        for size, _, span in (one.partition(" ") for one in told):
            yield Part(source, dataset, uri, span, bytes=int(size))
        return
    said: list[str] = []
    plain = True
    for item in look(uri, dataset):
        yield item
        if isinstance(item, Part):
            plain &= item == Part(source, dataset, uri, item.span, bytes=item.bytes)
            said.append(f"{item.bytes} {item.span}")
        else:
            plain = False
    if memory and plain:
        memory.learn(uri, f"parts {source}", said)
