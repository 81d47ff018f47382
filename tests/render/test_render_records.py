"""What was measured of records is in the page, in Markdown and in both languages, and nothing more."""

from __future__ import annotations

from dataclasses import replace

import pytest

from privscan.model.profile import Form
from privscan.render import html, markdown
from privscan.render._formats import RANGES, formed

FINGER = Form("records/ISO 19794-2:2005", 12, 14, {"minutiae": (20, 45), "views": (1, 1)})


def test_a_format_in_words():
    assert formed(FINGER, "en") == "ISO 19794-2:2005: 12 cells, minutiae 20–45, views 1"  # noqa: RUF001  the dash of a range
    assert formed(FINGER, "ja") == "ISO 19794-2:2005: 12 件、特徴点 20–45、ビュー 1"  # noqa: RUF001  as above


def test_a_measure_without_words_of_its_own_is_named_as_it_is():
    odd = Form("plain", 1, 1, {"loop_count": (3, 4)})
    assert formed(odd, "en") == "plain: 1 cell, loop count 3–4"  # noqa: RUF001  as above
    assert formed(odd, "ja").endswith("loop count 3–4")  # noqa: RUF001  as above


def test_every_measure_has_both_languages():
    for words in RANGES.values():
        assert len(words) == 2
        assert all("{}" in one for one in words)
        assert words[0].isascii()
        assert not words[1].isascii()


def with_form(report, form):
    first = report.datasets[0]
    at = next(i for i, c in enumerate(first.columns) if c.entities)
    column = first.columns[at]
    entities = (replace(column.entities[0], forms=(form,)), *column.entities[1:])
    columns = (*first.columns[:at], replace(column, entities=entities), *first.columns[at + 1 :])
    return replace(report, datasets=(replace(first, columns=columns), *report.datasets[1:]))


@pytest.mark.parametrize("renderer", [html, markdown])
def test_pages_show_the_format_of_records(cases, renderer):
    page = renderer.render(with_form(cases["ordinary"](), FINGER))
    assert "ISO 19794-2:2005" in page
    assert "minutiae 20" in page
    assert "minutiae" not in renderer.render(cases["ordinary"]())


def test_a_hostile_name_of_a_format_stays_text(cases):
    page = html.render(
        with_form(cases["ordinary"](), replace(FINGER, name="a/<script>alert(1)</script>"))
    )
    assert "<script>alert(1)" not in page
