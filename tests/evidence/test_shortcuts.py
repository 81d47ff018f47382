"""Every shortcut gives what the long way gives: on cells biased to all that it distinguishes."""

from __future__ import annotations

from dataclasses import asdict

import numpy as np
import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from privscan.detectors import coordinates, dates, lexicon
from privscan.evidence import distinct as grouping
from privscan.evidence.bottomk import BottomK, K
from privscan.evidence.canonical import canonical
from privscan.evidence.characters import (
    CHUNK,
    DIGIT,
    HEX,
    LETTER,
    OTHER,
    POINT,
    SIGN,
    SPACE,
    WIDE,
    Question,
    characters,
)
from privscan.evidence.column import observe
from privscan.evidence.distinct import counted, distinct, together
from privscan.evidence.facts import _CJK, _DATE, UNSPACED, coarse, facts
from privscan.model.data import Column
from privscan.model.kinds import Kind
from privscan.rulebook.load import rulebook
from privscan.rulebook.normal import narrow

SEEDS = [
    "2024-01-31", "2024-01-31T12:00:01.500Z", "2024-01-31 00:00:00", "2024-01-31 12:00:01.00+09:00",
    "12:30:00.000", "3.0", "-12.000", "+7", "1e5", "1.5e-3", "nan", "inf", "True", "FALSE", "false",
    "29.02.1984", "Feb 29, 1984", "29.-September.-29, 1984", "29-September-1984", "dec-1984", "cafe 1984", "1984-02-29 10:00 face", "1 février 1984", "19840229", "S59.2.29", "昭和\uff15\uff19年2月29日",
    "２０２４年１月３１日", "令和元年5月1日", "35.6812, 139.7671", "(35.6812;139.7671)", "-33.8688",
    "POINT(139.7671 35.6812)", "SRID=4326;POINT Z (1.2345 2.3456 7)", "Male", " FEMALE ", "男", "a+",
    "d" * 32, "0123456789abcdef" * 4, "F" * 40, "f47ac10b-58cc-4372-a567-0e02b2c3d479", "****", "**1234",
    "●●●● 12", "xxx-xx-1234", "XXXX", "J*** Doe", "日本語の文章はここにある", "ab" * 70, "٣.0", "1\u00a02",
    "\u017f", "\u212a", "İ", "1Ǳ", "1984-2-29\u3000", "é", "\x1f", "\x85", "a\nb", "1984-02-29\nx", "0", "-", ".",
]  # fmt: skip
SIGNS = "0123456789abcdefxXTZz+-./:,;()[] \t\n*●年月日元é٣１Ｚ"
ARABIC = "2024-01-31 00:00:00".translate({48 + i: 0x660 + i for i in range(10)})
"""A moment in digits that a regex of Rust calls digits, too."""

texts = st.one_of(
    st.sampled_from(SEEDS),
    st.text(SIGNS, max_size=40),
    st.text(max_size=12),
    st.tuples(st.sampled_from(SEEDS), st.text(SIGNS, max_size=4)).map("".join),
    st.tuples(st.text(SIGNS, max_size=2), st.sampled_from(SEEDS)).map("".join),
)
WIDE_DAY = "S59.2.29".translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})
"""A day of an era in full width."""

columns = st.lists(texts, max_size=30)


def series(cells):
    return pl.Series("c", cells, pl.String)


@given(columns)
@example(["", "a", ""])
@example(["x" * CHUNK, "é", "1" * CHUNK, ""])
def test_kinds_are_those_of_each_character(cells):
    def kind(c):
        if not c.isascii():
            return WIDE
        if c.isalpha():
            return HEX if c in "abcdefABCDEF" else LETTER
        named = {"+": SIGN, "-": SIGN, ".": POINT} | dict.fromkeys(" \t\n\v\f\r", SPACE)
        return DIGIT if c.isdigit() else named.get(c, OTHER)

    found = characters(series(cells))
    assert found.kinds.tolist() == [sum({kind(c) for c in cell}) for cell in cells]
    assert found.stars >= any(
        sign in cell for cell in cells for sign in ("**", "##", *"●○•…█■\uff0a")
    )
    ends = [((cell.encode() or b"\0")[0], (cell.encode() or b"\0")[-1]) for cell in cells]
    assert list(zip(found.first.tolist(), found.last.tolist(), strict=True)) == ends
    assert characters(series(["", *cells])[1:]).kinds.tolist() == found.kinds.tolist()


@given(columns)
@settings(max_examples=100)
def test_facts_are_those_of_every_cell_looked_at_by_regex(cells):
    cells = [cell for cell in cells if cell]
    text, column = pl.col("c"), series(cells)
    number = text.cast(pl.Float64, strict=False)
    masks = {
        "ascii": text.str.len_bytes() == text.str.len_chars(),
        "letters": text.str.contains(r"\p{L}"),
        "spaces": text.str.contains(r"\s"),
        "digits_only": text.str.contains(r"^[0-9]+$"),
        "numbers": number.is_finite(),
        "integers": text.str.contains(r"^[+-]?[0-9]+$"),
        "dates": text.str.contains(_DATE),
        "unspaced": (text.str.len_chars() >= UNSPACED) & text.str.contains(_CJK),
    }
    slow = column.to_frame().select(mask.sum().alias(name) for name, mask in masks.items())
    seen = grouping.Distinct(column, None, len(cells), 0, characters(column))
    fast = asdict(facts(seen))
    if not cells:
        assert set(fast.values()) == {0, None}
        return
    assert {name: fast[name] for name in masks} == slow.row(0, named=True)
    assert (fast["shortest"], fast["longest"]) == (min(map(len, cells)), max(map(len, cells)))
    assert fast["chars"] == sum(map(len, cells))
    values = column.cast(pl.Float64, strict=False)
    finite = values.filter(values.is_finite().fill_null(value=False))
    bounds = (coarse(finite.min(), np.floor), coarse(finite.max(), np.ceil)) if len(finite) else (None, None)  # fmt: skip
    assert (fast["low"], fast["high"]) == bounds


def by_captures(cells):
    """The canonical text, by regexes that capture what stays."""
    stamp = (
        r"^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:[.](\d*[1-9])?0*)?"
        r"\s?(?:Z|UTC|[+-]\d{2}(?::?\d{2})?)?$"
    )
    clock, truth = r"^(\d{2}:\d{2}:\d{2})[.](\d*[1-9])?0*$", "^(?:True|TRUE|False|FALSE)$"
    text = pl.col("c")
    for form, parts in ((stamp, "${1} ${2}.${3}"), (clock, "${1}.${2}")):
        short = text.str.replace(form, parts).str.strip_suffix(".").str.strip_suffix(" 00:00:00")
        text = pl.when(text.str.contains(form)).then(short).otherwise(text)
    text = text.str.replace(r"^([+-]?\d+)[.]0+$", "${1}")
    text = pl.when(text.str.contains(truth)).then(text.str.to_lowercase()).otherwise(text)
    return cells.to_frame().select(pl.when(text != "").then(text).alias("c")).to_series()


@given(columns)
@settings(max_examples=100)
@example(["2024-01-31 12:00:01 ", "2024-01-31T00:00:00.Z", "12:00:00.", ARABIC])
def test_canonical_text_is_what_the_captures_give(cells):
    assert canonical(series(cells)).to_list() == by_captures(series(cells)).to_list()


def hits(detector, cells, path):
    return [
        (h.entity, h.score, h.mask.to_list()) for h in detector.find(Column(path, Kind.TEXT, cells))
    ]


EVERY, NONE = Question(np.ones(256, bool)), Question(np.zeros(256, bool))
DATES = {"_SOME": EVERY, "_NUMBER": NONE, "_SHAPE": ""}
"""Without these every cell that is short enough is read in all the ways of writing a date."""


@pytest.mark.parametrize(
    ("detector", "questions"),
    [
        (dates, DATES),
        (coordinates, dict.fromkeys(["_PAIRS", "_POINTS", "_DEGREES"], EVERY)),
    ],
)
def test_cells_that_are_no_candidates_hold_no_hit(detector, questions, monkeypatch):
    """The same hits when every cell is a candidate."""

    @given(columns, st.sampled_from(["x", "latitude"]))
    @settings(max_examples=60)
    def law(cells, path):
        cells = series([cell for cell in cells if cell])
        fast = hits(detector, cells, path)
        with monkeypatch.context() as patched:
            for name, question in questions.items():
                patched.setattr(detector, name, question)
            assert hits(detector, cells, path) == fast

    law()


@given(columns)
@settings(max_examples=60)
@example(
    ["2 février 1984", "1984-2-29\u00a0", "29.2.1984\uff3a", "1984-02-29T10:00:00\uff3a", "1Ź"]
)
@example(["㏠1984", WIDE_DAY, "昭和\uff15\uff19年2月29日"])
def test_dates_are_found_in_full_width_as_in_half_width(cells):
    cells = series([cell for cell in cells if cell])
    assert hits(dates, cells, "x") == hits(dates, narrow(cells), "x")


LISTED: dict[str, set[str]] = {}
for entity in rulebook().entities.values():
    for value in entity.values:
        LISTED.setdefault(value.casefold(), set()).add(entity.id)
words = st.sampled_from(sorted(v for e in rulebook().entities.values() for v in e.values))


@given(
    st.lists(st.one_of(texts, words, words.map(str.upper), words.map(" {} ".format)), max_size=20)
)
def test_listed_words_are_those_that_lower_case_finds(cells):
    cells = [cell for cell in cells if cell]
    longest = max(map(len, (word.encode() for word in LISTED)))
    folded = series(cells).str.strip_chars().str.to_lowercase().to_list()
    expected = {
        (entity, row)
        for row, (cell, word) in enumerate(zip(cells, folded, strict=True))
        if len(cell.encode()) <= longest + 2
        for entity in LISTED.get(word, ())
    }
    whole = [
        h for h in lexicon.find(Column("x", Kind.TEXT, series(cells))) if h.detector == "lexicon"
    ]
    assert {(h.entity, row) for h in whole for row, yes in enumerate(h.mask) if yes} == expected


def evidence(found):
    seen = distinct(found)
    return observe("c", Kind.TEXT, seen, dates.find(Column("c", Kind.TEXT, seen.cells)), seed=7)


@given(st.lists(st.none() | texts, max_size=40), st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_evidence_is_the_same_counted_or_not_as_a_dictionary_and_in_pieces(cells, random):
    column = series(cells)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(grouping, "WORTH", 0)
        apart = evidence(counted(column))
        patched.setattr(grouping, "WORTH", 2)
        grouped = counted(column)
        at = random.randint(0, len(cells))
        pieces = [counted(column[:at]), counted(column[at:])]
        whole = evidence(grouped)
    words = [None, "unused", *cells, *cells]
    random.shuffle(words)
    codes = [None if cell is None else words.index(cell) for cell in cells]
    coded = counted(series(words), pl.Series(codes, dtype=pl.UInt32))
    assert apart == whole == evidence(coded)
    if all(piece.counts is not None for piece in pieces):
        assert evidence(together(pieces)) == whole


@pytest.mark.parametrize(("values", "rows"), [(100_000, 100_000), (30_000, 200_000), (50, 90_000), (K, 40_000)])  # fmt: skip
def test_a_sketch_of_many_hashes_holds_the_smallest_with_all_their_counts(values, rows):
    rng = np.random.default_rng(5)
    hashes = pl.Series(rng.integers(0, values, rows)).hash(3)
    kept, counts = np.unique(hashes.to_numpy(), return_counts=True)
    sketch = BottomK.of(hashes)
    assert np.array_equal(sketch.hashes, kept[:K])
    assert np.array_equal(sketch.counts, counts[:K])


def test_hashes_that_crowd_at_one_end_are_all_looked_at():
    high = np.arange(2**64 - 20_000, 2**64, dtype=np.uint64)
    assert np.array_equal(BottomK.of(pl.Series(high)).hashes, high[:K])


@pytest.mark.parametrize(
    ("cells", "pays"),
    [
        ([f"{i}" for i in range(50_000)], False),
        ([f"{i // 10}" for i in range(50_000)], True),  # neighbours are equal
        ([f"{i % 700}" for i in range(50_000)], True),
        (["x"] * 45_000 + [f"{i}" for i in range(5_000)], True),
        ([f"{i}" for i in range(5_000)] * 8, True),
        ([f"{i}" for i in range(40)], False),
        (["x", "y"] * 20, True),
        ([], False),
    ],
)
def test_cells_are_counted_where_most_repeat(cells, pays):
    assert (counted(series(cells)).counts is not None) is pays
