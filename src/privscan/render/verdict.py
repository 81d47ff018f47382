"""The gate's verdict, as text or JSON."""

from __future__ import annotations

import json
from dataclasses import asdict

from privscan.model.finding import Verdict
from privscan.model.report import Report
from privscan.render._words import say


def render_verdict(verdict: Verdict, report: Report, format_: str, lang: str = "en") -> str:
    """The verdict with the score it rests on; `format_` is text or json."""
    if format_ == "json":
        plain = asdict(verdict)
        head = {"schema": "privscan-verdict/1", "passed": plain.pop("passed"), **plain}
        head |= {"score": round(report.score, 6), "level": report.level.value}
        return json.dumps(head, ensure_ascii=False, indent=2) + "\n"
    word = say("passed" if verdict.passed else "stopped", lang)
    level = say(report.level, lang)
    lines = [
        f"{word}  {say('policy', lang)} {verdict.policy}, "
        f"{say('score', lang).lower()} {report.score:.0f} ({level})"
    ]
    lines += [
        f"  {v.dataset}: {v.message}  [{v.rule}: {v.measured}, {say('bound', lang)} {v.threshold}]"
        for v in verdict.violations
    ]
    lines += [f"  {say('incomplete', lang)}: {reason}" for reason in verdict.incomplete]
    return "\n".join("".join(c if c.isprintable() else "?" for c in x) for x in lines) + "\n"
