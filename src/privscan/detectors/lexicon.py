"""Values of closed vocabularies: sexes, blood types, marital states, as the entities list them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import polars as pl

from privscan.model.data import Column, Hits
from privscan.rulebook.load import rulebook

PLUGIN = True
KINDS = ("text",)

SCORE = 0.3
"""One word says little: what counts is a column in which nothing else stands."""


@cache
def _lexicons() -> tuple[tuple[str, pl.Series, int], ...]:
    """Each entity that lists values, with them and the length of the longest in bytes."""
    found = []
    for entity in rulebook().entities.values():
        if entity.values:
            words = sorted({value.casefold() for value in entity.values})
            longest = max(len(word.encode()) for word in words)
            found.append((entity.id, pl.Series(words, dtype=pl.String).implode(), longest))
    return tuple(found)


def find(column: Column) -> Iterator[Hits]:
    """Cells that as a whole are a listed value, in any case of letters."""
    longest = max((size for _, _, size in _lexicons()), default=0)
    text = pl.col("word")
    short = pl.when(text.str.len_bytes() <= longest + 2).then(text)
    words = (
        column.cells.rename("word").to_frame().select(short.str.strip_chars().str.to_lowercase())
    )
    if words["word"].null_count() == len(words):
        return
    masks = words.select(
        text.is_in(values).fill_null(value=False).alias(entity) for entity, values, _ in _lexicons()
    )
    present = masks.select(pl.all().any()).row(0, named=True)
    for entity in (entity for entity, some in present.items() if some):
        yield Hits(entity, masks[entity], SCORE, "lexicon")
