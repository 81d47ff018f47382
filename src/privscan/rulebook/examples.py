"""Checks of a rules folder: links, placeholders, each rule's own examples; and the schema."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from privscan.errors import RuleError, nearest
from privscan.model.kinds import Kind, Level
from privscan.model.profile import (
    Balance,
    ColumnProfile,
    DatasetProfile,
    EntityProfile,
    Group,
    QuasiIdentifiers,
    RecordDates,
    Risk,
)
from privscan.rulebook import counted
from privscan.rulebook.lexicon import Around
from privscan.rulebook.load import SHARED, Rulebook, assembled, broken_links
from privscan.rulebook.numbers import Number
from privscan.rulebook.policies import Policy
from privscan.rulebook.predicate import holds
from privscan.rulebook.recognizers import Recognizer
from privscan.rulebook.schema import (
    Entity,
    Example,
    Groups,
    Principle,
    Rule,
    Scoring,
    Shape,
)
from privscan.rulebook.weights import Weights

PLACEHOLDERS = frozenset({"what", "columns", "subjects", "cells"})
"""What a rule's texts may hold in braces."""


def check_rules(folder: Path) -> list[RuleError]:
    """What is wrong with a rules folder: shapes, names that lead nowhere, examples that fail."""
    try:
        rules = assembled(folder)
    except RuleError as error:
        return [error]
    errors = list(broken_links(rules))
    for rule in rules.rules:
        for what, hint in (*_texts(rule), *_lesson(rule), *_examples(rule, rules)):
            where = rules.places[rule.id]
            errors.append(RuleError(f"{rule.id}: {what}", where=where, hint=hint))
    return errors


Wrong = Iterator[tuple[str, str]]
"""What is wrong, and a hint."""


def _texts(rule: Rule) -> Wrong:
    for text in (rule.message, rule.advice, *((rule.question,) if rule.question else ())):
        for said in text.both().values():
            try:
                lost = _placeholders(said) - PLACEHOLDERS
            except ValueError:
                yield "a brace in a text is not closed", "write {{ for a brace"
                continue
            for name in sorted(lost):
                yield f"texts have no {{{name}}}", f"known are {', '.join(sorted(PLACEHOLDERS))}"


_ENDS = {"en": re.compile(r"[.?!]”?(?=\s|$)"), "ja": re.compile("[。?!?!]")}
"""What ends a sentence."""

SENTENCES = 2
"""Of a lesson: what goes wrong in practice, and what good looks like."""


def _lesson(rule: Rule) -> Wrong:
    for lang, said in rule.lesson.both().items():
        if len(_ENDS[lang].findall(said)) != SENTENCES:
            hint = "what goes wrong in practice, and what good looks like"
            yield f"the lesson ({lang}) is not in two sentences", hint


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def _examples(rule: Rule, rules: Rulebook) -> Wrong:
    if {example.fires for example in rule.examples} != {True, False}:
        yield "examples must show a dataset on which it fires and one on which it does not", ""
    for number, example in enumerate(rule.examples, 1):
        for entity in example.has:
            if entity not in rules.entities:
                yield (
                    f"example {number} names no entity: {entity!r}",
                    nearest(entity, rules.entities),
                )
        declared = {str(key): value for key, value in example.context.items()}
        fired = holds(rule.when, example_profile(example), declared, rules.groups)
        if (fired is not None) != example.fires:
            said = "does not fire, and should" if example.fires else "fires, and should not"
            yield f"on example {number} it {said}", "privscan explain shows its condition"


def example_profile(example: Example) -> DatasetProfile:
    """The dataset that an example describes: `columns` columns for each entity."""
    columns = tuple(
        ColumnProfile(
            path=f"{entity}_{number}" if number else entity,
            kind=Kind.TEXT,
            rows=example.subjects,
            nulls=0,
            distinct=example.subjects,
            entity=entity,
            confidence=1.0,
            entities=(
                EntityProfile(
                    entity,
                    1.0,
                    round(example.subjects * example.share),
                    example.share,
                    (example.share, example.share),
                    state,
                    example.leak,
                ),
            ),
        )
        for entity, state in example.has.items()
        for number in range(example.columns)
    )
    if example.records:
        oldest, newest = example.records
        dates = RecordDates(oldest, newest, ((int(oldest[:4]), example.subjects),))
        dated = ColumnProfile("record", Kind.TIME, example.subjects, 0, 1, dates=dates)
        columns = (*columns, dated)
    paths = tuple(example.has)
    small = QuasiIdentifiers(paths, 1, example.single_out, example.subjects)
    return DatasetProfile(
        name="example",
        uri="example",
        kind="table",
        rows=example.subjects,
        bytes=0,
        files=1,
        subjects=example.subjects,
        columns=columns,
        quasi_identifiers=(small,) if example.single_out else (),
        risk=Risk(0.0, Level(example.level), (0.0, 0.0), ()),
        unread_share=example.unread,
        balance=tuple(_balances(example)),
    )


_SHAPES: Mapping[str, type[Shape]] = {
    "entity": Entity,
    "recognizer": Recognizer,
    "number": Number,
    "principle": Principle,
    "rule": Rule,
}
"""Kinds of which a file holds a list."""


def _balances(example: Example) -> Iterator[Balance]:
    for entity, sizes in example.groups.items():
        groups = tuple(Group(name, size, size) for name, size in sizes.items())
        yield Balance(entity, entity, "words", sum(sizes.values()), groups)


_LISTS = {
    "entities": "entity",
    "recognizers": "recognizer",
    "numbers": "number",
    "principles": "principle",
    "checks": "rule",
    "rules": "rule",
}
"""Keys of a file's lists, and the kind of their entries."""


_WHOLE: Mapping[str, type[Shape]] = {
    "scoring": Scoring,
    "policy": Policy,
    "groups": Groups,
    "headers": Around,
    "weights": Weights,
    "balance": counted.Balance,
    "records": counted.Records,
}
"""Kinds of which a file holds one."""


def rules_schema(more: Mapping[str, type[Shape]]) -> dict[str, Any]:
    """JSON Schema of a rule file of any kind; each kind of entry stands under `$defs`.

    `more` are kinds of whole files whose shapes belong to layers above.
    """
    defs: dict[str, Any] = {}
    whole = {**_WHOLE, **more}
    for kind, shape in {**_SHAPES, **whole}.items():
        schema = shape.model_json_schema(by_alias=True, ref_template="#/$defs/{model}")
        defs |= schema.pop("$defs", {})
        defs[kind] = schema
    # A set may name a word twice.
    for shape in defs.values():
        for one in shape.get("properties", {}).values():
            one.pop("uniqueItems", None)
    # A file may say these once for all of its rules.
    defs["rule"]["required"] = [k for k in defs["rule"]["required"] if k not in SHARED]
    lists = {
        key: {"type": "array", "items": {"$ref": f"#/$defs/{kind}"}} for key, kind in _LISTS.items()
    }
    shared = {key: {"type": ["string", "integer"]} for key in sorted(SHARED)}
    file = {
        "type": "object",
        "properties": shared | lists,
        "additionalProperties": False,
        "anyOf": [{"required": [key]} for key in _LISTS],
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "anyOf": [file, *({"$ref": f"#/$defs/{kind}"} for kind in whole)],
        "$defs": defs,
    }
