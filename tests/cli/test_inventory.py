"""The inventory of a lake: datasets, gravest signs first, nothing of the cells."""

from __future__ import annotations

import json

import polars as pl
import pytest
from click.testing import CliRunner

from privscan.cli.inventory import command
from privscan.cli.scanning import told
from privscan.scan.inventory import MEDIA, hint, inventory
from privscan.scan.local import Progress
from privscan.scan.plan import plan

CELL = "canary-7731@example.com"


@pytest.fixture
def lake(tmp_path):
    def put(name, **columns):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        pl.DataFrame(columns).write_parquet(path)

    put("a_sensors/x.parquet", ts=[1, 2], temperature=[20.5, 21.0])
    put("b_staff/y.parquet", my_number=["1", "2"], email=[CELL, CELL])
    for month in (1, 2, 3):
        put(f"c_sales/month={month}/z.parquet", amount=[month], customer_name=["Anna"])
    (tmp_path / "d_web").mkdir()
    (tmp_path / "d_web" / "p.html").write_text(f"<html>{CELL}</html>")
    return tmp_path


def asked(*words):
    return CliRunner().invoke(command, [*map(str, words)])


def test_what_looks_gravest_comes_first(lake):
    entries = json.loads(asked(lake, "-f", "json").stdout)
    assert next(e["dataset"] for e in entries) == "y"
    assert entries[-1]["dataset"] == "x"
    assert [e["hint"] for e in entries] == sorted((e["hint"] for e in entries), reverse=True)
    assert {e["dataset"]: e["files"] for e in entries}["c_sales"] == 3
    assert {e["dataset"]: e["source"] for e in entries}["d_web"] == "documents"


def test_a_plan_reads_in_that_order(lake):
    made = plan([str(lake)])
    assert next(e.dataset for e in inventory(made)) == made.parts[0].dataset == "y"


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_no_cell_is_shown(lake, lang):
    shown = asked(lake, "--lang", lang)
    assert shown.exit_code == 0
    assert CELL not in shown.output
    assert "b_staff" in shown.stdout
    assert ("datasets" in shown.stdout) == (lang == "en")


def test_what_cannot_be_read_is_listed_and_fails(lake):
    (lake / "b_staff" / "bad.parquet").write_bytes(b"PAR1" + bytes(50))
    shown = asked(lake, "-f", "json")
    assert shown.exit_code == 3
    assert sum(e["unread"] for e in json.loads(shown.stdout)) == 1


@pytest.mark.parametrize(
    ("paths", "media", "least", "most"),
    [
        (["id", "my_number"], False, 0.7, 1.0),
        (["temperature", "ts"], False, 0.0, 0.0),
        ([], False, 0.0, 0.0),
        ([], True, MEDIA, MEDIA),
        (None, False, MEDIA, MEDIA),
    ],
)
def test_hints(paths, media, least, most):
    assert least <= hint(paths, media=media) <= most


@pytest.mark.parametrize(
    ("progress", "seconds", "line"),
    [
        (Progress(1, 4, 250_000_000, "lake/a.csv", 9_000, 10**9), 60, "1/4 parts, 250 of 1,000 MB, 9,000 rows, 3 min left, a.csv"),
        (Progress(1, 4, 250_000_000, "a.csv", 9, 10**9), 4, "1/4 parts, 250 of 1,000 MB, 9 rows, 12 s left, a.csv"),
        (Progress(1, 4, 10**6, "a.csv", 9, 10**10), 60, "1/4 parts, 1 of 10,000 MB, 9 rows, 166.7 h left, a.csv"),
        (Progress(1, 4, 250_000_000, "a.csv", 9, 10**9), 1, "1/4 parts, 250 of 1,000 MB, 9 rows, a.csv"),
        (Progress(4, 4, 10**9, "a.csv", 9, 10**9), 60, "4/4 parts, 1,000 of 1,000 MB, 9 rows, a.csv"),
        (Progress(1, 4, 0, "memory", 9, 0), 60, "1/4 parts, 0 of 0 MB, 9 rows, memory"),
    ],
)  # fmt: skip
def test_progress_tells_what_is_left(progress, seconds, line):
    assert told(progress, seconds) == line


def test_a_name_moves_no_line_and_no_cursor(tmp_path):
    """A newline or an escape in a name is shown as signs."""
    (tmp_path / "a\x1b[31m\nb.csv").write_text("email,a\nx@example.org,1\n")
    lines = asked(tmp_path).stdout.splitlines()
    assert len(lines) == 4
    assert "\x1b" not in "".join(lines)
    assert "b.csv" in lines[1]


def test_scan_shows_it_before_it_reads(lake, tmp_path):
    from privscan.cli.scan import command as scan

    plain = CliRunner().invoke(scan, [str(lake), "-f", "json"])
    shown = CliRunner().invoke(scan, [str(lake), "-f", "json", "--discover"])
    assert shown.stdout == plain.stdout
    assert shown.stderr.index("hint") < shown.stderr.index("b_staff") < shown.stderr.index("a_sensors")  # fmt: skip
    assert "hint" not in plain.stderr
    assert CELL not in shown.output
