"""The samples are what their script makes, and a scan of them finds what they were made for."""

from __future__ import annotations

import gzip
import json
import runpy
from pathlib import Path

import polars as pl
import pytest

import privscan as ps
from privscan.errors import RuleError
from privscan.model.kinds import Level
from privscan.sources._ignore import ignored

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples"
EXPECTED = json.loads((SAMPLES / "expected.json").read_text("utf-8"))
DATASETS = EXPECTED["datasets"]
MUST = [(name, want) for name, data in DATASETS.items() for want in data["must_find"]]
MUST_NOT = [(name, want) for name, data in DATASETS.items() for want in data["must_not_find"]]
MADE_BY_CAMERA = {"astronaut", "chelsea", "coffee", "grace_hopper", "hubble_deep_field", "rocket"}


def said(case):
    name, want = case
    return f"{name}-{want['column']}-{want.get('entity', 'nothing')}"


@pytest.fixture(scope="module")
def report():
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        return ps.scan("samples")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")
    runpy.run_path(str(SAMPLES / "make_samples.py"))["main"](folder)
    return folder


def dataset(report, name):
    [found] = [d for d in report.datasets if d.name == name]
    return found


def column(report, name, path):
    [found] = [c for c in dataset(report, name).columns if c.path == path]
    return found


def test_every_sample_is_expected_and_every_expectation_is_a_sample(report):
    assert {d.name for d in report.datasets} == {*DATASETS}
    assert report.complete is EXPECTED["complete"]
    assert report.unread == ()
    for name, want in DATASETS.items():
        found = dataset(report, name)
        assert (found.kind, found.rows, found.files) == (want["kind"], want["rows"], want["files"])


@pytest.mark.parametrize("name", DATASETS)
def test_level(report, name):
    want, found = DATASETS[name]["level"], dataset(report, name).risk
    assert Level(want["least"]).rank <= found.level.rank, (found.level, found.score)
    assert found.level.rank <= Level(want.get("most", "very_high")).rank, (found.level, found.score)


def test_the_lake_is_as_risky_as_its_worst_part_and_machines_are_its_least(report):
    scores = {d.name: d.risk.score for d in report.datasets}
    assert report.score == max(scores.values())
    assert scores["telemetry"] == 0
    assert min(scores["employees"], scores["顧客一覧"]) > scores["subscribers"] > 0


@pytest.mark.parametrize("case", MUST, ids=said)
def test_what_must_be_found(report, case):
    name, want = case
    found = column(report, name, want["column"])
    [one] = [e for e in found.entities if e.entity == want["entity"]]
    assert one.confidence >= want["least_confidence"]
    assert one.leak is want.get("leak", False)
    assert one.state == want.get("state", one.state)
    assert one.cells == want.get("cells", one.cells)
    if want.get("class"):
        assert found.entity == want["entity"]
        assert found.confidence == one.confidence


@pytest.mark.parametrize("case", MUST_NOT, ids=said)
def test_what_must_not_be_found(report, case):
    name, want = case
    found = column(report, name, want["column"])
    entities = {e.entity for e in found.entities}
    if "entity" in want:
        assert want["entity"] not in entities
    else:
        assert not entities
        assert found.entity is None


def test_faces_and_positions(report):
    want, found = DATASETS["photos"]["media"], dataset(report, "photos").media
    assert {name: getattr(found, name) for name in want} == want
    assert dataset(report, "employees").media.images == 0


def test_what_people_declared_is_used_and_the_rest_is_asked(report):
    asked = {f.dataset for f in report.findings if f.question}
    assert "nested" in asked
    assert dataset(report, "employees").subjects == 240
    laws = {c.law for f in report.findings if f.dataset == "employees" for c in f.citations}
    assert any("My Number" in law or "APPI" in law for law in laws), laws


def test_findings_name_only_what_is_personal(report):
    assert {f.dataset for f in report.findings if f.columns} <= {*DATASETS} - {"telemetry"}


def test_the_gate_stops_the_lake_and_lets_machines_through():
    verdict = ps.gate(SAMPLES / "machines")
    assert verdict.passed
    assert not ps.gate(SAMPLES / "orders").passed


@pytest.mark.parametrize(
    "name",
    ["newsletter/subscribers.csv", "machines/telemetry.csv", "events/nested.jsonl",
     "japan/顧客一覧.csv"],
)  # fmt: skip
def test_the_script_makes_the_committed_text_to_the_byte(made, name):
    assert (made / name).read_bytes() == (SAMPLES / name).read_bytes()


def test_the_script_makes_the_committed_tables(made):
    log = "weblogs/access.jsonl.gz"
    assert gzip.decompress((made / log).read_bytes()) == gzip.decompress(
        (SAMPLES / log).read_bytes()
    )
    for file in sorted(SAMPLES.rglob("*.parquet")):
        again = pl.read_parquet(made / file.relative_to(SAMPLES), hive_partitioning=False)
        assert again.equals(pl.read_parquet(file, hive_partitioning=False)), file.name


def test_the_script_leaves_no_file_out_and_adds_none(made):
    kept = {
        p.relative_to(SAMPLES).as_posix()
        for p in SAMPLES.rglob("*")
        if p.is_file() and p.stem not in MADE_BY_CAMERA and "__pycache__" not in p.parts
    }
    by_hand = {"make_samples.py", "expected.json", "photos/SOURCES.md",
               *(f"{d}/dataset.yaml" for d in ("hr", "newsletter", "photos"))}  # fmt: skip
    written = {p.relative_to(made).as_posix() for p in made.rglob("*") if p.is_file()}
    assert written == kept - by_hand


def test_the_samples_are_small_and_their_pictures_have_a_source():
    assert sum(p.stat().st_size for p in SAMPLES.rglob("*") if p.is_file()) < 1_500_000
    sources = (SAMPLES / "photos" / "SOURCES.md").read_text("utf-8")
    for name in MADE_BY_CAMERA:
        assert f"`{name}.jpg`" in sources


def test_traps_are_real():
    """Telemetry holds numbers that pass a check digit by chance: the trap is not an empty one."""
    from stdnum import isbn, luhn
    from stdnum.jp import in_

    rows = pl.read_csv(SAMPLES / "machines" / "telemetry.csv", infer_schema=False)
    for name, check in (("serial", luhn), ("batch", in_)):
        passed = rows[name].map_elements(check.is_valid, pl.Boolean).mean()
        assert 0.03 < passed < 0.2
    assert rows["manual_isbn"].map_elements(isbn.is_valid, pl.Boolean).all()


def ignore(folder, *lines):
    (folder / ".privscanignore").write_text("\n".join(lines), "utf-8")
    return ignored(folder)


def test_ignored_files_are_left_out_of_a_folder_scan_but_not_when_named(tmp_path, monkeypatch):
    (tmp_path / "lake").mkdir()
    for name in ("kept.csv", "draft.csv"):
        (tmp_path / "lake" / name).write_text(f"machine,{name[:4]}\n1,2\n", "utf-8")
    ignore(tmp_path, "# a comment", "", "draft.*")
    monkeypatch.chdir(tmp_path)
    assert [d.name for d in ps.scan("lake").datasets] == ["kept"]
    assert [d.name for d in ps.scan("lake/draft.csv").datasets] == ["draft"]


def test_an_ignore_file_inside_the_data_hides_nothing(tmp_path, monkeypatch):
    lake = tmp_path / "lake"
    lake.mkdir()
    (lake / "a.csv").write_text("machine\n1\n", "utf-8")
    ignore(lake, "*")
    monkeypatch.chdir(tmp_path)
    assert [d.name for d in ps.scan("lake").datasets] == ["a"]


@pytest.mark.parametrize(
    ("line", "path", "fits"),
    [
        ("draft.csv", "deep/down/draft.csv", True),
        ("draft.csv", "draft.csv.gz", False),
        ("lake/draft.csv", "lake/draft.csv", True),
        ("lake/draft.csv", "other/lake/draft.csv", False),
        ("/draft.csv", "draft.csv", True),
        ("lake/*.csv", "lake/a.csv", True),
        ("lake/*.csv", "lake/deep/a.csv", False),
        ("lake/**/*.csv", "lake/deep/down/a.csv", True),
        ("lake/**/*.csv", "lake/a.csv", True),
        ("a?.csv", "ab.csv", True),
        ("a?.csv", "a/.csv", False),
        ("a.csv", "abcsv", False),
        ("old/", "old", False),
        ("*", "../outside.csv", False),
    ],
)
def test_patterns(tmp_path, line, path, fits):
    assert ignore(tmp_path, line).fits(str(tmp_path / path), is_folder=False) is fits


def test_a_final_slash_is_for_folders(tmp_path):
    assert ignore(tmp_path, "old/").fits(str(tmp_path / "a" / "old"), is_folder=True)
    assert not ignored(tmp_path / "nowhere").fits(str(tmp_path / "b"), is_folder=True)


def test_an_ignore_file_that_is_no_text_is_an_error_with_its_name(tmp_path):
    (tmp_path / ".privscanignore").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(RuleError, match=r"\.privscanignore"):
        ignored(tmp_path)
