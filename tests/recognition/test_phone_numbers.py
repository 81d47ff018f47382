"""Telephone numbers of whole columns: the spans that Presidio and its library find, and no others."""

# ruff: noqa: RUF001  look-alikes are what these texts are made of

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import count

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_texts import presidio_cases
from phone_texts import WORLD, texts
from phonenumbers import PhoneNumberMatcher
from presidio_analyzer.predefined_recognizers import PhoneRecognizer

from privscan.recognition import phone
from privscan.recognition.phone import digits as phone_digits
from privscan.recognition.phone import library as phone_library
from privscan.recognition.phone.library import outermost

Spans = list[tuple[int, int]]
US = phone.PhoneNumbers(("US",))


def library(text: str, regions: Iterable[str], leniency: int) -> Spans:
    """What the library finds, one region after the other."""
    matchers = (PhoneNumberMatcher(text, region, leniency=leniency) for region in regions)
    return outermost({(match.start, match.end) for matcher in matchers for match in matcher})


def found(numbers: phone.PhoneNumbers, cells: Sequence[str]) -> list[Spans]:
    """The spans of each cell, where ASCII cells and others are columns of their own."""
    spans: list[Spans] = [[] for _ in cells]
    for is_ascii in (True, False):
        rows = [row for row, cell in enumerate(cells) if cell.isascii() is is_ascii]
        column = pl.Series([cells[row] for row in rows], dtype=pl.String)
        answer = numbers.spans(column, ascii=is_ascii)
        assert not len(answer.given_up)
        for row, start, end in zip(*map(list, answer[:3]), strict=True):
            spans[rows[row]].append((start, end))
    return spans


def differences(
    cells: Iterable[str], regions: tuple[str, ...] = phone.REGIONS, leniency: int = phone.VALID
) -> dict[str, tuple[Spans, Spans]]:
    """The cells of which the library says something else, with both answers."""
    cells = list(dict.fromkeys(cells))
    answers = zip(cells, found(phone.PhoneNumbers(regions, leniency), cells), strict=True)
    both = {cell: (library(cell, regions, leniency), answer) for cell, answer in answers}
    return {cell: (right, answer) for cell, (right, answer) in both.items() if right != answer}


def test_regions_and_leniency_are_presidios():
    recognizer = PhoneRecognizer()
    assert recognizer.supported_regions == phone.REGIONS
    assert recognizer.leniency == phone.VALID


def test_made_up_texts_have_the_spans_that_the_library_finds():
    assert differences(texts(2_000, 11, phone.REGIONS)) == {}


def test_texts_have_the_spans_that_presidio_reports():
    cells = list(dict.fromkeys([*texts(300, 12, phone.REGIONS), *presidio_cases()]))
    recognizer = PhoneRecognizer()
    answers = found(phone.PhoneNumbers(), cells)
    reported = [[(r.start, r.end) for r in recognizer.analyze(cell, [])] for cell in cells]
    assert sum(map(bool, reported)) > 80
    assert [sorted(spans) for spans in reported] == answers


@pytest.mark.parametrize(
    ("regions", "leniency"),
    [
        (("JP", "KR", "AU", "ES", "IT", "NL", "CH", "AT"), 1),
        (("AR", "AG", "JE", "KZ", "VA", "NF"), 1),
        (("FR",), 1),
        (("ZZ", "us", "GB"), 1),
        (phone.REGIONS, 0),
        (phone.REGIONS, 2),
        (("DE", "BR"), 3),
    ],
)
def test_any_regions_and_leniency_are_the_librarys(regions, leniency):
    assert differences(texts(400, 13, WORLD), regions, leniency) == {}


alphabet = st.text("0123456789" * 3 + "+()-./x[]:#,~ e\u00a0–０é", min_size=4, max_size=30)


@settings(max_examples=12, deadline=None)
@given(st.lists(alphabet, min_size=phone_digits.FEW, max_size=60))
def test_any_text_has_the_spans_that_the_library_finds(cells):
    assert differences(cells) == {}


def test_numbers_that_regexes_judge_are_those_that_the_library_takes():
    numbers = [*(f"{n:010}" for n in range(0, 10**10, 19_999_999)), *(f"{n:09}" for n in range(0, 10**9, 1_999_999))]  # fmt: skip
    assert differences(numbers) == {}


@pytest.mark.parametrize(
    ("cell", "spans"),
    [
        ("call 212-555-0123 or (212) 555-0124", [(5, 17), (21, 35)]),
        ("電話:+81 3-3210-7026。", [(3, 18)]),
        ("é 212-555-0123", [(2, 14)]),
        ("２１２-５５５-０１２３", [(0, 12)]),
        ("\x02212-555-0123\x03", [(1, 13)]),
        ("é212-555-0123", []),
        ("212-555-0123%", []),
        ("€2125550123", []),
        ("2012-01-02 08:00", []),
        ("3/10/2011", []),
        ("+19002/123456 62704", [(0, 13), (7, 19)]),
        ("（＋33 ８91181１．54.２00２", [(0, 15)]),
        ("12 items", []),
        ("", []),
    ],
)
def test_spans_are_in_characters_of_the_cell(cell, spans):
    assert found(phone.PhoneNumbers(), [cell]) == [spans]


def test_a_column_without_cells_and_no_regions_have_no_spans():
    assert not len(phone.PhoneNumbers().spans(pl.Series([], dtype=pl.String), ascii=True).row)
    assert found(phone.PhoneNumbers(()), ["+1 212 555 0123"]) == [[]]


def test_rows_are_those_of_the_column_and_in_order():
    column = pl.Series(["no", "a 212-555-0123 b 212-555-0124", "", "212-555-0125"])
    answer = US.spans(column, ascii=True)
    assert answer.row.tolist() == [1, 1, 3]
    assert answer.start.tolist() == [2, 17, 0]
    assert answer.end.tolist() == [14, 29, 12]


def test_a_long_cell_ends_where_the_library_does():
    vain = "1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1, " * 3_000
    early, late = "212-555-0123, ", ", 212-555-0124"
    cell = early + vain + late
    assert library(cell, ("US",), 1) == [(0, 12)]
    assert found(US, [cell, late]) == [[(0, 12)], [(2, 14)]]


def test_a_long_cell_that_the_library_reads_to_its_end_is_read_to_its_end():
    cell = "lorem 12 ipsum 2024, " * 6_000 + "%, " * 50 + "1.1 " * 4_000 + "212-555-0124"
    assert found(US, [cell]) == [library(cell, ("US",), 1)]


def test_a_candidate_of_many_blanks_is_given_up_and_the_other_cells_are_not():
    cell = "2125550123" + " " * phone_library.LONGEST_CANDIDATE + "ext 12"
    answer = US.spans(pl.Series(["212-555-0123", cell]), ascii=True)
    assert answer.given_up.tolist() == [1]
    assert answer.row.tolist() == [0]


def test_when_time_is_out_the_rows_that_were_not_read_are_named():
    cells = ["(212) 555-0123 ext. 12", "no number", "212-555-0124 x5, 212-555-0125 x6"]
    reads = count()
    answer = US.spans(pl.Series(cells), ascii=True, out_of_time=lambda: next(reads) > 0)
    assert answer.given_up.tolist() == [2]
    assert answer.row.tolist() == [0]
    late = US.spans(pl.Series(cells), ascii=True, out_of_time=lambda: True)
    assert late.given_up.tolist() == [0, 2]
    assert not len(late.row)


def test_a_run_with_more_marks_than_numbers_have_is_given_up_and_the_rest_of_its_cell_is_read():
    cells = ["call 212 555 0123, " + "123 4567 " * 700, "123 4567 " * 20, "1" * 5_000]
    bounded = phone.PhoneNumbers(("US",), most_marks=1_000)
    answer = bounded.spans(pl.Series(cells), ascii=True)
    assert answer.given_up.tolist() == [0]
    assert (answer.row[0], answer.start[0], answer.end[0]) == (0, 5, 17)
