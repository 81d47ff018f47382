"""The page stands alone, lets nothing in, and says everything in both languages."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from privscan.render.html import render

VOID = {"meta", "link", "br", "input", "rect"}


class Page(HTMLParser):
    """Elements with their ancestors, and the text that each holds directly."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {"script": [], "style": []}
        self.stack: list[str] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.stack.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.stack, tag
        assert self.stack.pop() == tag

    def handle_data(self, data):
        if self.stack and self.stack[-1] in self.texts:
            self.texts[self.stack[-1]].append(data)


@pytest.fixture(scope="module")
def parsed() -> dict[str, Page]:
    return {}


@pytest.fixture
def page(report, parsed, request) -> Page:
    """Each case's page, read once."""
    case = request.node.callspec.params["report"]
    if case not in parsed:
        parsed[case] = Page(render(report))
    return parsed[case]


def test_is_well_formed_and_holds_one_script_and_one_style(page):
    assert page.stack == []
    tags = Counter(tag for tag, _ in page.elements)
    assert (tags["script"], tags["style"], tags["h1"], tags["main"]) == (1, 1, 1, 1)
    assert not {"img", "iframe", "object", "embed", "base", "audio", "video"} & {*tags}


def test_loads_nothing_and_runs_nothing_but_its_own(page):
    for tag, attributes in page.elements:
        assert not [name for name in attributes if name.startswith("on")], tag
        assert not {"src", "srcset", "action", "style", "formaction"} & {*attributes}, tag
        href = attributes.get("href")
        assert href is None or href.startswith("#") or (tag, href) == ("link", "data:,")


def test_the_policy_allows_this_script_and_style_only(page):
    [policy] = [
        a["content"] for t, a in page.elements if a.get("http-equiv") == "Content-Security-Policy"
    ]
    for tag in ("script", "style"):
        text = "".join(page.texts[tag])
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    assert "http" not in policy


def test_every_link_has_its_aim_and_no_aim_is_there_twice(page):
    ids = Counter(a["id"] for _, a in page.elements if "id" in a)
    assert [i for i, n in ids.items() if n > 1] == []
    aims = {a["href"][1:] for t, a in page.elements if t == "a"}
    assert aims <= {*ids}
    assert {a["aria-labelledby"] for _, a in page.elements if "aria-labelledby" in a} <= {*ids}


def test_headings_step_down_one_at_a_time(page):
    levels = [int(t[1]) for t, _ in page.elements if re.fullmatch("h[1-6]", t)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_table_heads_say_what_they_head(page):
    heads = [a for t, a in page.elements if t == "th"]
    assert all(a.get("scope") in {"row", "col", "rowgroup"} for a in heads)
    assert all(
        {"tabindex", "aria-label"} <= {*a} for _, a in page.elements if a.get("class") == "scroll"
    )


def test_both_languages_are_there_as_often(page):
    spans = Counter(a["lang"] for t, a in page.elements if t == "span" and "lang" in a)
    assert spans["en"] == spans["ja"] > 50


def test_no_name_becomes_markup(hostile_report, cases):
    known = {t for t, _ in Page(render(cases["many"]())).elements}
    known |= {t for t, _ in Page(render(cases["ordinary"]())).elements}
    got = Page(render(hostile_report))
    assert {t for t, _ in got.elements} <= known
    text = render(hostile_report)
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "{{ 7*7 }}" in text
    assert '<bdi class="name" translate="no">عمود السعر</bdi>' in text


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_opens_in_the_language_asked_for(lake, lang):
    text = render(lake, lang=lang)
    assert f'<html lang="{lang}">' in text
    title = {"en": "Privacy and biometric-data report", "ja": "プライバシー・生体データ報告書"}[
        lang
    ]
    assert f">{title}</title>" in text


def test_a_scan_ticks_no_box(page):
    assert not [a for t, a in page.elements if t == "input" and a.get("type") != "search"]
    assert not [a for _, a in page.elements if "checked" in a]


def test_size_stays_modest(cases):
    assert len(render(cases["ordinary"]()).encode()) < 160_000
    assert len(render(cases["many"]()).encode()) < 3_000_000


def test_unverified_clauses_are_marked(lake):
    text = render(lake)
    assert text.count('class="tag unverified"') == 1
    assert 'M: <span lang="en">from memory, unverified' in text


def test_all_columns_and_findings_are_in_the_page(cases):
    report = cases["many"]()
    text = render(report)
    assert text.count('<article class="finding') == 160
    assert all(f"column_{i:03}" in text for i in range(300))


def test_says_what_was_not_looked_at(hostile_report, cases):
    text = render(hostile_report)
    assert "the footer is damaged" in text
    assert "not installed" in text
    assert "BIPA" in text
    assert "Everything that was found was read." in render(cases["clean"]())
    assert "Nothing was scanned" in render(cases["nothing"]())


def test_a_blank_stands_before_how_many_more(lake):
    alike = replace(lake.findings[0], advice={"en": "Do it.", "ja": "する。"})
    found = tuple(replace(alike, id=f"{i:012x}") for i in range(9))
    text = render(replace(lake, findings=found))
    assert '</a> <span lang="en">and 5 more</span>' in text


def test_unread_files_share_one_card(cases):
    text = render(cases["heap"]())
    cards = [a for t, a in Page(text).elements if t == "details" and a.get("class") == "card"]
    assert len(cards) < 15
    assert text.count("45 files could not be read at all") == 2
    assert all(f"broken_{i:02}" in text for i in range(45))


def test_a_guess_stands_apart_from_what_was_found(cases):
    text = render(cases["unsure"]())
    assert "<tbody>" not in text[text.index('id="data_map"') : text.index('id="reidentification"')]
    assert "2 columns in which nothing personal was found" in text
    assert "Suspected, less likely than not" in text
    assert "31 %" in text
    assert "Suspected" not in render(cases["ordinary"]())


def colors(css: str) -> list[dict[str, str]]:
    return [
        dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})", block))
        for block in re.findall(r":root \{(.*?)\}", css, re.DOTALL)
    ]


def luminance(color: str) -> float:
    digits = color[1:] if len(color) == 7 else "".join(c * 2 for c in color[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, two: str) -> float:
    light, dark = sorted((luminance(one), luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_enough_in_light_dark_and_print(lake):
    palettes = colors("".join(Page(render(lake)).texts["style"]))
    assert len(palettes) == 3
    for given in palettes:
        pairs = [
            (ink, paper)
            for ink in ("ink", "quiet", "link")
            for paper in ("paper", "raised", "soft")
        ]
        pairs += [("ink", f"heat-{i}") for i in (1, 2, 3, 4)]
        for level in ("none_detected", "low", "medium", "high", "very_high", "info"):
            pairs += [(level, f"{level}-soft"), (level, "raised"), (level, "paper")]
        for ink, paper in pairs:
            assert contrast(given[ink], given[paper]) >= 4.5, (ink, paper, given[ink], given[paper])
