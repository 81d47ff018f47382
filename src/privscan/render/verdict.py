"""The gate's verdict, as text or JSON."""

from __future__ import annotations

import json
import re
from dataclasses import asdict

from privscan.model.finding import Verdict
from privscan.model.report import Report
from privscan.render._phrases import missing, shown
from privscan.render._words import say

_RULES = {
    "score": "score",
    "max_score": "rule_max_score",
    "stop_at": "rule_stop_at",
    "forbid": "rule_forbid",
    "forbid_clear": "rule_forbid_clear",
    "fail_on": "rule_fail_on",
}
_BOUNDS = {"a score": "a_score", "none": "no_score"}
_CELLS = re.compile(r"([\d,]+) cells?")


def render_verdict(verdict: Verdict, report: Report, format_: str, lang: str = "en") -> str:
    """The verdict with the score it rests on; `format_` is text or json."""
    return _json(verdict, report) if format_ == "json" else _text(verdict, report, lang)


def _json(verdict: Verdict, report: Report) -> str:
    plain = asdict(verdict)
    head = {"schema": "privscan-verdict/1", "passed": plain.pop("passed"), **plain}
    head |= {"score": round(report.score, 6), "level": report.level.value}
    return json.dumps(head, ensure_ascii=False, indent=2) + "\n"


def _text(verdict: Verdict, report: Report, lang: str) -> str:
    word = say("passed" if verdict.passed else "stopped", lang)
    score = f"{say('score', lang).lower()} {report.score:.0f} ({say(report.level, lang)})"
    lines = [f"{word}  {say('policy', lang)} {verdict.policy}, {score}"]
    for v in verdict.violations:
        bound = f"{say('bound', lang)} {_measure(v.threshold, lang)}"
        lines.append(f"  {v.dataset}: {v.message[lang]}")
        lines.append(f"    {_rule(v.rule, lang)}: {_measure(v.measured, lang)}; {bound}")
    lines += [f"  {say('waived', lang)}: {waiver}" for waiver in verdict.waived]
    lines += [f"  {say('incomplete', lang)}: {missing(r, lang)}" for r in verdict.incomplete]
    return "\n".join(map(shown, lines)) + "\n"


def _rule(rule: str, lang: str) -> str:
    """The key of the policy file, which the reader will look for; in Japanese with its meaning."""
    word = _RULES.get(rule.split(" ", 1)[0])
    return f"{say(word, lang)}({rule})" if lang == "ja" and word else rule


def _measure(fact: str, lang: str) -> str:
    """A level, a severity or a number of cells in words; a number stays as it is."""
    if cells := _CELLS.fullmatch(fact):
        return say("n_cells_one" if cells[1] == "1" else "n_cells", lang, cells[1])
    return say(_BOUNDS.get(fact, fact), lang)
