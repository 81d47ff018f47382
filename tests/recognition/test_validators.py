"""Every vectorised validator gives its Presidio class's own answers, on good and bad texts."""

from __future__ import annotations

import importlib
import inspect
import json
import re
import socket
from functools import cache
from importlib.resources import files
from random import Random
from re import _parser
from typing import Any

import numpy as np
import polars as pl
import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st
from made_texts import mutated
from pattern_texts import pattern_texts

from privscan.recognition.checks import email
from privscan.recognition.checks.validators import _BY_CLASS, _BY_MODULE, stdnum_check, validator
from privscan.recognition.checks.verdicts import CONFIRM, DROP, KEEP, UNDECIDED
from privscan.rulebook._presidio import presidio

CLASSES = sorted(_BY_CLASS)
MADE = 800
NOT_ARITHMETIC = {"InVehicleRegistrationRecognizer"}
"""Its districts are lists of numbers for each state: Presidio's own code is asked."""

BITCOIN = [
    "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2",
    "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy",
    "1111111111111111111114oLvT2",
    "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
    "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
]
IBANS = ["DE89370400440532013000", "GB29 NWBK 6016 1331 9268 19", "de89370400440532013000"]
IBANS += [
    "CR05015202001026284066",
    "CR91115202001026284066",
    "MT84-MALT-0110-0001-2345-MTLC-AST0-01S",
]
IBANS += [
    "DE8937040044053201300000",
    "gb29NWBK60161331926819",
    "GB29nwbk60161331926819",
    "DE0037040044053201300",
]
MAILS = [
    "a/b@c.com",
    "//a@b.com",
    "a?x@b.co.uk",
    "a#b.com@x",
    "a@b.com.",
    "a@1.2.3.4",
    "a@localhost",
]
MAILS += [
    "a@blogspot.com",
    "a@xn--80ak6aa92e.com",
    "a@b@c.org",
    "http://a@b.com",
    "a:b@c.de",
    "a@B.COM",
]
MAILS += [
    "a@co.uk",
    "a@x.ck",
    "a@www.ck",
    "@",
    "a@",
    "a@.com",
    "a.com",
    "a@b.com:80",
    "a@[::1]",
    "a@ b.com ",
]
ADDRESSES = [
    "1.2.3.4",
    "01.2.3.4",
    "1.2.3.4/08",
    "1.2.3.4/33",
    "1.2.3.4/255.0.0.0",
    "1.2.3.4/",
    "::",
]
ADDRESSES += [
    "::1",
    "1::8/128",
    "1::8/129",
    "fe80::1%eth0/64",
    "fe80::1%",
    "::ffff:1.2.3.4",
    "1:2:3:4:5:6:7::",
]
ADDRESSES += [
    "1:2:3:4:5:6:7::8",
    "::1.2.3.04",
    "1:2:3:4:5:6:1.2.3.4",
    "1::2::3",
    "1:2:3:4:5:6:7",
    "12345::",
    ":1",
    "1:",
]
MORE = {
    "CryptoRecognizer": [*BITCOIN, *(t[:-1] + "q" for t in BITCOIN), *(t.upper() for t in BITCOIN)],
    "EmailRecognizer": MAILS,
    "IbanRecognizer": IBANS,
    "IpRecognizer": ADDRESSES,
    "MacAddressRecognizer": ["ff:FF:ff:ff:ff:ff", "0000.0000.0000", "00-00-00-00-00-01"],
    "UsSsnRecognizer": ["078-05-1120", "987 65 4320", "222.22.2222", "123-45.6789", "666-45-6789"],
    "UsNpiRecognizer": ["1111111112", "1234567893", "1234-567-893"],
    "UuidRecognizer": [
        "00000000-0000-0000-0000-000000000000",
        "-0000000-0000-4000-8000-000000000000",
    ],
    "ZaIdNumberRecognizer": ["8001015009087", "0002295009086", "0102295009083", "9913015009080"],
    "ZaTrafficRegisterNumberRecognizer": ["8001015009087"],
}


def ascii_of(text: str) -> str:
    return "".join(char for char in text if char.isascii())


@cache
def own(name: str) -> Any:
    return getattr(presidio().predefined_recognizers, name)()


@cache
def texts_of(name: str) -> tuple[list[str], list[str]]:
    """Texts that the class's patterns match, and texts near them."""
    rng, recognizer = Random(name), own(name)
    made = [ascii_of(text) for text in pattern_texts([recognizer], MADE, seed=len(name))]
    matched = {
        match.group()
        for pattern in recognizer.patterns
        for text in made
        for match in regex.finditer(pattern.regex, text, recognizer.global_regex_flags)
    }
    near = {ascii_of(mutated(text, rng, [""])) for text in sorted(matched)}
    return sorted(matched - {""}), sorted({*near, *made, *MORE.get(name, ())})


def presidios(name: str, text: str) -> int:
    """Presidio's verdict; UNDECIDED where its code raises, as only it can say so."""
    recognizer = own(name)
    try:
        valid, invalid = recognizer.validate_result(text), recognizer.invalidate_result(text)
    except (ValueError, IndexError, KeyError, TypeError, AttributeError):
        return int(UNDECIDED)
    if invalid:
        return int(DROP)
    return int(KEEP) if valid is None else int(CONFIRM if valid else DROP)


def ours(name: str, texts: list[str]) -> list[int]:
    check = validator(name)
    assert check is not None
    verdicts = check(pl.Series(texts, dtype=pl.String))
    assert verdicts.dtype == np.int8
    return verdicts.tolist()


def differences(name: str, texts: list[str]) -> list[tuple[str, int, int]]:
    """Texts, Presidio's verdict and ours, where we decide and decide otherwise."""
    both = ((t, presidios(name, t), v) for t, v in zip(texts, ours(name, texts), strict=True))
    return [(text, theirs, we) for text, theirs, we in both if we not in (theirs, UNDECIDED)]


@pytest.mark.parametrize("name", CLASSES)
class TestEveryValidator:
    def test_says_what_presidio_says_of_what_its_patterns_match(self, name):
        matched, _ = texts_of(name)
        assert len(matched) > 50
        assert differences(name, matched) == []

    def test_says_what_presidio_says_of_near_matches(self, name):
        _, near = texts_of(name)
        assert differences(name, near) == []

    def test_decides_what_its_patterns_match(self, name):
        matched, _ = texts_of(name)
        undecided = ours(name, matched).count(UNDECIDED)
        # A Bech32 prefix may hold a 1 of its own, which only Presidio's code looks into.
        assert undecided <= (len(matched) // 20 if name == "CryptoRecognizer" else 0)

    def test_tells_good_from_bad(self, name):
        matched, near = texts_of(name)
        assert len({*ours(name, matched + near)} - {UNDECIDED}) > 1

    def test_takes_no_texts(self, name):
        assert ours(name, []) == []
        assert len(ours(name, [""])) == 1

    def test_takes_slices_and_chunks(self, name):
        matched, near = texts_of(name)
        texts = (matched + near)[:90]
        check, verdicts = validator(name), ours(name, texts)
        series = pl.Series(texts)
        assert check(series[20:70]).tolist() == verdicts[20:70]
        assert check(series[:40].append(series[40:])).tolist() == verdicts

    @settings(max_examples=25, deadline=None)
    @given(texts=st.lists(st.text(st.characters(max_codepoint=127), max_size=40), min_size=1))
    def test_is_total(self, name, texts):
        assert differences(name, texts) == []


def test_covers_every_class_of_presidio_that_validates():
    base = presidio().PatternRecognizer
    classes = dict(inspect.getmembers(presidio().predefined_recognizers, inspect.isclass))
    validating = {
        name
        for name, cls in classes.items()
        if issubclass(cls, base)
        and (
            cls.validate_result is not base.validate_result
            or cls.invalidate_result is not base.invalidate_result
        )
    }
    assert validating - {*CLASSES} == NOT_ARITHMETIC
    assert {*CLASSES} <= validating


def test_knows_no_other_class():
    assert validator("UrlRecognizer") is None
    assert validator("InVehicleRegistrationRecognizer") is None


@pytest.mark.parametrize(
    ("name", "text", "verdict"),
    [
        ("CreditCardRecognizer", "4111-1111-1111-1111", CONFIRM),
        ("CreditCardRecognizer", "4111-1111-1111-1112", DROP),
        ("CryptoRecognizer", BITCOIN[0], CONFIRM),
        ("CryptoRecognizer", BITCOIN[0][:-1] + "3", DROP),
        ("CryptoRecognizer", BITCOIN[4], CONFIRM),
        ("EmailRecognizer", "anna@example.co.uk", CONFIRM),
        ("EmailRecognizer", "anna@example.invalid", DROP),
        ("IbanRecognizer", IBANS[0], CONFIRM),
        ("IbanRecognizer", IBANS[2], KEEP),
        ("IbanRecognizer", "DE89370400440532013001", DROP),
        ("IpRecognizer", "192.168.1.1", KEEP),
        ("IpRecognizer", "192.168.001.1", DROP),
        ("NhsRecognizer", "943 476 5919", CONFIRM),
        ("UsSsnRecognizer", "856-45-6789", KEEP),
        ("UsSsnRecognizer", "000-45-6789", DROP),
        ("UsSsnRecognizer", "856-45-678", UNDECIDED),
        ("UuidRecognizer", "123e4567-e89b-42d3-a456-426614174000", KEEP),
        ("UuidRecognizer", "123e4567-e89b-92d3-a456-426614174000", DROP),
    ],
)
def test_known_texts(name, text, verdict):
    assert ours(name, [text]) == [verdict]
    assert ours(name, ["x", text, ""])[1] == verdict


def _places(tree: Any) -> str:
    """A country's format in `iban_formats.json`, from the syntax tree of Presidio's regex."""
    kinds = {((48, 57),): "n", ((65, 90),): "a", ((48, 57), (65, 90), (97, 122)): "c"}
    text = ""
    for op, argument in tree:
        if str(op) == "SUBPATTERN":
            text += _places(argument[3])
        elif str(op) == "MAX_REPEAT":
            low, high, inner = argument
            text += "" if (low, high) == (0, 1) else _places(inner) * low
        elif str(op) == "LITERAL":
            text += chr(argument)
        else:
            text += kinds[tuple(sorted(span for _, span in argument))]
    return text


def test_iban_formats_are_those_of_presidio():
    module = "presidio_analyzer.predefined_recognizers.generic.iban_patterns"
    presidio()
    regexes = importlib.import_module(module).regex_per_country
    packaged = files("privscan.recognition.checks").joinpath("iban_formats.json").read_text("ascii")
    formats = {country: f"{country}nn{places}" for country, places in json.loads(packaged).items()}
    assert formats == {name: _places(_parser.parse(text)) for name, text in regexes.items()}


def test_email_asks_once_a_host_and_never_the_network(monkeypatch):
    def refuse(*_args, **_kwargs):
        pytest.fail("a socket was opened")

    asked = []
    extract = email.extractor()
    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(
        email, "extractor", lambda: lambda *a, **k: asked.append(a) or extract(*a, **k)
    )
    email._has_public_suffix.cache_clear()
    texts = [f"user{i}@{host}" for i in range(100) for host in ("a.com", "b.invalid")]
    assert ours("EmailRecognizer", texts) == [CONFIRM, DROP] * 100
    assert sorted(asked) == [("a.com",), ("b.invalid",)]


@pytest.mark.parametrize("module", sorted(_BY_MODULE))
class TestStdnum:
    @staticmethod
    def theirs(module, text):
        check = importlib.import_module(f"stdnum.{module}").is_valid
        return int(bool(check(re.sub(r"[\s\-]", "", text))))

    def test_says_what_stdnum_says(self, module):
        rng = Random(module)
        shapes = (
            "############",
            "#### #### ####",
            "####-####-####",
            "###############",
            "## ## ####",
        )
        texts = [
            re.sub("#", lambda _: rng.choice("0123456789"), rng.choice(shapes)) for _ in range(3000)
        ]
        texts += [mutated(text, rng, [""]) for text in texts[:1000]]
        texts = [ascii_of(text) for text in texts]
        said = stdnum_check(module)(pl.Series(texts)).tolist()
        wrong = [
            (text, verdict)
            for text, verdict in zip(texts, said, strict=True)
            if verdict not in (self.theirs(module, text), UNDECIDED)
        ]
        assert wrong == []
        assert {CONFIRM, DROP} <= {*said[:3000]} <= {CONFIRM, DROP}

    @settings(max_examples=50, deadline=None)
    @given(text=st.text(st.characters(max_codepoint=127), max_size=20))
    def test_is_total(self, module, text):
        said = stdnum_check(module)(pl.Series([text]))[0]
        assert said in (self.theirs(module, text), UNDECIDED)


def test_knows_the_modules_in_our_rules_and_no_other():
    from privscan.rulebook.recognizers import recognizers

    used = {recognizer.check_digit for recognizer in recognizers()} - {""}
    assert {module for module in used if stdnum_check(module) is None} == set()
    assert stdnum_check("imei") is None
