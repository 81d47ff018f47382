"""Files are written all or none, never over data under scan."""

from __future__ import annotations

from pathlib import Path

import pytest

from privscan.cli import output
from privscan.errors import UsageError
from privscan.model.kinds import Level
from privscan.model.report import Report, Tool
from privscan.registry import Plugin
from privscan.render import html
from privscan.render._files import suffixes, write


@pytest.fixture
def empty_report():
    return Report(Tool("0", "r", "p"), 0.0, Level.NONE_DETECTED, False, (), (), ())  # noqa: FBT003  fields in their order


def test_write_replaces_all_files_and_leaves_nothing_beside_them(tmp_path: Path):
    old = tmp_path / "a.json"
    old.write_text("old", "utf-8")
    write({old: "new", tmp_path / "b.csv": "x,y\r\n"})
    assert old.read_text("utf-8") == "new"
    assert (tmp_path / "b.csv").read_bytes() == b"x,y\r\n"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.json", "b.csv"]


def test_one_file_that_cannot_be_written_leaves_the_others_as_they_were(tmp_path: Path):
    old = tmp_path / "a.json"
    old.write_text("old", "utf-8")
    with pytest.raises(UsageError, match="cannot write"):
        write({old: "new", tmp_path / "no folder" / "b.csv": "x"})
    assert old.read_text("utf-8") == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.json"]


@pytest.mark.parametrize("failure", [PermissionError(13, "refused"), KeyboardInterrupt()], ids=repr)
def test_a_rename_that_fails_or_is_broken_off_undoes_those_before(tmp_path, monkeypatch, failure):
    for name in ("a.json", "c.csv"):
        (tmp_path / name).write_text("old", "utf-8")
    replace = Path.replace

    def failing(self, target):
        if Path(target).name == "c.csv" and self.name.endswith("new"):
            raise failure
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", failing)
    documents = {tmp_path / name: "new" for name in ("a.json", "b.html", "c.csv")}
    with pytest.raises((UsageError, KeyboardInterrupt)):
        write(documents)
    assert {p.name: p.read_text("utf-8") for p in tmp_path.iterdir()} == {
        "a.json": "old",
        "c.csv": "old",
    }


def test_a_folder_in_the_place_of_a_file_leaves_the_others_as_they_were(tmp_path):
    (tmp_path / "b.csv").mkdir()
    with pytest.raises(UsageError, match="cannot write"):
        write({tmp_path / "a.json": "new", tmp_path / "b.csv": "x"})
    assert [p.name for p in tmp_path.iterdir()] == ["b.csv"]


def test_program_and_python_pick_the_same_renderer(tmp_path, empty_report):
    empty_report.save(tmp_path / "R.SARIF.JSON")
    assert '"version": "2.1.0"' in (tmp_path / "R.SARIF.JSON").read_text("utf-8")
    assert output.targets([str(tmp_path / "R.SARIF.JSON")]) == {tmp_path / "R.SARIF.JSON": "sarif"}
    with pytest.raises(UsageError) as refused:
        empty_report.save(tmp_path / "report.jsn")
    assert "did you mean '.json'?" in str(refused.value)
    assert suffixes(Plugin("pages", "render", "x", "")) == (".pages",)


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


def test_a_page_of_ours_beside_its_data_can_be_written_again(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    whole = Report(
        Tool("1", "r", "p", {}),
        0.0,
        Level.NONE_DETECTED,
        complete=False,
        datasets=(),
        findings=(),
        unread=(),
    )
    Path("report.html").write_text(html.render(whole), "utf-8")
    assert output.targets(["report.html"], ["."]) == {Path("report.html"): "html"}
    Path("report.html").write_text("<p>letters of customers</p>", "utf-8")
    with pytest.raises(UsageError, match="overwrite data under scan"):
        output.targets(["report.html"], ["."])


def test_control_characters_do_not_reach_a_terminal(capsys):
    output.tell("wrote \x1b[31mred\x07.html")
    assert capsys.readouterr().err == "wrote ?[31mred?.html\n"


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("r.csv", "csv"),
        ("r.actions.csv", "actions"),
        ("r.xlsx", "xlsx"),
        ("r.json", "json"),
        ("r.cnil.json", "cnil"),
        ("r.pia.json", "cnil"),
        ("r.croissant.json", "croissant"),
        ("r.jsonld", "dpv"),
        ("r.fides.yml", "fideslang"),
        ("r.ndjson", "ndjson"),
        ("r.openlineage.ndjson", "openlineage"),
    ],
)
def test_the_longest_suffix_picks_the_format(file, name):
    assert output.targets([file]) == {Path(file): name}


def test_bytes_are_written_as_they_are_and_a_terminal_refuses_them(
    tmp_path, capsysbinary, monkeypatch
):
    write({tmp_path / "a.xlsx": b"PK\x03\r\n\xff"})
    assert (tmp_path / "a.xlsx").read_bytes() == b"PK\x03\r\n\xff"
    output.emit(b"PK\r\n\xff")
    assert capsysbinary.readouterr().out == b"PK\r\n\xff"
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    with pytest.raises(UsageError, match="terminal cannot show") as refused:
        output.emit(b"PK")
    assert "-o report.xlsx" in str(refused.value)
