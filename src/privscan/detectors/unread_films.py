"""Films in cells of tables that nothing looks at: they are said to be unread."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from privscan.formats.decoding.installed import INSTALL, can_decode
from privscan.formats.films import CELL_BYTES, HEAD, film_format
from privscan.model.data import Column, Unread

PLUGIN = True
KINDS = ("bytes",)


def find(column: Column) -> Iterator[Unread]:
    """The cells that are films without a decoder, or too large: one is held as a whole."""
    sizes: dict[str, list[int]] = defaultdict(list)
    for cell in column.cells:
        if not film_format(cell[:HEAD]):
            continue
        if not can_decode():
            sizes[f"films in cells are not looked at without: {INSTALL}"].append(len(cell))
        elif len(cell) > CELL_BYTES:
            reason = "films of more than 32 MB in cells are not looked at: save them as files"
            sizes[reason].append(len(cell))
    for reason, its in sizes.items():
        yield Unread("", "", reason, sum(its), len(its))
