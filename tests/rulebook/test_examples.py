"""`rules check`, `rules schema` and `rules new`: what they promise to the author of a rule."""

from __future__ import annotations

import jsonschema
import pytest
import yaml

from privscan.assess.shapes import SHAPES
from privscan.errors import UsageError
from privscan.model.kinds import State
from privscan.rulebook._yaml import read
from privscan.rulebook.examples import (
    check_rules,
    example_profile,
    rules_schema,
)
from privscan.rulebook.folders import rules_folder
from privscan.rulebook.load import load
from privscan.rulebook.recognizers import check_recognizers
from privscan.rulebook.schema import Example
from privscan.rulebook.skeletons import _SKELETONS, skeleton

PLACES = {
    "entity": "entities",
    "recognizer": "recognizers",
    "law": "laws",
    "check": "principles",
    "policy": "policies",
}


def edited(folder, old, new):
    file = folder / "laws" / "gdpr.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_shipped_rules_are_right():
    assert check_rules(rules_folder()) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("- {fires: true, has: {face_template: plain}}", "- {fires: true, has: {email: plain}}",
         "example 1 it does not fire, and should"),
        ("- {fires: false, has: {face_image: plain}}", "- {fires: false, has: {iris: plain}}",
         "example 2 it fires, and should not"),
        ("- {fires: false, has: {face_image: plain}}", "- {fires: true, has: {iris: plain}}",
         "one on which it does not"),
        ("- {fires: false, has: {face_image: plain}}", "- {fires: false, has: {face_imge: plain}}",
         "names no entity: 'face_imge'"),
        ("{columns} hold", "{column} hold", "texts have no {column}"),
        ('en: "{what}: results', 'en: "{what: results', "a brace in a text is not closed"),
        ("has: [biometric]", "has: [biometrik]", "no entity or group is called 'biometrik'"),
    ],
)  # fmt: skip
def test_a_rule_that_breaks_its_word_is_told_by_id_and_line(rules, old, new, said):
    if old == "{columns} hold":
        old, new = '"Genetic data: {what} in {columns}."', '"Genetic data: {what} in {column}."'
    edited(rules, old, new)
    errors = check_rules(rules)
    assert any(said in error.what for error in errors), errors
    for error in errors:
        assert error.where.startswith(f"{rules}/laws/gdpr.yaml:")
        assert error.what.startswith("GDPR-")


def test_all_errors_are_told_at_once(rules):
    edited(rules, "has: [biometric]", "has: [biometrik]")
    edited(rules, "principles: [accountability]", "principles: [acountability]")
    errors = check_rules(rules)
    assert len({error.where for error in errors}) == 2


def test_an_error_of_shape_is_told_alone(rules):
    edited(rules, "severity: info", "severty: info")
    errors = check_rules(rules)
    assert [e.what for e in errors] == ["unknown key 'severty'"]


@pytest.mark.parametrize("kind", list(_SKELETONS))
def test_a_skeleton_dropped_into_the_rules_is_right(rules, kind):
    file = rules / PLACES[kind] / "mine.yaml"
    file.write_text(skeleton(kind, "mine"), encoding="utf-8")
    assert check_rules(rules) == []
    assert check_recognizers(rules) == []
    held = load(rules)
    ids = {*held.entities, *held.policies, *(rule.id for rule in held.rules)}
    assert kind == "recognizer" or "mine" in ids


@pytest.mark.parametrize("kind", list(_SKELETONS))
def test_a_skeleton_misspelt_is_wrong(rules, kind):
    file = rules / PLACES[kind] / "mine.yaml"
    text = skeleton(kind, "mine")
    file.write_text(text.replace("source:", "sauce:", 1), encoding="utf-8")
    wrong = [*check_rules(rules), *check_recognizers(rules)]
    assert kind == "recognizer" or any(str(file) in error.where for error in wrong)


def test_there_is_no_skeleton_of_what_is_no_kind():
    with pytest.raises(UsageError, match="did you mean 'policy'"):
        skeleton("polcy", "mine")


@pytest.mark.parametrize("name", ["", "a b", "a: b", '"', "../x", "1st", "ü"])
def test_a_name_that_breaks_the_file_is_refused(name):
    with pytest.raises(UsageError, match="no name for a rule"):
        skeleton("law", name)


# ------------------------------------------------------------------ schema

RULE_FILES = sorted(rules_folder().rglob("*.yaml"))


@pytest.fixture(scope="module")
def validator():
    schema = rules_schema(SHAPES)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


@pytest.mark.parametrize("file", RULE_FILES, ids=lambda file: file.name)
def test_the_schema_fits_every_shipped_file(validator, file):
    assert not [error.message for error in validator.iter_errors(read(file).value)]


@pytest.mark.parametrize("kind", list(_SKELETONS))
def test_the_schema_fits_every_skeleton(validator, kind):
    written = yaml.load(skeleton(kind, "mine"), Loader=yaml.BaseLoader)
    whole = yaml.safe_load(skeleton(kind, "mine"))
    assert written.keys() == whole.keys()
    assert validator.is_valid(whole)


@pytest.mark.parametrize(
    ("key", "value"),
    [("severity", "grave"), ("when", {"hass": ["email"]}), ("src", "X"), ("severty", "low")],
)
def test_the_schema_refuses_what_the_loader_refuses(validator, key, value):
    whole = yaml.safe_load(skeleton("law", "mine"))
    whole["rules"][0][key] = value
    assert not validator.is_valid(whole)


def test_an_example_becomes_the_profile_it_describes():
    example = Example(
        fires=True, has={"email": State.PLAIN, "dob": State.REMOVED}, leak=True, columns=2,
        subjects=7, single_out=0.5,
    )  # fmt: skip
    profile = example_profile(example)
    assert [c.path for c in profile.columns] == ["email", "email_1", "dob", "dob_1"]
    assert profile.subjects == 7
    assert profile.quasi_identifiers[0].share_below_k == 0.5
    assert all(e.leak for c in profile.columns for e in c.entities)
