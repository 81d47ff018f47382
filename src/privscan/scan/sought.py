"""An identifier as it is sought: keyed hashes of its writings, and a pattern for free text."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import phonenumbers
import polars as pl

from privscan.errors import UsageError
from privscan.evidence.canonical import canonical
from privscan.rulebook.normal import narrow

LONGEST = 500
"""Characters of an identifier; what is longer is a document."""

FEWEST_DIGITS = 5
"""Fewer digits are compared as they stand, not without what parts them."""

DIGESTS = ("md5", "sha1", "sha256")
"""Digests under which datasets keep identifiers that somebody wanted out of sight."""

TOKEN = 16

_PARTS = r"\s().\-/\x{2010}-\x{2015}\x{2212}\x{30FC}"
_NUMBER = rf"^\+?[\p{{Nd}}{_PARTS}]+$"
_GAP = r"[\s\p{Cf}]*"
_EDGE = r"\p{Latin}\p{Greek}\p{Cyrillic}\p{Nd}_"
_SCRIPT = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Scripts that write words without blanks."""


@dataclass(frozen=True, slots=True)
class Sought:
    """One identifier: hashes under the key's seed, by writing; shown by its token alone."""

    token: str
    exact: frozenset[int] = field(repr=False)
    folded: frozenset[int] = field(repr=False)
    digits: frozenset[int] = field(repr=False)
    digests: frozenset[int] = field(repr=False)
    pattern: str = field(repr=False)


def sought(identifiers: Sequence[str], key: bytes) -> tuple[list[Sought], int]:
    """The identifiers as they are sought, and the seed; errors tell their number, no value."""
    if not identifiers:
        raise UsageError("no identifier was given", hint="one a line on stdin")
    seed = int.from_bytes(_derived(key, b"seed")[:8])
    return [_one(text, number, key, seed) for number, text in enumerate(identifiers, 1)], seed


def _one(text: str, number: int, key: bytes, seed: int) -> Sought:
    text = text.strip()
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        raise UsageError(
            f"identifier {number} holds what is no character: decode it as it was written"
        )
    if len(text) > LONGEST:
        raise UsageError(f"identifier {number} is longer than {LONGEST} characters")
    given = pl.Series([text], dtype=pl.String)
    own = folded(given)[0]
    if not own:
        raise UsageError(f"identifier {number} is blank")
    numbers = _numbers(text, digits(given)[0])
    hidden = [hashlib.new(how, one.encode(), usedforsecurity=False).hexdigest()
              for how in DIGESTS for one in {text, text.lower(), own, *numbers[:1]}]  # fmt: skip
    return Sought(
        token=hmac.new(_derived(key, b"token"), own.encode(), "sha256").hexdigest()[:TOKEN],
        exact=_hashes(canonical(given).drop_nulls().to_list(), seed),
        folded=_hashes([own], seed),
        digits=_hashes(numbers, seed),
        digests=_hashes(hidden, seed),
        pattern=_number_in_text(numbers) if numbers else _in_text(narrowed(given)[0]),
    )


def _derived(key: bytes, use: bytes) -> bytes:
    return hmac.digest(key, b"privscan find " + use, "sha256")


def _hashes(texts: Sequence[str], seed: int) -> frozenset[int]:
    return frozenset(pl.Series(texts, dtype=pl.String).hash(seed).to_list())


def narrowed(cells: pl.Series) -> pl.Series:
    """The cells in half width and small letters."""
    return narrow(cells).str.to_lowercase()


def folded(cells: pl.Series) -> pl.Series:
    """The cells in half width and small letters, without blanks and marks that show nothing."""
    return narrowed(cells).str.replace_all(r"[\s\p{Cf}]", "")


def digits(cells: pl.Series) -> pl.Series:
    """The digits of cells that hold digits and what parts them; null for all others."""
    text = narrow(cells)
    only = pl.when(pl.col("c").str.contains(_NUMBER)).then(pl.col("c").str.replace_all(r"\D", ""))
    return text.rename("c").to_frame().select(only.alias("c")).to_series()


def _numbers(text: str, own: str | None) -> list[str]:
    """The digits that may stand for a number: its own first, then as a telephone writes it."""
    if own is None or len(own) < FEWEST_DIGITS:
        return []
    found = [own, own.lstrip("0"), *_dialled(text, own)]
    return [one for one in dict.fromkeys(found) if len(one) >= FEWEST_DIGITS]


def _dialled(text: str, own: str) -> Iterator[str]:
    """With and without the code of each country in which the number is one."""
    abroad = text.lstrip().startswith(("+", "\uff0b"))
    for region in (None,) if abroad else sorted(phonenumbers.SUPPORTED_REGIONS):
        try:
            number = phonenumbers.parse(f"+{own}" if abroad else own, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            national = phonenumbers.PhoneNumberFormat.NATIONAL
            inland = re.sub(r"\D", "", phonenumbers.format_number(number, national))
            core = phonenumbers.national_significant_number(number)
            code = f"{number.country_code}{core}"
            yield from (code, f"00{code}", inland, core) if abroad else (code, f"00{code}")


def _number_in_text(numbers: Sequence[str]) -> str:
    """The number with or without what parts its digits, a country's code or a 0 before it."""
    core = min(numbers, key=len)
    spaced = rf"[{_PARTS}]{{0,2}}".join(core)
    before = rf"(?:(?:\+|00)\p{{Nd}}{{1,3}}[{_PARTS}]{{0,2}}|0|\(0\)[{_PARTS}]?)*"
    return rf"(?:^|[^\p{{Nd}}]){before}{spaced}(?:$|[^\p{{Nd}}])"


def _in_text(text: str) -> str:
    """The text with any blanks between its words, where no letter or digit goes on."""
    characters = _SCRIPT.search(text) and not re.search("[a-z]", text)
    words = "".join(text.split()) if characters else text.split()
    said = _GAP.join(re.escape(word) for word in words)
    mail = "@" in text
    before = rf"(?:^|[^{_EDGE}{'.+%-' if mail else ''}])" if _edge(text[0]) else ""
    after = rf"(?:$|[^{_EDGE}{'.@-' if mail else ''}])" if _edge(text[-1]) else ""
    return f"{before}{said}{r'[.]*' if mail and after else ''}{after}"


def _edge(character: str) -> bool:
    return bool(pl.Series([character]).str.contains(f"[{_EDGE}]")[0])
