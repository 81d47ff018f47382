"""The gate's verdict reads well on a terminal and as JSON."""

from __future__ import annotations

import json
import re

import pytest

from privscan.model.finding import Verdict, Violation
from privscan.render.verdict import render_verdict


@pytest.fixture
def stopped() -> Verdict:
    broken = Violation(
        "max_score", "staff", ("my\x1b[31m_number",), "91.5", "60",
        {"en": "The score is 91.5.", "ja": "スコアは 91.5。"},
    )  # fmt: skip
    return Verdict("ingest", passed=False, violations=(broken,), waived=("MYN-12 in staff",),
                   incomplete=("lake/a.csv: the file is empty",))  # fmt: skip


def test_a_stop_says_policy_rule_measure_and_bound(stopped, lake):
    lines = render_verdict(stopped, lake, "text").splitlines()
    assert lines[0] == "STOPPED  policy ingest, score 92 (very high)"
    assert lines[1:3] == ["  staff: The score is 91.5.", "    max_score: 91.5; bound 60"]
    assert "waived: MYN-12 in staff" in lines[3]
    assert "INCOMPLETE: lake/a.csv" in lines[4]


def test_japanese_speaks_no_english(lake):
    said = {"en": "level very high", "ja": "レベルが基準に達する"}
    rules = (("stop_at", "very_high", "high"), ("forbid", "1 cell", "0 cells"))
    broken = tuple(Violation(rule, "職員", (), got, bound, said) for rule, got, bound in rules)
    missing = ("and 7 more parts unread", "nothing was scanned")
    verdict = Verdict("ingest", passed=False, violations=broken, incomplete=missing)
    _, *lines = render_verdict(verdict, lake, "text", "ja").splitlines()
    assert lines[1] == "    停止するレベル(stop_at): 極めて高; 上限 高"
    assert lines[3] == "    禁止する項目(forbid): 1 件; 上限 0 件"
    assert not re.search("[a-z]", "".join(lines).replace("stop_at", "").replace("forbid", ""))


def test_english_counts_one_cell_as_one(lake):
    broken = Violation("forbid", "staff", (), "1 cell", "0 cells", {"en": "it is there"})
    text = render_verdict(Verdict("ingest", passed=False, violations=(broken,)), lake, "text")
    assert "    forbid: 1 cell; bound 0 cells" in text


def test_a_pass_is_one_line(lake):
    passed = Verdict("ingest", passed=True)
    assert render_verdict(passed, lake, "text").count("\n") == 1
    assert render_verdict(passed, lake, "text").startswith("PASSED")
    assert render_verdict(passed, lake, "text", "ja").startswith("合格")


def test_json_holds_the_whole_verdict(stopped, lake):
    said = json.loads(render_verdict(stopped, lake, "json"))
    assert said["schema"] == "privscan-verdict/1"
    assert said["passed"] is False
    assert set(said["violations"][0]["message"]) == {"en", "ja"}
    assert said["violations"][0]["columns"] == ["my\x1b[31m_number"]
    assert (said["score"], said["level"]) == (91.5, "very_high")


def test_no_name_reaches_the_terminal_raw(lake):
    broken = Violation("forbid", "a\nb\x1b[2J", (), "1", "0", {"en": "in a\nb\x1b[2J"})
    verdict = Verdict("ingest", passed=False, violations=(broken,))
    text = render_verdict(verdict, lake, "text")
    assert "\x1b" not in text
    assert text.count("\n") == 3
