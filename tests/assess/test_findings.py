"""Findings: which rules speak on which data, what they say, and how they are named."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from privscan.assess.context import Context
from privscan.assess.findings import findings, not_evaluated
from privscan.model.kinds import Certainty, Level, Severity, State
from privscan.rulebook.examples import example_profile
from privscan.rulebook.load import rulebook
from privscan.rulebook.schema import Example

RULES = rulebook()
EU, JP, US, ILLINOIS = (Context(jurisdictions=(j,)) for j in ("EU", "JP", "US", "US-IL"))
FILLED = {
    "owner": "Head of Marketing",
    "contact": "privacy@example.com",
    "purposes": ("send the newsletter",),
    "legal_basis": "consent",
    "retention_days": 365,
}


def people(*entities, state=State.PLAIN, **more):
    """A profile of a table with one column for each entity, all in one state."""
    has = dict.fromkeys(entities, state)
    return example_profile(Example(fires=True, has=has, **more))


def said(profile, context=EU):
    """All clauses and checks that speak, by id: those that share a finding too."""
    spoken = findings(profile, RULES, context)
    clauses = {(c.law, c.article) for f in spoken for c in f.citations[1:]}
    return {r.id for r in RULES.rules if (r.law, r.article) in clauses and r.law != "NEC"} | {
        f.check for f in spoken
    }


# ------------------------------------------------------------------ which rules speak


@pytest.mark.parametrize(
    ("rule", "entity", "context"),
    [
        ("GDPR-9-1", "health_condition", EU),
        ("GDPR-9-1", "trade_union", EU),
        ("GDPR-4-13", "dna_sequence", EU),
        ("GDPR-4-14", "fingerprint", EU),
        ("GDPR-10", "criminal_record", EU),
        ("GDPR-87", "national_id", EU),
        ("GDPR-R51-PHOTO", "face_image", EU),
        ("GDPR-8", "minor", EU),
        ("APPI-2-3", "health_condition", JP),
        ("APPI-2-3", "crime_victim", JP),
        ("APPI-2-3", "social_status", JP),
        ("APPI-2-2-BODY", "face_template", JP),
        ("APPI-2-2-NUMBER", "driving_licence", JP),
        ("MYN-2-8", "my_number", JP),
        ("AIA-5-1-E-SIGNS", "face_template", EU),
        ("AIA-5-1-F-SIGNS", "emotion", EU),
        ("AIA-50-3", "emotion", EU),
        ("AIA-III-1", "voiceprint", EU),
        ("BIPA-10", "face_template", ILLINOIS),
        ("BIPA-10", "voiceprint", ILLINOIS),
        ("BIPA-15-C", "iris", ILLINOIS),
    ],
)
def test_a_clause_speaks_of_what_it_is_about(rule, entity, context):
    assert rule in said(people(entity), context)


@pytest.mark.parametrize(
    ("rule", "entity", "context"),
    [
        ("GDPR-9-1", "salary", EU),
        ("GDPR-9-1", "face_image", EU),
        ("GDPR-9-1", "nationality", EU),
        ("GDPR-10", "crime_victim", EU),
        ("GDPR-87", "passport", EU),
        ("GDPR-4-14", "face_image", EU),
        ("GDPR-4-14", "voice_recording", EU),
        ("APPI-2-3", "nationality", JP),
        ("APPI-2-3", "education", JP),
        ("APPI-2-3", "trade_union", JP),
        ("APPI-2-2-BODY", "face_image", JP),
        ("APPI-2-2-NUMBER", "customer_id", JP),
        ("APPI-2-2-NUMBER", "health_insurance_no", JP),
        ("MYN-2-8", "national_id", JP),
        ("AIA-5-1-E-SIGNS", "face_image", EU),
        ("AIA-5-1-F-SIGNS", "mental_health", EU),
        ("AIA-III-1", "voice_recording", EU),
        ("BIPA-10", "face_image", ILLINOIS),
        ("BIPA-10", "voice_recording", ILLINOIS),
        ("BIPA-10", "dob", ILLINOIS),
    ],
)
def test_a_clause_keeps_silent_on_what_it_is_not_about(rule, entity, context):
    assert rule not in said(people(entity), context)


@pytest.mark.parametrize(
    ("rule", "context", "entity", "least"),
    [
        ("APPI-26-1000", JP, "email", 1001),
        ("GDPR-35-3-B", EU, "health_condition", 10_000),
        ("MYN-29-4", JP, "my_number", 101),
        ("MYN-28-PIA", JP, "my_number", 1000),
        ("APPI-26-SPECIAL", JP, "health_condition", 1),
        ("AIA-5-1-E-SIGNS", EU, "face_image", 1000),
    ],
)
def test_the_number_of_persons_decides(rule, context, entity, least):
    assert rule in said(people(entity, subjects=least), context)
    assert rule not in said(people(entity, subjects=least - 1), context)


def test_a_leak_of_encrypted_special_data_need_not_be_reported():
    safe = people("health_condition", state=State.ENCRYPTED_KEY_APART)
    assert "APPI-26-SPECIAL" in said(people("health_condition"), JP)
    assert "APPI-26-SPECIAL" not in said(safe, JP)


def test_insurer_and_insured_number_are_a_code_only_together():
    assert "APPI-2-2-INSURANCE" in said(people("health_insurance_no", columns=2), JP)
    assert "APPI-2-2-INSURANCE" not in said(people("health_insurance_no"), JP)
    assert "APPI-2-2-INSURANCE" not in said(people("care_insurance_no"), JP)


def test_a_photograph_becomes_biometric_only_by_a_template():
    photo, template = people("face_image"), people("face_template")
    for rule, context in (
        ("GDPR-9-1", EU),
        ("APPI-2-2-BODY", JP),
        ("BIPA-10", ILLINOIS),
        ("PRIVACY-BIOMETRIC", EU),
    ):
        assert rule not in said(photo, context)
        assert rule in said(template, context)
    assert "GDPR-R51-PHOTO" not in said(people("face_image", "face_template"))


def test_bodies_labelled_with_beliefs_are_asked_about():
    assert "AIA-5-1-G" in said(people("face_image", "religion"))
    assert "AIA-5-1-G" not in said(people("face_image", "gender"))
    assert "AIA-5-1-G" not in said(people("religion"))


def test_faces_declared_from_the_web_are_graver_than_faces_from_nobody_knows_where():
    web = Context(jurisdictions=("EU",), uses=("web_scraping",))
    cameras = Context(jurisdictions=("EU",), uses=("public_cameras",))
    faces = people("face_image", subjects=2000)
    [banned] = [f for f in findings(faces, RULES, web) if f.check.startswith("AIA-5-1-E")]
    assert (banned.check, banned.severity) == ("AIA-5-1-E", Severity.VERY_HIGH)
    assert banned.certainty is Certainty.NEEDS_CONTEXT
    assert [c.article for c in banned.citations].count("5(1)(e)") == 1
    faces = people("face_image", subjects=20)
    [asked] = [f for f in findings(faces, RULES, cameras) if f.check.startswith("AIA-5-1-E")]
    assert (asked.check, asked.severity) == ("AIA-5-1-E-SIGNS", Severity.MEDIUM)
    assert not {"AIA-5-1-E", "AIA-5-1-E-SIGNS"} & said(faces, EU)


@pytest.mark.parametrize("entity", ["face_template", "emotion", "performance"])
def test_the_ai_act_only_asks(entity):
    profile = people(entity, "religion")
    spoken = [f for f in findings(profile, RULES, EU) if f.citations[0].law == "EU AI Act"]
    assert spoken
    assert all(f.certainty is Certainty.NEEDS_CONTEXT and f.question for f in spoken)


SAFE_HARBOR = [
    "name_full", "name_family", "username", "address", "postal_code", "city", "gps", "dob",
    "phone", "fax", "email", "national_id", "medical_record_no", "health_insurance_no", "iban",
    "customer_id", "wallet_address", "driving_licence", "passport", "vehicle_plate", "vin",
    "device_id", "mac_address", "ad_id", "personal_url", "ip_address", "face_template",
    "fingerprint", "voiceprint", "iris", "palm_vein", "gait", "biometric_template", "face_image",
    "dna_sequence",
]  # fmt: skip


@pytest.mark.parametrize("entity", SAFE_HARBOR)
def test_each_of_the_eighteen_identifiers_undoes_safe_harbor(entity):
    spoken = findings(people("health_condition", entity), RULES, US)
    found = next(f for f in spoken if f.check == "HIPAA-SH")
    assert found.columns == (entity,)
    assert "HIPAA-SH" not in said(people(entity), US) or entity in RULES.groups["health"]


@pytest.mark.parametrize("entity", ["age", "gender", "user_agent", "nationality", "pseudonym"])
def test_what_safe_harbor_leaves_in_does_not_undo_it(entity):
    assert "HIPAA-SH" not in said(people("health_condition", entity), US)


@pytest.mark.parametrize("entity", ["dob", "postal_code"])
def test_a_year_or_three_digits_are_no_identifiers(entity):
    columns = people("health_condition", entity, state=State.GENERALISED)
    assert "HIPAA-SH" not in said(columns, US)


def test_a_code_derived_from_the_person_undoes_safe_harbor():
    plain, derived = (
        people("health_condition", "pseudonym"),
        people("health_condition", "pseudonym", state=State.HASH_UNSALTED),
    )
    assert "HIPAA-SH" not in said(plain, US)
    assert "HIPAA-SH" in said(derived, US)


@pytest.mark.parametrize(
    ("days", "speaks"), [(None, True), (365, False), (1095, False), (1096, True)]
)
def test_illinois_wants_biometric_data_gone_after_three_years(days, speaks):
    context = Context(jurisdictions=("US-IL",), retention_days=days)
    assert ("BIPA-15-A" in said(people("fingerprint"), context)) is speaks


def test_two_criteria_of_wp248_ask_for_an_assessment_and_one_does_not():
    patients = Context(jurisdictions=("EU",), subjects="patients")
    assert "GDPR-35-WP248" in said(people("health_condition"), patients)
    assert "GDPR-35-WP248" not in said(people("health_condition"), EU)
    assert "GDPR-35-WP248" not in said(people("email", subjects=1_000_000), EU)


# ------------------------------------------------------------------ principles


def test_all_seven_principles_are_there_privacy_first():
    assert list(RULES.principles) == [
        "privacy",
        "fairness",
        "transparency",
        "accountability",
        "proper_utilisation",
        "ai_development",
        "multi_stakeholder_dialogue",
    ]


@pytest.mark.parametrize("rule", RULES.rules, ids=lambda rule: rule.id)
def test_each_rule_speaks_on_its_examples_and_only_there(rule):
    place = rule.jurisdictions[:1]
    for example in rule.examples:
        context = Context.model_validate({"jurisdictions": place} | example.context)
        spoken = rule.id in said(example_profile(example), context)
        assert spoken is example.fires, example


@pytest.mark.parametrize("principle", list(RULES.principles))
def test_each_principle_has_a_check_of_its_own(principle):
    checks = [rule for rule in RULES.checks if rule.principles[0] == principle]
    assert checks
    assert all(rule.law == "NEC" for rule in checks)


# ------------------------------------------------------------------ what a finding holds


@pytest.fixture(scope="module")
def spoken():
    """Every finding that any rule's example makes."""
    found = []
    for rule in RULES.rules:
        for example in rule.examples:
            context = Context.model_validate(
                {"jurisdictions": rule.jurisdictions[:1]} | example.context
            )
            found += findings(example_profile(example), RULES, context)
    return found


def test_a_finding_is_whole(spoken):
    for f in spoken:
        assert re.fullmatch(r"[0-9a-f]{12}", f.id)
        assert f.check in {rule.id for rule in RULES.rules}
        assert set(f.principles) <= RULES.principles.keys()
        assert f.viewpoints
        assert f.phase in {"planning", "design", "operation"}
        assert isinstance(f.severity, Severity)
        assert 0.5 <= f.confidence <= 1
        assert f.measured
        assert f.threshold
        for citation in f.citations:
            assert citation.law
            assert citation.status
            assert citation.source in {"T", "S", "M"}


def test_a_finding_speaks_both_languages(spoken):
    for f in spoken:
        for text in filter(None, (f.message, f.advice, f.question)):
            assert set(text) == {"en", "ja"}
            assert "{" not in text["en"] + text["ja"]
            assert re.search(r"[ぁ-んァ-ヶ一-龠]", text["ja"])
            assert not re.search(r"[ぁ-んァ-ヶ一-龠]", text["en"])
            assert ".." not in text["en"]


def test_a_law_that_nobody_declared_can_only_ask():
    unknown = findings(people("health_condition", "my_number"), RULES, Context())
    laws = [f for f in unknown if f.citations[0].law != "NEC"]
    assert {"GDPR", "APPI", "My Number Act"} <= {f.citations[0].law for f in laws}
    assert all(f.certainty is Certainty.NEEDS_CONTEXT and f.question for f in laws)
    known = findings(people("health_condition"), RULES, JP)
    sure = next(f for f in known if f.check == "APPI-26-SPECIAL")
    assert sure.certainty is Certainty.SCAN_SUFFICIENT


@pytest.mark.parametrize(
    ("context", "silent"),
    [
        (EU, {"APPI", "My Number Act", "BIPA", "HIPAA"}),
        (JP, {"GDPR", "EU AI Act", "BIPA", "HIPAA"}),
        (US, {"GDPR", "EU AI Act", "APPI", "My Number Act"}),
        (ILLINOIS, {"GDPR", "EU AI Act", "APPI", "My Number Act"}),
        (Context(jurisdictions=("US-CA",)), {"GDPR", "BIPA"}),
        (Context(), set()),
    ],
)
def test_a_law_of_another_place_keeps_silent_and_is_disclosed(context, silent):
    profile = people("health_condition", "my_number", "fingerprint", "email")
    laws = {c.law for f in findings(profile, RULES, context) for c in f.citations}
    assert not laws & silent
    assert silent <= not_evaluated(RULES, context)
    assert not laws & not_evaluated(RULES, context)


def test_a_missing_contact_is_a_finding_until_it_is_declared():
    told = Context(jurisdictions=("EU",), contact="privacy@example.com")
    [asked] = [f for f in findings(people("email"), RULES, EU) if f.check == "TRANSPARENCY-CONTACT"]
    assert asked.question
    assert "TRANSPARENCY-CONTACT" not in said(people("email"), told)
    assert "TRANSPARENCY-CONTACT" not in said(people(), EU)


def test_worst_comes_first():
    ranks = [f.severity.rank for f in findings(people("my_number", "religion"), RULES, JP)]
    assert ranks == sorted(ranks, reverse=True)
    assert len(set(ranks)) > 1


# ------------------------------------------------------------------ names of findings


def recounted(profile, factor):
    """The same columns after `factor` times as many rows."""
    columns = tuple(
        replace(
            c,
            rows=c.rows * factor,
            distinct=c.distinct * factor,
            entities=tuple(
                replace(e, cells=e.cells * factor, confidence=0.9, share=0.9) for e in c.entities
            ),
        )
        for c in profile.columns
    )
    return replace(profile, rows=profile.rows * factor, subjects=200, columns=columns)


def test_a_fingerprint_holds_no_count_score_or_row():
    before = people("email", "health_condition", subjects=100)
    after = recounted(before, 7)
    ids = {f.check: f.id for f in findings(before, RULES, EU)}
    again = {f.check: f.id for f in findings(after, RULES, EU)}
    assert ids.items() <= again.items()
    assert {*again} - {*ids} <= {"GDPR-5-1-D"}  # asked from a share of cells on
    measured = {f.check: f.measured for f in findings(before, RULES, EU)}
    assert measured != {f.check: f.measured for f in findings(after, RULES, EU)}


def test_a_fingerprint_differs_by_dataset_check_and_columns():
    one = people("email")
    ids = [f.id for f in findings(one, RULES, EU)]
    assert len(set(ids)) == len(ids)
    assert not {*ids} & {f.id for f in findings(replace(one, name="other"), RULES, EU)}
    moved = replace(one, columns=(replace(one.columns[0], path="other"),))
    clear = "PRIVACY-DIRECT-CLEAR"
    assert {f.id for f in findings(one, RULES, EU) if f.check == clear}.isdisjoint(
        f.id for f in findings(moved, RULES, EU)
    )


def test_a_gap_of_the_dataset_keeps_its_name_when_a_column_comes():
    gap = "ACCOUNTABILITY-OWNER"
    one, two = (
        next(f for f in findings(p, RULES, EU) if f.check == gap)
        for p in (people("email"), people("email", "phone"))
    )
    assert one.id == two.id
    assert one.columns == ()


# ------------------------------------------------------------------ no noise


def test_nothing_personal_means_no_finding():
    nothing = example_profile(Example(fires=False, level=Level.NONE_DETECTED))
    for context in (Context(), EU, JP, ILLINOIS):
        assert findings(nothing, RULES, context) == ()


def test_an_unread_part_alone_is_said_once():
    garbled = example_profile(Example(fires=False, level=Level.MEDIUM, unread=0.9))
    assert [f.check for f in findings(garbled, RULES, Context())] == ["ACCOUNTABILITY-UNREAD"]


@pytest.mark.parametrize("confidence", [0.0, 0.2, 0.49])
def test_what_is_not_believed_makes_no_finding(confidence):
    one = people("my_number", level=Level.NONE_DETECTED)
    column = one.columns[0]
    weak = replace(column.entities[0], confidence=confidence)
    doubtful = replace(one, columns=(replace(column, entities=(weak,)),))
    assert findings(doubtful, RULES, Context()) == ()


def test_what_was_removed_makes_no_finding():
    gone = people("my_number", "email", state=State.REMOVED, level=Level.NONE_DETECTED)
    assert findings(gone, RULES, Context()) == ()


def test_credentials_alone_say_nothing_about_people():
    found = findings(people("secret_key"), RULES, Context())
    assert [f.check for f in found] == ["PRIVACY-CREDENTIAL"]
    assert {c.law for c in found[0].citations} == {"NEC"}


def test_a_described_newsletter_has_few_and_mild_findings():
    context = Context.model_validate(FILLED | {"jurisdictions": ["EU"]})
    found = findings(people("email", "name_given", subjects=50_000), RULES, context)
    assert {f.check for f in found} == {"PRIVACY-DIRECT-CLEAR", "GDPR-4-1"}
    assert max(f.severity.rank for f in found) <= Severity.LOW.rank


def test_an_undescribed_newsletter_has_no_more_than_ten_findings():
    found = findings(people("email", "name_given", subjects=1500), RULES, Context())
    assert len(found) <= 10
    assert max(f.severity.rank for f in found) <= Severity.MEDIUM.rank


@pytest.mark.parametrize(
    ("clause", "speaker", "entities"),
    [
        ("GDPR-5-1-B", "PURPOSE-MISSING", ["email"]),
        ("APPI-17-21", "PURPOSE-MISSING", ["email"]),
        ("APPI-17-21", "PURPOSE-BIOMETRIC", ["face_image"]),
        ("MYN-12", "PRIVACY-NUMBER-CLEAR", ["my_number"]),
        ("APPI-2-2-NUMBER", "MYN-9", ["my_number"]),
        ("GDPR-4-14", "GDPR-9-1", ["iris"]),
        ("APPI-2-1", "GDPR-4-1", ["name_full"]),
    ],
)
def test_what_is_the_same_is_said_once(clause, speaker, entities):
    found = findings(people(*entities), RULES, Context())
    rule = next(r for r in RULES.rules if r.id == clause)
    assert clause not in {f.check for f in found}
    speaks = next(f for f in found if f.check == speaker)
    assert (rule.law, rule.article) in {(c.law, c.article) for c in speaks.citations}
    assert speaks.severity.rank >= rule.severity.rank


def test_a_clause_about_more_columns_stands_alone():
    found = {f.check for f in findings(people("my_number", "passport"), RULES, JP)}
    assert {"MYN-9", "APPI-2-2-NUMBER"} <= found


def test_messages_quote_columns_and_begin_with_a_capital_only_by_a_label():
    found = findings(people("email"), RULES, EU)
    message = next(f.message for f in found if f.check == "PRIVACY-DIRECT-CLEAR")
    assert "“email”" in message["en"]
    assert message["ja"].startswith("「email」に")


def test_braces_in_a_column_name_are_text():
    one = people("email")
    odd = replace(one, columns=(replace(one.columns[0], path="{what} {0!r}"),))
    message = next(f.message for f in findings(odd, RULES, EU) if f.check == "PRIVACY-DIRECT-CLEAR")
    assert "“{what} {0!r}”" in message["en"]


def test_a_message_names_four_columns_and_counts_the_rest():
    wide = people("email", columns=9)
    found = next(f for f in findings(wide, RULES, EU) if f.check == "PRIVACY-DIRECT-CLEAR")
    assert len(found.columns) == 9
    assert "“email_3” and 5 more:" in found.message["en"]
    assert "他5件" in found.message["ja"]
