"""Persons' names inside texts, told by what stands around them: a title, an honour, a word of speech.

No language model: docs/decisions/0014 says what it sees, and what only a model can.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from privscan.dictionaries import chinese, japanese, korean, persons, titles
from privscan.dictionaries.persons import FAMILY, GIVEN, ORDINARY, PARTICLE, SELDOM, THING
from privscan.evidence.characters import HEX, LETTER, SPACE, WIDE, holding, kinds_in, masked
from privscan.model.data import Column, Hits
from privscan.rulebook.text import bytes_of, taken

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Rows = NDArray[np.int64]
    Bits = NDArray[np.uint8]

PLUGIN = True
KINDS = ("text",)

HONORIFIC, SAID, PAIR, GIVEN_SAID = 0.6, 0.5, 0.4, 0.3
"""How sure one text is: a title before a name or an honour after it; a full name beside a word for
a person or of speech; a full name alone; a given name beside such a word."""

_SPACED = holding(LETTER | HEX | WIDE, SPACE)
_WIDE = holding(WIDE)
_FEWEST_BYTES, _MOST_BYTES = 12, 20_000
"""Longer cells are documents: in a book there is always a name."""

_LEAST_WORDS = 2
"""Words in small letters that make a text of a cell with a name in it."""


def find(column: Column) -> Iterator[Hits]:
    """Texts that name a person; a cell has one of `titles/honorific`, `…/said`, `…/pair`, `…/given`."""
    kinds = kinds_in(column)
    spaced, wide = _SPACED.table[kinds], _WIDE.table[kinds]
    if not (spaced.any() or wide.any()):
        return
    sizes = bytes_of(column.cells)
    fits = (sizes >= _FEWEST_BYTES) & (sizes <= _MOST_BYTES)
    best = np.zeros(len(column.cells), np.uint8)
    for some, read in ((spaced & fits, _western), (wide & fits, _eastern)):
        rows = np.flatnonzero(some)
        for rank, found in read(column.cells, rows) if len(rows) else ():
            best[found] = np.maximum(best[found], rank)
    for rank, (entity, score, name) in enumerate(_FOUND, 1):
        rows = np.flatnonzero(best == rank)
        if len(rows):
            nowhere = pl.repeat(value=False, n=len(best), dtype=pl.Boolean, eager=True)
            mask = masked(rows, len(best))
            yield Hits(entity, mask, score, f"titles/{name}", whole=nowhere)


_FOUND = (
    ("name_given", GIVEN_SAID, "given"),
    ("name_full", PAIR, "pair"),
    ("name_full", SAID, "said"),
    ("name_full", HONORIFIC, "honorific"),
)
_UNSPACED = f"[{persons.CJK}]"
_SAINTS = ("san", "st", "sao", "santo")
_FAMILY_SIGNS = 3
"""Characters of the longest Japanese family names."""

_RANKS = {name: rank for rank, (_, _, name) in enumerate(_FOUND, 1)}


def _western(cells: pl.Series, rows: Rows) -> Iterator[tuple[int, Rows]]:
    """Texts in alphabets with small letters."""
    for form in (titles.SENTENCE, titles.FIRST, titles.SIGNS):
        rows, texts = _having(cells, rows, form)
        if not len(rows):
            return
    texts = texts.str.replace_all(titles.STREETS, " ").str.replace_all(titles.BRANDS, " ")
    words = texts.str.replace_all(titles.LITTLE, " ").str.count_matches(titles.SENTENCE).to_numpy()
    for name, form, read, least in (
        ("honorific", titles.TITLED, _titled, 1),
        ("honorific", titles.SMALL, _small, _LEAST_WORDS),
        ("said", titles.SAID, _said, 1),
        ("pair", titles.RUN, _paired, _LEAST_WORDS),
        ("given", titles.CALLED, _called, 1),
    ):
        some = np.flatnonzero(words >= least)
        at, runs = _runs(taken(texts, some), form)
        if len(at):
            yield _RANKS[name], rows[some[at[read(runs)]]]


@dataclass(frozen=True, slots=True, eq=False)
class _Words:
    """The words of runs of capitals without initials and particles, and the run of each."""

    run: Rows
    kinds: Bits
    words: pl.Series
    runs: int
    things: NDArray[np.bool_]

    @classmethod
    def of(cls, runs: pl.Series) -> _Words:
        """Read them; runs in which a body, a street or a saint stands are `things`."""
        own = runs.fill_null("").str.replace_all(r"['\x{2019}]s(?-u:\b)", "")
        words, starts = persons.split(persons.folded(own))
        kinds = persons.words()(words)
        run = np.repeat(np.arange(len(runs)), np.diff(starts))
        thing = (kinds & THING > 0) & (kinds & (GIVEN | FAMILY) == 0)
        thing |= words.is_in(_SAINTS).to_numpy()
        things = np.zeros(len(runs), bool)
        things[run[thing]] = True
        kept = (words.str.len_chars() > 1).to_numpy() & (kinds & PARTICLE == 0)
        return cls(run[kept], kinds[kept], words.filter(kept), len(runs), things)

    @property
    def next(self) -> Bits:
        """What the next word of the same run is; PARTICLE where there is none."""
        follows = np.append(self.run[1:] == self.run[:-1], False)
        return np.where(follows, np.roll(self.kinds, -1), PARTICLE).astype(np.uint8)

    @property
    def lead(self) -> NDArray[np.bool_]:
        """Whether a word is the first of its run."""
        return np.append(True, self.run[1:] != self.run[:-1])[: len(self.run)]

    def any(self, mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Runs without a thing that have a word of the mask."""
        found = np.zeros(self.runs, bool)
        found[self.run[mask]] = True
        return found & ~self.things


def _known(kinds: Bits, *, sure: bool, role: int) -> NDArray[np.bool_]:
    """Words of that role, and if `sure` of no other use."""
    known: NDArray[np.bool_] = (kinds & role > 0) & ((kinds & ORDINARY == 0) | (not sure))
    return known


def _given(kinds: Bits) -> NDArray[np.bool_]:
    """Given names that are rarely anything else."""
    given: NDArray[np.bool_] = _known(kinds, sure=True, role=GIVEN) & (kinds & SELDOM == 0)
    return given


def _titled(runs: pl.Series) -> NDArray[np.bool_]:
    """A title and behind it a name, or a word that no list has."""
    read = _Words.of(runs.str.replace(f"^(?:{titles.FORMAL}|{titles.LOOSE})", ""))
    formal = runs.str.contains(f"^{titles.FORMAL}").to_numpy()[read.run]
    named = _known(read.kinds, sure=False, role=GIVEN | FAMILY)
    pair = _given(read.kinds) & _known(read.next, sure=False, role=FAMILY)
    right = named & (formal | pair | (read.kinds & ORDINARY == 0)) | formal & (read.kinds == 0)
    office = read.words.is_in(titles.OFFICES).to_numpy()
    return read.any(read.lead & right & ~office)


def _small(runs: pl.Series) -> NDArray[np.bool_]:
    """The same in small letters."""
    read = _Words.of(runs.str.replace(r"^[a-z]+\.? ", ""))
    return read.any(read.lead & _known(read.kinds, sure=True, role=FAMILY))


def _said(phrases: pl.Series) -> NDArray[np.bool_]:
    """A given name and a family name, one of which may be another word or in no list."""
    read = _Words.of(phrases.str.extract(f"({titles.RUN})"))
    after = read.next
    one = _given(read.kinds) & ((after == 0) | _known(after, sure=False, role=FAMILY))
    other = _known(read.kinds, sure=False, role=GIVEN) & _known(after, sure=True, role=FAMILY)
    return read.any(one | other)


def _paired(runs: pl.Series) -> NDArray[np.bool_]:
    """A given name and a family name, of which one may be a word too, but is no place."""
    read = _Words.of(runs)
    after = read.next
    sure = _given(read.kinds) & _known(after, sure=True, role=FAMILY)
    telling = _given(read.kinds) & (read.kinds & FAMILY == 0)
    telling &= ~read.words.is_in(titles.PLACES).to_numpy()
    return read.any(sure | telling & (after & FAMILY > 0) & (after & THING == 0))


def _called(phrases: pl.Series) -> NDArray[np.bool_]:
    """A given name that is little else."""
    read = _Words.of(phrases.str.replace_all(r"(?:^|[ :\n])\p{Ll}\S*", " "))
    return read.any(_given(read.kinds))


def _eastern(cells: pl.Series, rows: Rows) -> Iterator[tuple[int, Rows]]:
    """Texts in Japanese, Korean and Chinese."""
    rows, _ = _having(cells, rows, _UNSPACED)
    rows, texts = _having(cells, rows, titles.EASTERN_SIGNS)
    for name, form, read in _EASTERN if len(rows) else ():
        at, runs = _runs(texts, form)
        if len(at):
            yield _RANKS[name], rows[at[read(runs)]]


def _honoured(runs: pl.Series) -> NDArray[np.bool_]:
    """A Japanese family name, or a full one, right before the honour."""
    names = runs.str.replace(titles.JAPANESE_HONOUR, "")
    sizes = names.str.len_chars().to_numpy()
    found = np.zeros(len(names), bool)
    for size in range(1, 7):
        last = names.str.tail(size)
        read = japanese.readings(last)
        # One character is as often the end of a word.
        fits = sizes == 1 if size == 1 else sizes >= size
        named = (
            read & (japanese.FULL if size > _FAMILY_SIGNS else japanese.FULL | japanese.FAMILY) > 0
        )
        found |= fits & named & ~last.is_in(titles.NO_JAPANESE).to_numpy()
    return found


def _katakana(runs: pl.Series) -> NDArray[np.bool_]:
    names = runs.str.replace(titles.JAPANESE_HONOUR, "").str.replace_all(r"[^\p{Katakana}ー]", "")
    return japanese.readings(names) & (japanese.FAMILY | japanese.FULL) > 0


def _cued(runs: pl.Series) -> NDArray[np.bool_]:
    """A Japanese family name of two signs or more, or a full one."""
    names = runs.str.replace(titles.JAPANESE_CUE, "")
    several = (names.str.len_chars() > 1).to_numpy()
    return several & (japanese.readings(names) & (japanese.FAMILY | japanese.FULL) > 0)


def _subject(runs: pl.Series) -> NDArray[np.bool_]:
    """A Japanese full name, both parts of which are known."""
    return japanese.readings(runs.str.replace_all(titles.EDGES, "")) & japanese.FULL > 0


def _korean(runs: pl.Series) -> NDArray[np.bool_]:
    return korean.readings(runs.str.replace(titles.KOREAN_CUE, "").str.head(3)) & korean.FULL > 0


def _client(runs: pl.Series) -> NDArray[np.bool_]:
    """A Korean full name whose given name is listed: other words follow a word for a person too."""
    given = runs.str.replace(titles.KOREAN_CUE, "").str.slice(1, 2)
    return _korean(runs) & (korean.names()(given) & korean.GIVEN > 0)


def _alone(runs: pl.Series) -> NDArray[np.bool_]:
    return np.ones(len(runs), bool)


def _lady(runs: pl.Series) -> NDArray[np.bool_]:
    """A Chinese family name, or a full one, right before the title."""
    names = runs.str.replace(titles.CHINESE_TITLE, "")
    sizes = names.str.len_chars().to_numpy()
    found = np.zeros(len(names), bool)
    known = chinese.names()
    for size in (1, 2, 3):
        last, before = names.str.tail(size), names.str.slice(-size - 1, 1)
        if size == 1:
            named = (known(last) & chinese.FREQUENT > 0) & ~last.is_in(
                [*titles.NO_CHINESE]
            ).to_numpy()
        else:
            named = chinese.full(last) & (last != titles.ANY_CHINESE).to_numpy()
        free = (sizes == size) | (sizes > size) & before.is_in([*titles.BEFORE_CHINESE]).to_numpy()
        found |= named & free
    return found


def _contact(runs: pl.Series) -> NDArray[np.bool_]:
    """A Chinese full name behind a word for a person."""
    return chinese.full(runs.str.replace(r"^.*[:\x{FF1A}] ?", "").str.replace(r"\P{Han}$", ""))


_EASTERN = (
    ("honorific", titles.JAPANESE, _honoured),
    ("honorific", titles.KATAKANA, _katakana),
    ("said", titles.JAPANESE_CUED, _cued),
    ("pair", titles.JAPANESE_SUBJECT, _subject),
    ("honorific", titles.KOREAN, _korean),
    ("said", titles.KOREAN_CUED, _client),
    ("honorific", titles.KOREAN_ALONE, _alone),
    ("honorific", titles.CHINESE, _lady),
    ("said", titles.CHINESE_CUED, _contact),
)


def _having(cells: pl.Series, rows: Rows, form: str) -> tuple[Rows, pl.Series]:
    """Those of the rows whose cells have the form, with their cells."""
    some = taken(cells, rows)
    return rows[(found := some.str.contains(form)).to_numpy()], some.filter(found)


def _runs(texts: pl.Series, form: str) -> tuple[Rows, pl.Series]:
    """What has the form in each text, in one series, and the text of each."""
    lists = texts.str.extract_all(form)
    at = np.repeat(np.arange(len(texts)), lists.list.len().to_numpy())
    return at, lists.explode().drop_nulls()
