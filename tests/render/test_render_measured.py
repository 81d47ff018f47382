"""Groups and the age of records are in every format for people; what is not measurable is said."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import openpyxl
import pytest
from made_reports import column, dataset, whole

from privscan.model.kinds import Level
from privscan.render import html, markdown, xlsx
from privscan.render._words import LANGUAGES, say
from privscan.rulebook.counted import balance

SHARES = ("95.1 %", "4.0\u20134.8 %", "0.1\u20130.9 %")
GROUPS = {
    "en": [("male", "950"), ("female", "40 to 48"), ("none of these", "1 to 9")],
    "ja": [("男性", "950"), ("女性", "40〜48"), ("いずれにも当たらない", "1〜9")],
}
MONTHS = {"en": ("2015-03", "2025-08"), "ja": ("2015年3月", "2025年8月")}
NONE = ("balance_none", "records_none")


def bare():
    """A dataset with neither protected columns nor dated records."""
    return whole((dataset("machines", Level.NONE_DETECTED, columns=(column("rpm", None),)),))


def on_paper(report, lang):
    pypdf = pytest.importorskip("pypdf")
    pytest.importorskip("typst")
    from privscan.render import pdf

    reader = pypdf.PdfReader(io.BytesIO(pdf.render(report, lang=lang)))
    return "".join(page.extract_text() for page in reader.pages)


def in_browser(report, lang):
    other = {"en": "ja", "ja": "en"}[lang]
    page = html.render(report, lang=lang)
    page = page.partition("</style>")[2].partition("<script>")[0]
    page = re.sub(rf'<span lang="{other}">.*?</span>', "", page)
    return re.sub(r"<[^>]+>", " ", page)


def in_markdown(report, lang):
    return markdown.render(report, lang=lang).replace("\\", "")


def in_workbook(report, lang):
    book = openpyxl.load_workbook(io.BytesIO(xlsx.render(report, lang=lang)))
    return " ".join(str(c.value) for page in book for row in page.iter_rows() for c in row)


FORMATS = pytest.mark.parametrize("shown", [in_browser, in_markdown, on_paper])


def squeezed(said: str) -> str:
    return re.sub(r"[\s\u200b]", "", said)


@FORMATS
@pytest.mark.parametrize("lang", LANGUAGES)
def test_groups_and_months_are_shown_with_their_limits(lake, shown, lang):
    said = squeezed(shown(lake, lang))
    for group, share in zip(GROUPS[lang], SHARES, strict=True):
        assert squeezed("".join((*group, share))) in re.sub(r"\|", "", said)
    for month in MONTHS[lang]:
        assert squeezed(month) in said
    assert squeezed(say("balance_note", lang, balance().least)) in said
    assert squeezed(say("records_note", lang)) in said


@FORMATS
@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_not_measurable_is_said_and_nothing_else(shown, lang):
    said = squeezed(shown(bare(), lang))
    for key in NONE:
        assert squeezed(say(key, lang)) in said
    assert squeezed(say("records_note", lang)) not in said
    assert squeezed(say("balance_note", lang, balance().least)) not in said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_workbook_holds_bounds_as_numbers(lake, lang):
    book = openpyxl.load_workbook(io.BytesIO(xlsx.render(lake, lang=lang)))
    groups = [*book[say("balance", lang)].iter_rows(min_row=2, values_only=True)]
    assert groups[0][:2] == ("staff", "sex")
    assert [row[4:7] for row in groups[:3]] == [
        (950, 950, SHARES[0]), (40, 48, SHARES[1]), (1, 9, SHARES[2]),
    ]  # fmt: skip
    [first, *others] = book[say("records_dates", lang)].iter_rows(min_row=2, values_only=True)
    assert first == ("staff", "plain", *MONTHS[lang], 3776, None)
    assert {row[0] for row in others} == {"people", "pictures", "machines"}
    assert {row[-1] for row in others} == {say("records_none", lang)}
    assert {row[-1] for row in groups[3:]} == {say("balance_none", lang)}


def test_files_that_nobody_could_read_are_not_said_to_lack_groups(cases):
    heap = cases["heap"]()
    heads = [line for line in in_markdown(heap, "en").splitlines() if line.startswith("### ")]
    balanced = [head for head in heads if say("balance", "en") in head]
    assert len(balanced) == 4
    assert not [head for head in balanced if "broken" in head]
    book = openpyxl.load_workbook(io.BytesIO(xlsx.render(heap)))
    assert not [row for row in book["Balance of groups"].values if "broken" in row[0]]


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_version_of_a_table_that_was_read_is_said(lake, lang):
    staff = replace(lake.datasets[0], version="8231540012")
    given = replace(lake, datasets=(staff, *lake.datasets[1:]))
    page = html.render(given, lang=lang)
    assert page.count("8231540012") == 1
    assert "8231540012" not in html.render(lake, lang=lang)
