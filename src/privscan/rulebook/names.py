"""What a column's header says: words in ten languages, split and matched without a language guess."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from privscan.rulebook.lexicon import around, check_headers, denied, joined, phrases, vocabulary
from privscan.rulebook.load import by_rules, rulebook
from privscan.rulebook.words import nameless, steps, unjoined, words

__all__ = [
    "AGAINST", "INSIDE", "TAIL", "WEAK", "WHOLE", "check_headers", "header_entities", "nameless",
    "quasi_identifiers", "speaks_of_facilities", "speaks_of_movement", "speaks_of_names",
    "speaks_of_persons", "words",
]  # fmt: skip

WHOLE, TAIL, INSIDE, WEAK = 9.0, 7.0, 4.0, 2.5
"""Bits for a phrase that is the whole header, ends it, stands in it, or only hints."""

AGAINST = -6.0
"""Bits for a header about a thing (`company name`, `phone type`), not about a person."""

MOST_QUASI = 6
"""Columns in one set of quasi-identifiers: beyond it nearly every row is unique anyway."""

_OTHERS = 5.0
"""Bits that an organisation's phone or address lacks against a person's."""

_LONGEST = 8
"""Words of a phrase inside a longer header."""

_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af〒]")

_NUMBERS = frozenset(
    {"number", "numero", "nombre", "no", "num", "nro", "nr", "n", "anzahl", "aantal", "total"}
)
"""First words of a count, where a plural is no kind of datum: numero de alunos."""

_NUMBERED = _NUMBERS - {"anzahl", "aantal", "total", "nombre"}

_NAMES = ("name_full", "name_given", "name_family")

_REACHED = ("email", "phone", "fax", "address", "postal_code", "city", *_NAMES)


def speaks_of_facilities(path: str) -> bool:
    """Whether the header names a place or a body that the table is a directory of."""
    said = words(path)
    return not around().facilities.isdisjoint((*said, "".join(said)))


def speaks_of_things(path: str) -> bool:
    """Whether the header's last word is a thing, a body or a place: county, product."""
    said = words(path)
    return bool(said) and not around().things.isdisjoint((said[-1], "".join(said)))


def speaks_of_persons(path: str) -> bool:
    """Whether a word of the header is a person by role: owner, coach."""
    return not around().persons.isdisjoint(words(path))


def speaks_of_names(path: str) -> bool:
    """Whether the whole header is a word for names, which things have as well."""
    return "".join(words(path)) in around().names


def speaks_of_movement(path: str) -> bool:
    """Whether the header names the beginning or end of somebody's way."""
    return not around().movement.isdisjoint(words(path))


@by_rules(8192)
def header_entities(path: str) -> tuple[tuple[str, float], ...]:
    """(entity, bits) for each entity the header speaks for (or, negative, against), best first."""
    found = steps(path)
    if not found:
        return ()
    leaf, remark = found[-1]
    parents = {word for said, _ in found[:-1] for word in said}
    every = tuple(word for said, _ in found for word in said)
    bits: dict[str, float] = {}
    # R writes a dot for each blank of a header: Date.of.Birth is no path.
    subject = every if len(found) > 1 and _whole(every) else leaf
    for entity, value in _leaf(subject, remark):
        bits[entity] = max(bits.get(entity, value), value)
    if not bits and len(found) > 1:
        bits = dict(_leaf(every, remark))
    bits = _qualified(bits, _plain(leaf), parents | {*leaf, *remark})
    return tuple(sorted(bits.items(), key=lambda item: (-item[1], item[0])))


def _whole(said: Sequence[str]) -> tuple[tuple[str, bool], ...]:
    """What the words as a whole are, in the singular if need be."""
    for text in ("".join(said), joined(said)):
        found = phrases().get(text)
        if found is None and len(text) > 4 and text.endswith("s") and said[0] not in _NUMBERS:  # noqa: PLR2004  "sexs" is no plural
            found = phrases().get(text.removesuffix("s"))
        if found:
            return found
    return ()


def _bare(said: tuple[str, ...]) -> tuple[str, ...]:
    """Without numbers and words that only wrap the subject: c_phone2, emailTxt, tbl_kunde."""
    turning = around()
    first, last = 0, len(said)
    while last > first + 1 and (said[last - 1].isdigit() or said[last - 1] in turning.wrapping):
        last -= 1
    while first < last - 1 and (said[first].isdigit() or said[first] in turning.wrapping):
        first += 1
    return said[first:last]


@by_rules(8192)
def _plain(said: tuple[str, ...]) -> tuple[str, ...]:
    """The bare words, those run together taken apart and short forms written out."""
    turning = around()
    parts = [
        part
        for word in _bare(said)
        for part in ((word,) if _whole((word,)) else unjoined(word, vocabulary(), turning.persons))
    ]
    return tuple(turning.short.get(part, part) for part in parts)


def _readings(
    leaf: tuple[str, ...], remark: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], float]]:
    """What the header may be as a whole, and the bits if that is a strong phrase."""
    yield leaf + remark, WHOLE
    yield leaf, WHOLE
    turning = around()
    yield tuple(word for word in leaf if word not in turning.written and not word.isdigit()), WHOLE
    yield tuple(turning.short.get(word, word) for word in leaf), WHOLE
    yield tuple("numero" if word in _NUMBERED else word for word in leaf), WHOLE
    yield _bare(leaf), TAIL if len(leaf) > 1 and leaf[0] in turning.wrapping else WHOLE
    yield _plain(leaf), WHOLE


def _leaf(leaf: tuple[str, ...], remark: tuple[str, ...]) -> Iterator[tuple[str, float]]:
    turning = around()
    named = _plain(leaf)
    not_it = _against(leaf + remark) | _against(named)
    yield from ((entity, AGAINST) for entity in not_it)
    hints: dict[str, float] = {}
    for said, bits in _readings(leaf, remark):
        whole = [(e, strong) for e, strong in _whole(said) if e not in not_it]
        hints |= {e: bits if strong else WEAK for e, strong in whole if e not in hints}
        if any(strong for _, strong in whole):
            break
    if not hints and len(named) == 1 and named[0] in turning.persons:
        hints["name_full"] = WEAK
    yield from hints.items()
    if any(value > WEAK for value in hints.values()):
        return
    found = _parts(leaf)
    found |= {e: max(v, found.get(e, v)) for e, v in _parts(named).items()}
    rest = {e: v for e, v in found.items() if e not in not_it and v > hints.get(e, 0)}
    if _counts(leaf, named, remark):
        yield from ((e, AGAINST) for e in rest)
        return
    if _is_property(named):
        yield from ((e, AGAINST) for e in rest)
    elif named[0] in turning.asked and len(named) < 4:  # noqa: PLR2004  longer ones are questions
        yield from ((e, v if _holds(e) else AGAINST) for e, v in rest.items())
    else:
        yield from rest.items()


def _is_property(named: tuple[str, ...]) -> bool:
    """Whether the last word says that the header is about something of the subject: phone_type."""
    properties = around().properties
    core = named[:-1] if len(named) > 1 and named[-1] in {"id", "code"} else named
    return core[-1] in properties or (
        _CJK.search(core[-1]) is not None
        and any(core[-1].endswith(word) for word in properties if _CJK.search(word))
    )


def _holds(entity: str) -> bool:
    """Whether yes or no is a value of the entity: has_diabetes, not has_phone."""
    rule = rulebook().entities[entity]
    return rule.role == "S" or bool(rule.values)


def _counts(leaf: tuple[str, ...], named: tuple[str, ...], remark: tuple[str, ...]) -> bool:
    """Whether the header is of a number of many: median_income, share of women, 平均年齢."""
    turning = around()
    said = {*leaf, *named, *remark}
    text = "".join(leaf)
    if not turning.aggregates.isdisjoint(said):
        return True
    if named[0] == "nombre" and len(named) > 2 and named[1] in {"de", "d"}:  # noqa: PLR2004  a noun after it
        return named[2].endswith(("s", "x"))  # French: nombre de femmes; Spanish: nombre de calle
    return bool(_CJK.search(text)) and any(
        text.endswith(word) or (len(word) > 1 and word in text) for word in turning.counted
    )


def _against(said: tuple[str, ...]) -> frozenset[str]:
    """The entities that some phrase in the header speaks against."""
    against = denied()
    found = [against[text] for _, _, text in _spans(said) if text in against]
    return frozenset().union(*found)


def _spans(said: tuple[str, ...]) -> Iterator[tuple[int, int, str]]:
    """Runs of words, or of characters where there are no spaces; long ones first, from the end."""
    text = "".join(said)
    units: Sequence[str] = text if _CJK.search(text) else said
    most = 16 if units is text else _LONGEST
    for size in range(min(len(units), most), 0, -1):
        for start in range(len(units) - size, -1, -1):
            if start and units is said and len(units[start]) == 1:
                continue  # "student's name" is no "sname"
            yield start, start + size, "".join(units[start : start + size])


def _parts(named: tuple[str, ...]) -> dict[str, float]:
    """Phrases inside the header; of nested ones only the longest counts."""
    turning = around()
    text = "".join(named)
    wide = bool(_CJK.search(text))
    length = len(text) if wide else len(named)
    ends = {length}
    if named[-1] in turning.wrapping | {"id", "number", "code"}:
        ends.add(length - (len(named[-1]) if wide else 1))
    taken: set[int] = set()
    found: dict[str, float] = {}
    for start, end, part in _spans(named):
        entries = phrases().get(part)
        span = range(start, end)
        if not entries or not taken.isdisjoint(span) or end - start == length:
            continue
        if wide and end - start == 1:
            continue
        taken |= {*span}
        # Romance languages say first what it is: "Prénom de l'élu", "Codice fiscale beneficiario".
        ahead = not wide and end < length and named[end] in turning.small | turning.persons
        for entity, strong in entries:
            if named[-1] == "id" and entity in turning.referred:
                continue  # address_id refers to an address, it is none
            subject = end in ends or (start == 0 and ahead)
            bits = (TAIL if subject else INSIDE) if strong else WEAK - 1
            found[entity] = max(bits, found.get(entity, bits))
    return found


def _qualified(
    bits: dict[str, float], leaf: tuple[str, ...], around_it: set[str]
) -> dict[str, float]:
    """What words beside the subject make of it: a product's name, a company's telephone."""
    turning = around()
    said = {*leaf, *around_it}
    if not turning.names.isdisjoint(leaf) or any(bits.get(e, 0) > 0 for e in _NAMES):
        settled = any(bits.get(e, 0) >= WHOLE for e in _NAMES)
        if turning.names.isdisjoint(leaf):
            pass
        elif said & turning.persons and bits.get("name_full", 0) >= 0:
            if not any(bits.get(e, 0) >= INSIDE for e in _NAMES[1:]):
                bits["name_full"] = max(bits.get("name_full", 0), TAIL)
        elif said & turning.things and not settled:
            bits |= {e: AGAINST for e in _NAMES if bits.get(e, 0) > 0 or e == "name_full"}
    if said & turning.organisations or _of_bodies("".join(leaf)):
        for entity in _REACHED:
            if bits.get(entity, 0) > 0:
                bits[entity] -= _OTHERS
    return bits


def _of_bodies(text: str) -> bool:
    """Whether a header without spaces names a company or a place before what it has."""
    if not _CJK.search(text):
        return False
    return any(_CJK.search(w) and text.startswith(w) for w in around().organisations)


def quasi_identifiers(paths: Sequence[str]) -> tuple[str, ...]:
    """Columns whose header names a quasi-identifier, at most MOST_QUASI, in name order."""
    return tuple(sorted(_quasi(paths)))[:MOST_QUASI]


def _quasi(paths: Iterable[str]) -> Iterator[str]:
    for path in paths:
        said = header_entities(path)
        if said and said[0][0] in around().quasi_identifiers and said[0][1] >= TAIL:
            yield path
