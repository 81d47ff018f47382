"""A stand-in is of the kind of the character in whose place it stands, for every character."""

from __future__ import annotations

import unicodedata

import polars as pl
import regex

from privscan.recognition.stand_ins import stand_ins

CHARS = [chr(c) for c in range(0x110000) if not 0xD800 <= c < 0xE000]
KIND = {"_": (True, False, False), "\v": (False, True, False), "\x01": (False, False, False)}


def test_every_character_keeps_its_kind_or_itself():
    text = "".join(CHARS)
    word, space, digit = (set(regex.findall(form, text)) for form in (r"\w", r"\s", r"\d"))
    wrong = []
    for char, now in zip(CHARS, stand_ins(pl.Series(CHARS)).to_list(), strict=True):
        if now != char and KIND[now] != (char in word, char in space, char in digit):
            wrong.append((hex(ord(char)), unicodedata.name(char, "?"), now))
    assert not wrong


def test_ascii_is_left_as_it_is():
    plain = pl.Series([chr(c) for c in range(128)])
    assert stand_ins(plain).equals(plain)


def test_letters_that_ignoring_case_equates_with_ascii_stay():
    others = "".join(c for c in CHARS if not c.isascii())
    folded = {*regex.findall("[a-z]", others, regex.I), *regex.findall("[A-Z]", others, regex.I)}
    assert folded
    assert stand_ins(pl.Series(sorted(folded))).to_list() == sorted(folded)


def test_common_text_becomes_ascii_of_as_many_characters():
    cells = pl.Series(
        ["東京都千代田区1-1", "Müller、1", "Привет мир", "😀 ok", "a\u00a0b", "価格5円"]
    )
    stood = stand_ins(cells)
    assert (stood.str.len_bytes() == stood.str.len_chars()).all()
    assert stood.str.len_chars().equals(cells.str.len_chars())


def test_digits_of_other_scripts_have_no_stand_in():
    cells = pl.Series(["١٢٣", "１２３"])  # noqa: RUF001  full width is the test
    assert stand_ins(cells).equals(cells)
