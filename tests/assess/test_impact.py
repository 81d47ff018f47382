"""The notice, the dialogue sheet, the trend, the gaps and the organisation of an assessment."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from assessed import (
    BODIES,
    CUSTOMERS,
    MACHINES,
    NAMED,
    NOBODY,
    assessed,
    column,
    dataset,
    found,
    people,
    report_of,
)

from privscan.assess.context import Context
from privscan.assess.impact import assess, questions
from privscan.assess.notice import FACE
from privscan.assess.organisation import (
    Organisation,
    Roles,
    find_organisation,
    gaps,
    load_organisation,
    template,
)
from privscan.assess.prefill import prefilled
from privscan.errors import RuleError
from privscan.model.kinds import State
from privscan.rulebook.load import rulebook

LANGUAGES = ("en", "ja")


def notice(profile, context=NOBODY, **said):
    return assessed(profile, context=context, **said).datasets[0].notice


def text(made, lang):
    return "\n".join(paragraph[lang] for paragraph in made.paragraphs)


@pytest.mark.parametrize("profile", [CUSTOMERS, BODIES], ids=["customers", "bodies"])
def test_the_notice_lists_every_detected_category_in_both_languages(profile):
    made = notice(profile)
    entities = {e.entity for c in profile.columns for e in c.entities}
    assert {*made.categories} == entities
    for entity in entities:
        for lang, label in rulebook().entities[entity].label.both().items():
            assert label.rstrip(".") in text(made, lang)


def test_what_is_removed_or_less_likely_than_not_is_not_in_the_notice():
    profile = dataset(
        column("a", found("email", state=State.REMOVED)),
        column("b", found("phone", confidence=0.4)),
    )
    assert notice(profile).categories == ()
    assert "no personal data" in text(notice(profile), "en")


def test_the_notice_names_face_recognition_where_it_applies_and_only_there():
    assert FACE in notice(BODIES).paragraphs
    assert "1-14" in text(notice(BODIES), "ja")
    photos = dataset(column("photo", found("face_image")))
    assert FACE not in notice(photos).paragraphs
    recognised = notice(photos, Context(uses=("remote_identification",)))
    assert FACE in recognised.paragraphs
    assert FACE not in notice(CUSTOMERS, Context(uses=("ai_training",))).paragraphs


def test_the_notice_holds_what_was_declared_and_a_placeholder_for_the_rest():
    context = Context(purposes=("the newsletter",), retention_days=730)
    made = notice(CUSTOMERS, context)
    for lang in LANGUAGES:
        assert "the newsletter" in text(made, lang)
        assert "730" in text(made, lang)
    assert {"contact", "legal_basis", "controller"} <= {*made.missing}
    assert "purposes" not in made.missing
    assert text(made, "ja").count("【要記入") == len(made.missing)
    assert text(made, "en").count("[to be filled in") == len(made.missing)
    assert "contact" not in notice(CUSTOMERS, organisation=NAMED).missing


def test_bodies_children_and_matching_go_to_the_dialogue_sheet_and_nothing_else():
    sheet = assessed(BODIES).datasets[0].dialogue
    assert any(f.columns == ("template",) for f in sheet)
    assert assessed(MACHINES).datasets[0].dialogue == ()
    mails = dataset(column("mail", found("email", state=State.TOKEN_KEYED)))
    assert assessed(mails).datasets[0].dialogue == ()


def test_every_question_is_asked_once_and_has_both_languages():
    asked = [*questions(assessed(CUSTOMERS, replace(BODIES, name="bodies")))]
    keys = [q.key for q in asked]
    assert len(keys) == len({*keys})
    assert all(q.text[lang] for q in asked for lang in LANGUAGES)


def test_the_trend_names_what_is_new_and_gone():
    mail = dataset(column("mail", found("email")))
    old, new = report_of(mail), report_of(CUSTOMERS)
    first, second = assess((old, new), people(new)).trend
    assert (first.new, first.gone) == ((), ())
    assert "MYN-9" in " ".join(second.new)
    assert (first.findings, second.findings) == (len(old.findings), len(new.findings))
    back = assess((new, old), people(old)).trend[1]
    assert "MYN-9" in " ".join(back.gone)


def test_a_finding_on_more_columns_is_new_and_not_gone_too():
    mail, number = column("mail", found("email")), column("n", found("my_number"))
    old, new = report_of(dataset(mail)), report_of(dataset(mail, number))
    wider = {f.check for f in old.findings if f.columns} & {f.check for f in new.findings}
    assert "GDPR-4-1" in wider
    [_, grown] = assess((old, new), people(new)).trend
    assert "GDPR-4-1" in grown.new
    assert not wider & {*grown.gone}
    [_, back] = assess((new, old), people(old)).trend
    assert not wider & {*back.new, *back.gone}
    assert "MYN-9" in back.gone
    elsewhere = report_of(replace(dataset(mail), name="others"))
    [_, moved] = assess((old, elsewhere), people(elsewhere)).trend
    assert wider <= {*moved.new} & {*moved.gone}


def test_a_second_scan_names_new_data_growth_and_a_higher_level():
    mail = dataset(column("mail", found("email")), subjects=900)
    old, new = report_of(mail), report_of(replace(CUSTOMERS, subjects=1000))
    [made] = assess((old, new), people(new)).datasets
    said = " ".join(text["en"] for text in made.drift)
    assert "NEW: My Number (12 digits) (n)" in said
    assert "1,000 people" in said
    assert "WORSE" in said
    assert "e-mail" not in said.lower()
    assert all(text["ja"] for text in made.drift)
    [back] = assess((new, old), people(old)).datasets
    assert back.drift == ()
    [only] = assess((new,), people(new)).datasets
    assert only.drift == ()
    [unknown] = assess((report_of(MACHINES), new), people(new)).datasets
    assert "NEW dataset" in unknown.drift[0]["en"]


def test_what_was_declared_since_is_not_told_as_a_change_of_the_data():
    before = report_of(CUSTOMERS)
    declared = Context(subjects="children", exposure="public")
    now = assess((before, before), people(before, context=declared))
    assert now.report.score > before.score
    assert now.datasets[0].drift == ()
    more = report_of(replace(CUSTOMERS, subjects=20_000))
    grown = assess((before, more), people(more, context=declared))
    assert any("10,000" in text["en"] for text in grown.datasets[0].drift)


def test_the_mean_score_is_that_of_the_datasets():
    report = report_of(CUSTOMERS, replace(MACHINES, name="m"))
    [past] = assess((report,), people(report)).trend
    assert past.mean == pytest.approx(sum(d.risk.score for d in report.datasets) / 2)


def test_the_trend_counts_declared_purposes():
    report = report_of(CUSTOMERS)
    told = people(report, context=Context(purposes=("x",)))
    assert assess((report,), told).trend[0].with_purpose == 1
    assert assess((report,), people(report)).trend[0].with_purpose == 0


def test_every_rule_that_fired_has_a_lesson_of_two_sentences_in_both_languages():
    made = assessed(CUSTOMERS)
    assert {one.check for one in made.lessons} == {f.check for f in made.report.findings}
    for one in made.lessons:
        assert len(re.findall(r"[.](?= |$)", one.text["en"])) == 2
        assert one.text["ja"].count("。") == 2


def test_a_lesson_counts_findings_and_scans():
    old, new = report_of(CUSTOMERS), report_of(CUSTOMERS, BODIES)
    made = assess((old, new), people(new))
    often = {one.check: (one.times, one.scans) for one in made.lessons}
    assert often["PURPOSE-MISSING"] == (1, 2)
    assert often["PURPOSE-BIOMETRIC"] == (1, 1)
    assert often["ACCOUNTABILITY-OWNER"] == (2, 2)


def test_a_rule_that_these_rules_do_not_know_teaches_by_its_principle():
    report = report_of(CUSTOMERS)
    gone = replace(report.findings[0], check="GONE-1")
    made = assess((replace(report, findings=(gone,)),), people(report))
    [lesson] = made.lessons
    assert lesson.text["ja"].endswith(gone.advice["ja"])
    assert lesson.text["en"] != gone.advice["en"]


def test_nothing_scanned_is_a_draft():
    assert assessed().status.value == "draft"
    assert assessed().datasets == ()


def test_what_the_organisation_does_not_say_is_a_gap():
    assert {gap.key for gap in gaps(Organisation())} == {
        "policy", "responsible", "resources", "contact",
    }  # fmt: skip
    assert all(gap.text[lang] for gap in gaps(Organisation()) for lang in LANGUAGES)
    named = NAMED.model_copy(update={"roles": Roles()})
    assert {gap.key for gap in gaps(named)} == {"responsible"}


def test_the_template_of_org_yaml_is_one_when_its_marks_are_taken_off(tmp_path):
    file = tmp_path / "org.yaml"
    file.write_text(template(), "utf-8")
    assert load_organisation(file) == Organisation()
    lines = template().splitlines()[3:]
    keys = [line.removeprefix("# ") for line in lines if ": " in line or line.endswith(":")]
    file.write_text("\n".join(k for k in keys if not k.lstrip().startswith("#")), "utf-8")
    full = load_organisation(file)
    assert gaps(full) == ()
    assert all(full.holder(role) for role in Roles.model_fields)
    assert find_organisation(tmp_path / "no", tmp_path) == file
    assert find_organisation(tmp_path / "no") is None


def test_a_wrong_key_in_org_yaml_is_an_error_with_its_line(tmp_path):
    file = tmp_path / "org.yaml"
    file.write_text("name: X\nroles:\n  privacy_oficer: {name: A}\n", "utf-8")
    with pytest.raises(RuleError, match="privacy_oficer") as error:
        load_organisation(file)
    assert error.value.where.endswith("org.yaml:3")
    assert "privacy_officer" in error.value.hint


def test_a_dataset_yaml_is_prefilled_with_columns_and_nothing_a_scan_cannot_know(tmp_path):
    from privscan.assess.context import load_context

    odd = dataset(column('a"\n: x', found("email")), column("celsius"))
    written = prefilled([odd])
    assert '"a\\"\\n: x": E-mail' in written
    assert "celsius" not in written
    file = tmp_path / "dataset.yaml"
    file.write_text(written, "utf-8")
    assert load_context(file) == Context()
    [line] = [one for one in written.splitlines() if one.startswith("# needed_columns")]
    file.write_text(line.removeprefix("# "), "utf-8")
    assert load_context(file).needed_columns == ('a"\n: x',)
    assert "# purposes: [send" in written
