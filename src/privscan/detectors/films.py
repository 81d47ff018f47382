"""Films in cells of tables, which nothing looks at: they are said to be unread."""

from __future__ import annotations

from collections.abc import Iterator

from privscan.formats.films import film_format
from privscan.model.data import Column, Unread

PLUGIN = True
KINDS = ("bytes",)

HEAD = 65_536
"""Bytes of a cell by which a film is known."""


def find(column: Column) -> Iterator[Unread]:
    """The cells that are films, as unread: each would take seconds, and many pictures at once."""
    sizes = [len(cell) for cell in column.cells if film_format(cell[:HEAD])]
    if sizes:
        reason = "films in cells are not looked at: save them as files and scan these"
        yield Unread("", "", reason, sum(sizes), len(sizes))
