"""Checks of a rules folder: links, placeholders, and each rule's own examples; and skeletons."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from privscan.errors import RuleError, UsageError, nearest
from privscan.model.kinds import Kind, Level
from privscan.model.profile import (
    ColumnProfile,
    DatasetProfile,
    EntityProfile,
    QuasiIdentifiers,
    Risk,
)
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
        for what, hint in (*_texts(rule), *_examples(rule, rules)):
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
                EntityProfile(entity, 1.0, example.subjects, 1.0, (1.0, 1.0), state, example.leak),
            ),
        )
        for entity, state in example.has.items()
        for number in range(example.columns)
    )
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
    )


_SHAPES: Mapping[str, type[Shape]] = {
    "entity": Entity,
    "recognizer": Recognizer,
    "number": Number,
    "principle": Principle,
    "rule": Rule,
}
"""Kinds of which a file holds a list."""

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


def skeleton(kind: str, name: str) -> str:
    """A rule file to fill in, of a kind that `rules check` knows; unknown ones are refused."""
    if kind not in _SKELETONS:
        hint = nearest(kind, _SKELETONS) or f"the kinds are {', '.join(_SKELETONS)}"
        raise UsageError(f"there is no skeleton for a {kind!r}", hint=hint)
    if not _NAME.fullmatch(name):
        hint = "use letters, digits, - and _"
        raise UsageError(f"{name!r} is no name for a rule", hint=hint)
    return _SKELETONS[kind].replace("NAME", name)


_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")


_HEAD = "version: 1\nas_of: '2026-11-23'\nstatus: draft\nsource: SAY WHERE IT IS FROM\n"
_SKELETONS = {
    "entity": f"""# rules/entities/NAME.yaml
{_HEAD}entities:
  - id: NAME
    label: {{en: "NAME", ja: "NAME"}}
    category: contact
    role: D                # D direct, Q quasi-identifier, A attribute, B biometric, S, C credential
    weight: 0.25           # sensitivity, 0 to 1
    identifying: 0.5       # how far it alone identifies, 0 to 1
    names: {{strong: ["NAME"], weak: []}}
""",
    "recognizer": f"""# rules/recognizers/NAME.yaml
{_HEAD}recognizers:
  - name: NAME
    supported_entity: customer_id
    supported_language: en
    about: {{en: "NAME", ja: "NAME"}}
    patterns:
      - {{name: "two letters, six digits", regex: '\\bZZ\\d{{6}}\\b', score: 0.6}}
    examples:
      positive: ["ZZ123456"]
      negative: ["ZZ12345", "AZZ123456"]
""",
    "law": f"""# rules/laws/NAME.yaml
{_HEAD}rules:
  - id: NAME
    law: NAME
    article: "1"
    jurisdictions: [EU]
    when: {{has: [email], state: [plain]}}
    severity: medium
    certainty: scan_indicates
    principles: [privacy]
    message: {{en: "{{what}} stand in {{columns}}.", ja: "{{columns}} に{{what}}がある。"}}
    advice: {{en: "What to do.", ja: "対応。"}}
    src: M                 # T text seen, S secondary page, M memory
    examples:
      - {{fires: true, has: {{email: plain}}}}
      - {{fires: false, has: {{email: token_keyed}}}}
""",
    "check": f"""# rules/principles/NAME.yaml
{_HEAD}checks:
  - id: NAME
    law: NAME
    when: {{beside: [personal_any], missing: [owner]}}
    severity: low
    certainty: needs_context
    principles: [accountability]
    message: {{en: "What is wrong.", ja: "指摘の内容。"}}
    advice: {{en: "What to do.", ja: "対応。"}}
    question: {{en: "What a person must answer.", ja: "人が答える問い。"}}
    src: M                 # T text seen, S secondary page, M memory
    examples:
      - {{fires: true, has: {{email: plain}}}}
      - {{fires: false, has: {{email: plain}}, context: {{owner: someone}}}}
""",
    "policy": """# policy.yaml, for privscan gate --policy policy.yaml
id: NAME
about: {en: "NAME", ja: "NAME"}
max_score: 60
fail_on: high
forbid_clear: [gov_id, card_number]
as_of: '2026-11-23'
status: draft
source: SAY WHO DECIDED IT
""",
}
