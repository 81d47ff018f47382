"""The pipe from a file to an exit code, run as users run it."""

from __future__ import annotations

import array
import fcntl
import json
import os
import signal
import stat
import subprocess
import sys
import termios
import time
from dataclasses import replace
from pathlib import Path

import pytest
from program import QUICK, REPORTS, Run

from privscan.cli.scan import exit_code
from privscan.model.kinds import Severity
from privscan.registry import plugins
from privscan.render._files import saved_report

SECRET = "anna0@example.com"


def test_scan_reports_and_ends_with_0(scanned):
    _, done = scanned
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["schema"] == "privscan-report/1"
    assert report["complete"] is True
    classes = {c["path"]: c["class"] for c in report["datasets"][0]["columns"]}
    assert classes["email"]["entity"] == "email"
    assert "1 dataset; score " in done.stderr
    assert SECRET not in done.stdout + done.stderr


def test_quiet_says_the_same_bytes_and_nothing_else(run: Run, scanned):
    folder, loud = scanned
    quiet = run("scan", "customers.csv", "-f", "json", "-q", cwd=folder)
    assert quiet.returncode == 0
    assert quiet.stdout == loud.stdout != ""
    assert quiet.stderr == ""


def test_fail_on_ends_with_1_and_text_holds_no_value_and_no_colour(run: Run, scanned):
    done = run("scan", "customers.csv", "-q", "--fail-on", "high", cwd=scanned[0])
    assert done.returncode == 1
    assert done.stderr == ""
    assert "customers" in done.stdout
    assert "\x1b" not in done.stdout
    assert SECRET not in done.stdout


@pytest.mark.parametrize("bound", list(Severity))
def test_fail_on_fails_at_the_severity_and_passes_above(scanned, bound: Severity):
    report = saved_report(scanned[0] / "r.json")
    for worst in Severity:
        held = tuple(f for f in report.findings if f.severity.rank <= worst.rank)
        most = max((f.severity.rank for f in held), default=-1)
        assert exit_code(replace(report, findings=held), bound.value) == (most >= bound.rank)


def test_unread_part_ends_with_3_and_says_so(run: Run, broken: Path, harmless: Path):
    done = run("scan", broken, harmless, "-f", "json", *QUICK)
    assert done.returncode == 3, done.stderr
    report = json.loads(done.stdout)
    assert report["complete"] is False
    assert any(u["uri"].endswith("broken.parquet") and u["reason"] for u in report["unread"])
    assert "INCOMPLETE" in done.stderr
    assert "Traceback" not in done.stderr


def test_violation_wins_over_incomplete(run: Run, broken: Path, born: Path):
    assert run("scan", broken, born, "--fail-on", "info", *QUICK).returncode == 1
    assert run("gate", broken, born, "--max-score", "0", *QUICK).returncode == 1


@pytest.mark.parametrize("verb", ["scan", "gate"])
def test_nothing_to_scan_ends_with_3(run: Run, tmp_path: Path, verb: str):
    (tmp_path / "empty").mkdir()
    done = run(verb, tmp_path / "empty", *QUICK)
    assert done.returncode == 3
    assert "no data files" in done.stdout


@pytest.mark.parametrize("verb", ["scan", "gate"])
def test_source_that_is_not_there_does_not_pass(run: Run, tmp_path: Path, verb: str):
    done = run(verb, tmp_path / "nowhere.csv", *QUICK)
    assert done.returncode in {2, 3}
    assert "nowhere.csv" in done.stderr + done.stdout


def test_gate_stops_card_numbers(run: Run, scanned):
    stopped = run("gate", "customers.csv", "-f", "json", "--detector", "pattern", cwd=scanned[0])
    assert stopped.returncode == 1, stopped.stderr
    verdict = json.loads(stopped.stdout)
    assert verdict["passed"] is False
    assert any("card_number" in v["columns"] for v in verdict["violations"])


def test_gate_passes_machines_whatever_the_bound(run: Run, harmless: Path):
    passed = run("gate", harmless, "-f", "json", "--fail-on", "medium", "--max-score", "0")
    assert passed.returncode == 0, passed.stderr
    assert json.loads(passed.stdout)["passed"] is True


def test_gate_is_incomplete_on_a_broken_file(run: Run, broken: Path, harmless: Path):
    done = run("gate", broken, harmless, "-f", "json", *QUICK)
    assert done.returncode == 3
    verdict = json.loads(done.stdout)
    assert verdict["passed"] is False
    # What was left out by choice is the other reason.
    assert len(verdict["incomplete"]) == 2
    assert sum("broken.parquet" in reason for reason in verdict["incomplete"]) == 1


def test_no_flag_and_no_variable_loosens_the_policy(run: Run, born: Path):
    policy = born.parent / "strict.yaml"
    words = "about: {en: a, ja: あ}\nas_of: '2026-11-23'\nstatus: test\nsource: test\n"
    policy.write_text(f"id: strict\nmax_score: 0\n{words}", "utf-8")
    given = ("gate", born, "--policy", policy, *QUICK)
    assert run(*given, "--max-score", "100").returncode == 1
    assert run(*given, PRIVSCAN_MAX_SCORE="100").returncode == 1
    policy.write_text(f"id: lax\n{words}", "utf-8")
    met = json.loads(run(*given, "-f", "json").stdout)
    assert (met["violations"], met["passed"]) == ([], False)
    assert [r.partition(":")[0] for r in met["incomplete"]] == ["detectors left out by choice"]
    assert run(*given, "--max-score", "1").returncode == 1


def test_unknown_policy_is_a_usage_error(run: Run, harmless: Path):
    done = run("gate", harmless, "--policy", "ingset")
    assert done.returncode == 2
    assert "ingest" in done.stderr


def test_outputs_are_written_by_suffix(scanned):
    folder, done = scanned
    for name in REPORTS:
        assert f"wrote {name}" in done.stderr
        assert SECRET not in (folder / name).read_text("utf-8")
    assert (folder / "r.json").read_text("utf-8") == done.stdout
    assert {p.name for p in folder.iterdir()} == {*REPORTS, "customers.csv"}


def test_outputs_have_the_permissions_of_any_new_file(scanned, tmp_path: Path):
    (tmp_path / "other").write_text("", "utf-8")
    mode = stat.S_IMODE((scanned[0] / "r.json").stat().st_mode)
    assert mode == stat.S_IMODE((tmp_path / "other").stat().st_mode)


def test_nothing_is_written_when_the_scan_fails(run: Run, harmless: Path, tmp_path: Path):
    old = tmp_path / "r.json"
    old.write_text("old", "utf-8")
    short = tmp_path / "key"
    short.write_bytes(b"short")
    done = run("scan", harmless, "-o", "r.json", "-o", "r.html", "--key-file", short)
    assert done.returncode == 2
    assert "16 bytes" in done.stderr
    assert old.read_text("utf-8") == "old"
    assert not (tmp_path / "r.html").exists()
    assert done.stdout == ""


def test_unknown_suffix_is_refused_before_the_scan(run: Run, harmless: Path):
    done = run("scan", harmless, "-o", "r.docx")
    assert done.returncode == 2
    assert ".html" in done.stderr
    assert done.stdout == ""


def test_sources_come_from_stdin(run: Run, born: Path, harmless: Path):
    done = run("scan", "-", "-f", "json", *QUICK, stdin=f"{born}\n\n{harmless}\n")
    assert len(json.loads(done.stdout)["datasets"]) == 2
    assert run("scan", "-", stdin="\n").returncode == 2


def test_key_file_changes_no_finding(run: Run, born: Path, tmp_path: Path):
    key = tmp_path / "key"
    key.write_bytes(bytes(range(32)))
    plain = json.loads(run("scan", born, "-f", "json", *QUICK).stdout)
    keyed = json.loads(run("scan", born, "-f", "json", *QUICK, PRIVSCAN_KEY_FILE=str(key)).stdout)
    assert keyed["findings"] == plain["findings"] != []
    assert keyed["score"] == plain["score"]


def test_detectors_can_be_chosen(run: Run, harmless: Path):
    none = run(
        "scan", harmless, *(w for p in plugins("detectors") for w in ("--no-detector", p.name))
    )
    assert none.returncode == 2
    assert "no detector" in none.stderr


def test_saved_report_is_shown_in_every_format(run: Run, scanned, tmp_path: Path):
    folder, done = scanned
    again = run("report", folder / "r.json", "-f", "json", "-o", tmp_path / "r.html")
    assert again.returncode == 0, again.stderr
    assert again.stdout == done.stdout
    assert (tmp_path / "r.html").read_bytes() == (folder / "r.html").read_bytes()


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"schema": "other/1"}', "not json SECRETVALUE"])
def test_report_of_something_else_is_a_usage_error(run: Run, tmp_path: Path, text: str):
    (tmp_path / "r.json").write_text(text, "utf-8")
    done = run("report", "r.json")
    assert done.returncode == 2
    assert "r.json" in done.stderr
    assert "SECRETVALUE" not in done.stderr


def test_finding_is_explained_from_its_report(run: Run, scanned):
    file = scanned[0] / "r.json"
    finding = json.loads(file.read_text("utf-8"))["findings"][0]
    english = run("explain", finding["id"], "--report", file).stdout
    assert finding["message"]["en"] in english
    japanese = run("explain", finding["id"], "--report", file, "--lang", "ja").stdout
    assert finding["message"]["ja"] in japanese
    other = run("explain", f"{finding['id'][:-1]}x", "--report", file)
    assert other.returncode == 2
    assert finding["id"] not in other.stderr


def test_column_is_explained_in_bits_that_add_up(run: Run, scanned):
    file = scanned[0] / "r.json"
    report = json.loads(file.read_text("utf-8"))
    columns = [c for d in report["datasets"] for c in d["columns"]]
    column = next(c for c in columns if c["class"])
    said = run("explain", column["path"], "--report", file)
    assert said.returncode == 0
    for one in (*column["entities"], *column["considered"]):
        total = sum(reason["bits"] for reason in one["reasons"])
        assert (
            f"({one['entity']}): confidence {one['confidence']:.2f} from {total:+.1f}"
            in said.stdout
        )
        for reason in one["reasons"]:
            line = f"{reason['bits']:+.1f}: {reason['what']['en']}"
            assert line in " ".join(said.stdout.split())
    assert (
        column["entities"][0]["reasons"][0]["what"]["ja"]
        in run("explain", column["path"], "--report", file, "--lang", "ja").stdout
    )


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


def test_reader_that_leaves_early_changes_no_exit_code(born: Path, tmp_path: Path):
    with subprocess.Popen(
        [sys.executable, "-m", "privscan", "scan", str(born), *QUICK, "--fail-on", "info", "-q"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
    ) as program:
        program.stdout.close()
        said = program.stderr.read()
        assert program.wait(timeout=60) == 1
    assert said == b""


def unread_bytes(pipe) -> int:
    """Bytes in a pipe that its reader has not taken yet."""
    count = array.array("i", [0])
    fcntl.ioctl(pipe, termios.FIONREAD, count)
    return count[0]


def test_interrupt_ends_with_130(tmp_path: Path):
    with subprocess.Popen(
        [sys.executable, "-m", "privscan", "scan", "-"],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=tmp_path,
    ) as program:
        program.stdin.write(b"a source\n")
        program.stdin.flush()
        # Taken out of the pipe: the program waits for the next line.
        while unread_bytes(program.stdin):
            assert program.poll() is None
            time.sleep(0.01)
        program.send_signal(signal.SIGINT)
        assert program.wait(timeout=30) == 130
        assert program.stderr.read().strip() == b"privscan: interrupted"


@pytest.mark.skipif(sys.platform == "win32", reason="a process there cannot be asked to end")
def test_a_scheduler_that_ends_protect_finds_nothing_half_done(tmp_path: Path, harmless: Path):
    code = (
        "import sys, time\nfrom privscan.protect import protecting\n"
        "def slow(*a, **k): print('planning', flush=True); time.sleep(60)\n"
        "protecting._Work.plan = slow\nfrom privscan.__main__ import main\nmain()"
    )
    given = ["protect", str(harmless), str(tmp_path / "out"), "--treat", "state=drop"]
    with subprocess.Popen(
        [sys.executable, "-c", code, *given], stderr=subprocess.PIPE, stdout=subprocess.PIPE
    ) as program:
        assert program.stdout.readline() == b"planning\n"
        assert [*tmp_path.glob(".out.*")]
        program.terminate()
        assert program.wait(timeout=30) == 130
        assert program.stderr.read().strip() == b"privscan: interrupted"
    assert not [*tmp_path.glob("*out*")]


def test_interrupt_before_the_verb_is_known_ends_with_130(monkeypatch, capsys):
    from privscan import __main__
    from privscan.rulebook import _presidio

    def broken_off():
        raise KeyboardInterrupt

    monkeypatch.setattr(_presidio, "defer_unused", broken_off)
    with pytest.raises(SystemExit) as ended:
        __main__.main()
    assert ended.value.code == 130
    assert capsys.readouterr().err == "privscan: interrupted\n"


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
