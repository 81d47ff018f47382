"""Every format holds the twenty headings in both languages, and nothing steers a reader's eye."""

from __future__ import annotations

import base64
import csv
import hashlib
import json
import re
from dataclasses import replace
from pathlib import Path

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

from privscan.assess.answers import Answers
from privscan.assess.context import Context
from privscan.assess.impact import assess
from privscan.assess.waiting import SETTLED
from privscan.assessments import html, markdown
from privscan.assessments import json as as_json
from privscan.assessments._document import PARTS, WRITTEN, sections
from privscan.assessments._words import OUTLINE, WORDS, w
from privscan.registry import plugins
from privscan.render import _page
from privscan.render._words import LANGUAGES
from privscan.render.json import read_report

SOURCE = Path(markdown.__file__).parent
OUTLINE_FILE = Path(__file__).parents[3] / "shared" / "reference" / "report_outline.tsv"
EVIL = "<script>alert(1)</script>|`x`\u202e\n# h"


@pytest.fixture(scope="module")
def whole():
    answers = Answers.model_validate(
        {
            "questions": {
                "WP248-1@people": {"answer": "no", "reason": "not rated", "by": "A", "date": "d"},
                "DESIGN-KEYS@people": {"answer": "yes", "by": "A"},
            },
            "measures": {"people": {"owner": "Data team", "due": "2026-12-01"}},
            "signoffs": [
                {"role": "privacy_officer", "dataset": "people", "name": "P. Officer",
                 "date": "2026-11-25", "decision": "conditions", "note": "tokenise", "covers": []},
            ],
        }
    )  # fmt: skip
    context = Context(purposes=("the newsletter",), phase="design", owner="Head of Data")
    odd = dataset(column("t", found("face_template")), name=EVIL)
    return assessed(CUSTOMERS, odd, MACHINES, context=context, organisation=NAMED, answers=answers)


def test_the_headings_are_those_of_the_outline_in_their_order(whole):
    assert [s.key for s in sections(whole)] == [*WRITTEN] == [key for _, key, _, _ in OUTLINE]
    assert len(OUTLINE) == 20
    if not OUTLINE_FILE.exists():
        pytest.skip("the reference is not beside this checkout")
    with OUTLINE_FILE.open(encoding="utf-8") as file:
        rows = [*csv.DictReader(file, delimiter="\t")]
    assert [row["no"] for row in rows] == [number for number, *_ in OUTLINE]


@pytest.mark.parametrize("part", PARTS)
def test_a_part_holds_its_sections_only(whole, part):
    keys = {*PARTS[part]}
    assert {s.key for s in sections(whole, part)} == keys
    page = html.render(whole, part=part)
    assert {*re.findall(r'<section id="(\w+)"', page)} == keys
    assert f'href="#{sections(whole, part)[0].key}"' in page
    assert len(markdown.render(whole, part=part)) <= len(markdown.render(whole))


@pytest.mark.parametrize("render", [html.render, markdown.render], ids=["html", "markdown"])
def test_what_leaves_the_organisation_shows_neither_score_nor_status(whole, render):
    marks = (w("status")["en"], "/ 100")
    assert all(mark in render(whole, part="council") for mark in marks)
    for part in ("notice", "dialogue"):
        assert not any(mark in render(whole, part=part) for mark in marks)


def test_the_dialogue_sheet_by_itself_names_no_column_and_no_file():
    said = markdown.render(assessed(BODIES), part="dialogue")
    assert "people.csv" not in said
    assert "“template”" not in said
    assert "Multi" in said


@pytest.mark.parametrize(
    ("lang", "kinds"),
    [("en", "Kinds of data: My Number"), ("ja", "含まれる情報:個人番号")],
)
def test_who_is_heard_is_told_which_kinds_of_data_there_are(lang, kinds):
    said = markdown.render(assessed(CUSTOMERS), lang=lang, part="dialogue")
    assert kinds in said
    assert "people.csv" not in said
    assert markdown.render(assessed(MACHINES), lang=lang, part="dialogue").count(kinds) == 0


@pytest.mark.parametrize("lang", LANGUAGES)
def test_markdown_has_every_heading(whole, lang):
    text = markdown.render(whole, lang=lang)
    for number, _key, en, ja in OUTLINE:
        assert f"## {number}. {en if lang == 'en' else ja}" in text
    assert markdown.render(whole, lang="both") == "\n".join(
        markdown.render(whole, lang=one) for one in LANGUAGES
    )


def texts(value):
    """Every text in both languages below a value of the model or of the document."""
    if isinstance(value, dict) and {*value} == {*LANGUAGES}:
        yield value
    elif isinstance(value, dict):
        yield from (t for one in value.values() for t in texts(one))
    elif isinstance(value, (list, tuple)):
        yield from (t for one in value for t in texts(one))
    elif hasattr(value, "__dataclass_fields__"):
        yield from (t for name in value.__dataclass_fields__ for t in texts(getattr(value, name)))


def test_every_text_of_the_document_is_there_in_both_languages(whole):
    said = [*texts(sections(whole))]
    assert len(said) > 500
    assert all(isinstance(t[lang], str) and t[lang] for t in said for lang in LANGUAGES)
    left = {t["ja"] for t in said if re.search(r"\{\w*\}|[a-z]+_(one|means)\b", t["ja"])}
    assert not left


def test_words_have_no_hole_and_the_same_places_in_both_languages():
    for key, (english, japanese) in WORDS.items():
        assert english.strip(), key
        assert japanese.strip(), key
        assert english.count("{}") == japanese.count("{}"), key
        if "privscan" not in japanese:
            assert re.search(r"[ぁ-んァ-ヶ一-龠]", japanese), key


def test_no_word_is_asked_for_that_nobody_wrote_and_none_is_idle():
    code = "".join(
        p.read_text("utf-8") for p in SOURCE.rglob("*.*") if p.suffix in {".py", ".html"}
    )
    from privscan.render._words import WORDS as REPORT

    for key in re.findall(r"\bw\(\"(\w+)\"[,)]", code):
        assert key in WORDS or key in REPORT, key
    model = (SOURCE.parent / "model" / "assessment.py").read_text("utf-8")
    declared = {*Context.model_fields, "name", "policy", "resources"}
    verb = (SOURCE.parent / "cli" / "assess.py").read_text("utf-8")
    for catalogue in ("_words.py", "_progress_words.py"):
        code = code.replace((SOURCE / catalogue).read_text("utf-8"), "")
    spoken = code + model + verb
    closed = {"yes", "no", "not_applicable", "approve", "reject", "refer", "proper_utilisation"}
    roles = {"privacy_officer", "governance_officer", "committee", "council"}
    made = {f"f_{one.key}" for one in assessed(CUSTOMERS).figures}
    made |= {f"wait_{one}" for one in SETTLED}
    assert made <= {*WORDS}
    idle = [
        key for key in WORDS
        if not re.search(rf"[\"']{key}[\"']", spoken) and key not in declared | closed | roles | made
    ]  # fmt: skip
    assert idle == []


def test_the_glossarys_terms_are_used():
    assert w("governance_officer")["ja"] == "AIガバナンス遂行責任者"
    assert w("committee")["ja"] == "リスク・コンプライアンス委員会"
    assert w("council")["ja"] == "外部有識者会議"
    assert w("fairness_view")["ja"] == "公正性"
    assert w("residual")["ja"].startswith("残留リスク")


def test_markdown_marks_only_what_is_settled_as_done(whole):
    text = markdown.render(whole)
    made = whole.datasets[0]
    assert f"- [x] {made.boxes[0].text['en']} \\[PLAN-PURPOSE\\]" in text
    opened = next(b for b in made.boxes if b.id == "PLAN-NECESSARY")
    assert f"- [ ] {opened.text['en']}" in text
    assert "**draft**" in text


def test_the_page_loads_nothing_and_allows_only_its_own_parts(whole):
    page = html.render(whole)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1]
    for tag in ("style", "script"):
        body = re.search(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)[1]
        digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        assert f"{tag}-src &#39;sha256-{digest}&#39;" in policy
    assert "default-src &#39;none&#39;" in policy
    assert not re.search(r'(?:src|href)="(?!#|data:,)', page)
    assert " style=" not in page
    assert " on" not in {*re.findall(r"\son\w+=", page)}


def test_the_page_holds_both_languages_and_every_section(whole):
    page = html.render(whole, lang="ja")
    assert '<html lang="ja">' in page
    assert '<html lang="en">' in html.render(whole, lang="both")
    for number, key, en, ja in OUTLINE:
        assert f'<section id="{key}"' in page
        assert (
            f'<span lang="en">{_page.safe(en)}</span><span lang="ja">{_page.safe(ja)}</span>'
            in page
        )
        assert number
    assert page.count("<section") == page.count("</section>") == len(OUTLINE) + 1


@pytest.mark.parametrize("render", [html.render, markdown.render], ids=["html", "markdown"])
def test_names_are_text_and_nothing_else(whole, render):
    text = render(whole)
    assert "<script>alert" not in text
    assert "\u202e" not in text
    assert "\n# h" not in text.replace("# Impact", "")


def test_json_holds_the_report_and_loads_again(whole):
    value = json.loads(as_json.render(whole))
    assert value["schema"] == "privscan-assessment/1"
    assert value["status"] == "draft"
    assert read_report(json.dumps(value["report"])).findings == whole.report.findings
    made = {one["dataset"]: one for one in value["datasets"]}
    first = whole.datasets[0]
    assert made[first.dataset]["threshold"]["met"] == first.threshold.met
    assert made["people"]["bundle"]["owner"] == "Data team"


@pytest.mark.parametrize("plugin", plugins("assessments"), ids=lambda p: p.name)
def test_the_same_assessment_is_the_same_document(whole, plugin, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1764028800")
    render = plugin.load().render
    for lang in ("en", "ja", "both"):
        assert render(whole, lang=lang) == render(whole, lang=lang)


def test_the_dialogue_sheet_names_no_place(whole):
    from privscan.assessments._people import views

    said = " ".join(t["en"] for t in texts([*views(assessed(BODIES))]))
    assert "template" in said.lower()
    assert "people.csv" not in said
    assert "“template”" not in said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_council_gets_trend_risks_rules_and_questions(lang):
    old, new = (report_of(d) for d in (dataset(column("mail", found("email"))), CUSTOMERS))
    earlier = replace(old, tool=replace(old.tool, rules_digest="0" * 16))
    pack = markdown.render(assess((earlier, new), people(new)), lang=lang, part="council")
    pack = pack.replace("\\", "")
    for key in ("trend", "reasons", "rules_moved", "questions"):
        assert f"# {w(key)[lang]}\n" in pack
    assert f"{new.score:.1f}" in pack
    assert f"{old.score:.1f}" in pack


def test_what_was_answered_planned_and_advised_is_shown(whole):
    text = markdown.render(whole)
    for said in ("not rated", "Data team", "2026\\-12\\-01", "tokenise", "the newsletter"):
        assert said in text or said.replace("\\", "") in text
    assert "re\\-opened" in text or "re-opened" in text
