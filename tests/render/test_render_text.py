"""Text fits a terminal: its width, its height, its colours."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rich.cells import cell_len

from privscan.model.data import Unread
from privscan.render.text import render, styled


@pytest.fixture(params=[80, 100, 120])
def wide(request, monkeypatch) -> int:
    monkeypatch.setenv("COLUMNS", str(request.param))
    return request.param


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_no_line_is_wider_than_the_terminal(report, wide, lang):
    lines = render(report, lang=lang).splitlines()
    assert max(map(cell_len, lines)) <= wide


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_one_screen_whatever_was_scanned(report, wide, lang):
    assert len(render(report, lang=lang).splitlines()) <= 42
    assert wide


def test_a_lake_of_eight_datasets_is_one_screen(cases, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    big = cases["many"]()
    lake = replace(big, datasets=big.datasets[:8], unread=big.unread[:1])
    assert len(render(lake).splitlines()) <= 40


def test_a_check_stands_once_whatever_the_number_of_datasets(cases):
    text = render(cases["many"]())
    assert text.count("CHECK-0 ") == 1
    assert "and 1 more" in text or "… " in text


def test_worst_first_and_the_rest_is_counted(lake):
    text = render(lake)
    table = text[text.index("Score") :]
    assert table.index("staff") < table.index("people") < table.index("pictures")
    assert text.index("MYN-12") < text.index("GDPR-4-1")
    assert "6 findings, 5 questions to people" in text


def test_gravest_data_comes_first(lake, monkeypatch):
    monkeypatch.setenv("COLUMNS", "140")
    [line] = [line for line in render(lake).splitlines() if " staff " in line]
    assert line.index("Health condition") < line.index("E-mail")


def test_files_hold_no_colour_and_screens_do(lake, monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b" not in render(lake)
    assert "\x1b[" in styled(lake)
    monkeypatch.setenv("NO_COLOR", "1")
    assert styled(lake) == render(lake)


def test_a_name_sends_nothing_to_the_terminal(hostile_report, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    text = styled(hostile_report)
    assert not {c for c in text if ord(c) < 32} - {"\n"}
    assert "[31m" not in text or "\x1b" not in text


def test_incomplete_is_said_first(cases):
    text = render(cases["unread"]())
    assert "INCOMPLETE" in text.splitlines()[0]
    assert "lake/a.csv: the file is empty" in text
    assert "INCOMPLETE" not in render(cases["ordinary"]())


def test_the_end_of_a_long_path_stays(cases, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    report = cases["unread"]()
    long = Unread("/very" * 60 + "/last.csv", "", "the file is empty")
    report = replace(report, unread=(long,))
    assert "/last.csv: the file is empty" in render(report)


def test_nothing_scanned_says_so(cases):
    assert "Nothing was scanned" in render(cases["nothing"]())


def test_files_that_nobody_could_read_are_one_line(cases):
    text = render(cases["heap"]())
    assert "45 files could not be read at all" in text
    assert "45 件" in render(cases["heap"](), lang="ja")
    table = text[text.index("Score") : text.index("MYN-12")]
    assert "machines" in table
    assert "broken_" not in table


def test_a_single_unread_file_keeps_its_row(cases):
    heap = cases["heap"]()
    text = render(replace(heap, datasets=heap.datasets[:5], unread=()))
    assert "broken_00" in text
    assert "100 % not read" in text
    assert "could not be read at all" not in text


def test_a_file_read_in_part_keeps_its_row(cases):
    heap = cases["heap"]()
    torn = tuple(replace(d, rows=5) for d in heap.datasets[-3:])
    text = render(replace(heap, datasets=torn, unread=()))
    assert "broken_42" in text
    assert "could not be read at all" not in text


def test_a_lake_of_nothing_but_unread_files_says_so(cases):
    heap = cases["heap"]()
    text = render(replace(heap, datasets=heap.datasets[-12:]))
    assert "12 files could not be read at all" in text
    assert "Score  Level" not in text


def test_a_guess_is_not_shown_as_found(cases):
    assert "nothing personal found" in render(cases["unsure"]())
    assert "E-mail" not in render(cases["unsure"]())
