"""Files are written all or none, never over data under scan."""

from __future__ import annotations

from pathlib import Path

import pytest

from privscan.cli import output
from privscan.errors import UsageError


def test_write_replaces_all_files_and_leaves_nothing_beside_them(tmp_path: Path):
    old = tmp_path / "a.json"
    old.write_text("old", "utf-8")
    output.write({old: "new", tmp_path / "b.csv": "x,y\r\n"})
    assert old.read_text("utf-8") == "new"
    assert (tmp_path / "b.csv").read_bytes() == b"x,y\r\n"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.json", "b.csv"]


def test_one_file_that_cannot_be_written_leaves_the_others_as_they_were(tmp_path: Path):
    old = tmp_path / "a.json"
    old.write_text("old", "utf-8")
    with pytest.raises(UsageError, match="cannot write"):
        output.write({old: "new", tmp_path / "no folder" / "b.csv": "x"})
    assert old.read_text("utf-8") == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.json"]


@pytest.mark.parametrize(
    ("outputs", "said"),
    [
        (["report.xyz"], "known are"),
        (["report.jsn"], "did you mean '.json'?"),
        (["nowhere/report.json"], "folder"),
        (["a.json", "a.json"], "twice"),
    ],
)
def test_wrong_outputs_are_refused_before_any_work(tmp_path, monkeypatch, outputs, said):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError) as refused:
        output.targets(outputs)
    assert said in str(refused.value)


@pytest.mark.parametrize("source", ["data", "data/lake.csv", "data/*.csv", "data/**"])
def test_data_under_scan_is_not_overwritten(tmp_path, monkeypatch, source):
    monkeypatch.chdir(tmp_path)
    Path("data").mkdir()
    Path("data/lake.csv").write_text("a\n1\n", "utf-8")
    with pytest.raises(UsageError, match="overwrite"):
        output.targets(["data/lake.csv"], [source])
    assert output.targets(["lake.csv"], [source]) == {Path("lake.csv"): "csv"}


def test_a_report_beside_its_data_can_be_written_again(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("report.html").write_text("old", "utf-8")
    assert output.targets(["report.html"], ["."]) == {Path("report.html"): "html"}


def test_control_characters_do_not_reach_a_terminal(capsys):
    output.tell("wrote \x1b[31mred\x07.html")
    assert capsys.readouterr().err == "wrote ?[31mred?.html\n"
