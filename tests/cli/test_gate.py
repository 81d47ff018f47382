"""The gate, diff and baseline from Python and on the command line, on real tables."""

from __future__ import annotations

import json
from datetime import date, timedelta

import polars as pl
import pyarrow as pa
import pytest

import privscan as ps

NUMBERS = [f"{n:011d}" for n in range(12345678901, 12345678961)]


def my_number(eleven):
    """A made-up number with a right check digit."""
    digits = [int(d) for d in reversed(eleven)]
    rest = sum(d * (n + 1 if n <= 6 else n - 5) for n, d in enumerate(digits, 1)) % 11
    return eleven + str(0 if rest <= 1 else 11 - rest)


MAILS = pl.DataFrame({"id": range(60), "email": [f"p{i}@example.com" for i in range(60)]})
WITH_NUMBERS = MAILS.with_columns(pl.Series("my_number", [my_number(n) for n in NUMBERS]))
SOME = ["pattern", "numbers"]


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """A table without and with My Numbers under one name, and the report of each."""
    folder = tmp_path_factory.mktemp("saved")
    files = {}
    for name, frame in (("old", MAILS), ("new", WITH_NUMBERS)):
        (folder / name).mkdir()
        table = folder / name / "staff.csv"
        frame.write_csv(table)
        files[name] = folder / f"{name}.json"
        ps.scan(table).save(files[name])
    return files


@pytest.fixture
def call(inside):
    """The program in a folder, in this process."""
    return lambda folder, *arguments: inside(*arguments, cwd=folder)


AS = {
    "polars": lambda: WITH_NUMBERS,
    "lazy": WITH_NUMBERS.lazy,
    "pandas": lambda: pytest.importorskip("pandas").DataFrame(
        WITH_NUMBERS.to_dict(as_series=False)
    ),
    "arrow": WITH_NUMBERS.to_arrow,
    "reader": lambda: pa.RecordBatchReader.from_stream(WITH_NUMBERS),
    "duckdb": lambda: pytest.importorskip("duckdb").from_arrow(WITH_NUMBERS.to_arrow()),
}


@pytest.mark.parametrize("kind", AS)
def test_anything_arrow_like_is_gated(kind):
    verdict = ps.gate(AS[kind](), policy="ingest", detectors=SOME)
    assert [(v.rule, v.columns) for v in verdict.violations if v.rule == "forbid_clear"] == [
        ("forbid_clear", ("my_number",))
    ]
    with pytest.raises(ps.PolicyViolationError, match="my_number"):
        verdict.enforce()


def test_a_report_is_gated_without_another_scan(saved):
    report = ps.scan(WITH_NUMBERS)
    verdict = ps.gate(report)
    assert [m.column for r in verdict.remedies for m in r.measures] == ["my_number"]
    assert ps.decide(saved["new"]).violations
    assert ps.decide(saved["old"]).passed


def test_a_saved_report_is_not_taken_for_data(saved):
    with pytest.raises(ps.UsageError, match="saved report"):
        ps.gate(saved["new"])


def test_a_report_of_other_rules_does_not_pass(saved, tmp_path):
    plain = json.loads(saved["old"].read_text("utf-8"))
    plain["tool"]["rules_digest"] = "0" * 16
    file = tmp_path / "other.json"
    file.write_text(json.dumps(plain), "utf-8")
    verdict = ps.decide(file)
    assert not verdict.passed
    assert "other rules" in verdict.incomplete[0]


def test_a_column_that_appears_is_new_and_stops(saved):
    assert [
        d.about for d in ps.diff(saved["old"], saved["new"]).of("new") if d.what == "entity"
    ] == ["my_number"]
    rules = {v.rule for v in ps.decide(saved["new"], old=saved["old"]).violations}
    assert "stop_new" in rules
    assert ps.decide(saved["old"], old=saved["old"]).passed


def test_what_is_accepted_passes_until_its_day(saved, tmp_path):
    file = tmp_path / "baseline.yaml"
    day = date(2026, 11, 25)
    made = ps.accept(
        saved["new"],
        file,
        owner="Payroll",
        reason="year-end",
        expires=day + timedelta(30),
        today=day,
    )
    assert {one.rule for one in made.accepted} >= {"forbid_clear"}
    assert ps.decide(saved["new"], baseline=file, today=day).passed
    assert not ps.decide(saved["new"], baseline=file, today=day + timedelta(31)).passed
    assert not any(one.trouble for one in ps.audit(file, saved["new"], today=day))
    assert {t for one in ps.audit(file, saved["old"], today=day) for t in one.trouble} == {"unused"}
    assert not any(number in file.read_text("utf-8") for number in NUMBERS)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"owner": " "}, "an owner"), ({"reason": ""}, "a reason"), ({"expires": "soon"}, "2026-12-31"),
        ({"expires": "2026-11-24"}, "gone by"), ({"expires": "2028-01-01"}, "that long"),
    ],
)  # fmt: skip
def test_nothing_is_accepted_by_nobody_or_for_ever(saved, tmp_path, change, why):
    said = {
        "owner": "o",
        "reason": "r",
        "expires": "2026-12-01",
        "today": date(2026, 11, 25),
    } | change
    with pytest.raises(ps.UsageError, match=why):
        ps.accept(saved["new"], tmp_path / "b.yaml", **said)
    assert not (tmp_path / "b.yaml").exists()


@pytest.mark.parametrize("option", ["policy", "baseline", "old"])
def test_a_wrong_file_is_told_before_data_is_read(option, tmp_path):
    (tmp_path / "wrong.yaml").write_text("a: b", "utf-8")
    with pytest.raises(ps.UsageError):
        ps.gate(tmp_path / "not-there.csv", **{option: tmp_path / "wrong.yaml"})


# ------------------------------------------------------------------ on the command line


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--report", "old.json"), 0), (("--report", "new.json"), 1), (("new.json",), 2),
        (("--report", "old.json", "new.json"), 2), (("--report", "old.json", "--policy", "ingst"), 2),
        (("--report", "new.json", "--old", "old.json"), 1),
        (("--report", "old.json", "--verdict", "v.xyz"), 2),
        (("--report", "old.json", "--verdict", "v.sarif", "--verdict", "v.sarif"), 2),
    ],
)  # fmt: skip
def test_exit_codes_of_the_gate(call, saved, arguments, code):
    done = call(saved["old"].parent, "gate", *arguments, "-q")
    assert done.returncode == code, done.stderr


def test_the_verdict_is_written_in_every_format(call, saved, tmp_path):
    names = ("v.json", "v.junit.xml", "v.sarif", "v.annotations", "v.txt")
    files = [part for name in names for part in ("--verdict", tmp_path / name)]
    done = call(saved["old"].parent, "gate", "--report", "new.json", "-f", "json", *files, "-q")
    assert done.returncode == 1
    assert json.loads(done.stdout) == json.loads((tmp_path / "v.json").read_text("utf-8"))
    for name in names:
        said = (tmp_path / name).read_text("utf-8")
        assert "my_number" in said
        assert not any(number in said for number in NUMBERS)


def test_incomplete_is_three_and_broken_wins(call, saved, tmp_path):
    plain = json.loads(saved["old"].read_text("utf-8"))
    plain["complete"] = False
    (tmp_path / "r.json").write_text(json.dumps(plain), "utf-8")
    assert call(tmp_path, "gate", "--report", "r.json", "-q").returncode == 3
    done = call(tmp_path, "gate", "--report", "r.json", "--max-score", "0", "-q")
    assert done.returncode == 1


@pytest.mark.parametrize(
    ("format_", "said"), [("text", "NEW"), ("json", '"new"'), ("markdown", "| NEW |")]
)
def test_diff_in_each_format(call, saved, format_, said):
    folder = saved["old"].parent
    done = call(folder, "diff", "old.json", "new.json", "-f", format_)
    assert (done.returncode, said in done.stdout) == (0, True)
    assert call(folder, "diff", "old.json", "new.json", "--exit-code").returncode == 1
    assert call(folder, "diff", "new.json", "old.json", "--exit-code").returncode == 0
    assert call(folder, "diff", "old.json", "old.json", "--exit-code").stdout == "nothing differs\n"
    assert "新規" in call(folder, "diff", "old.json", "new.json", "--lang", "ja").stdout


def test_a_baseline_is_written_used_and_audited(call, saved, tmp_path):
    folder, file = saved["old"].parent, tmp_path / "b.yaml"
    lacking = call(folder, "baseline", "write", "new.json", file)
    assert lacking.returncode == 2
    done = call(
        folder, "baseline", "write", "new.json", file, "--owner", "Payroll", "--reason", "law"
    )
    assert done.returncode == 0, done.stderr
    assert call(folder, "gate", "--report", "new.json", "--baseline", file, "-q").returncode == 0
    assert call(folder, "gate", "--report", "new.json", "-q").returncode == 1
    assert call(folder, "baseline", "audit", file, "new.json").returncode == 0
    stale = call(folder, "baseline", "audit", file, "old.json")
    assert stale.returncode == 1
    assert "unused" in stale.stdout
    rows = json.loads(call(folder, "baseline", "audit", file, "old.json", "-f", "json").stdout)
    assert {row["owner"] for row in rows} == {"Payroll"}


def test_an_own_policy_whose_examples_fail_is_no_policy(call, saved, tmp_path):
    file = tmp_path / "own.yaml"
    head = "id: own\nabout: {en: a, ja: b}\nas_of: '2026-11-25'\nstatus: s\nsource: t\nforbid: [email]\n"
    file.write_text(f"{head}examples:\n  - {{has: {{email: plain}}}}\n", "utf-8")
    done = call(saved["old"].parent, "gate", "--report", "old.json", "--policy", file, "-q")
    assert done.returncode == 2
    assert "own.yaml:8" in done.stderr
    assert "example 1 breaks forbid, and should break nothing" in done.stderr


def test_gate_and_rules_check_tell_all_that_is_wrong_in_a_policy(call, saved, tmp_path):
    (tmp_path / "policies").mkdir()
    file = tmp_path / "policies" / "own.yaml"
    head = "id: own\nabout: {en: a, ja: b}\nas_of: '2026-11-25'\nstatus: s\nsource: t\n"
    file.write_text(f"{head}forbid: [emial]\nmin_k: 1\nmax_scor: 4\n", "utf-8")
    gated = call(saved["old"].parent, "gate", "--report", "old.json", "--policy", file, "-q")
    checked = call(tmp_path, "rules", "check", tmp_path)
    for done in (gated, checked):
        assert done.returncode == 2
        for said in (":6: no entity or group is called 'emial'", ":7: min_k", ":8: unknown key"):
            assert done.stderr.count(f"own.yaml{said}") == 1, done.stderr
