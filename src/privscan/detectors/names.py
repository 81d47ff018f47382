"""Persons' names by their words and form, in any script, without a word from the header.

The string says how sure a cell is: many a surname is a town, many a given name a flower, so one
cell proves little and a column of them much.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from privscan.dictionaries import chinese, japanese, korean, persons
from privscan.dictionaries.persons import (
    AFTER,
    FAMILY,
    GIVEN,
    ORDINARY,
    PARTICLE,
    SELDOM,
    THING,
    TITLE,
)
from privscan.evidence.characters import (
    DIGIT,
    HEX,
    LETTER,
    OTHER,
    SPACE,
    WIDE,
    holding,
    kinds_in,
    masked,
)
from privscan.model.data import Column, Hits
from privscan.rulebook.text import bytes_of, taken

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Key = tuple[str, str, float]
    Found = Iterator[tuple[Key, NDArray[np.int64]]]
    Mask = NDArray[np.bool_]
    Bits = NDArray[np.uint8]

PLUGIN = True
KINDS = ("text",)

SURE, TITLED, LIKELY, SINGLE, AMBIGUOUS = 0.35, 0.3, 0.2, 0.15, 0.05
"""How sure one cell is: its words all known and in order; behind a title; some of them known;
one word alone; words that are as often no name."""

_CANDIDATES = holding(HEX | LETTER | WIDE, only=0xFF & ~DIGIT)
_PLAIN = holding(HEX | LETTER, only=HEX | LETTER | SPACE)
_BYTES, _MOST_BYTES = 50, 120
_MOST, _MOST_PARTLY, _MOST_LIKELY = 7, 4, 3
_SYLLABLE = 2

LIKENESS = 0.4
"""Bits a run of letters, from which words look like names: of unlisted names six in ten do, of
unlisted words one or two, of unlisted cities four."""

_APOSTROPHES = r"'`\x{2018}\x{2019}\x{2BC}\x{B4}"
_WORDS = rf"^[\p{{L}}\p{{M}}][\p{{L}}\p{{M}}{_APOSTROPHES}.,\-\x{{2010}} ]{{1,49}}$"
_CAPITALS = (
    rf"^(?:(?:(?:\p{{Lu}}[{_APOSTROPHES}.]?)+[\p{{Ll}}\p{{M}}]*(?:\p{{Lu}}[\p{{Ll}}\p{{M}}]+)*"
    r"|\p{Lo}[\p{Lo}\p{M}]*|d[aeiou]s?|del|della|v[ao]n|der|den|la|le|al|el|bin|ibn|y|af|zu|jr|sr)"
    rf"[{_APOSTROPHES}\-\x{{2010}}. ,]*)+$|^[^\p{{Ll}}]+$"
)
"""Every word begins with a capital, or is a particle; or all is in capitals."""

_AND = r"(?:and|und|et|og|och|en|y|e)"
_LIST = (
    rf"^\s*([^;/&|,]{{5,40}}?)\s*(?:[;/&|]|,(?:\s*{_AND}\s)?)\s*([^;/&|,]{{5,40}}?)"
    rf"(?:\s{_AND}\s|\s*[;/&|,]|\s*$)"
)
_TWO_WORDS = ("full", "partly", "titled")
"""Forms of names that a list is made of; a name of one word is as often part of a firm's."""

INITIAL = 1 << 8
"""In place of what is known of a word: it is a single letter."""

_CJK = f"[{persons.CJK}]"
_EAST = rf"^[{persons.CJK}々ヶヵー]{{1,10}}(?: [{persons.CJK}々ヶヵー]{{1,9}})?$"
_CHINESE = r"^\p{Han}{1,4}$"


def find(column: Column) -> Iterator[Hits]:
    """Cells that as a whole may be a person's name, as `name_full`, `name_given`, `name_family`."""
    kinds = kinds_in(column)
    rows = _CANDIDATES.rows(kinds)
    if not len(rows):
        return
    rows = rows[(sizes := bytes_of(column.cells))[rows] <= _MOST_BYTES]
    several = rows[kinds[rows] & OTHER > 0]
    several = several[_listed(taken(column.cells, several))] if len(several) else several
    rows = rows[sizes[rows] <= np.where(kinds[rows] & WIDE, _MOST_BYTES, _BYTES)]
    rows = np.setdiff1d(rows, several, assume_unique=True)
    plain = _PLAIN.table[kinds[rows]]
    eastern = np.zeros(len(rows), bool)
    wide = np.flatnonzero(kinds[rows] & WIDE)
    if len(wide):
        eastern[wide] = taken(column.cells, rows[wide]).str.contains(_CJK).to_numpy()
    found: dict[Key, list[NDArray[np.int64]]] = {}
    if len(several):
        found["name_full", "list", SURE] = [several]
    readers = ((_plain, plain), (_marked, ~plain & ~eastern), (_east, eastern))
    for read, some in ((read, rows[where]) for read, where in readers if where.any()):
        for key, at in read(taken(column.cells, some)):
            if len(at):
                found.setdefault(key, []).append(some[at])
    for (entity, detector, score), places in sorted(found.items()):
        mask = masked(np.concatenate(places), len(column.cells))
        yield Hits(entity, mask, score, f"names/{detector}")


def _listed(cells: pl.Series) -> NDArray[np.int64]:
    """Those cells that begin with two full names and a sign between them."""
    heads = cells.str.extract_groups(_LIST).struct.unnest()
    rows = np.flatnonzero(heads.to_series(0).is_not_null().to_numpy())
    for head in heads.get_columns() if len(rows) else ():
        named = [at for (_, form, _), at in _marked(taken(head, rows)) if form in _TWO_WORDS]
        rows = rows[np.sort(np.concatenate(named))]
    return rows


def _plain(cells: pl.Series) -> Found:
    """What was found in cells of ASCII letters and blanks, and in which of them."""
    words, starts = persons.parted(cells.str.to_lowercase())
    return _spaced(cells, words, starts, np.zeros(len(cells), bool))


def _marked(cells: pl.Series) -> Found:
    """What was found in cells with signs between words or letters beyond ASCII."""
    rows = np.flatnonzero(cells.str.contains(_WORDS).to_numpy())
    some = taken(cells, rows)
    comma = some.str.contains(",", literal=True).to_numpy()
    words, starts = persons.split(persons.folded(some))
    for key, at in _spaced(some, words, starts, comma):
        yield key, rows[at]


def _spaced(cells: pl.Series, words: pl.Series, starts: NDArray[np.int64], commas: Mask) -> Found:
    read = _read(words, starts, commas)
    person = read.person
    known = person & (read.known == read.names)
    several, clear = read.names > 1, read.clear > 0
    alone = known & ~read.comma & (read.titles == 0) & (read.initials == 0)
    given, family = alone & (read.given == read.names), alone & (read.family == read.names)
    full = known & several & read.ordered
    # Three words that are all names are no chance, whatever each may mean: Minh Thu Mai.
    clear |= full & (read.names > 2)  # noqa: PLR2004  a third word that fits
    initials = known & ~several & (read.initials > 0) & (read.family > 0) & clear
    titled = person & (read.titles > 0) & ~(full & clear)
    rest = person & several & ~full & ~given & ~family & ~titled
    partly = rest & read.anchored & (read.names <= _MOST_PARTLY)
    likely = rest & ~partly & (read.names <= _MOST_LIKELY)
    written = np.flatnonzero(titled | partly | likely)
    if len(written):
        capital = taken(cells, written).str.contains(_CAPITALS).to_numpy()
        for mask in (titled, partly, likely):
            mask[written] &= capital
    _keep_likely(likely, words, starts)
    for key, mask in (
        (("name_full", "full", SURE), full & clear),
        (("name_full", "titled", TITLED), titled),
        (("name_full", "initials", LIKELY), initials),
        (("name_full", "partly", LIKELY), partly),
        (("name_full", "likely", SINGLE), likely),
        (("name_full", "ambiguous", AMBIGUOUS), full & ~clear & ~titled),
        (("name_given", "given", SINGLE), given & ~full & clear),
        (("name_given", "ambiguous", AMBIGUOUS), given & ~full & ~clear),
        (("name_family", "family", SINGLE), family & ~full & clear),
        (("name_family", "ambiguous", AMBIGUOUS), family & ~full & ~clear),
    ):
        yield key, np.flatnonzero(mask)


def _keep_likely(mask: Mask, words: pl.Series, starts: NDArray[np.int64]) -> None:
    """Leave those cells whose unlisted words look like names on the whole."""
    rows = np.flatnonzero(mask)
    if not len(rows):
        return
    counts = np.diff(starts)[rows]
    ends = np.cumsum(counts)
    places = np.arange(ends[-1]) + np.repeat(starts[rows] - ends + counts, counts)
    some = taken(words, places)
    # Initials, particles and the empty words between blanks say nothing.
    telling = (some.str.len_bytes() > _SYLLABLE).to_numpy()
    unknown = telling & (persons.words()(some) == 0)
    sums = np.add.reduceat(np.where(unknown, persons.likeness()(some), 0.0), ends - counts)
    heads, said = (np.add.reduceat(m.astype(int), ends - counts) for m in (unknown, telling))
    mask[rows] = (heads > 0) & (said > 1) & (sums >= LIKENESS * heads)


@dataclass(frozen=True, slots=True, eq=False)
class _Read:
    """Cells by their words: how many are of each kind, and what the first and the last name is."""

    names: Bits
    known: Bits
    clear: Bits
    given: Bits
    family: Bits
    titles: Bits
    initials: Bits
    person: Mask
    ordered: Mask
    anchored: Mask
    comma: Mask


@cache
def _counters() -> NDArray[np.uint64]:
    """For each sum of kinds of a word, and for an initial, what it counts for, four bits a count."""
    kinds = np.arange(INITIAL + 1)
    apart = (kinds & (TITLE | AFTER | PARTICLE | THING) > 0) | (kinds == INITIAL)
    name = ~apart
    known = name & (kinds & (GIVEN | FAMILY) > 0)
    counts = (
        name, known, known & (kinds & ORDINARY == 0), known & (kinds & GIVEN > 0) & (kinds & SELDOM == 0),
        known & (kinds & FAMILY > 0), kinds & TITLE > 0, kinds == INITIAL,
        (kinds & THING > 0) | (name & ~known & (kinds & ORDINARY > 0)), kinds & AFTER > 0,
    )  # fmt: skip
    lanes = [mask.astype(np.uint64) << np.uint64(4 * at) for at, mask in enumerate(counts)]
    return np.asarray(np.bitwise_or.reduce(lanes), np.uint64)


def _read(words: pl.Series, starts: NDArray[np.int64], commas: Mask) -> _Read:
    kinds = persons.words()(words).astype(np.uint16)
    letters = words.str.len_chars().to_numpy()
    kinds[letters == 1] = INITIAL
    kinds[letters == 0] = PARTICLE
    counters = _counters()[kinds]
    # A carry from one count into the next is in cells of more words than are read.
    sums = np.add.reduceat(counters, starts[:-1])
    names, known, clear, given, family, titles, initials, things, after = (
        (sums >> np.uint64(4 * at) & np.uint64(15)).astype(np.uint8) for at in range(9)
    )
    places = np.flatnonzero(counters & np.uint64(1))
    person = (things == 0) & (names > 0) & (np.diff(starts) <= _MOST)
    ends = np.concatenate([places, [0]])
    first = kinds[ends[np.searchsorted(places, starts[:-1])]]
    last = kinds[ends[np.searchsorted(places, starts[1:]) - 1]]
    comma = commas & (after == 0)
    ahead = (first & GIVEN > 0) & (last & FAMILY > 0) & ~comma
    behind = (first & FAMILY > 0) & (last & GIVEN > 0)
    sure_first, sure_last = (end & ORDINARY == 0 for end in (first, last))
    given_at, family_at = np.where(comma, last, first), np.where(comma, first, last)
    anchored = (sure_first & ~comma | sure_last & comma) & (given_at & GIVEN > 0) | (
        sure_last & ~comma | sure_first & comma
    ) & (family_at & FAMILY > 0)
    return _Read(names, known, clear, given, family, titles, initials, person,
                 ahead | behind, anchored, comma)  # fmt: skip


def _east(cells: pl.Series) -> Found:
    """What was found in cells of Chinese, Japanese or Korean writing, and in which of them."""
    plain = cells.str.normalize("NFKC").str.replace_all(r"[\s・]+", " ").str.strip_chars()
    rows = np.flatnonzero(plain.str.contains(_EAST).to_numpy())
    plain = taken(plain, rows)
    hangul = plain.str.contains(r"^[\p{Hangul} ]+$").to_numpy()
    yield from _korean(plain.filter(hangul), rows[hangul])
    yield from _han_and_kana(plain.filter(~hangul), rows[~hangul])


def _korean(cells: pl.Series, rows: NDArray[np.int64]) -> Found:
    read = korean.readings(cells)
    yield ("name_full", "korean", LIKELY), rows[read & korean.FULL > 0]
    yield ("name_given", "korean", SINGLE), rows[read & korean.GIVEN > 0]
    # A family of one syllable is a syllable of many words.
    yield ("name_family", "ambiguous", AMBIGUOUS), rows[read & korean.FAMILY > 0]


def _han_and_kana(cells: pl.Series, rows: NDArray[np.int64]) -> Found:
    read = japanese.readings(cells)
    kana = read & japanese.KANA > 0
    short = (cells.str.len_chars() == 1).to_numpy()
    doubtful = short | (read & japanese.PLACE > 0)
    yield ("name_full", "japanese", SURE), rows[(read & japanese.FULL > 0) & ~kana]
    yield ("name_full", "kana", LIKELY), rows[(read & japanese.FULL > 0) & kana]
    yield ("name_full", "japanese-partly", LIKELY), rows[read & japanese.PARTLY > 0]
    for entity, bit in (("name_given", japanese.GIVEN), ("name_family", japanese.FAMILY)):
        some = read & bit > 0
        yield (entity, "japanese", SINGLE), rows[some & ~kana & ~doubtful]
        yield (entity, "kana", SINGLE), rows[some & kana & ~doubtful]
        yield (entity, "ambiguous", AMBIGUOUS), rows[some & doubtful]
    others = np.flatnonzero((read == 0) & cells.str.contains(_CHINESE).to_numpy())
    left = taken(cells, others)
    known = chinese.names()(left)
    full, given = chinese.full(left), known & chinese.GIVEN > 0
    lone = short[others]
    yield ("name_full", "chinese", LIKELY), rows[others[full & ~given]]
    yield ("name_given", "chinese", SINGLE), rows[others[given & ~lone]]
    yield ("name_given", "ambiguous", AMBIGUOUS), rows[others[given & lone]]
    yield ("name_family", "ambiguous", AMBIGUOUS), rows[others[(known & chinese.FAMILY > 0) & lone]]
