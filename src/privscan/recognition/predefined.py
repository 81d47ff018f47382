"""Presidio's own recognizers by name, out of the generated table: no import of Presidio needed.

The table is of one Presidio release. Under another one it is worked out anew when first asked
for, and check digits are computed here only for recognizers whose source has not changed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from privscan.recognition.checks.validators import validator
from privscan.recognition.recognizer import Judge, Pattern, Recognizer
from privscan.rulebook._presidio import presidio
from privscan.rulebook.compile import Compiled, Edge

REGISTRY_FLAGS = 26
"""Presidio's registry gives every recognizer its flags: ignore case, many lines, dot for all."""

PHONE = "PhoneRecognizer"

_FILE = Path(__file__).with_name("_presidio.json")


def language_names(language: str) -> Sequence[tuple[str, tuple[str, ...]]]:
    """Names and context words of what Presidio's registry loads for a language, in its order."""
    languages = _table()["languages"]
    entries = languages.get(language) or languages[_GENERAL]
    return [(entry["name"], tuple(entry["context"])) for entry in entries]


_BASE58 = "[1-9A-HJ-NP-Za-km-z]"


def probes(name: str, flags: int) -> tuple[str, ...]:
    """What a cell holds, one or another, in which a match ignoring case passes a class's check."""
    if flags != REGISTRY_FLAGS:
        return ()
    if name == "IbanRecognizer":
        return (_iban_probe(),)
    if name == "CryptoRecognizer":
        return (
            # The first 1 or 3 of a row of letters and digits takes what follows it, up to 59 more.
            rf"(?:\A|[^0-9A-Za-z])[02-24-9A-Za-z]*[13]{_BASE58}{{25,}}(?:[^0-9A-Za-z]|\z)",
            f"{_BASE58}{{60}}",
            "[0-9A-Za-z]{86}",
            "[Bb][Cc]1[0-9A-Za-z]{25}",
        )
    return ()


@cache
def _iban_probe() -> str:
    """No country, no IBAN: two letters of one that has a format, then its number's beginning."""
    formats = json.loads((_FILE.parent / "checks" / "iban_formats.json").read_text("ascii"))
    countries = "|".join(f"[{a}{a.lower()}][{b}{b.lower()}]" for a, b in sorted(formats))
    return rf"(?:{countries})[0-9]{{2}}(?:[\x20-]?[0-9A-Za-z]{{4}}){{2}}"


_GENERAL = "nl"
"""A language for which Presidio has no recognizers of its own: it gets the general ones."""


def known() -> tuple[str, ...]:
    """Names of all predefined pattern recognizers and of the phone recognizer."""
    return tuple(sorted((*_table()["recognizers"], PHONE)))


@cache
def predefined(
    name: str, flags: int | None = None, context: tuple[str, ...] | None = None
) -> Recognizer:
    """A predefined recognizer; None leaves it the flags and context words of its class."""
    if name == PHONE:
        return _phone(context)
    facts = _table()["recognizers"][name]
    flags = facts["flags"] if flags is None else flags
    check = validator(name) if _unchanged(name) else None
    return Recognizer(
        name=name,
        entity=facts["entity"],
        entities=(facts["entity"],),
        context=tuple(facts["context"]) if context is None else context,
        patterns=tuple(
            Pattern(
                name=p["name"],
                regex=p["regex"],
                score=p["score"],
                flags=flags,
                given=_form(p["forms"].get(str(flags))),
                probes=probes(name, flags) if check else (),
            )
            for p in facts["patterns"]
        ),
        judge=Judge(facts["judge"]),
        own=_own(name, flags),
        validates=facts["validates"],
        invalidates=facts["invalidates"],
        check=check,
    )


def _phone(context: tuple[str, ...] | None) -> Recognizer:
    facts = _table()["phone"]
    return Recognizer(
        name=PHONE,
        entity=facts["entity"],
        entities=(facts["entity"],),
        context=tuple(facts["context"]) if context is None else context,
        patterns=(),
        judge=Judge.PHONE,
        own=_own(PHONE, None),
        regions=tuple(facts["regions"]),
        leniency=facts["leniency"],
    )


def _own(name: str, flags: int | None) -> Callable[[], Any]:
    @cache
    def own() -> Any:
        made = getattr(presidio().predefined_recognizers, name)()
        if flags is not None:
            made.global_regex_flags = flags
        return made

    return own


@cache
def _table() -> Mapping[str, Any]:
    table = _shipped()
    if table["presidio"] == version("presidio_analyzer"):
        return table
    from privscan.recognition._derive import derived

    return derived()


@cache
def _shipped() -> Mapping[str, Any]:
    table: Mapping[str, Any] = json.loads(_FILE.read_text("utf-8"))
    return table


def _unchanged(name: str) -> bool:
    """Whether the recognizer's source is that which the check digits were written for."""
    then = _shipped()["recognizers"].get(name, {}).get("source")
    return bool(_table()["recognizers"][name]["source"] == then)


def _form(data: Mapping[str, Any] | None) -> Compiled | None:
    if data is None:
        return None
    edges = {side: _edge(data[side]) for side in ("before", "after")}
    return Compiled(**{**data, **edges, "needs": tuple(data["needs"])})


def _edge(data: Mapping[str, Any] | None) -> Edge | None:
    return data and Edge(frozenset(map(ord, data["allowed"])), border=data["border"])  # type: ignore[return-value]
