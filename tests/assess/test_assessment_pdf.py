"""The assessment on paper: every heading, box, picture and state, in the language asked for."""

from __future__ import annotations

import io
import re
from functools import cache

import pytest
from assessed import BODIES, CUSTOMERS, MACHINES, NAMED, assessed, column, dataset, found

from privscan.assessments import pdf
from privscan.assessments._document import PARTS, sections
from privscan.assessments._words import OUTLINE, w
from privscan.render._words import LANGUAGES

pypdf = pytest.importorskip("pypdf")
pytest.importorskip("typst")

EVIL = "#panic() = h <script>alert(1)</script>|`x`\u202e"


def opened(document: bytes):
    return pypdf.PdfReader(io.BytesIO(document))


def squeezed(said: str) -> str:
    return re.sub(r"[\s\u200b]", "", said)


@cache
def pages(reader) -> tuple[str, ...]:
    return tuple(squeezed(page.extract_text()) for page in reader.pages)


def text(reader) -> str:
    return "".join(pages(reader))


def titles(outline) -> list[str]:
    flat = []
    for one in outline:
        flat += titles(one) if isinstance(one, list) else [one.title]
    return flat


@pytest.fixture(scope="module")
def whole():
    odd = dataset(column("t", found("face_template")), name=EVIL)
    return assessed(CUSTOMERS, odd, MACHINES, organisation=NAMED)


@pytest.fixture(scope="module")
def printed(whole):
    return {lang: opened(pdf.render(whole, lang=lang)) for lang in LANGUAGES}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_headings_are_bookmarks_in_the_order_of_the_outline(printed, lang):
    marks = titles(printed[lang].outline)
    wanted = [f"{number}  {en if lang == 'en' else ja}" for number, _, en, ja in OUTLINE]
    assert [mark for mark in marks if mark in wanted] == wanted


@pytest.mark.parametrize("lang", LANGUAGES)
def test_findings_boxes_and_sign_offs_are_text(whole, printed, lang):
    said = text(printed[lang])
    for f in whole.report.findings:
        assert squeezed(f.message[lang].replace("\u202e", "\ufffd")) in said
        assert f.id in said
    for made in whole.datasets:
        assert all(squeezed(w(s.role)[lang]) in said for s in made.signoffs)
    assert "☐" in said
    assert squeezed(w("answer")[lang]) in said
    assert "ExampleLtd" in said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_but_the_first_says_that_it_is_a_draft(printed, lang):
    state = squeezed(w("draft")[lang])
    assert all(state in page[:200] for page in pages(printed[lang])[1:])


@pytest.mark.parametrize("part", PARTS)
def test_a_part_holds_its_sections_only(whole, part):
    marks = titles(opened(pdf.render(whole, part=part)).outline)
    wanted = [f"{s.number}  {s.title['en']}" for s in sections(whole, part)]
    assert [m for m in marks if re.match(r"(?:\d+|A)  ", m)] == wanted


def test_what_leaves_the_organisation_shows_neither_score_nor_status(whole):
    assert "/100" in text(opened(pdf.render(whole, part="council")))
    for part in ("notice", "dialogue"):
        reader = opened(pdf.render(whole, part=part))
        assert "/100" not in text(reader)
        assert "draft·" not in text(reader)


def test_the_dialogue_sheet_names_no_dataset():
    said = text(opened(pdf.render(assessed(BODIES), part="dialogue")))
    assert "people.csv" not in said


def test_names_are_text(printed):
    said = text(printed["en"])
    assert squeezed("#panic() = h <script>alert(1)</script>|`x`") in said
    assert "\u202e" not in said


def test_both_languages_follow_one_another(whole):
    marks = titles(opened(pdf.render(whole, part="sheets", lang="both")).outline)
    [english, japanese] = [
        marks.index(f"{s.number}  {s.title[lang]}")
        for s in sections(whole, "sheets")
        for lang in LANGUAGES
    ]
    assert english < japanese


def test_an_assessment_of_nothing_is_a_document_too():
    reader = opened(pdf.render(assessed(complete=False)))
    assert len([m for m in titles(reader.outline) if re.match(r"(?:\d+|A)  ", m)]) == len(OUTLINE)
