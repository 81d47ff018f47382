"""The verbs write a site where an output is a folder, and say why where they cannot."""

from __future__ import annotations

import json

import pytest
from program import QUICK, program


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("site")
    (place / "data").mkdir()
    (place / "data" / "people.csv").write_text("born\n1980-01-02\n1990-03-04\n")
    done = program(place, "scan", "data", *QUICK, "-q", "-f", "json", "-o", "site/", "-o", "a.json",
                   "--manifest", "a.manifest.json")  # fmt: skip
    assert done.returncode == 0, done.stderr
    return place


def test_scan_writes_a_site_and_its_manifest_vouches_for_every_page(folder):
    pages = {f.relative_to(folder).as_posix() for f in (folder / "site").rglob("*.html")}
    assert "site/index.html" in pages
    assert len(pages) == 2
    manifest = (folder / "a.manifest.json").read_text()
    assert all(json.dumps(page)[1:-1] in manifest for page in pages)


def test_several_reports_want_a_folder(folder):
    (folder / "b.json").write_bytes((folder / "a.json").read_bytes())
    refused = program(folder, "report", "a.json", "b.json", "-o", "c.html")
    assert refused.returncode == 2
    assert "several reports make a site" in refused.stderr
    assert not (folder / "c.html").exists()
    made = program(folder, "report", "a.json", "b.json", "-o", "two/", "-f", "json")
    assert made.returncode == 0, made.stderr
    assert json.loads(made.stdout)["schema"] == "privscan-report/1"
    assert 'id="trend"' in (folder / "two" / "index.html").read_text("utf-8")


def test_assess_writes_a_site_with_the_whole_document(folder):
    made = program(folder, "assess", "a.json", "-q", "-o", "assessed/")
    assert made.returncode == 0, made.stderr
    assert (folder / "assessed" / "assessment.html").is_file()
    assert "Status: draft" in (folder / "assessed" / "index.html").read_text("utf-8")
    part = program(folder, "assess", "a.json", "-q", "-o", "assessed/", "--part", "notice")
    assert part.returncode == 2
    assert "no part" in part.stderr


def test_a_folder_of_other_things_is_refused_before_any_work(folder):
    refused = program(folder, "report", "a.json", "-o", "data/")
    assert refused.returncode == 2
    assert "holds other things" in refused.stderr
    assert [f.name for f in (folder / "data").iterdir()] == ["people.csv"]
