"""A site: an index by risk, a page a dataset, written whole into a folder of its own."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest

from privscan.errors import UsageError
from privscan.model.kinds import Level
from privscan.model.profile import Link
from privscan.render._site.folder import checked, is_folder, write_all
from privscan.render._site.gathered import Labelled, gathered, labelled, together
from privscan.render._site.pages import pages


def names(page: str) -> list[str]:
    return re.findall(
        r'<a href="datasets/[a-z0-9-]+\.html" data-page><bdi[^>]*>([^<]*)</bdi>', page
    )


@pytest.fixture
def later(lake):
    """The lake without its first dataset, and with the second one at a lower score."""
    people, *rest = lake.datasets[1:]
    risk = replace(people.risk, score=31.0, level=Level.LOW)
    findings = tuple(f for f in lake.findings if f.dataset != "staff")
    return replace(
        lake, score=47.5, level=Level.MEDIUM, findings=findings,
        datasets=(*rest, replace(people, risk=risk)),
    )  # fmt: skip


def test_the_index_comes_last_and_lists_every_dataset_by_risk(lake):
    made = pages({"a": lake})
    assert [*made][-1] == "index.html"
    assert len(made) == 1 + len(lake.datasets)
    listed = [n for n in names(made["index.html"]) if n]
    assert listed[:4] == ["staff", "people", "pictures", "machines"]


def test_every_link_between_pages_has_its_aim(report):
    made = pages({"a": report})
    for place, page in made.items():
        folder = "datasets/" if place.startswith("datasets/") else ""
        for href in re.findall(r'<a href="([^"#]+)"', page):
            aim = "index.html" if href == "../index.html" else folder + href
            assert aim in made, (place, href)


def test_each_page_stands_alone_and_lets_nothing_in(report):
    for page in pages({"a": report}).values():
        assert "default-src 'none'" in html.unescape(page[:2048])
        assert page.count("<script>") == page.count("<style>") == 1
        assert not re.search(r'<(?:link|script|img)[^>]*(?:src|href)="(?!data:)', page)
        assert '<meta name="generator" content="privscan ' in page[:2048]


def test_names_of_pages_are_safe_apart_and_stay(hostile_report):
    files = [*pages({"a": hostile_report})]
    assert len({file.casefold() for file in files}) == len(files) == 1 + 21
    assert all(re.fullmatch(r"datasets/[a-z0-9-]{1,60}\.html|index\.html", f) for f in files)
    assert files == [*pages({"b": hostile_report})]


def test_no_name_becomes_markup_on_any_page(hostile_report):
    for page in pages({"<script>alert(2)</script>": hostile_report, "b": hostile_report}).values():
        assert "<script>alert" not in page
        assert "<svg onload" not in page
        assert "<img src=x" not in page
        assert page.encode()


def test_a_dataset_is_shown_as_in_the_last_report_that_holds_it(lake, later):
    reports = [Labelled("may", lake), Labelled("june", later)]
    found = {e.dataset.name: e for e in gathered(reports)}
    assert found["staff"].gone
    assert found["staff"].label == "may"
    assert not found["people"].gone
    assert [p.score for p in found["people"].history] == [70.25, 31.0]
    assert found["people"].change == pytest.approx(-39.2, abs=0.1)
    whole = together(list(found.values()), reports)
    assert whole.score == 91.5
    assert {f.dataset for f in whole.findings} == {"staff", "people", "pictures"}
    index = pages({"may": lake, "june": later})["index.html"]
    assert "not in the last report; shown as in may" in index
    assert "points since the report before" in index
    assert 'id="trend"' in index


def test_one_report_has_no_trend_and_is_shown_as_it_is(lake):
    made = pages({"a": lake})
    assert not [place for place, page in made.items() if 'id="trend"' in page]
    assert together(gathered([Labelled("a", lake)]), [Labelled("a", lake)]) is lake


def test_a_page_of_a_dataset_holds_its_findings_only_and_links_its_joins(lake):
    staff, *rest = lake.datasets
    lake = replace(lake, datasets=(replace(staff, links=(Link("people", "email", 0.5),)), *rest))
    made = pages({"a": lake})
    [place] = [p for p in made if "/staff-" in p]
    assert made[place].count('<article class="finding') == 2
    assert re.search(r'<a href="people-[0-9a-f]{10}\.html" data-page>', made[place])
    assert 'class="picture joins"' in made["index.html"]


def test_reports_are_labelled_by_what_tells_them_apart(tmp_path):
    assert labelled(["2026-05.json", "2026-11.json"]) == ["2026-05", "2026-11"]
    assert labelled(["may/report.json", "june/report.json"]) == ["may/report", "june/report"]
    with pytest.raises(UsageError, match="named twice"):
        labelled(["a.json", "a.json"])


def test_what_names_a_folder(tmp_path):
    assert is_folder("site/")
    assert is_folder(str(tmp_path))
    assert not is_folder(str(tmp_path / "site"))
    assert not is_folder("report.html")


def test_a_folder_with_other_things_is_refused_and_left_alone(tmp_path, lake):
    mine = tmp_path / "mine.txt"
    mine.write_text("keep")
    with pytest.raises(UsageError, match="holds other things"):
        checked(f"{tmp_path}/")
    assert [*tmp_path.iterdir()] == [mine]
    (tmp_path / "index.html").write_text("<html>another site</html>")
    with pytest.raises(UsageError, match="holds other things"):
        checked(f"{tmp_path}/")
    with pytest.raises(UsageError, match="does not exist"):
        checked(f"{tmp_path}/no/site/")


def test_a_second_site_takes_the_place_of_the_first(tmp_path, lake, later):
    folder = checked(f"{tmp_path}/site/")
    assert write_all({}, {folder: pages({"a": lake})}) == [folder / "index.html"]
    foreign = folder / "datasets" / "notes.html"
    foreign.write_text("mine")
    write_all({}, {checked(f"{tmp_path}/site/"): pages({"a": later})})
    left = {file.name.rpartition("-")[0] for file in (folder / "datasets").iterdir()}
    assert left == {"people", "pictures", "machines", ""}
    assert foreign.read_text() == "mine"
    assert not [f for f in folder.rglob("*") if f.name.startswith(".")]


def test_what_cannot_be_written_leaves_nothing_behind(tmp_path, lake):
    wall = tmp_path / "wall"
    wall.mkdir()
    folder = tmp_path / "site"
    with pytest.raises(UsageError, match="cannot write"):
        write_all({wall: "a folder is no file"}, {folder: pages({"a": lake})})
    assert not folder.exists()


def test_the_same_reports_give_the_same_site(lake, later):
    assert pages({"a": lake, "b": later}) == pages({"a": lake, "b": later})
