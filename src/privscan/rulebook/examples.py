"""Checks of a rules folder: links, placeholders, and each rule's own examples; and skeletons."""

from __future__ import annotations

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
from privscan.rulebook._yaml import read
from privscan.rulebook.load import Rulebook, load
from privscan.rulebook.predicate import holds
from privscan.rulebook.recognizers import Recognizer
from privscan.rulebook.schema import Entity, Example, Policy, Principle, Rule, Scoring, Text, When

PLACEHOLDERS = frozenset({"what", "columns", "subjects", "cells"})
"""What a rule's texts may hold in braces."""


def check_rules(folder: Path) -> list[RuleError]:
    """What is wrong with a rules folder: shapes, names that lead nowhere, examples that fail."""
    try:
        rules = load(folder)
    except RuleError as error:
        return [error]
    places = _places(folder)
    errors = []
    for rule in rules.rules:
        for what, hint in _wrong(rule, rules):
            where = places.get(rule.id, str(folder))
            errors.append(RuleError(f"{rule.id}: {what}", where=where, hint=hint))
    for policy in rules.policies.values():
        for name in (*policy.forbid, *policy.forbid_clear):
            if name not in rules.entities and name not in rules.groups:
                where = str(folder / "policies")
                errors.append(RuleError(f"{policy.id}: unknown {name!r}", where=where))
    return errors


def _places(folder: Path) -> dict[str, str]:
    """`file:line` of each rule by its id."""
    places = {}
    for part, key in (("principles", "checks"), ("laws", "rules")):
        for file in sorted((folder / part).glob("*.yaml")):
            document = read(file)
            for i, value in enumerate(document.value.get(key, ())):
                places[value["id"]] = document.where((key, i))
    return places


def _wrong(rule: Rule, rules: Rulebook) -> Iterator[tuple[str, str]]:
    known = {*rules.entities, *rules.groups}
    for name in _named(rule.when):
        if name not in known:
            yield f"no entity or group is called {name!r}", nearest(name, known)
    for principle in rule.principles:
        if principle not in rules.principles:
            yield f"no principle is called {principle!r}", nearest(principle, rules.principles)
    for text in (rule.message, rule.advice, *((rule.question,) if rule.question else ())):
        for name in _placeholders(text) - PLACEHOLDERS:
            yield f"texts have no {{{name}}}", f"known are {', '.join(sorted(PLACEHOLDERS))}"
    if {example.fires for example in rule.examples} != {True, False}:
        yield "examples must show a dataset on which it fires and one on which it does not", ""
    for number, example in enumerate(rule.examples, 1):
        for entity in example.has:
            if entity not in rules.entities:
                yield f"example {number} names no entity: {entity!r}", nearest(entity, known)
        fired = holds(rule.when, example_profile(example), example.context, rules.groups)
        if (fired is not None) != example.fires:
            said = "does not fire, and should" if example.fires else "fires, and should not"
            yield f"on example {number} it {said}", "privscan explain shows its condition"


def _named(when: When) -> Iterator[str]:
    yield from (*when.has, *when.without)
    for one in (*when.all, *when.any, *((when.not_,) if when.not_ else ())):
        yield from _named(one)


def _placeholders(text: Text) -> set[str]:
    parsed = [*string.Formatter().parse(text.en), *string.Formatter().parse(text.ja)]
    return {name for _, name, _, _ in parsed if name is not None}


def example_profile(example: Example) -> DatasetProfile:
    """The dataset that an example describes: one column for each entity."""
    columns = tuple(
        ColumnProfile(
            path=entity,
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
    )
    small = QuasiIdentifiers(("a", "b"), 1, example.single_out, example.subjects)
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


_SHAPES: Mapping[str, type[Any]] = {
    "entity": Entity,
    "recognizer": Recognizer,
    "principle": Principle,
    "rule": Rule,
    "scoring": Scoring,
    "policy": Policy,
}


def rules_schema() -> dict[str, Any]:
    """JSON Schema of every kind of rule, by kind under `$defs`."""
    defs: dict[str, Any] = {}
    for kind, shape in _SHAPES.items():
        schema = shape.model_json_schema(by_alias=True, ref_template="#/$defs/{model}")
        defs |= schema.pop("$defs", {})
        defs[kind] = schema
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$defs": defs}


def skeleton(kind: str, name: str) -> str:
    """A rule file to fill in, of a kind that `rules check` knows; unknown ones are refused."""
    if kind not in _SKELETONS:
        hint = nearest(kind, _SKELETONS) or f"the kinds are {', '.join(_SKELETONS)}"
        raise UsageError(f"there is no skeleton for a {kind!r}", hint=hint)
    return _SKELETONS[kind].replace("NAME", name)


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
