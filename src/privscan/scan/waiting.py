"""Columns of few values wait, so that all their batches are looked at together.

To look at a cell takes nanoseconds, to begin to look at a column a millisecond.
"""

from __future__ import annotations

from collections.abc import Iterator

from privscan.evidence.distinct import Counted, together

FEW = 8_192
"""Distinct cells of a batch up to which it waits."""

MOST = 8 * FEW
"""Distinct cells that wait for one column: memory does not grow with the data."""


class Waiting:
    """What waits in one part, by column; nothing is lost and nothing is counted twice."""

    def __init__(self) -> None:
        self._columns: dict[str, list[Counted]] = {}

    def takes(self, path: str, found: Counted) -> bool:
        """Whether the column's batch waits; if not, it is to be looked at now."""
        if found.counts is None or len(found.cells) > FEW:
            return False
        some = [*self._columns.get(path, ()), found]
        if sum(len(one.cells) for one in some) > MOST:
            some = [together(some)]
            if len(some[0].cells) > MOST - FEW:
                return False
        self._columns[path] = some
        return True

    def all(self) -> Iterator[tuple[str, Counted]]:
        """Every column that waits, whole."""
        for path, some in self._columns.items():
            yield path, together(some)
