"""Markdown says what the page says, and no name in it is markup."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt

from privscan.render.markdown import render


class Tags(HTMLParser):
    """The tags of a page, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data


def page(report, lang="en") -> Tags:
    return Tags(
        MarkdownIt("commonmark", {"html": True}).enable("table").render(render(report, lang=lang))
    )


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_no_name_becomes_markup(hostile_report, lang):
    shown = page(hostile_report, lang)
    tags = {tag for tag, _ in shown.tags}
    assert not tags & {"script", "img", "svg", "a", "code", "style", "em"}
    assert "<script>alert(1)</script>" in shown.text
    assert "[link](javascript:alert(1))" in shown.text
    assert "`code` **bold**" in shown.text


def test_a_name_breaks_no_table_and_no_heading(hostile_report, lake):
    for report in (hostile_report, lake):
        cells = 0
        shown = page(report)
        for tag, _ in shown.tags:
            cells += tag in {"td", "th"}
        rows = sum(tag == "tr" for tag, _ in shown.tags)
        sets = len(report.datasets)
        seen = sum(len(c.entities) for d in report.datasets for c in d.columns)
        maps = sum(any(c.entities for c in d.columns) for d in report.datasets)
        groups = sum(1 + len(b.groups) for d in report.datasets for b in d.balance)
        ages = [sum(bool(c.dates) for c in d.columns) for d in report.datasets]
        dated = sum(ages) + sum(map(bool, ages))
        assert rows == sets + 1 + seen + maps + groups + dated
        assert cells == 6 * (sets + 1) + 5 * (seen + maps) + 5 * groups + 4 * dated
    titles = sum(tag == "h1" for tag, _ in page(hostile_report).tags)
    assert titles == 1


def test_bare_addresses_in_names_are_broken_up(hostile_report):
    text = render(hostile_report)
    assert "http\\://evil" in text
    assert "http://" not in text
    assert "www." not in text


def test_says_decision_measures_questions_and_limits(lake):
    text = render(lake)
    assert "Stop. Do not use or pass on this data" in text
    assert "1. Take measure 1. (staff)" in text
    assert "- [ ] Who owns part 1?" in text
    assert "[x]" not in text
    assert "Not legal advice" in text
    assert "M: from memory, unverified" in text.replace("\\", "")


def test_says_what_was_not_looked_at(hostile_report, lake):
    assert "ocr: not installed" in render(hostile_report)
    assert "BIPA" in render(hostile_report)
    assert "Everything that was found was read." in render(lake)


def test_nothing_scanned_is_not_nothing_found(cases):
    assert "Nothing was scanned" in render(cases["nothing"]())
    assert "No personal data was detected" in render(cases["clean"]())


def test_a_guess_is_no_row_of_the_data_map(cases):
    text = render(cases["unsure"]())
    assert "## Data map" not in text
    assert "Suspected, less likely than not, machines: contact: E-mail address (31%)" in (
        text.replace("\\", "")
    )
    assert "Suspected" not in render(cases["ordinary"]())


def test_no_heading_stands_over_nothing(cases):
    [lake] = cases["clean"]().datasets
    [people] = cases["unread"]().datasets
    low = replace(people, risk=lake.risk)
    text = render(replace(cases["clean"](), datasets=(low,)))
    assert "## Data map" in text
    assert "Where the score comes from" not in text
    assert "Where the score comes from" in render(cases["unread"]())


def test_unread_files_are_one_line_under_the_table(cases):
    text = render(cases["heap"]())
    assert "45 files could not be read at all" in text
    assert "| broken" not in text
