"""The gate's verdict, as text or JSON."""

from __future__ import annotations

import json
from dataclasses import asdict

from privscan.model.finding import Verdict
from privscan.model.report import Report
from privscan.render._phrases import shown
from privscan.render._words import say


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
        bound = f"{say('bound', lang)} {v.threshold}"
        lines.append(f"  {v.dataset}: {v.message}")
        lines.append(f"    {v.rule}: {v.measured}; {bound}")
    lines += [f"  {say('waived', lang)}: {waiver}" for waiver in verdict.waived]
    lines += [f"  {say('incomplete', lang)}: {reason}" for reason in verdict.incomplete]
    return "\n".join(map(shown, lines)) + "\n"
