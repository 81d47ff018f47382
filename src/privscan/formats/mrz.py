"""Machine-readable zones of travel documents (ICAO Doc 9303, parts 3 to 7) by their check digits.

TD1 and TD2 cards, passports, visas of both sizes, and the French card of 1988 to 2021.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_WEIGHTS = (7, 3, 1)
_LETTER_A = 55
"""A is worth 10: its code is 65."""

_CLEAN = str.maketrans({"«": "<<", "\u2039": "<", " ": None, "\u00a0": None, "\u3000": None})
_DIGITS = str.maketrans("ODQILZSGB", "000112568")
"""Letters that a reader of pictures takes for digits, and which digits they are."""

_D = r"[0-9ODQILZSGB]"
_L = "[A-Z01258<]"
"""A digit or a filler, and a letter or a filler, as they are read."""
_DATE = rf"(?:{_D}|<){{6}}"

SECOND = re.compile(
    rf"(?P<number>[A-Z0-9<]{{9}})(?P<check>[0-9OQILZSGB<])(?P<state>{_L}{{3}})"
    rf"(?P<birth>{_DATE})(?P<c1>{_D})(?P<sex>[MFX<])(?P<until>{_DATE})(?P<c2>{_D})[A-Z0-9<]{{0,16}}"
)
"""Line 2 of passports, visas and TD2 cards."""

CARD_FIRST = re.compile(
    rf"(?P<code>[ACI][A-Z0-9<]){_L}{{3}}(?P<number>[A-Z0-9<]{{9}})(?P<check>[0-9OQILZSGB<])[A-Z0-9<]{{15}}"
)
CARD_SECOND = re.compile(
    rf"(?P<birth>{_DATE})(?P<c1>{_D})(?P<sex>[MFX<])(?P<until>{_DATE})(?P<c2>{_D})"
    rf"(?P<state>{_L}{{3}})[A-Z0-9<]{{11}}{_D}"
)
FRENCH_SECOND = re.compile(
    r"(?P<number>\d{4}[0-9A-Z]{3}\d{5})(?P<check>\d)[A-Z<]{14}"
    r"(?P<birth>\d{6})(?P<c1>\d)(?P<sex>[MF])(?P<total>\d)"
)
NAMES = re.compile(rf"(?P<code>[PVACI][A-Z<]){_L}{{6,}}<<{_L}*")
_NAMES_LENGTHS = range(34, 47)
_CARD_NAMES = re.compile(r"[A-Z01258]{2,}(?:<[A-Z01258]+)*<<[A-Z01258<]+")
_CARD_NAMES_LENGTHS = range(28, 33)

_GLUED = {72: 36, 88: 44, 90: 30}
"""Lengths of whole zones written without line ends, and of their lines."""

_DOCUMENTS = {"P": "passport", "V": "immigration_status"}
DOCUMENTS = frozenset({"national_id", *_DOCUMENTS.values()})
"""Entities that a whole zone is; the others stand inside."""

_LONG = 40
"""A second line of more characters is of a passport or of a large visa."""


@dataclass(slots=True)
class Zone:
    """Entities in a zone, and its kind as the standard calls it."""

    kind: str
    entities: set[str] = field(default_factory=set)


def zones(text: str) -> Iterator[Zone]:
    """The zones in a text whose check digits are right; line 1 of one alone gives its name."""
    lines = [line for raw in text.splitlines() for line in _lines(raw)]
    for at, line in enumerate(lines):
        before = lines[at - 1] if at else ""
        if found := SECOND.fullmatch(line):
            yield from _booklet(found, before)
        elif found := FRENCH_SECOND.fullmatch(line):
            yield from _french(found)
        elif found := CARD_SECOND.fullmatch(line):
            yield from _card(found, before, lines[at + 1] if at + 1 < len(lines) else "")
        elif _names(line) and not _follows(lines, at):
            yield Zone("name", {"name_full"})


def _lines(raw: str) -> list[str]:
    line = raw.translate(_CLEAN).upper()
    size = _GLUED.get(len(line))
    return [line] if not size else [line[i : i + size] for i in range(0, len(line), size)]


def _follows(lines: list[str], at: int) -> bool:
    """Whether the line after is a second line, which speaks for this one as well."""
    after = lines[at + 1] if at + 1 < len(lines) else ""
    return bool(SECOND.fullmatch(after) or FRENCH_SECOND.fullmatch(after))


def _names(line: str) -> bool:
    return len(line) in _NAMES_LENGTHS and bool(NAMES.fullmatch(line)) and line.endswith("<<")


def _booklet(found: re.Match[str], before: str) -> Iterator[Zone]:
    if not (_passes(found, "number", "check") and _dated(found)):
        return
    first = NAMES.match(before)
    code = first["code"][0] if first else "P" if len(found[0]) > _LONG else "I"
    kind = {"P": "TD3", "V": "MRV"}.get(code, "TD2")
    zone = Zone(kind, {_DOCUMENTS.get(code, "national_id"), *_holder(found)})
    if first:
        zone.entities.add("name_full")
    yield zone


def _card(found: re.Match[str], before: str, after: str) -> Iterator[Zone]:
    first = CARD_FIRST.fullmatch(before)
    if not _dated(found):
        return
    total = found[0][-1].translate(_DIGITS)
    whole = f"{before[5:30]}{found[0][:7]}{found[0][8:15]}{found[0][18:29]}"
    if first and not (_passes(first, "number", "check") or _check(whole) == total):
        return
    zone = Zone("TD1", {*_holder(found)} | ({"national_id"} if first else set()))
    if len(after) in _CARD_NAMES_LENGTHS and _CARD_NAMES.fullmatch(after):
        zone.entities.add("name_full")
    yield zone


def _french(found: re.Match[str]) -> Iterator[Zone]:
    if _passes(found, "number", "check") and _passes(found, "birth", "c1"):
        yield Zone("French card", {"national_id", "name_full", "dob", "gender"})


def _holder(found: re.Match[str]) -> Iterator[str]:
    yield "dob"
    if found["state"].strip("<"):
        yield "nationality"
    if found["sex"] != "<":
        yield "gender"


def _dated(found: re.Match[str]) -> bool:
    """Both dates are days, as far as they are known, with right check digits; a state is named."""
    named = any(map(str.isalpha, found["state"]))
    return named and all(
        _passes(found, name, check) and _is_day(found[name].translate(_DIGITS))
        for name, check in (("birth", "c1"), ("until", "c2"))
    )


def _is_day(digits: str) -> bool:
    month, day = digits[2:4], digits[4:6]
    return ("<" in month or "01" <= month <= "12") and ("<" in day or "01" <= day <= "31")


def _passes(found: re.Match[str], name: str, check: str) -> bool:
    read = found[name].translate(_DIGITS)
    values = {read, found[name]} if name == "number" else {read}
    right = found[check].translate(_DIGITS).replace("<", "0")
    return bool(read.strip("<")) and right in map(_check, values)


def _check(value: str) -> str:
    """Weights 7, 3, 1; a filler is 0, a digit itself, A to Z are 10 to 35."""
    values = (0 if c == "<" else int(c) if c.isdigit() else ord(c) - _LETTER_A for c in value)
    return str(sum(v * _WEIGHTS[i % 3] for i, v in enumerate(values)) % 10)
