"""Digests without salt that hashing every likely value undoes: of dates, sexes, ages, short codes.

Each digest is looked up among those of the candidates that the header suggests (decision 11).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from privscan.evidence.characters import DIGIT, HEX, LETTER, OTHER, SIGN, holding, kinds_in, masked
from privscan.model.data import Column, Hits
from privscan.rulebook.load import by_rules, rulebook
from privscan.rulebook.names import header_entities, nameless
from privscan.rulebook.protected import bare, only_protected
from privscan.rulebook.text import bytes_of, taken

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Rows = NDArray[np.int64]
    Heads = NDArray[np.uint64]

PLUGIN = True
KINDS = ("text",)

SAID, UNSAID = 0.95, 0.3
"""A header that says what the candidates are; one that says nothing, or only that it is a hash."""

ALGORITHMS = {16: "md5", 20: "sha1", 28: "sha224", 32: "sha256", 48: "sha384", 64: "sha512"}
"""By the bytes of a digest."""

FIRST_YEAR, LAST_YEAR = 1900, 2026

_WRITINGS = (
    "%Y-%m-%d", "%Y%m%d", "%Y/%m/%d", "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%d-%m-%Y", "%m-%d-%Y",
    "%-d/%-m/%Y", "%-m/%-d/%Y", "%Y年%-m月%-d日", "%Y-%m-%d 00:00:00",
)  # fmt: skip
_FIRST_WRITINGS = 5
"""So many of them where no header speaks of a date."""

_CODES = {"pin": (4, 5, 6), "card_security": (3, 4), "postal_code": (5,)}
"""Entities of so many digits, with their leading zeros."""

_COUNTED = {"age": 121, "customer_id": 100_000, "pseudonym": 100_000, "medical_record_no": 100_000,
            "salary": 100_000, "income": 100_000}  # fmt: skip
"""Entities that are whole numbers from zero on, below these bounds."""

_FLAGS = ("yes", "no", "y", "n", "true", "false", "t", "f", "ja", "nein", "oui", "non", "0", "1",
          "positive", "negative", "unknown", "none", *"abcdefghijklmnopqrstuvwxyz")  # fmt: skip
_ANSWERED = {"Q", "S"}
"""What the attributes of these roles may be answered with, where a header asks; a name is not."""

_HEXADECIMAL = holding(DIGIT, HEX, only=DIGIT | HEX)
_RADIX = holding(DIGIT, LETTER, only=DIGIT | HEX | LETTER | SIGN | OTHER)
_BASE64 = r"^[A-Za-z0-9+/_-]+={0,2}$"
_HEAD = 8
"""Bytes of a digest that are compared: two candidates in a million agree in them by chance never."""


def find(column: Column) -> Iterator[Hits]:
    """Cells that are the digest of a candidate, as what the candidate is."""
    quiet = nameless(column.path) or only_protected(column.path)
    header = () if quiet else header_entities(bare(column.path))
    said = tuple(sorted({entity for entity, bits in header if bits > 0}))
    if not said and not quiet:
        return
    for size, rows, heads in _digests(column):
        for entity, known in _candidates(size, said):
            found = rows[_among(known, heads)]
            if len(found):
                mask, score = masked(found, len(column.cells)), SAID if said else UNSAID
                yield Hits(entity, mask, score, f"digests/{ALGORITHMS[size]}")


def _digests(column: Column) -> Iterator[tuple[int, Rows, Heads]]:
    """Cells with the form of a digest, by its size, and how each begins."""
    kinds = kinds_in(column)
    if not (_HEXADECIMAL | _RADIX).table[kinds].any():
        return
    sizes = bytes_of(column.cells)
    for size in ALGORITHMS:
        hexes = np.flatnonzero(_HEXADECIMAL.table[kinds] & (sizes == 2 * size))
        yield from _of(size, hexes, column.cells, _from_hex)
        bare, padded = -(-size * 4 // 3), -(-size // 3) * 4
        coded = np.flatnonzero(_RADIX.table[kinds] & ((sizes == bare) | (sizes == padded)))
        if len(coded):
            coded = coded[taken(column.cells, coded).str.contains(_BASE64).to_numpy()]
        yield from _of(size, coded, column.cells, _from_base64)


def _of(
    size: int, rows: Rows, cells: pl.Series, read: Callable[[pl.Series], pl.Series]
) -> Iterator[tuple[int, Rows, Heads]]:
    if len(rows):
        heads = b"".join(read(taken(cells, rows)).to_list())
        yield size, rows, np.frombuffer(heads, np.uint64)


def _from_hex(cells: pl.Series) -> pl.Series:
    return cells.str.slice(0, 2 * _HEAD).str.decode("hex")


def _from_base64(cells: pl.Series) -> pl.Series:
    plain = cells.str.slice(0, 12).str.replace_all("-", "+", literal=True)
    return plain.str.replace_all("_", "/", literal=True).str.decode("base64").bin.head(_HEAD)


def _candidates(size: int, said: tuple[str, ...]) -> Iterator[tuple[str, Heads]]:
    """What may be hashed here, by entity: what the header says, or if it is silent, the likely."""
    vocabularies = {e.id for e in rulebook().entities.values() if e.values}
    for entity in said or ("dob", *sorted(vocabularies)):
        heads = _hashed(size, entity, bool(said))
        if len(heads):
            yield entity, heads


def _among(known: Heads, heads: Heads) -> NDArray[np.bool_]:
    """Which of the heads are known; `known` is sorted."""
    nearest = known[np.minimum(np.searchsorted(known, heads), len(known) - 1)]
    return np.equal(nearest, heads)


@by_rules(64)
def _hashed(size: int, entity: str, said: bool) -> Heads:  # noqa: FBT001  a key of the cache
    """How the digests of an entity's candidates begin."""
    algorithm = getattr(hashlib, ALGORITHMS[size])
    heads = [algorithm(text.encode()).digest()[:_HEAD] for text in _texts(entity, said=said)]
    return np.unique(np.frombuffer(b"".join(heads), np.uint64))


def _texts(entity: str, *, said: bool) -> Iterator[str]:
    known = rulebook().entities[entity]
    yield from _cased([*known.values, *(_FLAGS if said and known.role in _ANSWERED else ())])
    if entity == "dob":
        yield from map(str, range(FIRST_YEAR, LAST_YEAR + 1))
        first, last = pl.date(FIRST_YEAR, 1, 1), pl.date(LAST_YEAR, 12, 31)
        days = pl.select(day=pl.date_range(first, last))["day"]
        for writing in _WRITINGS[: None if said else _FIRST_WRITINGS]:
            yield from days.dt.strftime(writing)
    yield from map(str, range(_COUNTED.get(entity, 0)))
    for digits in _CODES.get(entity, ()):
        yield from (f"{code:0{digits}}" for code in range(10**digits))


def _cased(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield from {text, text.lower(), text.upper(), text.title()}
