"""What a column's header says: words in ten languages, split and matched without a language guess."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path

from privscan.errors import RuleError, nearest
from privscan.rulebook._yaml import read, shaped
from privscan.rulebook.load import load, read_shape, rulebook, rules_folder
from privscan.rulebook.schema import Shape

WHOLE, TAIL, INSIDE, WEAK = 9.0, 7.0, 4.0, 2.5
"""Bits for a phrase that is the whole header, ends it, stands in it, or only hints."""

AGAINST = -6.0
"""Bits for a header about a thing (`company name`, `phone type`), not about a person."""

MOST_QUASI = 6
"""Columns in one set of quasi-identifiers: beyond it nearly every row is unique anyway."""

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[a-z]{2})(?=\d)")
_WORD = re.compile(r"[^\W_]+")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af〒]")
_PATH = re.compile(r"[.\[\]/]+")

_NAMELESS = re.compile(
    r"(?i)(?:_?c|col|column|columna|colonne|spalte|列|field|f|v|var|x|unnamed|value|text)?"
    r"[\s_:.\-]*\d*(?:_level_\d+)?"
)


class Around(Shape):
    """The words that turn what a header says, `rules/headers.yaml`; each key's comment says how."""

    version: int
    as_of: str
    status: str
    source: str
    properties: frozenset[str]
    things: frozenset[str]
    organisations: frozenset[str]
    persons: frozenset[str]
    facilities: frozenset[str]
    movement: frozenset[str]
    aggregates: frozenset[str]
    scripts: frozenset[str]
    referred: frozenset[str]
    quasi_identifiers: frozenset[str]


def _around() -> Around:
    return _read_around(rules_folder())


@cache
def _read_around(folder: Path) -> Around:
    return read_shape(Around, folder / "headers.yaml")


def check_headers(folder: Path) -> list[RuleError]:
    """What is wrong with a rules folder's headers.yaml: its shape, or an entity that is none."""
    try:
        document = read(folder / "headers.yaml")
        around = shaped(Around, document.value or {}, document)
        entities = load(folder).entities
    except RuleError as error:
        return [error]
    return [
        RuleError(
            f"no entity is called {name!r}",
            where=document.where((key,)),
            hint=nearest(name, entities),
        )
        for key in ("referred", "quasi_identifiers")
        for name in sorted(getattr(around, key) - {*entities})
    ]


def words(text: str) -> tuple[str, ...]:
    """Lower-case words of a header: camelCase, snake_case and digits split, accents dropped."""
    spaced = _CAMEL.sub(" ", unicodedata.normalize("NFKC", text))
    plain = "".join(
        c
        for c in unicodedata.normalize("NFD", spaced.casefold())
        if not ("\u0300" <= c <= "\u036f")
    )
    return tuple(_WORD.findall(unicodedata.normalize("NFC", plain)))


def speaks_of_facilities(path: str) -> bool:
    """Whether the header names a place or a body that the table is a directory of."""
    said = words(path)
    return not _around().facilities.isdisjoint((*said, "".join(said)))


def speaks_of_movement(path: str) -> bool:
    """Whether the header names the beginning or end of somebody's way."""
    return not _around().movement.isdisjoint(words(path))


def nameless(path: str) -> bool:
    """Whether the header says nothing by design: `column_3`, `_c0`, `field7`, `Unnamed: 2`."""
    leaf = _PATH.split(path.strip("[]. "))[-1]
    return _NAMELESS.fullmatch(leaf) is not None


@cache
def _phrases() -> dict[str, tuple[tuple[str, bool], ...]]:
    """Phrase without spaces → entities, each with whether the phrase is strong."""
    found: dict[str, list[tuple[str, bool]]] = {}
    for entity in rulebook().entities.values():
        for strong, phrases in ((True, entity.names.strong), (False, entity.names.weak)):
            for phrase in phrases:
                found.setdefault("".join(words(phrase)), []).append((entity.id, strong))
    return {phrase: tuple(entries) for phrase, entries in found.items() if phrase}


@lru_cache(maxsize=4096)
def header_entities(path: str) -> tuple[tuple[str, float], ...]:
    """(entity, bits) for each entity the header speaks for (or, negative, against), best first."""
    segments = [w for s in _PATH.split(path) if (w := words(s))]
    if not segments:
        return ()
    leaf, parents = segments[-1], {w for s in segments[:-1] for w in s}
    bits: dict[str, float] = {}
    for entity, value in _leaf(leaf):
        bits[entity] = max(bits.get(entity, value), value)
    bits = _qualified(bits, leaf, parents)
    return tuple(sorted(bits.items(), key=lambda item: (-item[1], item[0])))


def _leaf(leaf: tuple[str, ...]) -> Iterator[tuple[str, float]]:
    named = (
        leaf[:-1]
        if len(leaf) > 1 and (leaf[-1].isdigit() or leaf[-1] in _around().scripts)
        else leaf
    )
    whole = _phrases().get("".join(leaf)) or _phrases().get("".join(named))
    if whole:
        yield from ((e, WHOLE if strong else WEAK) for e, strong in whole)
        if any(strong for _, strong in whole):
            return
    if not _around().aggregates.isdisjoint(named):
        yield from ((e, AGAINST) for e, _ in _inside(named))
        return
    core = named[:-1] if len(named) > 1 and named[-1] in {"id", "code"} else named
    if core[-1] in _around().properties or named[0] in {"is", "has", "num", "count", "no"}:
        yield from ((e, AGAINST) for e, _ in _inside(named) if e not in {x for x, _ in whole or ()})
        return
    yield from _inside(named)
    yield from _japanese("".join(named))


def _inside(named: tuple[str, ...]) -> Iterator[tuple[str, float]]:
    """Phrases made of consecutive words; of nested ones only the longest counts."""
    taken: set[int] = set()
    for size in range(len(named), 0, -1):
        for start in range(len(named) - size, -1, -1):
            span = set(range(start, start + size))
            entries = _phrases().get("".join(named[start : start + size]))
            if not entries or span & taken or size == len(named):
                continue
            taken |= span
            at_end = start + size == len(named)
            at_end = at_end or named[-1] in {"id", "no", "number", "value", "text", "str", "raw"}
            for entity, strong in entries:
                if named[-1] == "id" and entity in _around().referred:
                    continue  # address_id refers to an address, it is none
                yield entity, (TAIL if at_end else INSIDE) if strong else WEAK - 1


def _japanese(text: str) -> Iterator[tuple[str, float]]:
    """Phrases inside writing without spaces: the longest wins, at the end it weighs more."""
    if not _CJK.search(text):
        return
    hits = [p for p in _phrases() if _CJK.search(p) and p in text and (len(p) > 1 or p == text)]
    for phrase in hits:
        if any(phrase != other and phrase in other for other in hits):
            continue
        for entity, strong in _phrases()[phrase]:
            yield entity, (TAIL if text.endswith(phrase) else INSIDE) if strong else WEAK - 1


def _qualified(
    bits: dict[str, float], leaf: tuple[str, ...], parents: set[str]
) -> dict[str, float]:
    said = {*leaf[:-1], *parents}
    if leaf[-1] in {"name", "names"} or "name_full" in bits:
        if said & _around().persons and bits.get("name_full", 0) >= 0:
            bits["name_full"] = max(bits.get("name_full", 0), TAIL)
        elif said & _around().things:
            bits["name_full"] = AGAINST
    if said & _around().organisations:
        for entity in ("email", "phone", "fax", "address", "postal_code", "city", "name_full"):
            if bits.get(entity, 0) > 0:
                bits[entity] -= 5
    return bits


def quasi_identifiers(paths: Sequence[str]) -> tuple[str, ...]:
    """Columns whose header names a quasi-identifier, at most MOST_QUASI, in name order."""
    return tuple(sorted(_quasi(paths)))[:MOST_QUASI]


def _quasi(paths: Iterable[str]) -> Iterator[str]:
    for path in paths:
        said = header_entities(path)
        if said and said[0][0] in _around().quasi_identifiers and said[0][1] >= TAIL:
            yield path
