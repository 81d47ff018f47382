"""A signature covers what was said; what changes that re-opens it, and nothing else does."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from assessed import CUSTOMERS, MACHINES, NAMED, assessed, column, dataset, found, people, report_of
from hypothesis import given, settings
from hypothesis import strategies as st

from privscan.assess.answers import Answers, Signature
from privscan.assess.context import Context
from privscan.assess.impact import assess
from privscan.assess.organisation import Organisation
from privscan.assess.signoff import level, routing
from privscan.model.assessment import Signed, Status
from privscan.model.kinds import Level, Severity

MANY = replace(CUSTOMERS, subjects=1_000_000)
MAIL = dataset(column("mail", found("email")))


def made(report, answers=None, organisation=NAMED):
    return assess(
        (report,), people(report, organisation=organisation, answers=answers or Answers())
    )


def signed(report, *, but=(), decision="approve", name="P. Officer", organisation=NAMED):
    """Answers in which every role of every dataset has signed what the report now says."""
    signatures = [
        Signature(
            role=s.role, dataset=d.dataset, name=name, date="2026-11-25", decision=decision,
            covers=s.covers,
        )
        for d in made(report, organisation=organisation).datasets
        for s in d.signoffs
        if s.role not in but
    ]  # fmt: skip
    return Answers(signoffs=tuple(signatures))


def states(assessment):
    return {s.role: s.state for d in assessment.datasets for s in d.signoffs}


def test_the_level_decides_who_signs():
    routes = routing().routes
    assert {*routes} == {*Level}
    assert routes[Level.LOW] == ("owner",)
    assert "governance_officer" in routes[Level.VERY_HIGH]
    ranks = sorted(Level, key=lambda at: at.rank)
    assert all({*routes[a]} <= {*routes[b]} for a, b in pairwise(ranks))
    assert level(replace(CUSTOMERS, risk=None)) is Level.VERY_HIGH


def test_without_signatures_it_is_a_draft():
    assert assessed(CUSTOMERS).status is Status.DRAFT
    assert {*states(assessed(CUSTOMERS)).values()} == {Signed.MISSING}


def test_very_high_without_the_governance_officer_stays_a_draft():
    report = report_of(MANY)
    assert report.level is Level.VERY_HIGH
    assert made(report, signed(report, but=("governance_officer",))).status is Status.DRAFT
    assert made(report, signed(report)).status is Status.APPROVED


@pytest.mark.parametrize(
    ("decision", "status"),
    [
        ("approve", Status.APPROVED),
        ("conditions", Status.CONDITIONS),
        ("reject", Status.REJECTED),
        ("refer", Status.REFERRED),
    ],
)
def test_the_decision_is_the_status(decision, status):
    report = report_of(MAIL)
    assert made(report, signed(report, decision=decision)).status is status


def test_one_rejection_outweighs_approvals():
    report = report_of(CUSTOMERS)
    first, *others = signed(report).signoffs
    refused = first.model_copy(update={"decision": "reject"})
    assert made(report, Answers(signoffs=(refused, *others))).status is Status.REJECTED


def test_a_new_finding_reopens_and_is_named():
    report = report_of(MAIL)
    answers = signed(report)
    new = report_of(replace(MAIL, columns=(*MAIL.columns, column("n", found("my_number")))))
    after = made(new, answers)
    assert after.status is Status.DRAFT
    owner = after.datasets[0].signoffs[0]
    assert owner.state is Signed.REOPENED
    assert any("MYN" in text["en"] for text in owner.changed)
    assert all(text["ja"] for text in owner.changed)


def test_a_new_finding_in_one_dataset_leaves_the_signatures_of_others():
    other = dataset(column("mail", found("email")), name="others")
    answers = signed(report_of(MAIL, other))
    worse = replace(MAIL, columns=(*MAIL.columns, column("n", found("my_number"))))
    after = {d.dataset: d for d in made(report_of(worse, other), answers).datasets}
    assert after["people"].signoffs[0].state is Signed.REOPENED
    assert {s.state for s in after["others"].signoffs} == {Signed.CURRENT}


@pytest.mark.parametrize(
    "change", [{"threshold": "at least 7 subjects"}, {"severity": Severity.VERY_HIGH}], ids=str
)
def test_a_changed_threshold_or_severity_reopens(change):
    report = report_of(MAIL)
    first, *rest = report.findings
    changed = replace(report, findings=(replace(first, **change), *rest))
    owner = made(changed, signed(report)).datasets[0].signoffs[0]
    assert owner.state is Signed.REOPENED
    assert any(first.check in text["en"] for text in owner.changed)


def test_counts_scores_and_wordings_do_not_reopen():
    report = report_of(MAIL)
    first, *rest = report.findings
    reworded = replace(first, measured="200 cells", confidence=0.9, message={"en": "x", "ja": "y"})
    moved = replace(report, findings=(reworded, *rest), score=report.score + 1)
    assert made(moved, signed(report)).status is Status.APPROVED


def test_a_finding_that_is_gone_and_a_level_that_fell_do_not_reopen():
    report = report_of(CUSTOMERS)
    calmer = report_of(replace(CUSTOMERS, columns=CUSTOMERS.columns[:1]))
    assert calmer.level.rank < report.level.rank
    owner = made(calmer, signed(report)).datasets[0].signoffs[0]
    gone = {f.id for f in calmer.findings} - {f.id for f in report.findings}
    assert (owner.state is Signed.CURRENT) is (not gone)


def test_changed_weights_reopen(monkeypatch):
    report = report_of(MAIL)
    answers = signed(report)
    from privscan.assess import signoff

    rules = signoff.rulebook()
    scoring = rules.scoring.model_copy(update={"core_floor": 0.3})
    monkeypatch.setattr(signoff, "rulebook", lambda: replace(rules, scoring=scoring))
    assert {*states(made(report, answers)).values()} == {Signed.REOPENED}


def test_a_role_in_other_hands_reopens_and_its_holder_signs():
    report = report_of(CUSTOMERS)
    after = made(report, signed(report, name="Somebody Else"))
    assert states(after)["privacy_officer"] is Signed.REOPENED
    assert states(after)["committee"] is Signed.CURRENT


def test_the_newest_signature_of_a_role_counts():
    report = report_of(MAIL)
    new, *others = signed(report).signoffs
    old = new.model_copy(update={"covers": (), "date": "2025-01-01"})
    assert made(report, Answers(signoffs=(new, old, *others))).status is Status.APPROVED
    assert made(report, Answers(signoffs=(old, new, *others))).status is Status.DRAFT


def test_an_unread_part_or_nobody_responsible_keeps_it_a_draft_and_says_why():
    report = report_of(MAIL, complete=False)
    unread = made(report, signed(report))
    assert unread.status is Status.DRAFT
    assert "scan is incomplete" in unread.datasets[0].draft_because[0]["en"]
    whole = report_of(MAIL)
    nobody = made(whole, signed(whole), organisation=Organisation())
    assert nobody.status is Status.DRAFT
    assert "responsible" in {gap.key for gap in nobody.gaps}
    assert made(whole, signed(whole)).gaps == ()


def test_machines_need_the_owner_only():
    report = report_of(MACHINES)
    assert [*states(made(report))] == ["owner"]
    assert made(report, signed(report)).status is Status.APPROVED


COLUMNS = {
    "mail": column("mail", found("email")),
    "who": column("who", found("name_full")),
    "n": column("n", found("my_number")),
    "face": column("face", found("face_template")),
    "ill": column("ill", found("health_condition")),
}
NAMES = ("one", "two", "three")


@settings(max_examples=25, deadline=None)
@given(
    st.dictionaries(st.sampled_from(NAMES), st.sets(st.sampled_from([*COLUMNS]), min_size=1), min_size=1),
    st.sampled_from(NAMES),
    st.sampled_from([*COLUMNS]),
)  # fmt: skip
def test_a_new_kind_of_data_reopens_exactly_the_datasets_it_is_in(held, where, new):
    def report(sets):
        tables = (
            dataset(*(COLUMNS[c] for c in sorted(cs)), name=n) for n, cs in sorted(sets.items())
        )
        return report_of(*tables)

    before = report(held)
    answers = signed(before)
    after = report({**held, where: held.get(where, set()) | {new}})
    old = {f.id for f in before.findings}
    level_before = {d.name: d.risk.level.rank for d in before.datasets}
    for made in made_of(after, answers):
        fresh = {f.id for f in after.findings if f.dataset == made.dataset} - old
        states = {s.role: s.state for s in made.signoffs}
        if made.dataset not in held:
            assert {*states.values()} == {Signed.MISSING}
            continue
        worse = level(next(d for d in after.datasets if d.name == made.dataset)).rank
        touched = bool(fresh) or worse > level_before[made.dataset] or changed(made, before, after)
        reopened = {state for state in states.values() if state is not Signed.MISSING}
        assert reopened == {Signed.REOPENED if touched else Signed.CURRENT}
        if made.dataset != where:
            assert reopened == {Signed.CURRENT}


def made_of(report, answers):
    return made(report, answers).datasets


def changed(assessed_, before, after):
    """Whether a finding that was signed says something else now, such as clauses that joined it."""

    def judged(report):
        return {
            f.id: (f.severity, f.certainty, f.threshold, f.citations)
            for f in report.findings if f.dataset == assessed_.dataset
        }  # fmt: skip

    old, new = judged(before), judged(after)
    return any(old[one] != new[one] for one in {*old} & {*new})


@settings(max_examples=25, deadline=None)
@given(
    st.sets(st.sampled_from([*COLUMNS]), min_size=1), st.integers(0, 30), st.sampled_from([1, 2, 3])
)
def test_a_changed_threshold_reopens_the_signatures_on_its_datasets_and_no_other(held, at, how):
    one = dataset(*(COLUMNS[c] for c in sorted(held)), name="one")
    two = dataset(COLUMNS["mail"], name="two")
    report = report_of(one, two)
    answers = signed(report)
    target = report.findings[at % len(report.findings)]
    changes = {1: {"threshold": "another"}, 2: {"severity": other_than(target.severity)},
               3: {"measured": "more", "confidence": 0.5}}[how]  # fmt: skip
    moved = replace(
        report,
        findings=tuple(replace(f, **changes) if f is target else f for f in report.findings),
    )
    for made_ in made_of(moved, answers):
        touched = how != 3 and made_.dataset == target.dataset
        expected = Signed.REOPENED if touched else Signed.CURRENT
        assert {s.state for s in made_.signoffs} == {expected}
        if touched:
            assert all(target.check in t["en"] for s in made_.signoffs for t in s.changed)


def other_than(severity):
    return next(one for one in Severity if one is not severity)


def test_another_purpose_reopens_and_another_owner_does_not():
    told = Context(purposes=("newsletter",), jurisdictions=("JP",))
    report = report_of(MAIL, context=told)

    def state(context, answers):
        whole = assess(
            (report,), people(report, context=context, organisation=NAMED, answers=answers)
        )
        return whole.datasets[0].signoffs[0]

    covers = state(told, Answers()).covers
    given_ = Signature(role="owner", dataset="people", name="P", date="2026-01-01",
                       decision="approve", covers=covers)  # fmt: skip
    answers = Answers(signoffs=(given_,))
    assert state(told, answers).state is Signed.CURRENT
    other = told.model_copy(update={"purposes": ("advertising",)})
    assert state(other, answers).state is Signed.REOPENED
    assert "purpose" in state(other, answers).changed[0]["en"]
    owned = told.model_copy(update={"owner": "Somebody"})
    assert state(owned, answers).state is Signed.CURRENT
    # A signature from before declarations were covered says nothing of them.
    early = given_.model_copy(
        update={"covers": tuple(c for c in covers if not c.startswith("declared"))}
    )
    assert state(told, Answers(signoffs=(early,))).state is Signed.CURRENT


def test_the_owner_named_in_dataset_yaml_goes_before_the_organisations():
    named = Organisation.model_validate(
        {"roles": {"owner": {"name": "O"}, "privacy_officer": {"name": "P. Officer"}}}
    )
    posted = Context(owner="Head of Research")
    report = report_of(MAIL, context=posted)

    def owner(context, name):
        [d] = assess((report,), people(report, context=context, organisation=named)).datasets
        one = Signature(role="owner", dataset="people", name=name, date="2026-01-01",
                        decision="approve", covers=d.signoffs[0].covers)  # fmt: skip
        said = people(report, context=context, organisation=named, answers=Answers(signoffs=(one,)))
        return assess((report,), said).datasets[0].signoffs[0].state

    assert owner(posted, "Whoever is head") is Signed.CURRENT
    assert owner(Context(purposes=("x",)), "Whoever is head") is Signed.REOPENED
    assert owner(Context(purposes=("x",)), "O") is Signed.CURRENT
