"""The same answer as Presidio's recognizers on every cell, and silence where they are silent."""

from __future__ import annotations

import json
import random
import re
from collections import defaultdict
from functools import cache
from pathlib import Path
from re import _constants as sre
from re import _parser as parser

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from privscan.detectors.pattern import find
from privscan.model.data import Column
from privscan.model.kinds import Kind
from privscan.recognition.bound import bound
from privscan.rulebook._presidio import presidio
from privscan.rulebook.load import rulebook
from privscan.rulebook.names import header_entities
from privscan.rulebook.normal import normal
from privscan.rulebook.numbers import THING
from privscan.rulebook.recognizers import build, recognizers

CASES = Path(__file__).parents[3] / "shared" / "data" / "presidio_cases.jsonl"
NAMES = sorted(bound())
CATEGORIES = {sre.CATEGORY_DIGIT: "0189", sre.CATEGORY_WORD: "aZ0_", sre.CATEGORY_SPACE: " "}


def column(cells, path="column_1"):
    return Column(path, Kind.TEXT, pl.Series(path, cells, pl.String))


@cache
def header(entity):
    """A header that names the entity, so that every pattern for it runs; things need none."""
    if entity.startswith(THING):
        return "x"
    for name in rulebook().entities[entity].names.strong:
        if any(e == entity and bits > 0 for e, bits in header_entities(name)):
            return name
    raise AssertionError(entity)


def found(cells, name):
    """The best score that the detector gives each cell by that recognizer, and whether whole."""
    entity = bound()[name].entity
    best = [(0.0, False)] * len(cells)
    for hit in find(column(cells, header(entity))):
        if hit.detector == f"pattern/{name}":
            assert hit.entity == entity
            for i, (yes, whole) in enumerate(zip(hit.mask, hit.whole, strict=True)):
                if yes:
                    best[i] = max(best[i], (hit.score, whole))
    return best


def told(cells, name):
    """What the recognizer itself says of each cell, else of its text as it is judged."""
    raw, judged = (_told(some, name) for some in (cells, normal(pl.Series(cells)).to_list()))
    return [one if one[0] else other for one, other in zip(raw, judged, strict=True)]


@cache
def presidios(name):
    """The recognizer as Presidio runs it."""
    rules = {rule.name: rule for rule in recognizers()}
    own = build(rules[name]) if name in rules else bound()[name].recognizer.own()
    assert isinstance(own, presidio().PatternRecognizer)
    return own


def _told(cells, name):
    recognizer = presidios(name)
    best = []
    for text in cells:
        results = recognizer.analyze(text, recognizer.supported_entities)
        results = [r for r in results if "**" not in text[r.start : r.end]]
        best.append(
            max(((r.score, text[r.start : r.end].strip() == text.strip()) for r in results), default=(0.0, False))
        )  # fmt: skip
    return best


NOBODYS = re.compile(r"0\.0\.0\.0|127\.\d|255\.255\.|(?i:\bv(?:er|ersion)?[ .:])")
"""Addresses of nobody and versions, which Presidio counts and the detector does not."""


def agree(cells, name):
    mine, theirs = found(cells, name), told(cells, name)
    wrong = [
        (c, m, t)
        for c, m, t in zip(cells, mine, theirs, strict=True)
        if m[0] != t[0] and not (name == "IpRecognizer" and NOBODYS.search(c))
    ]
    assert not wrong, (name, wrong[:3])


@pytest.mark.skipif(not CASES.is_file(), reason="Presidio's own test cases are not here")
def test_presidios_own_cases():
    cases = defaultdict(set)
    for line in CASES.read_text("utf-8").splitlines():
        case = json.loads(line)
        cases[case["recognizer"]].add(case["text"])
    known = [name for name in NAMES if name in cases]
    assert len(known) > 40
    for name in known:
        agree(sorted(cases[name] - {""}), name)


@pytest.mark.parametrize("name", NAMES)
def test_every_recognizer_on_texts_that_its_patterns_make(name):
    recognizer = presidios(name)
    rng = random.Random(name)
    cells = {"", "a", "0" * 12, "é" * 5}
    for pattern in recognizer.patterns:
        for _ in range(12):
            text = made(pattern.regex, rng)
            cells |= {text, f"x {text}, y", f"9{text}", f"{text}a", f"あ{text}。", text.swapcase()}
            at = rng.randrange(len(text) + 1)
            cells.add(text[:at] + rng.choice("0aZ-. _é٣") + text[at + 1 :])
    agree(sorted(cells - {""}), name)


def made(regex, rng):
    """A text that the regex's parts can make, look-arounds left out."""
    return "".join(texts(parser.parse(regex.replace("(?i)", "")), rng))


def texts(tree, rng):
    for op, value in tree:
        if op is sre.IN:
            yield character(value, rng)
        elif op in {sre.LITERAL, sre.ANY}:
            yield character([(op, value)], rng)
        elif op is sre.BRANCH:
            yield from texts(rng.choice(value[1]), rng)
        elif op is sre.SUBPATTERN:
            yield from texts(value[3], rng)
        elif op in {sre.MAX_REPEAT, sre.MIN_REPEAT}:
            low, high, body = value
            for _ in range(rng.randint(low, min(high, low + 3))):
                yield from texts(body, rng)


def character(items, rng):
    op, value = rng.choice(items)
    if op is sre.NEGATE:
        return rng.choice("aZ0 -@é")
    if op is sre.RANGE:
        return chr(rng.randint(*value))
    if op is sre.CATEGORY:
        return rng.choice(CATEGORIES.get(value, "x"))
    return chr(value) if op is sre.LITERAL else "x"


@settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.sampled_from(NAMES),
    st.lists(st.text("0123456789 -./@:abcdefXYZ_٣é〒ＡＢ", min_size=1, max_size=40), min_size=1),  # noqa: RUF001  full-width letters are the test
)
def test_every_recognizer_on_any_text(name, cells):
    agree(cells, name)


@pytest.mark.parametrize(
    ("path", "cells"),
    [
        ("order_no", ["123456789", "987654321"]),  # an SSN only under a header that says so
        ("order_no", ["123456789018"]),  # a My Number that stands under another name
        ("version", ["10.1", "1.2.3"]),
        ("isbn", ["9783161484100", "978-3-16-148410-0"]),
        ("build", ["d41d8cd98f00b204e9800998ecf8427e"]),
        ("sku", ["AB-12345", "XY99 ZZ"]),
        ("comment", ["see section 4.1.1 of the manual", "total 1,234,567.89"]),
    ],
)
def test_numbers_under_other_headers_are_nothing(path, cells):
    assert [hit.entity for hit in find(column(cells, path))] == []


@pytest.mark.parametrize(
    ("path", "cell", "entity"),
    [
        ("x", "write to ann@example.com today", "email"),
        ("x", "4111 1111 1111 1111", "card_number"),
        ("x", "4111111111111111", "card_number"),
        ("x", "DE89 3704 0044 0532 0130 00", "iban"),
        ("my_number", "123456789018", "my_number"),
        ("マイナンバー", "1234 5678 9018", "my_number"),
        ("ssn", "536-22-8726", "national_id"),
        ("x", "AKIAABCDEFGHIJKLMNOP", "secret_key"),
    ],
)
def test_what_stands_in_clear_is_found(path, cell, entity):
    assert entity in {hit.entity for hit in find(column([cell, "nothing here"], path))}


@pytest.mark.parametrize("cell", ["4111111111111112", "123456789019", "DE88370400440532013000"])
def test_a_wrong_check_digit_is_no_hit(cell):
    numbers = {"card_number", "my_number", "iban"}
    assert not numbers & {hit.entity for hit in find(column([cell], "column_1"))}


def test_a_huge_cell_is_read_to_its_end():
    filler = "lorem ipsum " * 5_000
    cells = [filler + "ann@example.com " + filler, filler, filler + filler + "bob@example.com"]
    [hit] = [hit for hit in find(column(cells, "text")) if hit.entity == "email"]
    assert hit.mask.to_list() == [True, False, True]
    assert not hit.whole.any()


def test_masks_fit_the_column_whatever_else_is_in_it():
    cells = ["ann@example.com", "日本 ann@example.jp", "é", "plain", "b@example.org"]
    hits = [h for h in find(column(cells, "contact")) if h.entity == "email"]
    assert all(len(h.mask) == len(cells) for h in hits)
    rows = {i for h in hits for i, yes in enumerate(h.mask) if yes}
    assert rows == {0, 1, 4}


@pytest.mark.parametrize(
    ("cell", "entity"),
    [
        ("メールはtaro@example.comまで", "email"),
        ("カード4111111111111111です", "card_number"),
        ("カード番号は4111 1111 1111 1111", "card_number"),
        ("４１１１１１１１１１１１１１１１", "card_number"),  # noqa: RUF001  full width is the test
        ("口座はDE89370400440532013000です", "iban"),
    ],
)
def test_a_word_begins_where_cjk_meets_ascii(cell, entity):
    hits = [
        hit for hit in find(column([cell, "何もない", "plain"], "備考")) if hit.entity == entity
    ]
    assert [i for hit in hits for i, yes in enumerate(hit.mask) if yes] == [0]


@pytest.mark.parametrize(
    "cell", ["4111111111111112です", "型番A4111です", "価格１２３４５円", "バージョン1.2.3です"]
)
def test_other_text_beside_cjk_is_nothing(cell):
    assert list(find(column([cell], "備考"))) == []


def test_a_masked_address_is_no_address():
    assert [h.entity for h in find(column(["a***@example.com", "●●●●@example.com"], "x"))] == []


@pytest.mark.parametrize(
    ("cell", "counts"),
    [
        ("bound to 0.0.0.0 again", False),
        ("asked 127.0.0.1 twice", False),
        ("netmask 255.255.240.0", False),
        ("Version 10.2.1.4 went back to 10.2.0.9", False),
        ("firmware v7.11.20.3", False),
        ("client 81.92.33.14 came", True),
        ("Version/17.1 Safari, from 81.92.33.14", True),
    ],
)
def test_an_address_of_nobody_is_none(cell, counts):
    assert (found([cell], "IpRecognizer")[0][0] > 0) == counts
