"""Whether an assessment is needed: met by evidence, by declaration, by a person, or open."""

from __future__ import annotations

import pytest
from assessed import BODIES, CUSTOMERS, MACHINES, assessed, column, dataset, found

from privscan.assess.answers import Answers
from privscan.assess.context import Context
from privscan.model.assessment import Settled
from privscan.model.profile import Link


def judged(profile, **said):
    [made] = assessed(profile, **said).datasets
    return made.threshold, {c.id: c for c in made.threshold.criteria}


def results(threshold):
    return {one.scheme: one.result for one in threshold.outcomes}


def no_to(*numbers, dataset="people"):
    said = {f"WP248-{n}@{dataset}": {"answer": "no", "by": "A"} for n in numbers}
    return Answers.model_validate({"questions": said})


def test_sensitive_data_meets_its_criterion_by_evidence():
    threshold, criteria = judged(CUSTOMERS)
    assert len(criteria) == 9
    assert (criteria["WP248-4"].met, criteria["WP248-4"].settled) == (True, Settled.EVIDENCE)
    assert "my_number in n" in criteria["WP248-4"].shown[0]
    assert (threshold.met, threshold.open) == (1, 8)


def test_what_evidence_does_not_show_is_open_and_never_ruled_out():
    threshold, criteria = judged(MACHINES)
    assert {c.met for c in criteria.values()} == {None}
    assert all(c.question for c in criteria.values())
    assert results(threshold) == {"WP248": "nothing", "JIS X 9251": "nothing"}


def test_templates_meet_two_criteria_and_an_assessment_is_needed():
    threshold, _ = judged(BODIES)
    assert threshold.met == 2
    assert results(threshold) == {"WP248": "needed", "JIS X 9251": "jp_recommended"}


@pytest.mark.parametrize(("subjects", "met"), [(9_999, None), (10_000, True)])
def test_large_scale_is_met_from_ten_thousand_people_on(subjects, met):
    _, criteria = judged(dataset(column("mail", found("email")), subjects=subjects))
    assert criteria["WP248-5"].met is met


def test_machines_are_no_people_however_many():
    _, criteria = judged(dataset(column("celsius"), subjects=20_000))
    assert criteria["WP248-5"].met is None


def test_a_class_as_often_wrong_as_right_only_asks():
    unsure = dataset(column("n", found("my_number", confidence=0.55)))
    _, criteria = judged(unsure)
    assert criteria["WP248-4"].met is None
    assert criteria["WP248-4"].shown


@pytest.mark.parametrize(
    ("context", "criterion"),
    [
        (Context(subjects="employees"), "WP248-7"),
        (Context(uses=("automated_decisions",)), "WP248-2"),
        (Context(uses=("ai_training",)), "WP248-8"),
    ],
    ids=["employees", "automated", "training"],
)
def test_declarations_meet_criteria(context, criterion):
    _, criteria = judged(CUSTOMERS, context=context)
    assert (criteria[criterion].met, criteria[criterion].settled) == (True, Settled.DECLARED)
    assert criteria[criterion].shown
    _, untold = judged(CUSTOMERS, context=Context(subjects="customers"))
    assert untold[criterion].met is None


def test_a_measured_join_meets_the_criterion_of_matching():
    linked = dataset(column("mail", found("email")), links=(Link("shop", "mail", 0.8),))
    _, criteria = judged(linked)
    assert criteria["WP248-6"].met is True
    assert judged(CUSTOMERS)[1]["WP248-6"].met is None


def test_a_persons_no_rules_out_and_evidence_outweighs_it():
    threshold, criteria = judged(CUSTOMERS, answers=no_to(*range(1, 10)))
    assert criteria["WP248-1"].met is False
    assert criteria["WP248-4"].met is True
    assert (threshold.met, threshold.open) == (1, 0)
    assert results(threshold) == {"WP248": "single", "JIS X 9251": "jp_number"}


def test_nothing_met_and_nothing_open_is_not_indicated():
    mails = dataset(column("mail", found("email")))
    threshold, _ = judged(mails, answers=no_to(*range(1, 10)))
    assert results(threshold) == {"WP248": "not_indicated", "JIS X 9251": "jp_open"}
    undecided, _ = judged(mails, answers=no_to(1, 2, 3))
    assert results(undecided)["WP248"] == "undecided"


def test_answers_to_another_dataset_rule_nothing_out():
    threshold, _ = judged(CUSTOMERS, answers=no_to(*range(1, 10), dataset="others"))
    assert threshold.open == 8
