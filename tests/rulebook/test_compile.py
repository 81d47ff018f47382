"""Rust forms match whatever the pattern does, and say truly when they match nothing more."""

from __future__ import annotations

import re

import polars as pl
import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from privscan.rulebook.compile import compiled

IGNORE_CASE, LINES, DOT_ALL = 2, 8, 16

PATTERNS = [
    r"\b[0-9]{4}-[0-9]{4}\b",
    r"(?<![0-9])[0-9]{3}(?![0-9])",
    r"(?:^|(?<=\W))(foo|b\.r)(?:(?=\W)|$)",
    r"\b(?!66|9\d)\d{2,3}\b",
    r"(?<=a|^)b+",
    r"(?<!\d|x)[a-c]+?1",
    r"a.c",
    r"(?m)^k\d$",
    r"x{0,3}y",
    r"(a|b)\1",
    r"(?=.*1)a[b1]{2}",
    r"(?i:k)S",
    r"[^a-c\s]{2}\d",
    r"(?>a+)b",
    r"(?P<n>a)b",
    r"(?<n>a)b",
    r"\d+?\.\w{2}",
    r"[\W_]a",
    r"a\Bb",
    r"c$",
]
ALPHABET = "abcxyk1269-. _\n\tKSſİé東３K"  # noqa: RUF001  letters that ignoring case folds


def needed(form, text):
    """For each thing that a match needs whether the text has a character of it."""
    held = sum(1 << code for code in set(map(ord, text)))
    return [need & held > 0 for need in form.needs]


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(PATTERNS),
    st.sampled_from([0, IGNORE_CASE, LINES, IGNORE_CASE | LINES | DOT_ALL]),
    st.lists(st.text(ALPHABET, min_size=1, max_size=12), min_size=1, max_size=20),
)
def test_no_match_is_left_out_and_exact_means_exact(pattern, flags, texts):
    form = compiled(pattern, flags)
    own = regex.compile(pattern, flags)
    for text in texts:
        series, found = pl.Series([text]), own.search(text) is not None
        assert not found or series.str.contains(form.wide).item()
        if text.isascii():
            sought = series.str.contains(form.seek).item()
            assert not found or sought
            assert not found or not form.gate or series.str.contains(form.gate).item()
            assert not found or all(needed(form, text))
            if form.exact and not form.refused and not form.runs:
                assert found == sought


@pytest.mark.parametrize(
    ("pattern", "exact", "bare", "gate"),
    [
        (r"\b[0-9]{4}-[0-9]{4}\b", True, False, "[0-9]"),
        (r"[0-9]{9}", True, True, "[0-9]"),
        (r"(?<![0-9])[0-9]{9}", True, True, "[0-9]"),
        (r"(a)\1", False, False, ""),
        (r"(?:a@b|c@d)", True, False, r"[ac][\x{40}][bd]"),
        (r"(?:a@bx|cd@e)", True, False, r"[ac][\x{40}d][\x{40}b][ex]"),
        (r"(?:a@bx|ccd@e)", True, False, r"[\x{40}]"),
        (r"(?:AKIA|ASIA)[0-9]{4}", True, False, "[A][KS][I][A]"),
        (r"(?i)key=\w+", True, False, r"[Kk][Ee][Yy][\x{3D}]"),
        (r"a(?:b|cd)e", True, False, ""),
        (r"x(?i:@[a-z])", True, False, r"[\x{40}][A-Za-z]"),
        (r"(?i:abc)\w", True, False, ""),
        (r"[a-z]+@[a-z]", True, False, r"[\x{40}][a-z]"),
        (r"x{0,1000}y", True, False, ""),
        (r"a(?=b)c", False, False, ""),
        (r"(?<=ab)c", False, False, ""),
        (r"a++b", False, False, ""),
        (r"a\Bb", False, False, ""),
        (r"a$", False, False, ""),
        (r"(?m)a$", True, False, ""),
    ],
)
def test_facts_of_a_pattern(pattern, exact, bare, gate):
    form = compiled(pattern, 0)
    assert (form.exact, form.bare, form.gate) == (exact, bare, gate)


@pytest.mark.parametrize(
    ("pattern", "text", "held"),
    [
        (r"\b[0-9]{4}-[A-F]", "2024-A", True),
        (r"\b[0-9]{4}-[A-F]", "2024 A", False),
        (r"(?i)\b[0-9]{4}-[A-F]", "2024-a", True),
        (r"(?:a@b|c#d)", "a#d", True),  # each has a part of either
        (r"(?:a@b|c#d)", "adb", False),
        (r"x(?:@[a-z])?", "x", True),
        (r"(?:y+@)+", "yy", False),
        (r"[é]x", "x", False),
    ],
)
def test_what_every_match_needs(pattern, text, held):
    assert all(needed(compiled(pattern, 0), text)) is held


@pytest.mark.parametrize(
    ("pattern", "portable"),
    [
        (r"\b\w+@\w+\b", True),
        (r"[a-z]+[^\d]", True),
        (r"[a-z_]+", False),  # the stand-in of é, which the set does not take
        (r"[^_]x", False),
        (r"[é]x", False),
        (r"\x01x", False),
        (r"[\s\x0b]x", True),
        (r"\x0bx", False),
        (r"(?<![_a])x", False),
    ],
)
def test_letters_beyond_ascii_may_be_exchanged_only_where_no_set_would_notice(pattern, portable):
    assert compiled(pattern, 0).portable is portable


@pytest.mark.parametrize(
    "pattern",
    [
        "(?:foo){e<=1}",  # errors counted, to `regex`; a literal brace to `re`
        "[[:alpha:]]+x",
        "[[a-z]--[aeiou]]x",
        r"\p{L}+x",
        r"\Xx",
        "a(?i)b",
        "(?x)a b",
        "(?R)x",
        "(?V1)ab",
        "a{1000}{1000}",
        "(?:a{60}){60}",
        "a*",
        "",
        "(a",
    ],
)
def test_what_re_reads_otherwise_or_rust_should_not_run_is_refused(pattern):
    with pytest.raises((re.error, OverflowError)):
        compiled(pattern, 0)


@pytest.mark.parametrize("flag", ["ASCII", "WORD", "FULLCASE", "V1", "VERBOSE", "REVERSE"])
def test_other_flags_are_refused(flag):
    with pytest.raises(re.error):
        compiled("ab", int(getattr(regex, flag)))


def test_flags_at_the_start_count_as_the_recognizers_own():
    assert compiled("(?i)ab", 0) == compiled("ab", IGNORE_CASE)
    assert compiled("a(?i)b", IGNORE_CASE) == compiled("ab", IGNORE_CASE)
