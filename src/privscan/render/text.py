"""Text for a terminal: one screen, worst first."""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Iterable

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from privscan.model.finding import Finding
from privscan.model.kinds import Level
from privscan.model.profile import DatasetProfile
from privscan.model.report import Report
from privscan.render._phrases import entity, listed
from privscan.render._words import say

PLUGIN = True
SUFFIXES = (".txt",)

FINDINGS = 12
"""Findings that fit a screen beside the datasets; the other formats have all."""

DATASETS = 12

_STYLES = {
    "very_high": "bold white on red",
    "high": "bold red",
    "medium": "yellow",
    "low": "cyan",
    "info": "dim",
    "none_detected": "green",
}
_WIDE = 100


def render(report: Report, *, lang: str = "en") -> str:
    """Datasets with what is in them, the worst findings, and what was not read; with ANSI styles."""
    out = io.StringIO()
    wide = max(60, min(shutil.get_terminal_size((_WIDE, 24)).columns, 140))
    console = Console(
        file=out,
        width=wide,
        force_terminal=True,
        color_system=None if os.environ.get("NO_COLOR") else "standard",
        highlight=False,
        legacy_windows=False,
    )
    console.print(Group(*_parts(report, lang)))
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def _parts(report: Report, lang: str) -> Iterable[RenderableType]:
    yield _head(report, lang)
    if report.datasets:
        yield _datasets(report, lang)
    if report.findings:
        yield Text()
        yield _findings(report, lang)
    if report.unread:
        yield Text()
        yield Text(f"{say('unread', lang)}: {len(report.unread)}", "bold")
        for u in report.unread[:FINDINGS]:
            yield Padding(Text(_shown(f"{u.uri} {u.span}".strip() + f": {u.reason}")), (0, 0, 0, 2))


def _shown(text: str) -> str:
    """Names come from data: no control character reaches the terminal."""
    return "".join(c if c.isprintable() else "?" for c in text)


def _head(report: Report, lang: str) -> RenderableType:
    if not report.datasets:
        return Text(say("nothing", lang), "bold")
    style = _STYLES[report.level.value]
    head = Text.assemble(
        (f" {report.score:.0f} ", style), " ", (say(report.level, lang).upper(), "bold")
    )
    if not report.complete:
        head.append(f"  {say('incomplete', lang)}", "bold red")
    decision = "decide_incomplete" if not report.complete else f"decide_{report.level.value}"
    return Group(head, Text(say(decision, lang)), Text())


def _datasets(report: Report, lang: str) -> RenderableType:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
    table.add_column(say("score", lang), justify="right", no_wrap=True)
    table.add_column(say("level", lang), no_wrap=True)
    table.add_column(say("dataset", lang), no_wrap=True, max_width=28)
    table.add_column(say("rows", lang), justify="right", no_wrap=True)
    table.add_column(say("entity", lang), overflow="ellipsis")
    for d in report.datasets[:DATASETS]:
        level = d.risk.level if d.risk else Level.NONE_DETECTED
        score = f"{d.risk.score:.0f}" if d.risk else "-"
        style = _STYLES[level.value]
        cells = (
            Text(score, style),
            Text(say(level, lang), style),
            Text(_shown(d.name)),
            Text(f"{d.rows:,}"),
            Text(_shown(_holds(d, lang))),
        )
        table.add_row(*cells)
    more = len(report.datasets) - DATASETS
    return Group(table, Text(f"… +{more}", "dim")) if more > 0 else table


def _holds(dataset: DatasetProfile, lang: str) -> str:
    names = dict.fromkeys(
        e.entity
        for c in dataset.columns
        for e in c.entities
        if e.confidence >= 0.5  # noqa: PLR2004  even odds
    )
    media = dataset.media
    labels = [entity(name, lang) for name in names]
    if media.images:
        labels.insert(0, f"{say('pictures', lang)}: {media.images:,}")
    return listed(labels, lang, 5) or say("none", lang)


def _findings(report: Report, lang: str) -> RenderableType:
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False, pad_edge=False)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for finding in report.findings[:FINDINGS]:
        style = _STYLES[finding.severity.value]
        table.add_row(Text(say(finding.severity, lang), style), _finding(finding, lang))
    more = len(report.findings) - FINDINGS
    if more > 0:
        table.add_row("", Text(f"… +{more}: -o report.html", "dim"))
    return table


def _finding(finding: Finding, lang: str) -> Text:
    text = Text(_shown(finding.message[lang]))
    text.append(f"  {finding.check} · {_shown(finding.dataset)}", "dim")
    return text
