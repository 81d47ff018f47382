"""Text for a terminal: one screen, worst first."""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Iterable
from typing import Literal

from rich.cells import cell_len, set_cell_size
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from privscan.model.kinds import Level
from privscan.model.profile import DatasetProfile
from privscan.model.report import LEFT_OUT, Report
from privscan.render import _overview
from privscan.render._languages import languages
from privscan.render._phrases import entity, gravity, in_part, listed, number, percent, shown
from privscan.render._reasons import reason
from privscan.render._words import say

PLUGIN = True
SUFFIXES = (".txt",)

DATASETS = 10
FINDINGS = 8
UNREAD = 4
"""What fits a screen of 40 lines together; the other formats have all."""

_STYLES = {
    "very_high": "bold white on red",
    "high": "bold red",
    "medium": "yellow",
    "low": "cyan",
    "info": "dim",
    "none_detected": "green",
}
_WIDTH = 100
_LEAST, _MOST = 60, 140
_LINES = 2
"""Lines that a finding may take."""


def render(report: Report, *, lang: str = "en") -> str:
    """Datasets with what is in them, the worst checks, and what was not read; no control codes."""
    return "\n".join(_drawn(report, one) for one in languages(lang))


def styled(report: Report, *, lang: str = "en") -> str:
    """The same for a terminal, in colours unless `NO_COLOR` is set."""
    colors: Literal["standard"] | None = None if os.environ.get("NO_COLOR") else "standard"
    return "\n".join(_drawn(report, one, colors) for one in languages(lang))


def _drawn(report: Report, lang: str, colors: Literal["standard"] | None = None) -> str:
    out = io.StringIO()
    wide = max(_LEAST, min(shutil.get_terminal_size((_WIDTH, 24)).columns, _MOST))
    console = Console(
        file=out,
        width=wide,
        force_terminal=True,
        color_system=colors,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    console.print(Group(*_parts(report, lang, wide)))
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def _parts(report: Report, lang: str, wide: int) -> Iterable[RenderableType]:
    yield _head(report, lang)
    if report.datasets:
        yield Text()
        yield from _datasets(report, lang, wide)
    if report.findings:
        yield Text()
        yield _checks(report, lang, wide)
    if report.unread:
        yield Text()
        yield _unread(report, lang, wide)
    if report.tool.not_run:
        yield Text()
        named = [_not_run(*one, lang) for one in report.tool.not_run.items()]
        yield Text(f"{say('not_run', lang)}: {shown(listed(named, lang))}", "dim")
    if partly := [in_part(one, lang) for one in _overview.in_part(report)]:
        yield Text(f"{say('in_part', lang)}: {shown(listed(partly, lang))}", "dim")


def _not_run(name: str, why: str, lang: str) -> str:
    """The detector, and where a package is missing the command that installs it."""
    return name if why.startswith(LEFT_OUT) else f"{name} ({reason(why, lang)})"


def _head(report: Report, lang: str) -> RenderableType:
    decision = Text(say(_overview.decision(report), lang))
    if not report.datasets:
        return decision
    head = Text.assemble(
        (f" {report.score:.0f} ", _STYLES[report.level.value]),
        " ",
        (say(report.level, lang).upper(), "bold"),
    )
    if not report.complete:
        head.append(f"  {say('incomplete', lang)}", "bold red")
    asked = sum(len(questions) for _, questions in _overview.questions(report))
    counts = [
        number("n_findings", len(report.findings), lang),
        number("n_questions", asked, lang),
    ]
    head.append(f"  {', '.join(counts)}", "dim")
    return Group(head, decision)


def _datasets(report: Report, lang: str, wide: int) -> Iterable[RenderableType]:
    if read := _overview.read(report):
        yield _table_of(read, lang, wide)
    if unread := _overview.unread(report):
        yield Text(_cut(number("n_unread", sum(d.files for d in unread), lang), wide))


def _table_of(datasets: list[DatasetProfile], lang: str, wide: int) -> RenderableType:
    heads = [say(key, lang) for key in ("score", "level", "dataset", "rows", "entity")]
    rows = [_dataset(d, lang, wide) for d in datasets[:DATASETS]]
    # The last column takes what the others leave; rich would squeeze them all alike.
    taken = sum(max(cell_len(row[i]) for row in (heads, *rows)) + 2 for i in range(4))
    table = _table()
    table.header_style = "dim"
    for i, head in enumerate(heads):
        table.add_column(head, justify="right" if i in {0, 3} else "left", no_wrap=True)
    for d, (score, level, name, count, holds) in zip(datasets, rows, strict=False):
        style = _STYLES[_level(d).value]
        rest = Text(_cut(holds, wide - taken))
        table.add_row(Text(score, style), Text(level, style), Text(name), Text(count), rest)
    return _with_rest(table, len(datasets) - DATASETS, lang)


def _dataset(d: DatasetProfile, lang: str, wide: int) -> list[str]:
    score = f"{d.risk.score:.0f}" if d.risk else "-"
    return [score, say(_level(d), lang), _cut(d.name, wide // 4), f"{d.rows:,}", _holds(d, lang)]


def _level(d: DatasetProfile) -> Level:
    return d.risk.level if d.risk else Level.NONE_DETECTED


def _table(*, header: bool = True) -> Table:
    return Table(box=None, padding=(0, 2, 0, 0), show_header=header, pad_edge=False)


def _holds(dataset: DatasetProfile, lang: str) -> str:
    names = dict.fromkeys(e.entity for c in dataset.columns for e in _overview.found(c))
    labels = [entity(name, lang) for name in sorted(names, key=gravity, reverse=True)]
    if dataset.media.images:
        labels.insert(0, f"{say('pictures', lang)}: {dataset.media.images:,}")
    if not labels and dataset.unread_share and not dataset.rows:
        return say("m_unread", lang, percent(dataset.unread_share))
    return listed(labels, lang, 5) or say("none", lang)


def _checks(report: Report, lang: str, wide: int) -> RenderableType:
    groups = _overview.by_check(report.findings)
    table = _table(header=False)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    # Two columns of blanks stand between, and a line may break early at a long word.
    room = _LINES * (wide - max(cell_len(say(g.worst.severity, lang)) for g in groups) - 2) - 12
    for group in groups[:FINDINGS]:
        severity = group.worst.severity
        table.add_row(Text(say(severity, lang), _STYLES[severity.value]), _line(group, lang, room))
    return _with_rest(table, len(groups) - FINDINGS, lang, "  -o report.html")


def _line(group: _overview.Group, lang: str, room: int) -> Text:
    places = listed(group.datasets, lang, 2)
    tail = _cut(f"  {group.worst.check} · {places}", room // 2)
    text = Text(_cut(group.worst.message[lang], room - cell_len(tail)))
    return text.append(tail, "dim")


def _unread(report: Report, lang: str, wide: int) -> RenderableType:
    lines = [Text(f"{say('unread', lang)}: {len(report.unread):,}", "bold")]
    for u in report.unread[:UNREAD]:
        # The end of a path tells files apart.
        place = shown(f"{u.uri} {u.span}".strip())
        why = shown(reason(u.reason, lang))
        room = max(20, wide - cell_len(why) - 4)
        lines.append(Text(_cut(f"  {_tail(place, room)}: {why}", wide)))
    return _with_rest(Group(*lines), len(report.unread) - UNREAD, lang)


def _cut(text: str, cells: int) -> str:
    """The text in so many cells of a terminal: East Asian characters take two."""
    clean = shown(text)
    return clean if cell_len(clean) <= cells else set_cell_size(clean, cells - 1).rstrip() + "…"


def _tail(text: str, cells: int) -> str:
    while cell_len(text) > cells:
        text = "…" + text[2:]
    return text


def _with_rest(shown_: RenderableType, more: int, lang: str, hint: str = "") -> RenderableType:
    if more <= 0:
        return shown_
    return Group(shown_, Text(say("n_more", lang, f"{more:,}") + hint, "dim"))
