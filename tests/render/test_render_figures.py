"""Figures draw what was measured, stand alone, and let no name become markup."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from privscan.model.kinds import Level, State
from privscan.model.profile import Link, QuasiIdentifiers
from privscan.render._figures import moves, of_dataset, of_report
from privscan.render._figures.canvas import COLOURS, breadth, cut
from privscan.render._figures.classes import class_sizes
from privscan.render._figures.trend import Point, trend
from privscan.render._words import LANGUAGES, both

SVG = "{http://www.w3.org/2000/svg}"


def figures(report):
    return [*of_report(report), *(f for d in report.datasets for f in of_dataset(d))]


def words(figure, lang):
    return [e.text for e in ET.fromstring(figure.svg(lang)).iter() if e.text]


@pytest.fixture
def joined(lake):
    staff, people, *rest = lake.datasets
    links = (Link("people", "email", 0.98, "mail", (0.9, 1.0)), Link("pictures", "id", 0.25))
    back = (Link("staff", "mail", 0.4),)
    sets = (replace(staff, links=links), replace(people, links=back), *rest)
    return replace(lake, datasets=sets)


def test_every_figure_is_wellformed_named_and_described_in_each_language(report):
    for figure in figures(report):
        for lang in LANGUAGES:
            root = ET.fromstring(figure.svg(lang))
            assert root.attrib["role"] == "img"
            name, about = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
            assert re.sub(r"\W", "", figure.title[lang])[:6] in re.sub(r"\W", "", name.text)
            assert about.text
            assert len(figure.svg(lang)) < 60_000


def test_a_figure_needs_nothing_around_it_and_has_no_id_to_clash(report):
    for figure in figures(report):
        for element in ET.fromstring(figure.svg()).iter():
            assert not {"id", "style", "href"} & {*element.attrib}
            assert not [name for name in element.attrib if name.startswith("on")]
            assert element.tag.removeprefix(SVG) in {
                "svg", "title", "desc", "text", "tspan", "rect", "path", "polyline", "polygon",
                "circle",
            }  # fmt: skip


def test_the_same_report_gives_the_same_bytes(report):
    assert [f.svg() for f in figures(report)] == [f.svg() for f in figures(report)]


def test_each_text_is_there_in_both_languages_or_stands_once(lake):
    for figure in figures(lake):
        spans = [e.attrib["lang"] for e in ET.fromstring(figure.svg()).iter(f"{SVG}tspan")]
        assert spans.count("en") == spans.count("ja")
        assert not list(ET.fromstring(figure.svg("ja")).iter(f"{SVG}tspan"))


def test_the_table_has_as_many_cells_as_heads(report):
    for figure in figures(report):
        assert figure.rows
        assert all(len(row) == len(figure.heads) for row in figure.rows)
        assert all({*cell} == {*LANGUAGES} for row in figure.rows for cell in row)


def test_names_stay_text(hostile_report):
    every = "".join(f.svg() for f in figures(hostile_report))
    assert "<script" not in every
    assert "&lt;script&gt;" in every
    page = HTMLParser()
    attributes = []
    page.handle_starttag = lambda _, given: attributes.extend(name for name, _ in given)
    page.feed(every)
    assert attributes
    assert not [name for name in attributes if name.startswith("on")]


def test_a_waterfall_adds_up_to_the_score(lake):
    staff = lake.datasets[0]
    drawn = next(f for f in of_dataset(staff) if f.key == "waterfall")
    points = [float(row[1]["en"]) for row in drawn.rows]
    assert sum(points[:-1]) == pytest.approx(points[-1], abs=0.2)
    assert points[-1] == staff.risk.score
    texts = words(drawn, "en")
    assert "+45.8" in texts
    assert "+0.0" not in texts


def test_nothing_measured_draws_nothing(cases):
    assert figures(cases["nothing"]()) == []
    assert figures(cases["clean"]()) == []
    assert figures(cases["unscored"]()) == []
    assert class_sizes(QuasiIdentifiers(("a",), 0, 0.0, 0), "d") is None
    assert moves([("a", None, None)]) is None


def test_prevalence_tells_protection_and_leaks_by_shape(lake):
    drawn = next(f for f in of_dataset(lake.datasets[0]) if f.key == "prevalence")
    root = ET.fromstring(drawn.svg("en"))
    discs = [e.attrib["fill"] for e in root.iter(f"{SVG}circle")]
    assert discs.count(COLOURS["paper"]) == 1
    assert discs.count(COLOURS["data"]) == 2
    assert len([*root.iter(f"{SVG}polygon")]) == 1
    assert "< 0.1 %" in words(drawn, "en")
    states = {row[5]["en"] for row in drawn.rows}
    assert both(State.HASH_UNSALTED.value)["en"] in states


def test_small_classes_are_hatched_and_no_class_is_lost():
    sizes = ((1, 60), (2, 4), (12, 30), (5000, 6))
    drawn = class_sizes(QuasiIdentifiers(("a", "b"), 1, 0.64, 100, sizes), "d")
    people = [int(row[1]["en"]) for row in drawn.rows]
    assert sum(people) == 100
    assert [row[0]["en"] for row in drawn.rows][-1] == "1,001+"
    hatched = [*ET.fromstring(drawn.svg("en")).iter(f"{SVG}path")]
    assert len(hatched) == 2
    assert "64 %" in drawn.about["en"]


def test_joins_are_drawn_once_a_pair_with_the_strongest_share(joined):
    drawn = next(f for f in of_report(joined) if f.key == "joins")
    root = ET.fromstring(drawn.svg("en"))
    bows = [*root.iter(f"{SVG}path")]
    assert len(bows) == 2
    assert [("stroke-dasharray" in bow.attrib) for bow in bows].count(True) == 1
    assert {"98 %", "25 %"} <= {*words(drawn, "en")}
    assert "40 %" not in words(drawn, "en")
    assert len(drawn.rows) == 3
    assert [cell["en"] for cell in drawn.rows[0]][:5] == [
        "staff", "email", "people", "mail", "98 %",
    ]  # fmt: skip


def test_the_map_shows_the_way_from_inherent_to_residual(lake):
    after = replace(lake.datasets[1].risk, score=12.0, cnil_severity=1, cnil_likelihood=1)
    drawn = moves(
        [("staff", lake.datasets[0].risk, after), ("people", lake.datasets[1].risk, None)]
    )
    root = ET.fromstring(drawn.svg("en"))
    assert len([*root.iter(f"{SVG}circle")]) == 3
    assert len([*root.iter(f"{SVG}polyline")]) == 1
    assert "92 → 12" in words(drawn, "en")
    assert [row[3]["en"] for row in drawn.rows][1] == "-"


def test_a_trend_needs_two_reports():
    points = [Point(f"r{n}", n * 10.0, Level.LOW, n) for n in range(30)]
    assert trend(points[:1], both("fig_trend")) is None
    drawn = trend(points, both("fig_trend"))
    assert len(drawn.rows) == 30
    assert {"r29", "290.0"} <= {*words(drawn, "en")}


def test_long_texts_are_cut_within_their_room():
    for text in ("x" * 300, "氏名" * 100, "WWWW" * 40, "i.l" * 90):
        short = cut(text, 120)
        assert short.endswith("…")
        assert breadth(short) <= 120 + 13
        assert len(short) > 5
    assert cut("short", 120) == "short"


def test_greys_of_the_map_keep_the_order_of_the_risk():
    def grey(colour):
        parts = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
        return 0.299 * parts[0] + 0.587 * parts[1] + 0.114 * parts[2]

    heats = [grey(COLOURS[f"heat-{n}"]) for n in (1, 2, 3, 4)]
    assert heats == sorted(heats, reverse=True)
    assert min(a - b for a, b in pairwise(heats)) > 10
