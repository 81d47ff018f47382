"""What a column's header says: words in ten languages, split and matched without a language guess."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache

from privscan.rulebook.load import rulebook

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

_ABOUT = frozenset(
    [
        "verified",
        "count",
        "counts",
        "num",
        "total",
        "flag",
        "type",
        "types",
        "status",
        "at",
        "sent",
        "enabled",
        "opt",
        "optin",
        "optout",
        "format",
        "length",
        "len",
        "valid",
        "confirmed",
        "updated",
        "created",
        "modified",
        "changed",
        "consent",
        "subscribed",
        "domain",
        "provider",
        "template",
        "subject",
        "preference",
        "preferences",
        "required",
        "missing",
        "hint",
        "question",
        "expires",
        "expiry",
        "attempts",
        "hash",
        "salt",
        "policy",
        "version",
        "category",
        "score",
        "quality",
        "source",
        "label",
        "url",
        "bounce",
        "opened",
        "clicked",
    ]
)
"""A last word that makes the header a property of the thing before it, not the thing."""

_THINGS = frozenset(
    [
        "company",
        "product",
        "organisation",
        "organization",
        "org",
        "business",
        "vendor",
        "supplier",
        "store",
        "shop",
        "brand",
        "item",
        "file",
        "filename",
        "folder",
        "host",
        "hostname",
        "server",
        "domain",
        "database",
        "db",
        "table",
        "column",
        "field",
        "schema",
        "class",
        "event",
        "project",
        "campaign",
        "category",
        "department",
        "dept",
        "group",
        "team",
        "role",
        "course",
        "game",
        "movie",
        "film",
        "song",
        "album",
        "artist",
        "track",
        "genre",
        "city",
        "country",
        "state",
        "region",
        "station",
        "airport",
        "hotel",
        "restaurant",
        "school",
        "university",
        "hospital",
        "bank",
        "branch",
        "plan",
        "package",
        "module",
        "function",
        "method",
        "service",
        "app",
        "application",
        "device",
        "model",
        "species",
        "animal",
        "breed",
        "plant",
        "ship",
        "vessel",
        "street",
        "site",
        "page",
        "menu",
        "tag",
        "label",
        "type",
        "status",
        "currency",
        "language",
        "sensor",
        "machine",
        "unit",
        "part",
        "process",
        "task",
        "job",
        "queue",
        "topic",
        "channel",
        "network",
        "bucket",
        "image",
        "photo",
        "document",
        "report",
        "test",
        "lab",
        "drug",
        "disease",
        "county",
        "province",
        "district",
        "chemical",
        "gene",
        "protein",
        "firma",
        "unternehmen",
        "produkt",
        "artikel",
        "hersteller",
        "entreprise",
        "societe",
        "produit",
        "empresa",
        "producto",
        "azienda",
        "prodotto",
        "bedrijf",
        "commodity",
        "equipment",
        "agency",
        "reseller",
        "manufacturer",
        "playlist",
        "media",
        "fund",
        "account",
    ]
)
"""Words before `name` that make it no person's name."""

_ORGS = frozenset(
    [
        "company",
        "organisation",
        "organization",
        "business",
        "vendor",
        "supplier",
        "store",
        "shop",
        "hospital",
        "school",
        "agency",
        "branch",
        "bank",
        "reseller",
        "manufacturer",
        "merchant",
        "firma",
        "empresa",
        "entreprise",
        "societe",
        "azienda",
        "corporate",
        "hq",
        "headquarters",
        "station",
        "hotel",
        "restaurant",
        "library",
        "institution",
        "facility",
        "provider",
        "server",
        "office",
    ]
)
"""Parents whose phones, addresses and mails are an organisation's."""

_PERSONS = frozenset(
    [
        "customer",
        "user",
        "patient",
        "employee",
        "person",
        "people",
        "member",
        "client",
        "contact",
        "owner",
        "author",
        "student",
        "teacher",
        "guest",
        "passenger",
        "driver",
        "subscriber",
        "applicant",
        "candidate",
        "staff",
        "worker",
        "donor",
        "parent",
        "guardian",
        "child",
        "spouse",
        "recipient",
        "sender",
        "beneficiary",
        "subject",
        "participant",
        "resident",
        "citizen",
        "buyer",
        "tenant",
        "profile",
        "kunde",
        "mitarbeiter",
        "usuario",
        "cliente",
        "paciente",
        "empleado",
        "utilisateur",
        "employe",
        "salarie",
        "reviewer",
        "actor",
    ]
)
"""Parents that make a bare `name` a person's."""

_SCRIPTS = frozenset(
    {"カタカナ", "ひらがな", "カナ", "かな", "漢字", "ローマ字", "kana", "romaji", "kanji"}
)
"""Last words that say how a name is written."""

_REFERRED = frozenset({"address", "city", "postal_code", "email", "phone", "name_full", "gender",
                       "location_coarse", "nationality", "education", "employment"})  # fmt: skip
"""Entities that a column ending in `id` points to instead of holding."""

_QUASI_ROLES = frozenset({"dob", "age", "age_range", "gender", "postal_code", "city", "nationality",
                          "marital_status", "employment", "ethnicity", "race", "education"})  # fmt: skip


def words(text: str) -> tuple[str, ...]:
    """Lower-case words of a header: camelCase, snake_case and digits split, accents dropped."""
    spaced = _CAMEL.sub(" ", unicodedata.normalize("NFKC", text))
    plain = "".join(
        c
        for c in unicodedata.normalize("NFD", spaced.casefold())
        if not ("\u0300" <= c <= "\u036f")
    )
    return tuple(_WORD.findall(unicodedata.normalize("NFC", plain)))


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
    named = leaf[:-1] if len(leaf) > 1 and (leaf[-1].isdigit() or leaf[-1] in _SCRIPTS) else leaf
    whole = _phrases().get("".join(leaf)) or _phrases().get("".join(named))
    if whole:
        yield from ((e, WHOLE if strong else WEAK) for e, strong in whole)
        if any(strong for _, strong in whole):
            return
    core = named[:-1] if len(named) > 1 and named[-1] in {"id", "code"} else named
    if core[-1] in _ABOUT or named[0] in {"is", "has", "num", "count", "no"}:
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
                if named[-1] == "id" and entity in _REFERRED:
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
        if said & _PERSONS and bits.get("name_full", 0) >= 0:
            bits["name_full"] = max(bits.get("name_full", 0), TAIL)
        elif said & _THINGS:
            bits["name_full"] = AGAINST
    if said & _ORGS:
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
        if said and said[0][0] in _QUASI_ROLES and said[0][1] >= TAIL:
            yield path
