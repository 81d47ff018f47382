"""The CNIL's PIA tool imports the file; what the scan does not settle stands as a question."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from privscan.model.kinds import Level
from privscan.render._words import WORDS
from privscan.render.cnil import OPEN, render

REFERENCE = Path(__file__).parents[3] / "shared" / "reference"
CHECKER = REFERENCE / "cnil_check.mjs"
ALL = {*OPEN} | {300 + 10 * risk + part for risk in (2, 3, 4) for part in range(1, 7)}


def pia(report, lang="en"):
    return json.loads(render(report, lang=lang))


def answers(document):
    return {a["reference_to"]: a["data"] for a in document["answers"]}


def architecture() -> dict:
    """The tool's questions as ../shared lists them, in the shape that the checker reads."""
    sections: dict[str, dict[str, dict]] = {}
    for line in (REFERENCE / "cnil_questions.tsv").read_text("utf-8").splitlines()[1:]:
        number, item, kind, evaluated, *_ = line.split("\t")
        section, place = item.split(".")
        mode = "item" if evaluated.count(".") == 1 else "question"
        at = sections.setdefault(section, {}).setdefault(
            place, {"id": int(place), "evaluation_mode": mode, "questions": []}
        )
        at["questions"].append({"id": int(number), "answer_type": kind})
    sections["3"]["1"] = {"id": 1, "is_measure": True}
    return {
        "sections": [{"id": int(s), "items": [*items.values()]} for s, items in sections.items()]
    }


@pytest.mark.skipif(not CHECKER.exists(), reason="needs ../shared/reference")
@pytest.mark.skipif(shutil.which("node") is None, reason="needs node")
@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("case", ["nothing", "ordinary", "hostile", "many"])
def test_the_checker_of_the_tools_import_finds_nothing(cases, case, lang, tmp_path):
    (tmp_path / "pia.json").write_text(render(cases[case](), lang=lang), "utf-8")
    (tmp_path / "arch.json").write_text(json.dumps(architecture()), "utf-8")
    run = subprocess.run(
        ["node", CHECKER, tmp_path / "pia.json", tmp_path / "arch.json"],
        capture_output=True,
        text=True,
        check=True,
    )
    said = json.loads(run.stdout)
    assert said["errors"] == []
    assert said["valid"] == said["answers"]
    assert said["of_questions"] == len(ALL)


def test_numbers_in_answers_strings_in_evaluations(lake):
    document = pia(lake)
    assert all(type(a["reference_to"]) is int for a in document["answers"])
    assert all(type(c["reference_to"]) is int for c in document["comments"])
    assert all(type(e["reference_to"]) is str for e in document["evaluations"])
    assert [e["reference_to"] for e in document["evaluations"]] == [
        f"3.1.{m['id']}" for m in document["measures"]
    ]


def test_every_question_is_answered_or_asked(report):
    document = pia(report)
    answered = set(answers(document))
    asked = {c["reference_to"] for c in document["comments"]}
    assert answered | asked == ALL
    plain = {c["reference_to"] for c in document["comments"][: len(ALL) - len(answered)]}
    assert not plain & answered


def test_what_only_people_know_is_never_answered(report):
    human = {111, 112, 122, 211, 212, 214, *range(221, 228), 323, *range(331, 347)}
    assert not human & set(answers(pia(report)))


def test_without_personal_data_only_what_was_scanned_is_answered(cases):
    assert set(answers(pia(cases["clean"]()))) == {123}
    assert set(answers(pia(cases["nothing"]()))) == set()
    assert pia(cases["clean"]())["measures"] == []


def test_gauges_are_those_of_the_worst_dataset(lake):
    said = answers(pia(lake))
    assert (said[325]["gauge"], said[326]["gauge"]) == (3, 4)
    assert "staff" in said[325]["text"]
    assert "0.75" in said[325]["text"]
    assert "0.50" in said[326]["text"]
    unscored = replace(lake, datasets=tuple(replace(d, risk=None) for d in lake.datasets))
    assert not {325, 326} & set(answers(pia(unscored)))


def test_evidence_calls_for_threats_and_measures(lake):
    said = answers(pia(lake))
    titles = [m["title"] for m in pia(lake)["measures"]]
    assert titles == ["Encryption", "Anonymisation", "Partitioning data",
                      "Minimising the amount of personal data"]  # fmt: skip
    assert said[324]["list"] == titles
    assert "Undoing of hashes by guessing" in said[322]["list"]
    assert "Copying of data that many can reach" not in said[322]["list"]
    assert said[321]["list"] == ["Identity theft", "Discrimination, stigma",
                                 "Unwanted contact, phishing"]  # fmt: skip
    unlinked = replace(lake, datasets=tuple(replace(d, links=()) for d in lake.datasets))
    assert "Partitioning data" not in answers(pia(unlinked))[324]["list"]


def test_findings_about_columns_nobody_needs_answer_minimisation(lake):
    found = replace(lake.findings[0], check="GDPR-5-1-C")
    said = answers(pia(replace(lake, findings=(found,))))
    assert "Data about people in email." in said[213]["text"]
    assert 213 not in answers(pia(lake))


def test_a_question_stands_where_its_clause_belongs(lake):
    [law] = lake.findings[0].citations
    cases = {("My Number Act", "12"): 113, ("My Number Act", "9, 19"): 212, ("GDPR", "5(1)(b)"): 211,
             ("GDPR", "87 and member-state law"): 212, ("GDPR", "8; recital 38"): 222}  # fmt: skip
    for (name, article), ref in cases.items():
        cited = replace(law, law=name, article=article)
        one = replace(lake, findings=(replace(lake.findings[0], citations=(cited,)),))
        last = pia(one)["comments"][-1]
        assert last["reference_to"] == ref
        assert last["description"] == "Who owns part 1? Concerns: staff"


def test_measures_have_slugs_and_are_no_evaluation(lake):
    document = pia(lake)
    for measure in document["measures"]:
        slug = measure["placeholder"].split(".")[2]
        assert measure["title"] == WORDS[slug][0]
    for evaluation in document["evaluations"]:
        assert evaluation["evaluation_comment"].endswith("this is no evaluation.")
        assert evaluation["evaluation_date"] is None
    assert document["pia"]["status"] == 0
    assert document["pia"]["validator_name"] == ""


def test_owner_and_breach_call_for_measures_of_the_organisation(lake):
    law = replace(lake.findings[0].citations[0], law="APPI", article="26; Rule 7(iv), 8, 10")
    breach = replace(lake.findings[0], check="APPI-26-1000", citations=(law,))
    unowned = replace(lake.findings[0], check="ACCOUNTABILITY-OWNER")
    titles = [m["title"] for m in pia(replace(lake, findings=(breach, unowned)))["measures"]]
    assert titles[-2:] == ["Managing privacy risks", "Managing personal data violations"]
    calm = replace(lake, findings=(unowned,), level=Level.MEDIUM)
    assert "Managing privacy risks" not in [m["title"] for m in pia(calm)["measures"]]


def test_no_name_becomes_markup(hostile_report):
    document = pia(hostile_report)
    allowed = re.compile(r"</?(strong|ul|li|em|br)>")
    for answer in document["answers"]:
        text = allowed.sub("", answer["data"]["text"] or "")
        assert not {"<", ">"} & {*text}
    for measure in document["measures"]:
        assert "<" not in measure["content"].replace("<br>", "")
    said = [c["description"] for c in document["comments"]] + [document["pia"]["name"]]
    assert not [text for text in said if "<" in text or ">" in text]
    assert any("script" in text and "alert(1)" in text for text in said)


def test_a_list_is_not_without_end(cases):
    text = answers(pia(cases["many"]()))[121]["text"]
    assert text.count("<li>") == 201
    assert "more</li>" in text


def test_words_follow_the_language(lake):
    english, japanese = render(lake), render(lake, lang="ja")
    assert "Illegitimate access" in english
    assert "不正アクセス" in japanese
    assert not re.search("[ぁ-んァ-ヶ]", english)
    assert "この" not in english


def test_dates_can_be_fixed(lake, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1764028800")
    assert pia(lake)["pia"]["created_at"] == "2025-11-25T00:00:00.000Z"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "not a number")
    assert pia(lake)["pia"]["created_at"] > "2026"
