"""Proof by looking: values of treated columns sought in everything that was written."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from urllib.parse import unquote

import polars as pl

from privscan.errors import UnreadableError
from privscan.model.treatment import Residue, Treatment
from privscan.protect.cells import is_bytes, texts
from privscan.protect.files import Task, Tasks, tasks
from privscan.protect.kept import BARE, Origin, is_long, is_shaped
from privscan.protect.leaves import leaves, within, words
from privscan.protect.search import Met, search
from privscan.sources._bytes import TROUBLE, opened, packed

MOST = 1_000
"""Values that are sought."""

SHORTEST = 6
"""Characters of a value that is no accident where it is met."""

_CHUNK = 8 << 20
_ROWS = 100_000


def sought(every: Tasks, chosen: Iterable[Treatment]) -> list[str]:
    """Up to MOST distinct values of treated columns, from the first rows of each file; in memory only."""
    columns = [t for t in chosen if t.name in BARE]
    found: dict[str, list[str]] = {t.column: [] for t in columns}
    for task in every.files:
        own = {t.column: is_shaped(t) for t in columns if t.concerns(task.dataset)}
        for column in {*own} & {*task.keys}:
            found[column] += [v for v in (task.keys[column],) if v is not None and _tells(v)]
        if any(len(found[c]) < MOST for c in own):
            for column, cells in _heads(task, [*own]):
                told = filter(_tells, cells.drop_nulls().unique(maintain_order=True))
                some = [v for v in told if is_long(v) or not own[column]]
                found[column] += some[:MOST]
    each = max(1, MOST // max(1, len(found)))
    return sorted({value for values in found.values() for value in values[:each]})


def _tells(value: str) -> bool:
    """Whether the value can be told from others by its length and variety."""
    letters = {c for c in value if c.isalnum()}
    least = SHORTEST if not value.isdigit() else SHORTEST + 2
    return len(value) >= (least if value.isascii() else SHORTEST - 2) and len(letters) > 2  # noqa: PLR2004  not 000000


def _heads(task: Task, wanted: Sequence[str]) -> Iterator[tuple[str, pl.Series]]:
    """The wanted columns' texts, those of their parts among them."""
    rows = 0
    for piece in leaves(task):
        for path, array in piece:
            column = next((c for c in wanted if within(path, c)), None)
            if column is not None and not is_bytes(array.type):
                yield column, texts(array)
        rows += max((len(array) for _, array in piece), default=0)
        if rows >= _ROWS:
            return


def residue(
    made: Path, every: Tasks, values: list[str], chosen: Sequence[Treatment] = ()
) -> Residue:
    """Where values are met: in names and bytes of files, in cells once decoded, and why.

    Those that no column kept as it is explains, and those in treated columns, are `leaked`.
    """
    if not values:
        return Residue(0, 0, 0)
    copy = tasks(made, leave_out=True)
    raw, seen = _in_bytes(made, copy, values)
    cells = Met()
    for task in (t for t in copy.files if t.source in {"parquet", "arrow_ipc"}):
        for _, array in chain.from_iterable(leaves(task)):
            cells |= search("\0".join(words(array).drop_nulls()), values)
    met = raw.values | cells.values
    if not met:
        return Residue(len(values), 0, 0)
    origin = Origin(every, chosen, made)
    kept = origin.kept(sorted(met))
    leaked = origin.bare(sorted(met))
    rest = (seen | cells.alone).difference(*kept.values(), *leaked.values())
    if rest:
        leaked[""] = frozenset(rest)
    return Residue(
        len(values),
        raw.places,
        cells.places,
        {name: len(some) for name, some in sorted(kept.items())},
        {name: len(some) for name, some in sorted(leaked.items())},
    )


def _in_bytes(made: Path, copy: Tasks, values: list[str]) -> tuple[Met, frozenset[str]]:
    """What names and bytes hold; and of it what stands by itself, but for files that are all cells."""
    # Latin-1 keeps each byte, so that bytes are sought as text is.
    plain = {value.encode().decode("latin-1"): value for value in values}
    below = sorted(made.rglob("*")) if made.is_dir() else []
    files = [p for p in below if p.is_file()] if made.is_dir() else [made]
    # Keys of partitions stand in names, escaped as in addresses.
    names = "\0".join(unquote(str(p.relative_to(made))) for p in below)
    found = _in_stream(io.BytesIO(names.encode("utf-8", "surrogateescape")), [*plain])
    alone = set(found.alone)
    # In CSV two cells side by side may read like a value of another column; cells are looked at.
    text = {t.uri for t in copy.files if t.source == "delimited"}
    for path in files:
        met = _in_stream(path.open("rb"), [*plain])
        if packed(str(path)):
            met |= _in_stream(opened(str(path)), [*plain])
        found |= met
        alone |= met.alone if str(path) not in text else frozenset()
    whole = Met(found.places, frozenset(plain[v] for v in found.values))
    return whole, frozenset(plain[v] for v in alone)


def _in_stream(stream: object, values: list[str]) -> Met:
    overlap = max(map(len, values))
    found, held = Met(), ""
    with stream as file:  # type: ignore[attr-defined]
        try:
            while piece := file.read(_CHUNK):
                text = held + piece.decode("latin-1")
                found |= search(text, values, len(held))
                held = text[-overlap:]
        except TROUBLE:
            raise UnreadableError("what was written cannot be read") from None
    return found
