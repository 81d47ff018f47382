"""Every format renders every report, in both languages, to the same bytes each time."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from pypdf import PdfReader

from privscan.registry import plugins

FORMATS = [p.name for p in plugins("render")]
LANGUAGES = ("en", "ja")
LINES = {"ndjson", "openlineage"}
"""Formats of one line each: of nothing there is no line."""


def said(document) -> str:
    """All text of a document; that of an archive is in its members."""
    if isinstance(document, str):
        return document
    if document.startswith(b"%PDF"):
        return printed(document)
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist())


def printed(document: bytes) -> str:
    """The text of a PDF's pages and the names of its bookmarks."""
    reader = PdfReader(io.BytesIO(document))
    return "\n".join([*(page.extract_text() for page in reader.pages), f"{reader.outline!r}"])


def test_the_formats_of_the_command_line_are_there():
    assert {*FORMATS} >= {"text", "json", "ndjson", "sarif", "markdown", "csv", "html"}
    assert {*FORMATS} >= {
        "pdf",
        "xlsx",
        "actions",
        "cnil",
        "dpv",
        "fideslang",
        "croissant",
        "openlineage",
    }


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("plugin", plugins("render"), ids=lambda p: p.name)
def test_renders_to_the_same_bytes_each_time(report, plugin, lang):
    render = plugin.load().render
    once = render(report, lang=lang)
    again = render(report, lang=lang)
    assert once == again
    if isinstance(once, str):
        assert once.encode("utf-8") == again.encode("utf-8")
        assert once.endswith("\n") or (plugin.name in LINES and not once)


@pytest.mark.parametrize("plugin", plugins("render"), ids=lambda p: p.name)
def test_no_control_character_of_a_name_gets_out(hostile_report, plugin):
    text = said(plugin.load().render(hostile_report))
    assert not {c for c in text if ord(c) < 32} - {"\n", "\r"}
    assert "\x7f" not in text
    if plugin.name not in {"json", "ndjson", "sarif"}:
        assert not {*"\u202e\u202c\u2066\u2069"} & {*text}


@pytest.mark.parametrize("plugin", plugins("render"), ids=lambda p: p.name)
def test_speaks_english_unless_asked(lake, plugin):
    render = plugin.load().render
    assert render(lake) == render(lake, lang="en")


WORDS = {
    **dict.fromkeys(
        ("text", "fideslang", "croissant", "cnil"), ("E-mail address", "メールアドレス")
    ),
    **dict.fromkeys(
        ("markdown", "csv", "sarif", "xlsx", "html", "json", "ndjson"),
        ("Data about people in email.", "email に個人のデータがある。"),
    ),
    "actions": ("Take measure 1.", "対策 1 を講じる。"),
    "pdf": ("Take measure 1.", "対策1を講じる。"),
    "dpv": ("Take measure 1.", "対策 1 を講じる。"),
}
"""What a format says in each language."""


@pytest.mark.parametrize("plugin", plugins("render"), ids=lambda p: p.name)
def test_both_languages_are_in_one_document(lake, plugin):
    render = plugin.load().render
    whole = render(lake, lang="both")
    assert whole == render(lake, lang="both")
    for word in WORDS.get(plugin.name, ()):
        assert word in re.sub(r"(?<=対策) 1 (?=を)", "1", said(whole)) or word in said(whole)
    if plugin.name == "openlineage":
        assert whole == render(lake, lang="en")


@pytest.mark.parametrize("name", ["text", "markdown", "csv", "sarif", "xlsx"])
def test_one_language_at_a_time(lake, name):
    render = next(p for p in plugins("render") if p.name == name).load().render
    english, japanese = said(render(lake, lang="en")), said(render(lake, lang="ja"))
    assert "Data about people in email." in english
    assert "個人のデータがある" not in english
    assert "email に個人のデータがある。" in japanese
    assert "Data about people" not in japanese
