"""What reads the same of several datasets stands once, and nothing is lost by it."""

from __future__ import annotations

from dataclasses import replace

from assessed import CUSTOMERS, MACHINES, assessed, column, dataset, found

from privscan.assess.context import Context
from privscan.assessments import markdown
from privscan.assessments._alike import NAMED, each
from privscan.assessments._blocks import Head, Para, Table
from privscan.assessments._document import sections
from privscan.assessments._words import same, w

NAMES = [f"people_{i}" for i in range(NAMED + 2)]
MANY = [replace(CUSTOMERS, name=name) for name in NAMES]


def of(made, key):
    return next(s.blocks for s in sections(made) if s.key == key)


def test_what_reads_the_same_is_said_once_under_all_names():
    made = assessed(*MANY, MACHINES)
    blocks = [*each(made, lambda profile, _: [Para(same(profile.subjects))])]
    assert [b.text["en"] for b in blocks] == [
        "people_0, people_1, people_2 and 2 more", ", ".join(NAMES), "100", "machines", "0",
    ]  # fmt: skip


def test_what_differs_keeps_its_own_heading_and_nothing_to_say_has_none():
    made = assessed(*MANY[:2], MACHINES)
    told = {"people_0": [Para(same("a"))], "people_1": [Para(same("b"))]}
    blocks = [*each(made, lambda profile, _: told.get(profile.name, []))]
    assert [b.text["en"] for b in blocks] == ["people_0", "a", "people_1", "b"]
    alone = [*each(assessed(CUSTOMERS), lambda _, __: [Para(same("a"))])]
    assert alone == [Para(same("a"))]


def test_a_rule_that_fires_in_several_datasets_speaks_once_and_lists_every_place():
    made = assessed(*MANY)
    blocks = of(made, "findings")
    checks = {f.check for f in made.report.findings}
    assert len([b for b in blocks if isinstance(b, Head) and b.depth == 2]) == len(checks)
    cells = {c["en"] for b in blocks if isinstance(b, Table) for row in b.rows for c in row}
    assert {f.id for f in made.report.findings} <= cells


def test_findings_that_rest_on_other_columns_say_so_in_their_own_words():
    other = dataset(column("post", found("email")), name="other")
    made = assessed(CUSTOMERS, other)
    told = markdown.render(made)
    assert all(markdown.plain(f.message["en"]) in told for f in made.report.findings)


def test_the_score_is_no_reason_for_itself():
    made = assessed(CUSTOMERS)
    assert any(f.check == "ACCOUNTABILITY-HIGH" for f in made.report.findings)
    blocks = of(made, "summary")
    at = blocks.index(Head(w("reasons")))
    measured = {f.message["en"]: f.measured for f in made.report.findings}
    said = [measured[text["en"]] for text in blocks[at + 1].items]
    assert said
    assert not any(one.startswith("score ") for one in said)


def test_the_dataset_to_begin_with_gives_the_first_reason_among_equals():
    worse = replace(CUSTOMERS, name="worse", subjects=90_000)
    made = assessed(worse, replace(CUSTOMERS, name="a_milder_one"))
    blocks = of(made, "summary")
    reasons = blocks[blocks.index(Head(w("reasons"))) + 1].items
    assert all(text["en"].startswith("worse") for text in reasons)
    both = [text for text in reasons if text["en"].startswith("worse and 1 more: ")]
    assert both
    assert both[0]["ja"].startswith("worse ほか1件:")


def test_a_declaration_is_a_fact_in_both_languages():
    made = assessed(CUSTOMERS, context=Context(subjects="patients"))
    told = {lang: markdown.render(made, lang=lang) for lang in ("en", "ja")}
    assert "Whose data: patients" in told["en"]
    assert "本人の区分:患者" in told["ja"]
    assert "subjects: patients" not in told["ja"]


def test_a_dataset_without_points_says_why_and_one_with_points_does_not():
    nothing = w("no_points")
    assert Para(nothing) in of(assessed(CUSTOMERS, MACHINES), "inherent")
    assert Para(nothing) not in of(assessed(CUSTOMERS), "inherent")


def test_an_incomplete_scan_still_says_what_was_read_so_far():
    part = replace(CUSTOMERS, unread_share=0.2)
    told = "What was read so far says:"
    assert told in markdown.render(assessed(part, complete=False))
    assert told not in markdown.render(assessed(CUSTOMERS))


def test_each_clause_stands_with_its_own_state_and_grade():
    told = markdown.render(assessed(CUSTOMERS), lang="ja").replace("\\", "")
    (line,) = {one for one in told.splitlines() if one.startswith("- 根拠条文: 番号法 9条")}
    assert "番号法 9条、19条、20条(施行済み、記憶による・未確認)" in line
    assert "未確認、個人情報保護法" not in line
