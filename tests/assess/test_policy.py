"""The gate: every key of a policy binds, and whatever is unknown fails."""

from __future__ import annotations

import shutil
import warnings
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import privscan as ps
from privscan.assess.breaches import IN_CLEAR
from privscan.assess.context import Context
from privscan.assess.policies import load_policy
from privscan.assess.policy import Beside, tightened, verdict
from privscan.errors import IncompleteError, PolicyViolationError, RuleError, UsageError
from privscan.model.data import Unread
from privscan.model.finding import Finding
from privscan.model.kinds import Certainty, Level, Severity, State
from privscan.model.profile import Risk
from privscan.model.report import Report, Tool
from privscan.rulebook.examples import check_rules, example_profile
from privscan.rulebook.folders import rules_folder
from privscan.rulebook.load import rulebook
from privscan.rulebook.policies import Policy
from privscan.rulebook.schema import Example
from privscan.rulebook.skeletons import skeleton

RULES = rulebook()


def policy(**bounds):
    words = {"about": {"en": "a test", "ja": "試験"}, "source": "test", "status": "test"}
    return Policy.model_validate({"id": "test", "as_of": "2026-11-23"} | words | bounds)


def dataset(points=10.0, most=None, has=None, confidence=1.0):
    """A dataset with that score, and its entities in their states."""
    profile = example_profile(Example(fires=True, has=has or {}))
    columns = tuple(
        replace(c, entities=tuple(replace(e, confidence=confidence) for e in c.entities))
        for c in profile.columns
    )
    level = Level.NONE_DETECTED if points == 0 else _level(points)
    at = Risk(points, level, (points, points if most is None else most), ())
    return replace(profile, columns=columns, risk=at)


def _level(points):
    cuts = RULES.scoring.cuts
    return max((at for at, cut in cuts.items() if points >= cut), key=lambda at: at.rank)


def report(*datasets, findings=(), unread=(), complete=True):
    worst = max((d.risk.score for d in datasets if d.risk), default=0.0)
    tool = Tool("0", "r", "p", {}, {}, ())
    level = Level.NONE_DETECTED if not worst else _level(worst)
    return Report(
        tool=tool,
        score=worst,
        level=level,
        complete=complete,
        datasets=datasets,
        findings=findings,
        unread=unread,
    )


def finding(severity):
    said = {"en": "something is wrong", "ja": "問題がある"}
    return Finding(
        id="0" * 12, check="CHECK", principles=("privacy",), viewpoints=("privacy",),
        phase="design", severity=severity, confidence=1.0, certainty=Certainty.SCAN_SUFFICIENT,
        dataset="example", columns=("c",), measured="m", threshold="t", citations=(),
        message=said, advice=said,
    )  # fmt: skip


def broken(given_report, **bounds):
    """The rules of the policy that the report breaks."""
    return [v.rule for v in verdict(given_report, policy(**bounds), RULES).violations]


@pytest.mark.parametrize(
    ("points", "most", "breaks"),
    [(40, 40, False), (40.1, 40.1, True), (10, 40.1, True), (10, 39, False), (0, 0, False)],
)
def test_max_score_asks_the_upper_end(points, most, breaks):
    found = broken(report(dataset(points, most)), max_score=40)
    assert found == (["max_score"] if breaks else [])


def test_a_score_that_is_no_number_breaks_any_policy():
    assert broken(report(dataset(10, float("nan")))) == ["score"]


@pytest.mark.parametrize(
    ("points", "most", "breaks"),
    [(59, 59, False), (60, 60, True), (95, 95, True), (55, 61, True), (0, 0, False)],
)
def test_stop_at_stops_at_the_level_and_above(points, most, breaks):
    assert broken(report(dataset(points, most)), stop_at="high") == (["stop_at"] if breaks else [])


@pytest.mark.parametrize("at", list(Severity))
def test_fail_on_fails_at_the_severity_and_above(at):
    held = report(dataset(), findings=(finding(at),))
    for bound in Severity:
        breaks = at.rank >= bound.rank
        assert broken(held, fail_on=bound) == (["fail_on CHECK"] if breaks else [])


@pytest.mark.parametrize("state", list(State))
def test_what_is_forbidden_in_clear_may_be_there_protected(state):
    held = report(dataset(has={"my_number": state}))
    clear = state in {State.PLAIN, State.HASH_UNSALTED_GUESSABLE}
    assert broken(held, forbid_clear=["gov_id"]) == (["forbid_clear"] if clear else [])
    assert (state in IN_CLEAR) is clear


@pytest.mark.parametrize("state", list(State))
def test_what_is_forbidden_may_not_be_there_in_any_state(state):
    held = report(dataset(has={"my_number": state}))
    there = state is not State.REMOVED
    assert broken(held, forbid=["my_number"]) == (["forbid"] if there else [])


def test_what_is_not_named_is_not_forbidden():
    held = report(dataset(has={"email": State.PLAIN}))
    assert broken(held, forbid=["phone"], forbid_clear=["gov_id"]) == []


@pytest.mark.parametrize(("confidence", "breaks"), [(0.69, False), (0.7, True), (1, True)])
def test_least_confidence_says_how_sure_a_detection_must_be(confidence, breaks):
    held = report(dataset(has={"my_number": State.PLAIN}, confidence=confidence))
    found = broken(held, forbid_clear=["my_number"], least_confidence=0.7)
    assert found == (["forbid_clear"] if breaks else [])


def test_a_violation_says_what_where_and_the_bound():
    held = report(dataset(has={"card_number": State.PLAIN}))
    one = verdict(held, policy(forbid_clear=["card_number"]), RULES).violations[0]
    assert (one.dataset, one.columns) == ("example", ("card_number",))
    assert (one.measured, one.threshold) == ("100 cells", "0 cells")
    assert one.message["en"] == "Payment card number (PAN) stands in clear in card_number"
    assert "平文" in one.message["ja"]
    assert "stands" not in one.message["ja"]


def test_every_violation_is_said_in_both_languages():
    held = report(
        dataset(95, 99, has={"iban": State.PLAIN, "email": State.PLAIN}),
        replace(dataset(), name="b", risk=None), findings=(finding(Severity.HIGH),),
    )  # fmt: skip
    bounds = {"max_score": 40, "stop_at": "high", "fail_on": "high"}
    found = verdict(held, policy(**bounds, forbid=["iban"], forbid_clear=["email"]), RULES)
    rules = {v.rule.split()[0] for v in found.violations}
    assert rules == {"score", "max_score", "stop_at", "forbid", "forbid_clear", "fail_on"}
    for violation in found.violations:
        assert set(violation.message) == {"en", "ja"}
        assert violation.message["en"] != violation.message["ja"]


def test_a_column_with_braces_in_its_name_is_named_as_it_is():
    held = dataset(has={"iban": State.PLAIN})
    odd = replace(held, columns=tuple(replace(c, path="{0} {x}") for c in held.columns))
    [one] = verdict(report(odd), policy(forbid=["iban"]), RULES).violations
    assert one.message["en"].endswith("in {0} {x}")


def test_each_dataset_is_judged():
    clean, bad = dataset(), replace(dataset(has={"iban": State.PLAIN}), name="bad")
    found = verdict(report(clean, bad), policy(forbid=["iban"]), RULES).violations
    assert [v.dataset for v in found] == ["bad"]


# ------------------------------------------------------------------ fails closed

UNREAD = Unread("data/a.csv", "", "cut off", 10, 0)


@pytest.mark.parametrize(
    ("held", "why"),
    [
        (report(), "nothing was scanned"),
        (report(dataset(), unread=(UNREAD,), complete=False), "data/a.csv: cut off"),
        (report(dataset(), unread=(UNREAD,)), "data/a.csv: cut off"),
        (report(dataset(), complete=False), "the report says that it is incomplete"),
    ],
)
def test_an_incomplete_answer_never_passes(held, why):
    found = verdict(held, policy(), RULES)
    assert not found.passed
    assert found.violations == ()
    assert found.incomplete == (why,)
    with pytest.raises(IncompleteError, match="policy test"):
        found.enforce()


def test_detectors_left_out_by_choice_make_the_answer_incomplete():
    held = report(dataset())
    tool = replace(held.tool, not_run=dict.fromkeys(("faces", "phone"), "left out by choice"))
    found = verdict(replace(held, tool=tool), policy(), RULES)
    assert not found.passed
    assert found.incomplete == ("detectors left out by choice: faces, phone",)


def test_a_detector_whose_package_is_missing_does_not():
    held = report(dataset())
    tool = replace(held.tool, not_run={"ocr": "pip install 'privscan[ocr]'"})
    assert verdict(replace(held, tool=tool), policy(), RULES).passed


def test_a_dataset_without_a_score_never_passes():
    held = report(replace(dataset(), risk=None))
    assert not verdict(held, policy(), RULES).passed


def test_many_unread_parts_are_counted_not_listed():
    many = tuple(replace(UNREAD, uri=f"{i}.csv") for i in range(2000))
    found = verdict(report(dataset(), unread=many), policy(), RULES)
    assert len(found.incomplete) == 6
    assert found.incomplete[-1] == "and 1,995 more parts unread"


def test_a_violation_weighs_more_than_an_unread_part():
    held = report(dataset(95), unread=(UNREAD,), complete=False)
    with pytest.raises(PolicyViolationError, match="reaches high"):
        verdict(held, policy(stop_at="high"), RULES).enforce()


def test_a_clean_and_complete_report_passes():
    found = verdict(report(dataset()), load_policy("ingest"), RULES)
    assert found.passed
    found.enforce()


# ------------------------------------------------------------------ the shipped policy


@pytest.mark.parametrize(
    "entity",
    [
        "my_number", "national_id", "passport", "driving_licence", "residence_card",
        "pension_number", "resident_record_code", "tax_id", "health_insurance_no",
        "care_insurance_no", "employment_ins_no", "card_number", "face_template",
        "biometric_template", "fingerprint", "palm_print", "palm_vein", "iris", "retina",
        "voiceprint", "gait", "dna_sequence",
    ],
)  # fmt: skip
def test_ingest_stops_at_numbers_cards_and_biometric_records_in_clear(entity):
    ingest, safe = load_policy("ingest"), dataset(has={entity: State.ENCRYPTED_KEY_APART})
    told = Beside({safe.name: Context(purposes=("doors",))})
    clear = verdict(report(dataset(has={entity: State.PLAIN})), ingest, RULES, told)
    kept = report(safe)
    assert [v.rule for v in clear.violations] == ["forbid_clear"]
    assert verdict(kept, ingest, RULES, told).passed
    body = entity in RULES.groups["biometric"] | {"dna_sequence"}
    untold = verdict(kept, ingest, RULES).violations
    assert [v.rule for v in untold] == (["declare"] if body else [])


@pytest.mark.parametrize("entity", ["email", "face_image", "voice_recording", "customer_id"])
def test_ingest_lets_pass_what_is_no_number_card_or_record(entity):
    assert verdict(report(dataset(has={entity: State.PLAIN})), load_policy("ingest"), RULES).passed


@pytest.mark.parametrize(("points", "passes"), [(59.9, True), (60, False), (99, False)])
def test_ingest_stops_at_level_high(points, passes):
    assert verdict(report(dataset(points)), load_policy("ingest"), RULES).passed is passes


def test_the_groups_hold_every_number_and_every_record_of_the_entities():
    numbers = {e.id for e in RULES.entities.values() if e.category == "gov_id" and e.role == "D"}
    records = {e.id for e in RULES.entities.values() if e.role == "B"}
    assert numbers == RULES.groups["gov_id"]
    assert records == RULES.groups["biometric"] | {"dna_sequence"}


# ------------------------------------------------------------------ tightened for one call

BOUNDS = st.fixed_dictionaries(
    {
        "max_score": st.none() | st.floats(0, 100),
        "fail_on": st.none() | st.sampled_from(list(Severity)),
    }
)


@given(BOUNDS, BOUNDS, st.floats(0, 100), st.sampled_from(list(Severity)))
def test_bounds_given_never_let_pass_what_the_policy_stops(own, more, most, worst):
    held = report(dataset(most), findings=(finding(worst),))
    stops = [not verdict(held, policy(**bounds), RULES).passed for bounds in (own, more)]
    tight = tightened(policy(**own), **more)
    assert verdict(held, tight, RULES).passed is not any(stops)


@pytest.mark.parametrize(
    ("max_score", "fail_on"),
    [(101, None), (-1, None), (float("nan"), None), ("lots", None), (None, "hihg")],
)
def test_a_wrong_bound_is_a_usage_error(max_score, fail_on):
    with pytest.raises(UsageError, match="from 0 to 100"):
        tightened(policy(), max_score, fail_on)


def test_a_policy_made_by_copying_is_tightened_without_a_warning():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        copied = policy().model_copy(update={"fail_on": "high", "max_score": 5})
        tight = ps.decide(report(dataset(4)), policy=copied, fail_on="very_high", max_score=100)
    assert tight.passed
    assert not ps.decide(report(dataset(6)), policy=copied, max_score=100).passed
    assert not ps.decide(report(dataset(0), findings=(finding(Severity.HIGH),)),
                         policy=copied, fail_on="very_high").passed  # fmt: skip


# ------------------------------------------------------------------ policy files

GOOD = skeleton("policy", "mine")


def test_a_policy_file_is_read(tmp_path):
    file = tmp_path / "policy.yaml"
    file.write_text(GOOD, encoding="utf-8")
    found = load_policy(file)
    assert (found.id, found.max_score, found.fail_on) == ("mine", 60, Severity.HIGH)


@pytest.mark.parametrize(
    ("old", "new", "line", "hint"),
    [
        ("max_score", "max_scor", 4, "max_score"),
        ("forbid_clear", "forbidclear", 6, "forbid_clear"),
        ("gov_id", "gov_ids", 6, "gov_id"),
        ("card_number", "card_nummer", 6, "card_number"),
        ("fail_on: high", "fail_on: hi", 5, ""),
        ("max_score: 60", "max_score: lots", 4, ""),
        ("max_score: 60", "max_score: .nan", 4, ""),
        ("max_score: 60", "max_score: 101", 4, ""),
        ("max_score: 60", "max_score: -1", 4, ""),
        ("max_score: 60", "max_score: 60\nleast_confidence: 2", 5, ""),
        ("[gov_id, card_number]", "gov_id", 6, ""),
    ],
)
def test_a_wrong_policy_file_says_where_and_what_is_near(tmp_path, old, new, line, hint):
    file = tmp_path / "policy.yaml"
    file.write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(RuleError) as caught:
        load_policy(file)
    assert caught.value.where == f"{file}:{line}"
    assert hint in caught.value.hint


def test_an_unknown_policy_names_the_near_one():
    with pytest.raises(UsageError, match="did you mean 'ingest'"):
        load_policy("ingst")
    with pytest.raises(UsageError, match="shipped are"):
        load_policy("nowhere/none.yaml")


def test_rules_check_reads_the_policy_files_of_a_folder(tmp_path):
    rules = tmp_path / "rules"
    shutil.copytree(rules_folder(), rules)
    file = rules / "policies" / "mine.yaml"
    file.write_text(GOOD, encoding="utf-8")
    assert check_rules(rules) == []
    file.write_text(GOOD.replace("gov_id", "gov_idd"), encoding="utf-8")
    assert [(e.where, e.hint) for e in check_rules(rules)] == [
        (f"{file}:6", "did you mean 'gov_id'?")
    ]
