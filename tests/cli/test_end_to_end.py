"""The pipe from a file to an exit code, run as users run it."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from program import Run

SECRET = "anna0@example.com"


def test_scan_reports_and_ends_with_0(run: Run, personal: Path):
    done = run("scan", personal, "-f", "json")
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["schema"] == "privscan-report/1"
    assert report["complete"] is True
    classes = {c["path"]: c["class"] for c in report["datasets"][0]["columns"]}
    assert classes["email"]["entity"] == "email"
    assert "1 dataset; score " in done.stderr
    assert SECRET not in done.stdout + done.stderr


@pytest.mark.parametrize("name", ["text", "json"])  # the others: a saved report, below
def test_stdout_holds_the_document_and_nothing_else(run: Run, personal: Path, name: str):
    loud = run("scan", personal, "-f", name)
    quiet = run("scan", personal, "-f", name, "-q")
    assert loud.returncode == quiet.returncode == 0
    assert loud.stdout == quiet.stdout != ""
    assert quiet.stderr == ""
    assert SECRET not in loud.stdout


def test_scan_of_harmless_data_is_0_whatever_the_bound(run: Run, harmless: Path):
    assert run("scan", harmless, "--fail-on", "medium").returncode == 0


def test_fail_on_ends_with_1_at_the_severity_and_0_above(run: Run, personal: Path):
    report = json.loads(run("scan", personal, "-f", "json").stdout)
    order = ["info", "low", "medium", "high", "very_high"]
    worst = max(order.index(f["severity"]) for f in report["findings"])
    assert run("scan", personal, "--fail-on", order[worst]).returncode == 1
    for above in order[worst + 1 :]:
        assert run("scan", personal, "--fail-on", above).returncode == 0


def test_unread_part_ends_with_3_and_says_so(run: Run, broken: Path, harmless: Path):
    done = run("scan", broken, harmless, "-f", "json")
    assert done.returncode == 3, done.stderr
    report = json.loads(done.stdout)
    assert report["complete"] is False
    assert any(u["uri"].endswith("broken.parquet") and u["reason"] for u in report["unread"])
    assert "INCOMPLETE" in done.stderr
    assert "Traceback" not in done.stderr


def test_violation_wins_over_incomplete(run: Run, broken: Path, personal: Path):
    assert run("scan", broken, personal, "--fail-on", "info").returncode == 1
    assert run("gate", broken, personal).returncode == 1


def test_nothing_to_scan_ends_with_3(run: Run, tmp_path: Path):
    (tmp_path / "empty").mkdir()
    assert run("scan", tmp_path / "empty").returncode == 3
    assert run("gate", tmp_path / "empty").returncode == 3


@pytest.mark.parametrize("verb", ["scan", "gate"])
def test_source_that_is_not_there_does_not_pass(run: Run, tmp_path: Path, verb: str):
    done = run(verb, tmp_path / "nowhere.csv")
    assert done.returncode in {2, 3}
    assert "nowhere.csv" in done.stderr + done.stdout


def test_gate_stops_card_numbers_and_passes_machines(run: Run, personal: Path, harmless: Path):
    stopped = run("gate", personal, "-f", "json")
    assert stopped.returncode == 1, stopped.stderr
    verdict = json.loads(stopped.stdout)
    assert verdict["passed"] is False
    assert verdict["violations"]
    passed = run("gate", harmless, "-f", "json")
    assert passed.returncode == 0, passed.stderr
    assert json.loads(passed.stdout)["passed"] is True


def test_gate_is_incomplete_on_a_broken_file(run: Run, broken: Path, harmless: Path):
    done = run("gate", broken, harmless, "-f", "json")
    assert done.returncode == 3
    assert json.loads(done.stdout)["passed"] is False


def test_gate_takes_a_bound_over_the_policys_own(run: Run, personal: Path):
    lax = "id: lax\nabout: {en: lax, ja: 緩い}\nas_of: '2026-11-23'\nstatus: test\nsource: test\n"
    policy = personal.parent / "lax.yaml"
    policy.write_text(lax, "utf-8")
    assert run("gate", personal, "--policy", policy).returncode == 0
    assert run("gate", personal, "--policy", policy, "--max-score", "1").returncode == 1


def test_unknown_policy_is_a_usage_error(run: Run, harmless: Path):
    done = run("gate", harmless, "--policy", "ingset")
    assert done.returncode == 2
    assert "ingest" in done.stderr


def test_outputs_are_written_by_suffix(run: Run, personal: Path, tmp_path: Path):
    names = ["r.json", "r.html", "r.sarif", "r.md", "r.csv"]
    done = run("scan", personal, *(w for n in names for w in ("-o", n)))
    assert done.returncode == 0, done.stderr
    for name in names:
        assert f"wrote {name}" in done.stderr
        text = (tmp_path / name).read_text("utf-8")
        assert SECRET not in text
    assert json.loads((tmp_path / "r.json").read_text("utf-8"))["schema"] == "privscan-report/1"
    assert not [p for p in tmp_path.iterdir() if p.suffix == ".tmp"]


def test_nothing_is_written_when_the_scan_fails(run: Run, personal: Path, tmp_path: Path):
    old = tmp_path / "r.json"
    old.write_text("old", "utf-8")
    short = tmp_path / "key"
    short.write_bytes(b"short")
    done = run("scan", personal, "-o", "r.json", "-o", "r.html", "--key-file", short)
    assert done.returncode == 2
    assert "16 bytes" in done.stderr
    assert old.read_text("utf-8") == "old"
    assert not (tmp_path / "r.html").exists()
    assert done.stdout == ""


def test_unknown_suffix_is_refused_before_the_scan(run: Run, personal: Path):
    done = run("scan", personal, "-o", "r.xlsx")
    assert done.returncode == 2
    assert ".html" in done.stderr
    assert done.stdout == ""


def test_sources_come_from_stdin(run: Run, personal: Path, harmless: Path):
    done = run("scan", "-", "-f", "json", stdin=f"{personal}\n\n{harmless}\n")
    assert len(json.loads(done.stdout)["datasets"]) == 2
    assert run("scan", "-", stdin="\n").returncode == 2


def test_same_input_gives_the_same_bytes(run: Run, personal: Path):
    assert run("scan", personal, "-f", "json").stdout == run("scan", personal, "-f", "json").stdout


def test_key_file_changes_no_finding(run: Run, personal: Path, tmp_path: Path):
    key = tmp_path / "key"
    key.write_bytes(bytes(range(32)))
    plain = json.loads(run("scan", personal, "-f", "json").stdout)
    keyed = json.loads(run("scan", personal, "-f", "json", PRIVSCAN_KEY_FILE=str(key)).stdout)
    assert keyed["findings"] == plain["findings"]
    assert keyed["score"] == plain["score"]


def test_detectors_can_be_chosen(run: Run, personal: Path):
    none = run("scan", personal, *_without_all(run))
    assert none.returncode == 2
    assert "no detector" in none.stderr


def _without_all(run: Run) -> list[str]:
    listed = json.loads(run("plugins", "detectors", "-f", "json").stdout)
    return [word for p in listed for word in ("--no-detector", p["name"])]


def test_saved_report_is_shown_in_every_format(run: Run, personal: Path, tmp_path: Path):
    run("scan", personal, "-q", "-o", "r.json")
    again = run("report", "r.json", "-f", "json")
    assert again.returncode == 0, again.stderr
    assert json.loads(again.stdout) == json.loads((tmp_path / "r.json").read_text("utf-8"))
    assert run("report", "r.json", "-o", "r.html").returncode == 0
    assert (tmp_path / "r.html").stat().st_size > 1000


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"schema": "other/1"}', "not json SECRETVALUE"])
def test_report_of_something_else_is_a_usage_error(run: Run, tmp_path: Path, text: str):
    (tmp_path / "r.json").write_text(text, "utf-8")
    done = run("report", "r.json")
    assert done.returncode == 2
    assert "r.json" in done.stderr
    assert "SECRETVALUE" not in done.stderr


def test_finding_is_explained_from_its_report(run: Run, personal: Path, tmp_path: Path):
    run("scan", personal, "-q", "-o", "r.json")
    finding = json.loads((tmp_path / "r.json").read_text("utf-8"))["findings"][0]
    english = run("explain", finding["id"], "--report", "r.json").stdout
    assert finding["message"]["en"] in english
    japanese = run("explain", finding["id"], "--report", "r.json", "--lang", "ja").stdout
    assert finding["message"]["ja"] in japanese


def test_summary_is_coloured_for_no_pipe(run: Run, personal: Path):
    assert "\x1b" not in run("scan", personal).stdout


@pytest.mark.parametrize(("variables", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_no_color_is_honoured_on_a_terminal(tmp_path: Path, variables, coloured):
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    kept = {k: v for k, v in os.environ.items() if k != "NO_COLOR"} | {"TERM": "xterm"}
    subprocess.run(
        [sys.executable, "-m", "privscan", "plugins", "cli"],
        stdout=theirs,
        cwd=tmp_path,
        check=True,
        env=kept | variables,
    )
    os.close(theirs)
    said = os.read(ours, 65536).decode()
    os.close(ours)
    assert ("\x1b[" in said) is coloured


def test_reader_that_leaves_early_changes_no_exit_code(personal: Path, tmp_path: Path):
    with subprocess.Popen(
        [sys.executable, "-m", "privscan", "scan", str(personal), "--fail-on", "info", "-q"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
    ) as program:
        program.stdout.close()
        said = program.stderr.read()
        assert program.wait(timeout=60) == 1
    assert said == b""


def test_interrupt_ends_with_130(tmp_path: Path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(
        [sys.executable, "-m", "privscan", "scan", "-"],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=tmp_path,
    ) as program:
        time.sleep(1)
        program.send_signal(signal.SIGINT)
        assert program.wait(timeout=30) == 130
        assert b"Traceback" not in program.stderr.read()


def test_internal_error_is_one_line_without_values(run: Run, harmless: Path):
    code = (
        "import sys\nfrom privscan import api\nfrom privscan.__main__ import run\n"
        "def broken(*a, **k): raise ValueError('SECRETVALUE')\n"
        "api.scan = broken\nsys.exit(run(['scan', 'machines.csv']))"
    )
    for debug, frames in (("0", False), ("1", True)):
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=harmless.parent,
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "PRIVSCAN_DEBUG": debug},
        )
        assert done.returncode == 4
        assert "internal error: ValueError at cli/" in done.stderr
        assert ("File " in done.stderr) is frames
        assert "SECRETVALUE')" not in done.stderr.replace(code, "")
        assert done.stdout == ""


def test_outputs_have_the_permissions_of_any_new_file(run: Run, personal: Path, tmp_path: Path):
    run("scan", personal, "-q", "-o", "r.json")
    (tmp_path / "other").write_text("", "utf-8")
    mode = stat.S_IMODE((tmp_path / "r.json").stat().st_mode)
    assert mode == stat.S_IMODE((tmp_path / "other").stat().st_mode)
