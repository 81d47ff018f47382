"""Each limit of a policy stops what it names, lets the rest pass, and says what and where."""

from __future__ import annotations

from dataclasses import replace

import pytest
from gated import (
    MAIL,
    NUMBER,
    TOKEN,
    TOLD,
    broken,
    classes,
    column,
    dataset,
    found,
    judged,
    people,
    policy,
    report_of,
    waiver,
)

from privscan.assess.context import Context
from privscan.assess.policy import tightened
from privscan.model.data import Unread
from privscan.model.kinds import Kind, State
from privscan.model.profile import Sampled
from privscan.rulebook.load import rulebook

PROTECT = policy(protect=[{"entities": ["gov_id"], "states": ["token_keyed", "generalised"]}])


@pytest.mark.parametrize("state", list(State))
def test_only_the_states_named_are_protection_enough(state):
    held = people(column("n", found("my_number", state=state)))
    fine = state in {State.TOKEN_KEYED, State.GENERALISED, State.REMOVED}
    assert broken(held, PROTECT) == ([] if fine else ["protect"])


def test_protection_asked_says_the_states():
    [one] = judged(people(NUMBER), PROTECT).violations
    assert (one.measured, one.threshold) == ("plain", "token_keyed, generalised")
    assert one.columns == ("n",)
    assert "n" in one.message["ja"]


def test_protection_of_one_entity_asks_nothing_of_another():
    assert broken(people(MAIL), PROTECT) == []


# ------------------------------------------------------------------ forbidden and to be protected

TOKENS = {"states": ["token_keyed"]}


@pytest.mark.parametrize(
    ("forbidden", "protected"),
    [("my_number", "my_number"), ("gov_id", "my_number"), ("my_number", "gov_id")],
)
def test_what_is_forbidden_is_told_as_that_alone(forbidden, protected):
    both = policy(
        forbid=[forbidden], forbid_clear=[protected], protect=[{"entities": [protected], **TOKENS}]
    )
    [one] = judged(people(NUMBER), both).violations
    assert (one.rule, one.columns, len(one.fingerprints)) == ("forbid", ("n",), 1)
    assert broken(people(TOKEN), both) == ["forbid"]
    gone = column("n", found("my_number", state=State.REMOVED))
    assert broken(people(gone), both) == []


def test_what_is_forbidden_hides_no_other_entity_column_or_dataset():
    both = policy(forbid=["my_number"], protect=[{"entities": ["direct"], **TOKENS}])
    assert broken(people(NUMBER, MAIL), both) == ["forbid", "protect"]
    assert broken(people(column("n", found("my_number"), found("email"))), both) == [
        "forbid", "protect",
    ]  # fmt: skip
    assert broken(people(MAIL), both) == ["protect"]


def test_what_is_forbidden_and_new_is_told_as_new_too():
    asked = policy(forbid=["my_number"], stop_new=["my_number"])
    assert broken(people(NUMBER), asked, old=()) == ["forbid", "stop_new"]


def test_who_may_keep_what_is_forbidden_has_to_protect_it_all_the_same():
    both = {"forbid": ["my_number"], "protect": [{"entities": ["my_number"], **TOKENS}]}
    kept = waiver(rule="forbid", columns=["n"], entities=["my_number"])
    assert broken(people(NUMBER), policy(**both, waivers=[kept])) == ["protect"]
    assert judged(people(TOKEN), policy(**both, waivers=[kept])).passed
    elsewhere = column("m", found("my_number"))
    got = judged(people(NUMBER, elsewhere), policy(**both, waivers=[kept])).violations
    assert [(v.rule, v.columns) for v in got] == [("forbid", ("m",)), ("protect", ("n",))]
    bare = kept | {"rule": "protect"}
    assert broken(people(NUMBER), policy(**both, waivers=[bare])) == ["forbid"]
    assert judged(people(NUMBER), policy(**both, waivers=[kept, bare | {"id": "W2"}])).passed


# ------------------------------------------------------------------ declarations

DECLARE = policy(declare=[{"entities": ["biometric"], "keys": ["purposes", "legal_basis"]}])
BODY = column("template", found("face_template"))


def test_biometric_data_without_a_purpose_stops():
    [one] = judged(people(BODY), DECLARE).violations
    assert one.rule == "declare"
    assert one.threshold == "purposes, legal_basis"
    assert broken(people(BODY), DECLARE, context=Context(purposes=("doors",))) == ["declare"]
    assert broken(people(BODY), DECLARE, context=TOLD) == []


INGEST = rulebook().policies["ingest"]


@pytest.mark.parametrize("entity", ["face_template", "fingerprint", "iris", "voiceprint"])
@pytest.mark.parametrize(
    ("purposes", "breaks"),
    [((), ["declare"]), (("",), ["declare"]), ((" \u3000", "\t"), ["declare"]), (("doors",), []),
     (("", "doors"), [])],
)  # fmt: skip
def test_the_default_policy_asks_what_biometric_data_is_for(entity, purposes, breaks):
    held = people(column("t", found(entity, state=State.ENCRYPTED_KEY_APART)))
    assert broken(held, INGEST, context=Context(purposes=purposes)) == breaks


@pytest.mark.parametrize(("worst", "breaks"), [(None, []), ("very_high", ["fail_on"])])
def test_the_default_policy_stops_at_a_finding_only_where_it_is_asked_to(worst, breaks):
    """Encrypted My Numbers have a finding of the highest severity, and are what it may let pass."""
    told = Context(purposes=("tax",), owner="Payroll", jurisdictions=("JP",), affairs=("tax",))
    kept = found("my_number", state=State.ENCRYPTED_KEY_APART)
    held = report_of(dataset(column("n", kept)), context=told)
    assert "very_high" in {f.severity for f in held.findings}
    assert broken(held, tightened(INGEST, None, worst), context=told) == breaks


def test_what_is_declared_in_blanks_is_not_declared():
    assert broken(people(BODY), DECLARE, context=Context(purposes=("x",), legal_basis=" ")) == [
        "declare"
    ]
    assert broken(people(BODY), DECLARE, context=Context(purposes=("x",), legal_basis="x")) == []


@pytest.mark.parametrize("state", [State.REMOVED, State.ENCRYPTED_KEY_APART])
def test_only_what_is_gone_needs_no_purpose(state):
    held = people(column("t", found("iris", state=state)))
    assert broken(held, INGEST) == ([] if state is State.REMOVED else ["declare"])
    unsure = people(column("t", found("iris", state=state, confidence=0.4)))
    assert broken(unsure, INGEST) == []


def test_without_biometric_data_nothing_need_be_declared():
    assert broken(people(MAIL), DECLARE) == []


def test_a_declaration_of_another_dataset_does_not_count():
    held = report_of(dataset(BODY), dataset(BODY, name="others"))
    given = judged(held, DECLARE, context=TOLD)
    assert [v.dataset for v in given.violations] == ["others"]


# ------------------------------------------------------------------ places


@pytest.mark.parametrize(
    ("allowed", "said", "passes"),
    [
        (["EU"], ("DE",), True), (["EU"], ("DE", "FR"), True), (["US"], ("US-IL",), True),
        (["EU"], ("DE", "US"), False), (["US-IL"], ("US",), False), (["JP"], (), False),
        (["JP"], ("JP",), True), (["JP", "EU"], ("FR",), True), (["DE"], ("EU",), False),
    ],
)  # fmt: skip
def test_data_may_be_used_only_where_the_policy_is_for(allowed, said, passes):
    asked = policy(jurisdictions=allowed)
    context = Context(jurisdictions=said)
    assert (broken(people(MAIL), asked, context=context) == []) is passes


# ------------------------------------------------------------------ k


@pytest.mark.parametrize(("k", "passes"), [(1, False), (4, False), (5, True), (50, True)])
def test_classes_are_large_enough_or_stop(k, passes):
    held = people(
        column("zip", found("postal_code")), column("born", found("dob")),
        quasi_identifiers=(classes("zip", "born", k=k),),
    )  # fmt: skip
    given = judged(held, policy(min_k=5))
    assert given.passed is passes
    assert [(v.rule, v.measured) for v in given.violations] == (
        [] if passes else [("min_k", str(k))]
    )


def test_k_of_a_sample_proves_nothing_but_its_breach():
    def held(k):
        sets = (classes("zip", "born", k=k, exact=False),)
        return people(column("zip", found("postal_code")), column("born", found("dob")),
                      quasi_identifiers=sets)  # fmt: skip

    assert judged(held(4), policy(min_k=5)).violations
    lacking = judged(held(50), policy(min_k=5))
    assert not lacking.passed
    assert lacking.violations == ()
    assert lacking.incomplete == ("people: k of zip, born is known from a sample of classes only",)


def test_one_quasi_identifier_alone_is_measured_by_its_values_or_not_at_all():
    unique = column("born", found("dob"))
    assert broken(people(unique), policy(min_k=5)) == ["min_k"]
    given = judged(people(replace(unique, distinct=4)), policy(min_k=5))
    assert given.incomplete == ("people: k of born was not measured",)
    assert judged(people(MAIL), policy(min_k=5)).passed


@pytest.mark.parametrize(("k", "passes"), [(1, False), (4, False), (5, True)])
def test_k_of_one_column_is_of_its_rarest_value_and_not_of_the_mean(k, passes):
    born = replace(column("born", found("dob")), distinct=4, alone=classes("born", k=k))
    assert judged(people(born), policy(min_k=5)).passed is passes


def test_k_of_one_column_from_a_sample_proves_nothing_but_its_breach():
    def held(k):
        alone = classes("born", k=k, exact=False)
        return people(replace(column("born", found("dob")), alone=alone))

    assert broken(held(4), policy(min_k=5)) == ["min_k"]
    assert judged(held(5), policy(min_k=5)).incomplete == (
        "people: k of born is known from a sample of classes only",
    )


def test_a_set_that_was_measured_speaks_for_its_columns():
    both = [
        replace(column(name, found(entity)), alone=classes(name, k=1))
        for name, entity in (("zip", "postal_code"), ("born", "dob"))
    ]
    held = people(*both, quasi_identifiers=(classes("zip", "born", k=5),))
    assert judged(held, policy(min_k=5)).passed


# ------------------------------------------------------------------ columns

CONTRACT = policy(
    columns=[
        {
            "dataset": "people*",
            "required": {"mail": "text"},
            "allowed": {"n": "number", "x.*": "any"},
        }
    ]
)


def test_columns_as_agreed_pass():
    held = people(MAIL, replace(column("n"), kind=Kind.NUMBER), column("x.a"), column("x.b[].c"))
    assert judged(held, CONTRACT).passed


def test_a_column_that_is_not_agreed_on_stops_and_the_near_name_is_said():
    [missing, strange] = judged(people(column("maill")), CONTRACT).violations
    assert missing.message["en"] == "the required column mail is missing; did you mean 'maill'?"
    assert strange.message["en"] == "the column maill is not expected; did you mean 'mail'?"
    assert strange.measured == "unexpected"
    assert {missing.rule, strange.rule} == {"columns"}


def test_a_type_that_is_not_agreed_on_stops_unless_the_column_is_empty():
    [one] = judged(people(MAIL, column("n")), CONTRACT).violations
    assert (one.measured, one.threshold) == ("text", "number")
    empty = replace(column("n"), nulls=100)
    assert judged(people(MAIL, empty), CONTRACT).passed


def test_a_dot_in_a_name_does_not_hide_a_column_behind_another():
    for path in ("mail.secret", "mail[].secret", "n.x", "xx", "x"):
        assert broken(people(MAIL, column(path)), CONTRACT) == ["columns"]


def test_what_detectors_find_inside_pictures_comes_with_their_column():
    asked = policy(columns=[{"allowed": {"image": "image"}}])
    image = replace(column("image"), kind=Kind.IMAGE)
    assert judged(people(image, column("image[].ocr")), asked).passed
    assert broken(people(column("image[].ocr")), asked) == ["columns"]


def test_a_dataset_without_a_contract_stops():
    held = report_of(dataset(MAIL), dataset(MAIL, name="strangers"))
    [one] = judged(held, CONTRACT).violations
    assert (one.dataset, one.rule, one.columns) == ("strangers", "columns", ())


# ------------------------------------------------------------------ what is new

NEW = policy()
LAX = policy(stop_new=[])


def old(*columns, name="people"):
    return report_of(dataset(*columns, name=name)).datasets


def test_a_my_number_column_that_appears_stops_under_the_laxest_policy():
    held = people(MAIL, NUMBER)
    [one] = judged(held, NEW, old=old(MAIL)).violations
    assert (one.rule, one.columns) == ("stop_new", ("n",))
    assert one.message["en"] == "NEW: My Number (12 digits) in n"
    assert broken(held, NEW, old=old(MAIL, NUMBER)) == []
    assert broken(held, NEW) == []
    assert broken(held, LAX, old=old(MAIL)) == []


def test_it_is_new_in_another_column_in_another_dataset_and_protected_too():
    elsewhere = column("other", found("my_number"))
    assert broken(people(NUMBER, elsewhere), NEW, old=old(NUMBER)) == ["stop_new"]
    assert broken(people(NUMBER), NEW, old=old(NUMBER, name="others")) == ["stop_new"]
    assert broken(people(TOKEN), NEW, old=old(MAIL)) == ["stop_new"]


def test_data_that_is_not_named_may_appear():
    assert broken(people(MAIL), NEW, old=old()) == []


# ------------------------------------------------------------------ what is incomplete

PART = Unread("people.csv", "", "cut off", 10, 0, "people")


def unread(share, part=PART):
    held = people(MAIL, unread_share=share)
    return replace(held, unread=(part,), complete=False)


@pytest.mark.parametrize(("share", "passes"), [(0.01, True), (0.05, True), (0.06, False)])
def test_a_policy_says_how_much_may_stay_unread(share, passes):
    asked = policy(incomplete={"unread_share": 0.05})
    assert judged(unread(share), asked).passed is passes
    assert not judged(unread(share), policy()).passed


@pytest.mark.parametrize("share", [0.0, float("nan")])
def test_an_unknown_share_is_not_tolerated(share):
    assert not judged(unread(share), policy(incomplete={"unread_share": 1})).passed


def test_a_part_of_no_dataset_is_not_tolerated():
    strange = replace(PART, dataset="")
    asked = policy(incomplete={"unread_share": 1})
    assert not judged(unread(0.01, strange), asked).passed


def test_detectors_that_the_policy_asks_for_must_have_run():
    held = report_of(
        dataset(MAIL), not_run={"ocr": "pip install it", "faces": "left out by choice"}
    )
    named = judged(held, policy(incomplete={"left_out": False, "detectors": ["ocr"]}))
    assert named.incomplete == ("detectors that the policy asks for did not run: ocr",)
    chosen = judged(held, policy(incomplete={"left_out": False, "detectors": ["faces"]}))
    assert chosen.incomplete == ("detectors that the policy asks for did not run: faces",)
    assert judged(held, policy(incomplete={"left_out": False})).passed
    assert not judged(held, policy(incomplete={"left_out": False, "extras": True})).passed


def test_texts_read_in_part_are_incomplete_where_all_are_asked_for():
    held = people(MAIL, sampled=(Sampled("ner", "mail", 10, 100),))
    assert judged(held, policy()).passed
    given = judged(held, policy(incomplete={"whole_texts": True}))
    assert given.incomplete == ("people: ner read 10 of 100 texts of mail",)
    whole = people(MAIL, sampled=(Sampled("ner", "mail", 100, 100),))
    assert judged(whole, policy(incomplete={"whole_texts": True})).passed


def test_a_report_of_other_rules_is_no_answer():
    held = people(MAIL)
    strange = replace(held, tool=replace(held.tool, rules_digest="others"))
    assert judged(strange, policy(), own_rules=False).incomplete == (
        "the report was made by other rules than those in force",
    )
    assert judged(held, policy(), own_rules=False).passed


def test_a_confidence_that_is_no_number_counts_as_sure():
    held = people(column("n", found("my_number", confidence=float("nan"))))
    assert broken(held, policy(forbid=["my_number"])) == ["forbid"]


@pytest.mark.parametrize(("rows", "answer"), [(0, ([], True)), (100, (["columns"], False))])
def test_data_of_which_nothing_was_read_break_no_contract_and_do_not_pass(rows, answer):
    contract = policy(columns=[{"required": {"id": "number"}}])
    bare = replace(dataset(), columns=(), rows=rows, unread_share=0)
    given = judged(report_of(bare), contract)
    assert ([v.rule for v in given.violations], bool(given.incomplete)) == answer
    assert not given.passed
