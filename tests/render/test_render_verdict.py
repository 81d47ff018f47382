"""The gate's verdict reads well on a terminal and as JSON."""

from __future__ import annotations

import json

import pytest

from privscan.model.finding import Verdict, Violation
from privscan.render.verdict import render_verdict


@pytest.fixture
def stopped() -> Verdict:
    broken = Violation(
        "max_score", "staff", ("my\x1b[31m_number",), "91.5", "60", "The score is 91.5."
    )
    return Verdict("ingest", passed=False, violations=(broken,), waived=("MYN-12 in staff",),
                   incomplete=("lake/a.csv: the file is empty",))  # fmt: skip


def test_a_stop_says_policy_rule_measure_and_bound(stopped, lake):
    lines = render_verdict(stopped, lake, "text").splitlines()
    assert lines[0] == "STOPPED  policy ingest, score 92 (very high)"
    assert lines[1:3] == ["  staff: The score is 91.5.", "    max_score: 91.5; bound 60"]
    assert "waived: MYN-12 in staff" in lines[3]
    assert "INCOMPLETE: lake/a.csv" in lines[4]


def test_a_pass_is_one_line(lake):
    passed = Verdict("ingest", passed=True)
    assert render_verdict(passed, lake, "text").count("\n") == 1
    assert render_verdict(passed, lake, "text").startswith("PASSED")
    assert render_verdict(passed, lake, "text", "ja").startswith("合格")


def test_json_holds_the_whole_verdict(stopped, lake):
    said = json.loads(render_verdict(stopped, lake, "json"))
    assert said["schema"] == "privscan-verdict/1"
    assert said["passed"] is False
    assert said["violations"][0]["columns"] == ["my\x1b[31m_number"]
    assert (said["score"], said["level"]) == (91.5, "very_high")


def test_no_name_reaches_the_terminal_raw(lake):
    broken = Violation("forbid", "a\nb\x1b[2J", (), "1", "0", "in a\nb\x1b[2J")
    verdict = Verdict("ingest", passed=False, violations=(broken,))
    text = render_verdict(verdict, lake, "text")
    assert "\x1b" not in text
    assert text.count("\n") == 3
