"""`scan --manifest` and `verify`: what a report was made of, and whether it still is so."""

from __future__ import annotations

import json
import os
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from program import QUICK, Run

from privscan import api
from privscan.errors import UsageError
from privscan.render._manifest import read_manifest, signed, text, write_private
from privscan.scan.inputs import digested, inputs, placed

CANARY = "1987-03-14"
KEY = bytes(range(32))


@pytest.fixture
def folder(tmp_path: Path, inside: Run) -> Path:
    """A scan of one table, its report and its signed manifest."""
    data = tmp_path / "data"
    data.mkdir()
    rows = "".join(f"19{50 + i % 50}-0{1 + i % 9}-{10 + i % 18}\n" for i in range(100))
    (data / "born.csv").write_text(f"birth_date\n{CANARY}\n{rows}", "utf-8")
    (data / "dataset.yaml").write_text("title: Births\n", "utf-8")
    (tmp_path / "key").write_bytes(KEY)
    done = inside(
        "scan", "data", *QUICK, "-q", "-f", "json", "--key-file", "key",
        "-o", "report.json", "-o", "report.html", "--manifest", "report.manifest.json",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return tmp_path


def wrong(folder: Path, key: bytes | None = None) -> list[tuple[str, str, str]]:
    checks = api.verify(folder / "report.manifest.json", key=key)
    return [(one.what, one.name, one.state) for one in checks if not one.right]


def changed(folder: Path, **changes: object) -> None:
    """The manifest forged: some keys say something else."""
    file = folder / "report.manifest.json"
    file.write_text(text(replace(read_manifest(file), **changes)), "utf-8")


def test_a_manifest_says_what_the_report_was_made_of(folder: Path):
    manifest = json.loads((folder / "report.manifest.json").read_text("utf-8"))
    report = json.loads((folder / "report.json").read_text("utf-8"))
    assert manifest["schema"] == "privscan-manifest/1"
    assert manifest["rules_digest"] == report["tool"]["rules_digest"]
    assert manifest["sources"] == ["data"]
    assert [one["path"] for one in manifest["inputs"]] == ["data/born.csv"]
    assert [one["path"] for one in manifest["reports"]] == ["report.json", "report.html"]
    assert [one["path"] for one in manifest["configuration"]["contexts"]] == ["data/dataset.yaml"]
    [dataset] = manifest["datasets"]
    assert (dataset["rows"], dataset["columns"]) == (101, 1)
    assert dataset["findings"] == len(report["findings"]) > 0
    assert (manifest["complete"], manifest["unread"]) == (True, [])


def test_a_manifest_is_for_its_owner_and_holds_no_value(folder: Path):
    file = folder / "report.manifest.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert CANARY not in file.read_text("utf-8")
    assert KEY.hex() not in file.read_text("utf-8")


def test_what_is_untouched_verifies(folder: Path, inside: Run):
    assert wrong(folder) == []
    assert wrong(folder, KEY) == []
    done = inside("verify", "report.json", "--key-file", "key")
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "all is as recorded")
    assert "すべて記録どおり" in inside("verify", "report.json", "--lang", "ja").stdout


def test_a_folder_moved_as_a_whole_verifies(folder: Path, tmp_path_factory: pytest.TempPathFactory):
    moved = tmp_path_factory.mktemp("moved") / "whole"
    folder.rename(moved)
    assert wrong(moved, KEY) == []


@pytest.mark.parametrize(
    ("file", "what"), [("report.json", "report"), ("report.html", "report"),
                       ("data/born.csv", "input"), ("data/dataset.yaml", "context")],
)  # fmt: skip
def test_a_changed_or_lost_file_is_named(folder: Path, file: str, what: str):
    with (folder / file).open("a") as stream:
        stream.write("\n")
    assert wrong(folder) == [(what, file, "differs")]
    (folder / file).unlink()
    assert (what, file, "missing") in wrong(folder)


def test_a_file_put_into_a_source_is_new(folder: Path):
    (folder / "data" / "more.csv").write_text("x\n1\n", "utf-8")
    (folder / "beside.csv").write_text("x\n1\n", "utf-8")
    assert wrong(folder) == [("input", "data/more.csv", "new")]


def test_a_source_that_is_gone_is_missing(folder: Path):
    (folder / "data").rename(folder / "elsewhere")
    assert ("input", "data", "missing") in wrong(folder)


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"rules_digest": "0" * 16}, "rules"),
        ({"version": "0.0.9"}, "program"),
        ({"libraries": {"polars": "0.1"}}, "library"),
        ({"libraries": {"no-such-library": "1"}}, "library"),
        ({"configuration_digest": "0"}, "configuration"),
    ],
)
def test_other_rules_program_or_settings_differ(
    folder: Path, changes: dict[str, object], what: str
):
    changed(folder, **changes)
    [(found, _, state)] = wrong(folder)
    assert (found, state) == (what, "differs")


def test_a_signature_shows_any_change(folder: Path):
    changed(folder, made_at="2020-01-01T00:00:00+00:00")
    assert wrong(folder) == []
    assert wrong(folder, KEY) == [("signature", "HMAC-SHA256", "differs")]


def test_a_signature_taken_away_or_of_another_key_fails(folder: Path):
    assert wrong(folder, KEY[::-1]) == [("signature", "HMAC-SHA256", "differs")]
    changed(folder, signature="")
    assert wrong(folder, KEY) == [("signature", "HMAC-SHA256", "missing")]
    file = folder / "report.manifest.json"
    file.write_text(text(signed(read_manifest(file), KEY)), "utf-8")
    assert wrong(folder, KEY) == []


def test_the_verb_exits_1_and_says_what_differs(folder: Path, inside: Run):
    (folder / "data" / "born.csv").write_text("birth_date\n", "utf-8")
    done = inside("verify", "report.manifest.json")
    assert done.returncode == 1
    assert "input: data/born.csv: differs" in done.stdout
    told = json.loads(inside("verify", "report.manifest.json", "-f", "json").stdout)
    assert told["right"] is False
    assert {"what": "input", "name": "data/born.csv", "state": "differs"} in told["checks"]
    assert "入力: data/born.csv: 相違" in inside("verify", "report.json", "--lang", "ja").stdout


def test_a_report_that_the_manifest_beside_it_does_not_name_is_not_as_recorded(
    folder: Path, inside: Run
):
    manifest = (folder / "report.manifest.json").read_bytes()
    (folder / "other.manifest.json").write_bytes(manifest)
    (folder / "other.json").write_text("{}", "utf-8")
    done = inside("verify", "other.json")
    assert done.returncode == 1
    assert "report: other.json: not recorded" in done.stdout
    assert "報告書: other.json: 記録にない" in inside("verify", "other.json", "--lang", "ja").stdout
    (folder / "link.json").symlink_to("report.json")
    (folder / "link.manifest.json").write_bytes(manifest)
    assert inside("verify", "link.json").returncode == 0
    assert inside("verify", "other.manifest.json").returncode == 0


def test_what_stands_at_an_address_is_not_checked_and_said_so(folder: Path, inside: Run):
    changed(folder, sources=("data", "s3://lake/orders"))
    done = inside("verify", "report.json")
    assert done.returncode == 0
    assert "input: s3://lake/orders: not checked" in done.stdout


def test_no_name_in_a_manifest_makes_a_line_of_its_own(folder: Path, inside: Run):
    changed(folder, sources=("data", "x\nall is as recorded\x1b[2K"))
    done = inside("verify", "report.json")
    assert done.returncode == 1
    assert "input: x?all is as recorded?[2K: missing" in done.stdout
    assert "all is as recorded" not in done.stdout.splitlines()


@pytest.mark.parametrize(
    "content", ["", "{}", "[]", '{"schema": "privscan-manifest/1"}', "[" * 9999]
)
def test_what_is_no_manifest_is_refused_and_not_quoted(tmp_path: Path, inside: Run, content: str):
    (tmp_path / "x.json").write_text(content, "utf-8")
    done = inside("verify", "x.json")
    assert done.returncode == 2
    assert "x.json: this is no privscan-manifest/1" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_report_without_a_manifest_names_the_next_command(folder: Path, inside: Run):
    (folder / "report.manifest.json").unlink()
    done = inside("verify", "report.json")
    assert done.returncode == 2
    assert "--manifest" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--manifest", "m.json"), "none is written"),
        (("-o", "r.json", "--manifest", "r.json"), "named twice"),
        (("-o", "r.json", "--manifest", "m.html"), "a manifest is JSON"),
        (("-o", "r.json", "--manifest", "no/m.json"), "does not exist"),
        (("-o", "r.json", "--manifest", "data/born.json"), "would overwrite data"),
    ],
)
def test_a_manifest_is_checked_before_any_data_is_read(
    folder: Path, inside: Run, arguments: tuple[str, ...], said: str
):
    (folder / "data" / "born.json").write_text("[]", "utf-8")
    done = inside("scan", "data", *QUICK, *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert not (folder / "r.json").exists()


def test_inputs_are_each_file_once_whatever_its_names(tmp_path: Path):
    for name in ("b.csv", "a.csv", "readme.md"):
        (tmp_path / name).write_text(name, "utf-8")
    (tmp_path / "link.csv").symlink_to(tmp_path / "a.csv")
    found = inputs([str(tmp_path), str(tmp_path / "a.csv"), str(tmp_path / "*.csv")], tmp_path)
    assert [one.path for one in found] == ["a.csv", "b.csv"]
    assert [one.bytes for one in found] == [5, 5]
    with pytest.raises(UsageError, match="no such file"):
        inputs([str(tmp_path / "nothing")], tmp_path)


def test_what_is_no_regular_file_has_no_digest(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe")
    assert digested(tmp_path / "pipe", tmp_path).sha256 == ""
    assert digested(tmp_path, tmp_path).sha256 == ""
    assert digested(tmp_path / "nothing", tmp_path).sha256 == ""


def test_paths_outside_the_folder_are_whole(tmp_path: Path):
    assert placed(tmp_path / "a" / "b.csv", tmp_path) == "a/b.csv"
    assert placed(tmp_path / "b.csv", tmp_path / "a") == str(tmp_path / "b.csv")


def test_a_name_that_is_no_unicode_verifies(tmp_path: Path):
    file = os.fsencode(tmp_path) + b"/\xff.csv"
    Path(os.fsdecode(file)).write_text("x\n1\n", "utf-8")
    [one] = inputs([str(tmp_path)], tmp_path)
    assert json.loads(json.dumps(one.path)) == one.path
    assert (tmp_path / one.path).is_file()


def test_a_file_that_cannot_be_written_leaves_nothing(tmp_path: Path):
    (tmp_path / "m.json").mkdir()
    with pytest.raises(UsageError, match="cannot write"):
        write_private(tmp_path / "m.json", "{}")
    assert [p.name for p in tmp_path.iterdir()] == ["m.json"]
