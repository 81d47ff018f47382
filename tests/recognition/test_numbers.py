"""Numbers that fill a cell: as python-stdnum says, as rare by chance as written, and told apart."""

from __future__ import annotations

import importlib
from functools import cache
from string import ascii_uppercase, digits

import numpy as np
import polars as pl
import pytest

from privscan.detectors.numbers import find
from privscan.errors import RuleError
from privscan.model.data import Column
from privscan.model.kinds import Kind
from privscan.recognition.checks.numbers import CHECKS
from privscan.recognition.numbers import Form, check_numbers, check_of, is_number
from privscan.rulebook.load import rulebook
from privscan.rulebook.numbers import THING, chances, numbers

EVERY = numbers()
NAMES = [number.name for number in EVERY]
LAYOUTS = {"", "atc", "hex", "icd10", "plate.fr"}
"""Where the layout tells, or the first letter: what chance passes is a judgement."""

CHECKED = [number for number in EVERY if number.check_digit not in LAYOUTS]
CODES = 8_000

OTHER_MODULE = {"ean13": "ean", "isbn10": "isbn", "isbn13": "isbn", "ru.inn10": "ru.inn", "us.aba": "us.rtn",
                "eu.be.vat": "be.vat", "eu.de.vat": "de.vat", "eu.it.iva": "it.iva",
                "eu.at.uid": "at.uid", "eu.ch.uid": "ch.uid"}  # fmt: skip

OURS = {"au.medicare", "br.pis", "card", "eg.id", "hk.id", "hu.personal", "hu.taj", "hu.tax",
        "iccid", "ir.melli", "jp.resident", "kr.frn", "ng.nin", "ru.snils", "sg.nric", "snomed", "tw.id",
        "us.dea", "us.npi", "uy.ci", "vin"}  # fmt: skip
"""Check digits that python-stdnum does not have."""

STRICTER = {"at.vnr", "ean13", "no.orgnr", "au.medicare", "cl.rut", "fr.nir", "gb.nhs", "id.nik", "imei", "in_.pan",
            "kr.brn", "lv.pvn", "ro.cnp", "se.orgnr", "se.personnummer", "si.emso", "us.aba",
            "cusip", "be.nn"}  # fmt: skip
"""Where something is refused that python-stdnum takes: prefixes never given, dates that are none."""

LOOSER = {"be.nn", "cn.ric", "dk.cpr", "fi.hetu", "id.nik", "isin", "kr.brn", "my.nric", "nl.btw",
          "no.fodselsnummer", "ro.cnp", "se.personnummer", "bg.egn", "cz.rc", "ee.ik", "pl.pesel",
          "gr.amka", "kr.rrn", "za.idnr", "mx.curp", "mx.rfc", "is_.kennitala"}  # fmt: skip
"""Where more is taken: dates of any century, places that a list would have to name."""


def column(cells, path="column_1"):
    return Column(path, Kind.TEXT, pl.Series(path, cells, pl.String))


def seen(cells):
    """Number -> which cells."""
    return {h.detector.removeprefix("number/"): h.mask.to_list() for h in find(column(cells))}


@cache
def made(form, count, seed, letters=ascii_uppercase + digits):
    """Random codes of a layout, one character a column."""
    rng = np.random.default_rng(seed)
    signs = {"9": digits, "A": ascii_uppercase, "X": letters}
    columns = [
        rng.choice(np.frombuffer(signs[kind].encode(), np.uint8), count)
        if kind
        else np.full(count, ord(sign), np.uint8)
        for kind, sign in form.places
    ]
    return np.asfortranarray(np.stack(columns, axis=1))


def passing(number, form, codes):
    return check_of(number.check_digit)(np.asfortranarray(codes[:, form.kept]))


@pytest.mark.parametrize("number", EVERY, ids=NAMES)
class TestEachNumber:
    def test_finds_its_examples_and_no_others(self, number):
        yes, no = number.examples.positive, number.examples.negative
        found = seen([*yes, *no])[number.name]
        assert found == [True] * len(yes) + [False] * len(no)
        assert all(is_number(number, text) for text in yes)
        assert not any(is_number(number, text) for text in no)

    def test_in_lower_case_and_full_width(self, number):
        for text in number.examples.positive:
            wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)
            assert seen([text.lower(), wide])[number.name] == [True, True]

    def test_is_no_part_of_a_longer_text(self, number):
        text = number.examples.positive[0]
        assert number.name not in seen([f"ref {text} x", f"{text};{text}"])

    def test_names_an_entity_of_the_rules_or_a_thing(self, number):
        known = number.supported_entity in rulebook().entities
        assert known != number.supported_entity.startswith(THING)
        assert number.personal == known
        assert chances()[f"number/{number.name}"] == number.chance


@pytest.mark.parametrize("number", CHECKED, ids=[number.name for number in CHECKED])
class TestEachCheckDigit:
    def test_passes_by_chance_as_often_as_its_rule_says(self, number):
        rates = []
        for form in map(Form.of, number.forms):
            fixed = [s for k, s in form.places[1:] if k is None and s.isalnum()]
            unlikely = np.prod([1 / 10 if s.isdigit() else 1 / 26 for s in fixed])
            either = any(kind == "X" for kind, _ in form.places)
            for letters in (digits, ascii_uppercase + digits)[: 1 + either]:
                codes = made(form, CODES, 5, letters)
                passed, first = passing(number, form, codes), codes[:, 0]
                by_first = [
                    passed[first == d].mean() for d in {*first.tolist()} if chr(d).isdigit()
                ]
                rates.append(max(by_first or [passed.mean()]) * unlikely)
        # Forms of one shape add up, and in so few codes a rare number is met or not.
        assert max(rates) <= number.chance * 1.5 + 0.01
        assert max(rates) * len(rates) >= number.chance / 1.5 - 0.01

    def test_agrees_with_python_stdnum(self, number):
        name = number.check_digit
        if name in OURS:
            with pytest.raises(ImportError):
                importlib.import_module(f"stdnum.{name}")
            return
        valid = importlib.import_module(f"stdnum.{OTHER_MODULE.get(name, name)}").is_valid
        for form in map(Form.of, number.forms):
            codes = made(form, CODES, 6, digits)
            said = passing(number, form, codes)
            for expected, excused in ((True, LOOSER), (False, STRICTER)):
                rows = np.flatnonzero(said == expected)[:60]
                texts = [bytes(codes[row][form.kept]).decode() for row in rows]
                if name not in excused and name not in {"fi.hetu", "se.personnummer"}:
                    assert {bool(valid(text)) for text in texts} <= {expected}


def test_every_check_digit_is_used_and_each_name_once():
    used = {number.check_digit for number in EVERY}
    nested = {"at.uid", "ch.uid", "de.vat", "be.vat", "us.dea"}
    assert {*CHECKS} - nested <= used | LAYOUTS
    assert len({*NAMES}) == len(NAMES)


@cache
def shares(kind):
    """Shares of cells taken for each number, in a column of a common kind."""
    rng = np.random.default_rng(8)
    count = 10_000
    cells = {
        "order": [f"{7_400_000_000 + n}" for n in range(count)],
        "epoch": [f"{t}" for t in rng.integers(1_500_000_000, 1_700_000_000, count)],
        "milliseconds": [f"{t}" for t in rng.integers(15 * 10**11, 17 * 10**11, count)],
        "price": [f"{p:.2f}" for p in rng.gamma(2, 50_000, count)],
        "float": [repr(x) for x in rng.normal(0, 1e5, count).tolist()],
        "sku": [f"SK{n:07d}" for n in rng.integers(0, 10**7, count)],
        "day": [f"{y}-{m:02d}-{d:02d}" for y, m, d in rng.integers((1950, 1, 1), (2020, 13, 28), (count, 3))],
        "moment": [f"2024{m:02d}{d:02d}{h:02d}{n:06d}"[:14] for n, (m, d, h) in enumerate(rng.integers(1, 12, (count, 3)))],
        "phone": [f"+49 30 {n}" for n in rng.integers(10**6, 10**7, count)],
        "row": [f"{n}" for n in range(100_000_000, 100_000_000 + count)],
        "uuid": ["123e4567-e89b-12d3-a456-426614174000"] * count,
    }[kind]  # fmt: skip
    return {h.detector: (h.entity, h.mask.sum() / count, h.score) for h in find(column(cells))}


@pytest.mark.parametrize(
    "kind", ["order", "epoch", "milliseconds", "price", "float", "sku", "day", "moment", "phone",
             "row", "uuid"],
)  # fmt: skip
def test_no_column_of_other_numbers_passes_much_more_than_chance(kind):
    for name, (_, share, _) in shares(kind).items():
        assert share <= 2.5 * chances()[name] + 0.01, (kind, name)


def test_books_are_told_from_health_insurance_numbers():
    """An ISBN of ten digits has the check digit of the NHS number: the first digits differ."""
    books = [bytes(c).decode() for c in made(Form.of("099999999X"), 4_000, 9, digits)]
    isbn = next(n for n in EVERY if n.name == "Isbn10")
    books = [book for book in books if is_number(isbn, book)]
    found = seen(books)
    assert all(found["Isbn10"])
    assert not any(found.get("GbNhs", [False]))


def test_a_column_of_goods_is_none_of_persons():
    rows = made(Form.of("999999999999"), 2_000, 10)
    goods = ["4" + bytes(row).decode()[1:] for row in rows]
    check = [str(-sum((3 if i % 2 else 1) * int(c) for i, c in enumerate(g)) % 10) for g in goods]
    hits = list(find(column([g + c for g, c in zip(goods, check, strict=True)])))
    best = {h.entity: h.mask.sum() / 2_000 for h in hits if h.mask.sum() > 600}
    assert best == {"thing.ean": 1.0}


def test_hits_of_a_cell_are_its_own():
    cells = ["44051401359", "x", "536-90-4399", "44051401358", "4111 1111 1111 1111", ""]
    whole = seen(cells)
    for row, cell in enumerate(cells):
        alone = seen([cell])
        assert {n for n, mask in whole.items() if mask[row]} == {*alone}
    assert whole["PlPesel"] == [True, False, False, False, False, False]


def test_full_width_hyphens_and_blanks():
    wide = "1234-5678-9018"
    found = seen([wide, "番号は123456789018です", "1234 5678 9018"])
    assert found["JpMyNumber"] == [True, False, True]


class TestRules:
    @staticmethod
    def folder(tmp_path, number):
        (tmp_path / "numbers").mkdir()
        text = "version: 1\nas_of: x\nstatus: x\nsource: x\nnumbers:\n" + number
        (tmp_path / "numbers" / "mine.yaml").write_text(text, "utf-8")
        for name in ("entities", "principles", "laws", "scoring", "policies"):
            (tmp_path / name).symlink_to(SHIPPED / name)
        (tmp_path / "groups.yaml").symlink_to(SHIPPED / "groups.yaml")
        return tmp_path

    MINE = """  - name: Badge
    supported_entity: customer_id
    about: {en: x, ja: x}
    forms: ['#-999999']
    check_digit: luhn
    chance: 0.1
    examples: {positive: ['#-123455'], negative: ['#-123456']}
"""

    @pytest.mark.parametrize(
        ("was", "is_", "said"),
        [
            ("customer_id", "customer", "no entity is called 'customer'"),
            ("luhn", "lun", "no check digit is called 'lun'"),
            ("['#-123455']", "['#-123454']", "the positive example '#-123454' is not one"),
            ("['#-123456']", "['#-123455']", "the negative example '#-123455' is not one"),
            ("['#-123456']", "['#-1234566']", ""),
            ("chance: 0.1", "chance: 2", "chance"),
            ("forms:", "layouts:", "unknown key 'layouts'"),
        ],
    )
    def test_say_what_is_wrong_and_where(self, tmp_path, was, is_, said):
        assert was in self.MINE
        errors = check_numbers(self.folder(tmp_path, self.MINE.replace(was, is_)))
        assert bool(errors) == bool(said)
        for error in errors:
            assert said in error.what
            assert "mine.yaml:" in error.where

    def test_any_module_of_python_stdnum_may_be_named(self):
        code = np.asfortranarray(np.frombuffer(b"CSQU3054383CSQU3054384", np.uint8).reshape(2, -1))
        assert check_of("iso6346")(code).tolist() == [True, False]
        with pytest.raises(RuleError, match="no check digit is called"):
            check_of("nowhere.at_all")


SHIPPED = importlib.import_module("privscan.rulebook.folders").rules_folder()
