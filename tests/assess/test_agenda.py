"""Few questions first, what to do and why; places, trends and figures of an assessment."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from assessed import (
    BODIES,
    CUSTOMERS,
    MACHINES,
    NAMED,
    assessed,
    column,
    dataset,
    found,
    people,
    report_of,
)

from privscan.assess.answers import Answers, same_place
from privscan.assess.context import Context
from privscan.assess.impact import People, assess, questions
from privscan.assess.rejudge import rejudged
from privscan.assess.waiting import SETTLED
from privscan.model.assessment import Signed
from privscan.model.data import Unread

JP = Context(
    purposes=("pay",), jurisdictions=("JP",), phase="operation", owner="Data", contact="c@example.com",
    legal_basis="law", retention_days=10, controller="Example", recipients=("nobody",), affairs=("tax",),
    needed_columns=("mail", "who", "n"),
)  # fmt: skip
MAIL = dataset(column("mail", found("email")), name="mail")


def asked(made):
    return {key for one in made.asked for key in one.keys}


def step(made, key):
    return next((one for one in made.first if one.key == key), None)


@pytest.mark.parametrize("profile", [CUSTOMERS, BODIES], ids=["customers", "bodies"])
def test_before_laws_are_declared_few_questions_are_put_and_all_are_kept(profile):
    made = assessed(profile)
    every = [*questions(made)]
    assert len(every) > 40
    assert len(made.asked) <= 10
    assert made.waiting == sum(bool(q.waits) for q in every)
    assert made.datasets[0].undeclared[0] == "jurisdictions"
    assert all(q.waits or q.key in asked(made) for q in every)
    assert step(made, "undeclared").what["ja"] != step(made, "undeclared").what["en"]


def test_what_is_declared_is_waited_for_no_longer():
    keys = {k for q in questions(assessed(CUSTOMERS, context=JP)) for k in q.waits}
    assert keys <= SETTLED
    assert step(assessed(CUSTOMERS, context=JP), "undeclared") is None
    waits = {k for q in questions(assessed(CUSTOMERS)) for k in q.waits}
    assert {"jurisdictions", "phase", "purposes"} <= waits


def test_only_the_sheet_of_the_declared_phase_is_put():
    put = {one.about for one in assessed(CUSTOMERS, context=JP).asked}
    assert any(about.startswith("RUN-") for about in put)
    assert not any(about.startswith(("PLAN-", "DESIGN-")) for about in put)


def test_criteria_are_put_only_where_the_answer_changes_the_outcome():
    def criteria(profile, context):
        put = assessed(profile, context=context).asked
        return {one.about for one in put if one.about.startswith("WP248")}

    told = JP.model_copy(update={"jurisdictions": ("EU",)})
    assert len(criteria(MAIL, told)) == 9
    assert criteria(replace(CUSTOMERS, subjects=50_000), told) == set()
    assert criteria(MACHINES, told) == set()


def test_the_same_question_of_several_datasets_is_put_once_with_a_key_for_each():
    twin = replace(CUSTOMERS, name="twin")
    made = assessed(CUSTOMERS, twin, context=JP)
    one = next(one for one in made.asked if one.about == "RUN-FAIR")
    assert {*one.keys} == {"RUN-FAIR@people", "RUN-FAIR@twin"}
    assert {*one.datasets} == {"people", "twin"}
    texts = [(one.about, one.text["en"]) for one in made.asked]
    assert len(texts) == len({*texts})


def test_the_organisation_is_asked_once_and_a_star_answers_for_all():
    twin = replace(CUSTOMERS, name="twin")
    drill = [o for o in assessed(CUSTOMERS, twin, context=JP).asked if o.about == "RUN-DRILL"]
    assert [one.keys for one in drill] == [("RUN-DRILL@*",)]
    said = {"RUN-FAIR@*": {"answer": "yes"}, "RUN-FAIR@twin": {"answer": "no"}}
    made = assessed(CUSTOMERS, twin, context=JP, answers=answers(questions=said))
    ticked = {(d.dataset, b.id): b.ticked for d in made.datasets for b in d.boxes}
    assert ticked["people", "RUN-FAIR"]
    assert not ticked["twin", "RUN-FAIR"]
    assert "RUN-FAIR" not in {one.about for one in made.asked}


def test_a_rules_id_answers_its_question_for_every_dataset():
    made = assessed(CUSTOMERS, context=JP)
    question = next(q for q in made.datasets[0].questions if not q.waits)
    said = answers(questions={question.about: {"answer": "because"}})
    again = assessed(CUSTOMERS, context=JP, answers=said)
    assert next(q for q in again.datasets[0].questions if q.key == question.key).answer.answer


def answers(**said):
    return Answers.model_validate(said)


def test_the_gravest_questions_come_first():
    made = assessed(CUSTOMERS, BODIES, context=JP)
    ranks = {f.id: f.severity.rank for f in made.report.findings}
    put = [max(ranks.get(key, 0) for key in one.keys) for one in made.asked]
    graver = [rank for rank in put if rank > 2]
    assert put[: len(graver)] == graver


def test_steps_name_what_blocks_the_rest_first_and_say_why_in_both_languages():
    unread = replace(report_of(CUSTOMERS, complete=False), unread=(Unread("x", "", "y"),))
    made = assess((unread,), people(unread))
    keys = [one.key for one in made.first]
    assert keys[0] == "unread"
    assert keys.index("undeclared") < keys.index("unanswered") < keys.index("unsigned")
    assert all(t[lang] for one in made.first for t in (one.what, one.why) for lang in ("en", "ja"))
    assert step(assessed(MACHINES, organisation=NAMED), "unnamed") is None


def test_the_dataset_with_the_highest_score_is_first_everywhere():
    made = assessed(MAIL, CUSTOMERS, MACHINES, context=JP)
    scores = [d.risk.score for d in made.report.datasets]
    assert scores == sorted(scores, reverse=True)
    assert [d.dataset for d in made.datasets] == [d.name for d in made.report.datasets]
    assert step(made, "unplanned").datasets[0] == made.datasets[0].dataset


PLAN = {"people": {"owner": "Data", "due": "2026-03-01"}}


@pytest.mark.parametrize(
    ("today", "done", "late"),
    [
        (date(2026, 3, 2), "", True),
        (date(2026, 3, 1), "", False),
        (date(2026, 3, 2), "2026-02-01", False),
        (None, "", False),
    ],
)
def test_measures_are_overdue_the_day_after_unless_done(today, done, late):
    report = report_of(CUSTOMERS)
    said = answers(measures={"people": {**PLAN["people"], "done": done}})
    made = assess((report,), people(report, answers=said), today=today)
    assert made.datasets[0].bundle.overdue is late
    assert (step(made, "overdue") is not None) is late
    counts = {one.key: one.count for one in made.figures}
    assert counts["measures_overdue"] == late
    assert counts["measures_done"] == bool(done)


def test_where_no_measure_is_left_nothing_is_overdue():
    report = report_of(MACHINES)
    plan = answers(measures={"machines": PLAN["people"]})
    made = assess((report,), people(report, answers=plan), today=date(2030, 1, 1))
    assert not made.datasets[0].bundle.overdue


def test_an_unread_part_of_one_dataset_leaves_the_others_alone():
    whole = report_of(MAIL, CUSTOMERS, complete=False)
    report = replace(whole, unread=(Unread("x", "", "y", dataset="people"),))
    made = assess((report,), people(report, organisation=NAMED))
    because = {d.dataset: bool(d.draft_because) for d in made.datasets}
    assert because == {"people": True, "mail": False}
    nowhere = replace(whole, unread=(Unread("x", "", "y"),))
    everywhere = assess((nowhere,), people(nowhere, organisation=NAMED))
    assert all(d.draft_because for d in everywhere.datasets)


def test_a_report_is_judged_by_what_is_declared_now_and_stays_where_nothing_is():
    report = report_of(CUSTOMERS, MAIL)
    assert rejudged(report, {}) is report
    assert rejudged(report, {"people": Context()}) is report
    told = {d.name: JP for d in report.datasets}
    again = rejudged(report, told)
    scanned = report_of(*report.datasets, context=JP)
    assert {f.id for f in again.findings} == {f.id for f in scanned.findings}
    assert again.findings != report.findings
    assert "GDPR" in again.tool.not_evaluated
    assert rejudged(again, told) == again


def test_findings_of_another_law_are_gone_once_it_is_said_which_holds():
    made = assess((report_of(CUSTOMERS),), People({"people": JP}))
    laws = {c.law for f in made.report.findings for c in f.citations}
    assert "APPI" in laws
    assert "GDPR" not in laws


def signature(report, context=JP):
    made = assess((report,), People({d.name: context for d in report.datasets}, NAMED))
    return [
        {"role": s.role, "dataset": d.key, "name": "P. Officer", "date": "2026-01-01",
         "decision": "approve", "covers": s.covers}
        for d in made.datasets for s in d.signoffs
    ]  # fmt: skip


def test_answers_and_signatures_of_a_namesake_elsewhere_do_not_count():
    here = report_of(replace(CUSTOMERS, uri="a/people.csv"))
    there = report_of(replace(CUSTOMERS, uri="b/people.csv"))
    said = answers(
        datasets={"people": "a/people.csv"},
        questions={"RUN-FAIR@people": {"answer": "yes"}},
        signoffs=signature(here),
    )

    def made(report):
        [one] = assess((report,), People({"people": JP}, NAMED, said)).datasets
        return one, {b.id: b for b in one.boxes}["RUN-FAIR"], {s.state for s in one.signoffs}

    _, box, states = made(here)
    assert box.ticked
    assert states == {Signed.CURRENT}
    other, box, states = made(there)
    assert not box.ticked
    assert states == {Signed.MISSING}
    assert other.key != "people"
    assert box.question.key == f"RUN-FAIR@{other.key}"
    assert "a/people.csv" in other.draft_because[0]["ja"]
    assert made(there)[0].key == other.key


def test_keys_of_namesakes_are_kept_apart_and_found_again():
    first = Answers()
    assert first.name_of("people", "a/people.csv") == "people"
    second = answers(datasets={"people": "a/people.csv", "people~1234": "b/people.csv"})
    assert second.name_of("people", "b/people.csv") == "people~1234"
    assert second.name_of("people", "/mnt/b/people.csv") == "people~1234"
    assert second.name_of("people", "a/people.csv") == "people"
    assert second.name_of("peoples", "c.csv") == "peoples"
    said = answers(
        datasets=dict(second.datasets),
        questions={
            "X@people": {"answer": "yes"},
            "f00~1234": {"answer": "so"},
            "f00": {"answer": "no"},
        },
    )
    assert said.about("people", "people~1234")["f00"].answer == "so"
    assert "X@people" not in said.about("people", "people~1234")
    assert said.about("people", "people")["f00"].answer == "no"


@pytest.mark.parametrize(
    ("known", "uri", "same"),
    [
        ("data/a.csv", "/srv/data/a.csv", True),
        ("/srv/data/a.csv", "data/a.csv", True),
        ("exports/*/a.csv", "exports/2026-05/a.csv", True),
        ("data/a.csv", "other/a.csv", False),
        ("data/a.csv", "data/b.csv", False),
        ("year=[1]/a", "year=[1]/a", True),
    ],
)
def test_a_place_is_the_same_seen_from_elsewhere_or_by_its_pattern(known, uri, same):
    assert same_place(known, uri) is same


def test_each_dataset_has_its_history_and_changed_rules_are_named():
    old, new = report_of(MAIL), report_of(CUSTOMERS, MAIL)
    tool = replace(new.tool, rules_digest="other")
    first, *rest = new.findings
    mended = replace(new, tool=tool)
    made = assess((old, mended), people(new))
    past = {d.dataset: d.history for d in made.datasets}
    assert [one.scan for one in past["mail"]] == [1, 2]
    assert [one.scan for one in past["people"]] == [2]
    assert made.trend[1].rules_changed == ()
    worse = replace(mended, findings=(replace(first, threshold="at least 7"), *rest))
    assert assess((new, worse), people(new)).trend[1].rules_changed[0].check == first.check
    same = replace(worse, tool=new.tool)
    assert assess((new, same), people(new)).trend[1].rules_changed == ()


def test_a_history_names_kinds_that_are_new_and_gone():
    [made] = assess(
        (report_of(replace(MAIL, name="people")), report_of(CUSTOMERS)), People()
    ).datasets
    assert "my_number" in made.history[1].new
    assert made.history[1].gone == ()
    [back] = assess(
        (report_of(CUSTOMERS), report_of(replace(MAIL, name="people"))), People()
    ).datasets
    assert "my_number" in back.history[1].gone


def test_figures_are_sums_over_the_datasets():
    report = report_of(CUSTOMERS, MAIL, replace(MACHINES, unread_share=0.5))
    told = People({"people": JP, "mail": Context(owner="Data")})
    made = {one.key: (one.count, one.of) for one in assess((report,), told).figures}
    assert made["with_purpose"] == (1, 3)
    assert made["with_owner"] == (2, 3)
    assert made["with_signoff"] == (0, 3)
    assert made["bytes_unread"] == (500, 3000)
    assert made["answers_given"][0] == 0


def test_where_the_gdpr_was_not_declared_its_threshold_is_for_reference_and_asks_no_more():
    japan = assessed(CUSTOMERS, context=JP).datasets[0].threshold
    assert [one.result for one in japan.outcomes] == ["undecided", "jp_number"]
    assert "For reference" in japan.outcomes[0].text["en"]
    assert all(c.question.waits == ("outcome",) for c in japan.criteria if c.question)
    both = JP.model_copy(update={"jurisdictions": ("JP", "DE")})
    europe = assessed(CUSTOMERS, context=both).datasets[0].threshold
    assert "For reference" not in europe.outcomes[0].text["en"]
    assert all(c.question.waits == () for c in europe.criteria if c.question)


@pytest.mark.parametrize(
    ("places", "asked_for", "not_asked"),
    [
        (("JP",), {"address", "safety", "procedure"}, {"officer", "transfers"}),
        (("FR",), {"officer", "transfers"}, {"address", "safety", "procedure"}),
        ((), set(), {"address", "safety", "procedure", "officer", "transfers"}),
        (("EU", "JP"), {"address", "officer"}, set()),
    ],
)
def test_the_notice_asks_what_the_declared_laws_want_told(places, asked_for, not_asked):
    context = JP.model_copy(update={"jurisdictions": places})
    made = assessed(CUSTOMERS, context=context).datasets[0].notice
    assert asked_for <= {*made.missing}
    assert not not_asked & {*made.missing}
    said = "\n".join(p["en"] for p in made.paragraphs)
    assert ("supervisory authority" in said) is ("officer" in asked_for)
    assert said.count("[to be filled in") == len(made.missing)


def test_the_dialogue_sheet_puts_no_question_that_waits_and_none_of_the_organisations_own():
    from privscan.assessments import markdown

    said = markdown.render(assessed(BODIES), part="dialogue")
    assert "dataset.yaml" not in said
    assert "last trained" not in said
    assert "necessary and proportionate" in said
