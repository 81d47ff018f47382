"""Markdown, for pull requests, wikis and tickets."""

from __future__ import annotations

import re

from privscan.model.finding import Finding
from privscan.model.profile import DatasetProfile
from privscan.model.report import Report
from privscan.render._phrases import entity, listed, percent, principle
from privscan.render._sentences import LIMITS
from privscan.render._words import say

PLUGIN = True
SUFFIXES = (".md", ".markdown")

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+!|~&])")


def render(report: Report, *, lang: str = "en") -> str:
    """Summary, data map, findings, what was not read, limits."""
    decision = "decide_incomplete" if not report.complete else f"decide_{report.level.value}"
    lines = [
        f"# {say('title', lang)}",
        "",
        f"**{say('score', lang)} {report.score:.0f} / 100, {say(report.level, lang)}**"
        f" · {say('complete' if report.complete else 'incomplete', lang)}",
        "",
        f"{say('decision', lang)}: {say(decision, lang)}",
        "",
        *_datasets(report, lang),
        *[line for dataset in report.datasets for line in _map(dataset, lang)],
        f"## {say('findings', lang)} ({len(report.findings)})",
        "",
        *[line for finding in report.findings for line in _finding(finding, lang)],
        *([] if report.findings else [say("no_findings", lang), ""]),
        f"## {say('unread', lang)}",
        "",
        *[f"- {_(f'{u.uri} {u.span}'.strip())}: {_(u.reason)}" for u in report.unread],
        *([] if report.unread else [say("unread_none", lang)]),
        "",
        f"## {say('limits', lang)}",
        "",
        *[f"- {pair[lang == 'ja']}" for pair in LIMITS],
        "",
        f"privscan {report.tool.version}, rules {report.tool.rules_digest}, "
        f"plan {report.tool.plan_digest}",
    ]
    return "\n".join(lines) + "\n"


def _(text: str) -> str:
    """Names are not ours: none of their characters may become markup or a line."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def _datasets(report: Report, lang: str) -> list[str]:
    if not report.datasets:
        return [say("nothing", lang), ""]
    heads = [say(k, lang) for k in ("dataset", "score", "level", "rows", "subjects", "columns")]
    lines = [_row(heads), _row(["---"] * len(heads))]
    for d in report.datasets:
        risk = d.risk
        score = f"{risk.score:.1f}" if risk else "-"
        level = say(risk.level, lang) if risk else "-"
        cells = [_(d.name), score, level, f"{d.rows:,}", f"{d.subjects:,}", str(len(d.columns))]
        lines.append(_row(cells))
    return [*lines, ""]


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _map(dataset: DatasetProfile, lang: str) -> list[str]:
    seen = [(c, e) for c in dataset.columns for e in c.entities]
    if not seen:
        return []
    heads = [say(k, lang) for k in ("column", "entity", "confidence", "share", "state")]
    lines = [f"## {say('data_map', lang)}: {_(dataset.name)}", "", _row(heads)]
    lines.append(_row(["---"] * len(heads)))
    for column, found in seen:
        state = say("leak" if found.leak else found.state, lang)
        label = entity(found.entity, lang)
        lines.append(
            _row([_(column.path), label, f"{found.confidence:.0%}", percent(found.share), state])
        )
    if dataset.risk:
        bars = [f"{say(b.name, lang)} {b.points:+.1f}" for b in dataset.risk.waterfall if b.points]
        lines += ["", f"{say('waterfall', lang)}: {listed(bars, lang, 9)}"]
    return [*lines, ""]


def _finding(f: Finding, lang: str) -> list[str]:
    laws = "; ".join(
        f"{c.law} {c.article} ({c.status}; {say(c.source, lang)})" for c in f.citations
    )
    lines = [
        f"### {say(f.severity, lang)}: {_(f.message[lang])}",
        "",
        f"- {say('advice', lang)}: {_(f.advice[lang])}",
        *([f"- {say('question', lang)}: {_(f.question[lang])}"] if f.question else []),
        f"- {say('place', lang)}: {_(f.dataset)} · {_(listed(f.columns, lang)) or '-'}",
        f"- {say('measured', lang)}: {_(f.measured)}",
        f"- {say('principles', lang)}: {listed((principle(p, lang) for p in f.principles), lang)}"
        f" · {say(f.certainty, lang)} · {say(f.phase, lang)}",
        f"- {say('citations', lang)}: {_(laws)} · `{f.check}` · `{f.id}`",
        "",
    ]
    return lines
