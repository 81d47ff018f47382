"""The PDF holds what the page holds, in either language, with its fonts, and no name steers it."""

from __future__ import annotations

import builtins
import io
import re
import socket
import sys
from functools import cache
from pathlib import Path

import pytest
from made_reports import column, dataset, ordinary, whole

from privscan.errors import UsageError
from privscan.render import _overview, _paper, _typeset, pdf
from privscan.render._sentences import LIMITS
from privscan.render._words import LANGUAGES, say

pypdf = pytest.importorskip("pypdf")
pytest.importorskip("typst")

SECTIONS = (
    "summary", "measures", "waterfall", "risk_map", "data_map", "reidentification", "findings",
    "questions", "not_covered", "limits", "tool",
)  # fmt: skip


def opened(document: bytes):
    return pypdf.PdfReader(io.BytesIO(document))


def squeezed(said: str) -> str:
    return re.sub(r"[\s\u200b]", "", said)


@cache
def pages(reader) -> tuple[str, ...]:
    """The text of each page without what only breaks lines."""
    return tuple(squeezed(page.extract_text()) for page in reader.pages)


def text(reader) -> str:
    return "".join(pages(reader))


def titles(outline) -> list[str]:
    flat = []
    for one in outline:
        flat += titles(one) if isinstance(one, list) else [one.title]
    return flat


@pytest.fixture(scope="module")
def lakes():
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1764028800")
        made = {lang: pdf.render(ordinary(), lang=lang) for lang in LANGUAGES}
    return {lang: opened(document) for lang, document in made.items()}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_section_is_there_as_text_and_as_bookmark(lakes, lang, lake):
    said, marks = text(lakes[lang]), titles(lakes[lang].outline)
    for key in SECTIONS:
        assert say(key, lang) in marks
        assert squeezed(say(key, lang)) in said
    for f in lake.findings:
        assert squeezed(f.message[lang]) in said
        assert squeezed(f.advice[lang]) in said
        assert f.id in said
    assert squeezed(say(_overview.decision(lake), lang)) in said
    assert all(squeezed(pair[lang == "ja"]) in said for pair in LIMITS)
    assert lake.tool.rules_digest in said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_says_what_it_belongs_to(lakes, lang):
    every = pages(lakes[lang])
    assert len(every) > 3
    for number, said in enumerate(every, 1):
        assert squeezed(say("page_of", lang, number, len(every))) in said
        if number > 1:
            assert squeezed(say("title", lang)) in said
            assert squeezed(say("complete", lang)) in said
    date = {"en": "25November2025", "ja": "2025年11月25日"}[lang]
    assert all(date in said for said in every)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_file_names_itself_is_tagged_and_brings_its_fonts(lakes, lang):
    reader = lakes[lang]
    root = reader.trailer["/Root"]
    assert reader.metadata.title == say("title", lang)
    assert root["/Lang"].startswith(lang)
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    fonts = {font.get_object()["/BaseFont"]: font.get_object()
             for page in reader.pages for font in page["/Resources"].get("/Font", {}).values()}  # fmt: skip
    assert any("NotoSansCJKjp" in name for name in fonts)
    for name, font in fonts.items():
        [inner] = font["/DescendantFonts"]
        facts = inner.get_object()["/FontDescriptor"].get_object()
        assert re.match(r"/[A-Z]{6}\+", name), "a subset"
        assert {"/FontFile2", "/FontFile3"} & {*facts}
        assert "/ToUnicode" in font


def test_links_lead_inside_and_nowhere_else(lakes):
    links = [a.get_object() for page in lakes["en"].pages for a in page.get("/Annots") or ()]
    assert len(links) > len(SECTIONS)
    assert not [one for one in links if "/URI" in str(one.get("/A"))]


def test_both_languages_are_one_document_after_the_other(lake):
    reader = opened(pdf.render(lake, lang="both"))
    marks = titles(reader.outline)
    assert marks.index(say("limits", "en")) < marks.index(say("summary", "ja"))
    said = pages(reader)[-1]
    assert squeezed(say("page_of", "ja", len(reader.pages), len(reader.pages))) in said


def test_the_moment_is_given_or_now_and_the_rest_is_the_same(lake, monkeypatch):
    assert pdf.render(lake) == pdf.render(lake)
    before = pdf.render(lake)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795564800")
    assert "25November2026" in text(opened(pdf.render(lake)))
    assert pdf.render(lake) != before


@pytest.mark.parametrize("case", ["nothing", "clean", "unscored", "unread", "unsure", "heap"])
def test_reports_without_much_in_them_are_laid_out_too(cases, case):
    reader = opened(pdf.render(cases[case]()))
    assert {say(key, "en") for key in SECTIONS} <= {*titles(reader.outline)}
    assert "INCOMPLETE" in text(reader) or cases[case]().complete


def test_names_are_shown_and_never_read(hostile_report, monkeypatch):
    monkeypatch.setattr(socket, "socket", lambda *_, **__: pytest.fail("a connection"))
    few = hostile_report.__class__(
        **{f: getattr(hostile_report, f) for f in hostile_report.__dataclass_fields__}
        | {"datasets": hostile_report.datasets[:1], "findings": hostile_report.findings}
    )
    said = text(opened(pdf.render(few)))
    for name in ("<script>alert(1)</script>", "{{7*7}}{%raw%}${7*7}", "#heading", "a|b|c"):
        assert name in said
    assert "[U+1F680]" in said, "what no font has is spelled"
    assert "\u202e" not in said
    assert "عمود" in said or "دومع" in said


TYPST = (
    "#panic()", '#read("/etc/passwd")', "$sum$", "*bold*", "@label", "<label>", "= head", "`raw`",
    '#import "@preview/x:1.0.0": y', "\\u{41}", "[content]", '"quoted" \\', "// gone", "/* gone */",
)  # fmt: skip


def test_the_markup_of_the_typesetter_is_text(cases):
    names = tuple(column(name) for name in TYPST)
    sets = tuple(dataset(name, columns=(), uri=name) for name in TYPST)
    report = whole((dataset("typst", columns=names), *sets))
    said = text(opened(pdf.render(report)))
    assert all(said.count(squeezed(name)) >= 3 for name in TYPST)
    assert "root:" not in said


def test_a_picture_is_drawn_and_described(lakes, lake):
    from privscan.render._figures import of_report

    [figure, *_] = of_report(lake)
    assert squeezed(figure.title["en"]) in text(lakes["en"])
    stored = b"".join(str(o).encode() for o in structure(lakes["en"]))
    assert b"/Figure" in stored
    assert figure.about["en"][:30].encode() in stored


def structure(reader):
    for number in range(1, len(reader.xref[0]) + 1):
        one = reader.get_object(pypdf.generic.IndirectObject(number, 0, reader))
        if isinstance(one, dict) and one.get("/Type") == "/StructElem":
            yield one


def test_heads_of_tables_stand_on_every_page_and_no_row_is_cut():
    rows = [[f"row{i}begins", "word " * 40 + f"row{i}ends"] for i in range(60)]
    blocks = _paper.section("s", [_paper.table(["heada", "headb"], rows, "en")], "en")
    paper = _paper.document("en", "t", [], "1", front=[], made=[], state=None, blocks=blocks)
    every = pages(opened(_typeset.pdf("t", [paper])))[1:]
    assert len(every) > 2
    assert all("heada" in page and "headb" in page for page in every)
    for i in range(60):
        assert any(f"row{i}begins" in page and f"row{i}ends" in page for page in every), i


def test_what_is_too_long_is_cut_and_said():
    many = [_paper.para("x")] * (_paper.MOST + 7)
    assert "7 more" in _paper.section("s", many, "en")[-1]["text"]
    assert len(_paper.section("s", many, "en")) == _paper.MOST + 2
    rows = [["a", "b"]] * (_paper.MOST_ROWS + 9)
    table = _paper.table(["h", "i"], rows, "ja", tones=["low"] * len(rows))
    assert "9 行" in table["rows"][-1]["cells"][0]
    assert len(table["rows"]) == _paper.MOST_ROWS + 1
    assert _paper.section("s", many[:3], "en")[-1]["text"] == "x"


def test_no_heading_skips_a_level():
    given = {"blocks": [_paper.head("a", 0), _paper.head("b", 2), _paper.head("c", 2)]}
    assert [b["level"] for b in _typeset._ordered(given)["blocks"]] == [2, 3, 4]


@pytest.mark.parametrize("gone", ["typst", "noto_cjk_sans_jp_bold"])
def test_without_the_extra_the_command_is_said(lake, monkeypatch, gone):
    found = _typeset.find_spec
    monkeypatch.setattr(_typeset, "find_spec", lambda name: None if name == gone else found(name))
    _typeset._fonts.cache_clear()
    with pytest.raises(UsageError, match=r"pip install 'privscan\[pdf\]'"):
        pdf.render(lake)
    _typeset._fonts.cache_clear()


@pytest.mark.parametrize("group", ["render", "assessments"])
def test_what_is_missing_is_said_before_any_work(monkeypatch, group):
    from privscan.render import _files

    assert _files.renderer(Path("a.pdf"), group).name == "pdf"
    needed = _files.renderer(Path("a.pdf"), group).fact("NEEDS")
    assert {*needed} == {"typst", *_typeset.FONTS}
    monkeypatch.setattr(_files, "find_spec", lambda name: name not in needed[1:] or None)
    with pytest.raises(UsageError, match=r"a\.pdf: .*\n.*privscan\[pdf\]"):
        _files.renderer(Path("a.pdf"), group)
    assert _files.renderer(Path("a.html"), group).name == "html"


def test_listing_the_formats_loads_no_typesetter(monkeypatch):
    from privscan.registry import plugins

    asked = []
    real = builtins.__import__
    monkeypatch.setattr(
        builtins, "__import__", lambda name, *a, **k: (asked.append(name), real(name, *a, **k))[1]
    )
    plugins.cache_clear()
    assert "pdf" in {p.name for p in plugins("render")}
    assert "typst" not in asked
    assert "typst" in sys.modules, "which this file loaded"
