"""Markdown, for pull requests, wikis and tickets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from privscan.model.finding import Finding
from privscan.model.profile import DatasetProfile
from privscan.model.report import Report
from privscan.render import _overview
from privscan.render._formats import formed
from privscan.render._languages import languages
from privscan.render._laws import clause, law, status
from privscan.render._measured import (
    BALANCE_HEADS,
    RECORDS_HEADS,
    balance_rows,
    records_rows,
)
from privscan.render._phrases import (
    entity,
    in_part,
    listed,
    measured,
    number,
    percent,
    principle,
    shown,
    threshold,
    why,
)
from privscan.render._reasons import reason
from privscan.render._sentences import LIMITS
from privscan.render._unseen import unseen
from privscan.render._words import say
from privscan.rulebook.counted import balance

PLUGIN = True
SUFFIXES = (".md", ".markdown")

MEASURES = 5

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+!|~&]|(?<=www)\.|:(?=//))", re.IGNORECASE)
"""What Markdown, or a page that links bare addresses, would take for markup."""


def render(report: Report, *, lang: str = "en") -> str:
    """Summary, measures, data map, findings, questions, what was not read, limits."""
    return "\n".join(_document(report, one) for one in languages(lang))


def _document(report: Report, lang: str) -> str:
    state = say("complete" if report.complete else "incomplete", lang)
    score = f"{say('score', lang)} {report.score:.0f} / 100, {say(report.level, lang)}"
    tool, missed = report.tool, unseen(report, lang)
    sections = (
        [f"# {say('title', lang)}", ""],
        [f"**{score}** · {state}", ""],
        [f"{say('decision', lang)}: {say(_overview.decision(report), lang)}", ""],
        _datasets(report, lang),
        _measures(report, lang),
        *(_map(dataset, lang) for dataset in _overview.read(report)),
        [f"## {say('findings', lang)} ({len(report.findings)})", ""],
        *(_finding(finding, missed[finding.dataset], lang) for finding in report.findings),
        [] if report.findings else [say("no_findings", lang), ""],
        _questions(report, lang),
        _unread(report, lang),
        [f"## {say('limits', lang)}", ""],
        [*(f"- {pair[lang == 'ja']}" for pair in LIMITS), ""],
        [plain(f"privscan {tool.version}, rules {tool.rules_digest}, plan {tool.plan_digest}")],
    )
    return "\n".join(line for section in sections for line in section) + "\n"


def plain(text: str) -> str:
    """Names are not ours: none of their characters may become markup or a line."""
    return _SPECIAL.sub(r"\\\1", shown(" ".join(text.split())))


def _measures(report: Report, lang: str) -> list[str]:
    groups = _overview.measures(report, MEASURES)
    if not groups:
        return []
    lines = [f"## {say('measures', lang)}", ""]
    for i, group in enumerate(groups, 1):
        places = plain(listed(group.datasets, lang))
        lines.append(f"{i}. {plain(group.worst.advice[lang])} ({places})")
    return [*lines, ""]


def _questions(report: Report, lang: str) -> list[str]:
    lines = [f"## {say('questions', lang)}", ""]
    for name, asked in _overview.questions(report):
        lines += [
            f"### {plain(name)}",
            "",
            *(f"- [ ] {plain(text[lang])}" for text, _group in asked),
            "",
        ]
    return lines if report.findings else []


def _unread(report: Report, lang: str) -> list[str]:
    parts = [
        f"- {plain(f'{u.uri} {u.span}'.strip())}: {plain(reason(u.reason, lang))}"
        for u in report.unread
    ]
    lines = [f"## {say('unread', lang)}", "", *(parts or [say("unread_none", lang)]), ""]
    if report.tool.not_run:
        lines += [f"## {say('not_run', lang)}", ""]
        lines += [
            f"- {plain(name)}: {plain(reason(why_, lang))}"
            for name, why_ in report.tool.not_run.items()
        ]
        lines.append("")
    if partly := _overview.in_part(report):
        lines += [f"## {say('in_part', lang)}", ""]
        lines += [*(f"- {plain(in_part(one, lang))}" for one in partly), ""]
    if report.tool.not_evaluated:
        named = [law(name, lang) for name in report.tool.not_evaluated]
        laws = plain(listed(named, lang, len(named)))
        lines += [f"{say('not_evaluated', lang)}: {laws}", ""]
    return lines


def _datasets(report: Report, lang: str) -> list[str]:
    if not report.datasets:
        return [say("nothing", lang), ""]
    heads = [say(k, lang) for k in ("dataset", "score", "level", "rows", "subjects", "columns")]
    lines = [_row(heads), _row(["---"] * len(heads))]
    for d in _overview.read(report):
        risk = d.risk
        score = f"{risk.score:.1f}" if risk else "-"
        level = say(risk.level, lang) if risk else "-"
        cells = [
            plain(d.name),
            score,
            level,
            f"{d.rows:,}",
            f"{d.subjects:,}",
            str(len(d.columns)),
        ]
        lines.append(_row(cells))
    if unread := _overview.unread(report):
        lines += ["", number("n_unread", sum(d.files for d in unread), lang)]
    return [*lines, ""]


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _map(dataset: DatasetProfile, lang: str) -> list[str]:
    seen = [(c, e) for c in dataset.columns for e in _overview.found(c)]
    if not seen:
        return [*_suspected(dataset, lang), *_counted(dataset, lang)]
    heads = [say(k, lang) for k in ("column", "entity", "confidence", "share", "state")]
    lines = [f"## {say('data_map', lang)}: {plain(dataset.name)}", "", _row(heads)]
    lines.append(_row(["---"] * len(heads)))
    for column, found in seen:
        state = say("leak" if found.leak else found.state, lang)
        label = entity(found.entity, lang)
        lines.append(
            _row(
                [plain(column.path), label, f"{found.confidence:.0%}", percent(found.share), state]
            )
        )
    forms = [f"- {plain(formed(form, lang))}" for _, one in seen for form in one.forms]
    lines += ["", *forms] if forms else []
    bars = [bar for bar in dataset.risk.waterfall if bar.points] if dataset.risk else []
    if bars:
        lines += ["", f"{say('waterfall', lang)}:", ""]
        lines += [
            f"- {say(bar.name, lang)} {bar.points:+.1f}: {plain(why(bar.why, lang))}"
            for bar in bars
        ]
    return [*lines, "", *_suspected(dataset, lang), *_counted(dataset, lang)]


def _counted(dataset: DatasetProfile, lang: str) -> list[str]:
    """How people are spread over groups, and how old records are; where neither is known, that."""
    lines = [f"### {say('balance', lang)}: {plain(dataset.name)}", ""]
    if rows := balance_rows(dataset, lang):
        lines += [
            *_table(BALANCE_HEADS, rows, lang),
            say("balance_note", lang, balance().least),
            "",
        ]
    else:
        lines += [say("balance_none", lang), ""]
    lines += [f"### {say('records_dates', lang)}: {plain(dataset.name)}", ""]
    if ages := records_rows(dataset, lang):
        return [*lines, *_table(RECORDS_HEADS, ages, lang), say("records_note", lang), ""]
    return [*lines, say("records_none", lang), ""]


def _table(heads: Sequence[str], rows: Iterable[Iterable[str]], lang: str) -> list[str]:
    head = _row([say(key, lang) for key in heads])
    return [head, _row(["---"] * len(heads)), *(_row([*map(plain, row)]) for row in rows), ""]


def _suspected(dataset: DatasetProfile, lang: str) -> list[str]:
    """One line, so that nobody takes it for what was found."""
    places = [
        f"{path}: {entity(e.entity, lang)} ({e.confidence:.0%})"
        for path, e in _overview.suspected(dataset)
    ]
    if not places:
        return []
    head = f"{say('suspected', lang)}, {dataset.name}: "
    return [plain(head + listed(places, lang)), ""]


def _finding(f: Finding, missed: str, lang: str) -> list[str]:
    laws = "; ".join(
        f"{clause(c, lang)} ({status(c, lang)}; {c.source}: {say(c.source, lang)})"
        for c in f.citations
    )
    principles = listed((principle(p, lang) for p in f.principles), lang)
    facts = {
        "advice": f.advice[lang],
        "question": f.question[lang] if f.question else "",
        "place": f"{f.dataset} · {listed(f.columns, lang) or '-'}",
        "measured": "; ".join(measured(f, lang)),
        "threshold": threshold(f, lang),
        "unseen": missed,
        "principles": f"{principles} · {say(f.certainty, lang)} · {say(f.phase, lang)}",
        "citations": laws,
        "check": f"{f.check} · {f.id}",
    }
    return [
        f"### {say(f.severity, lang)}: {plain(f.message[lang])}",
        "",
        *(f"- {say(key, lang)}: {plain(text)}" for key, text in facts.items() if text),
        "",
    ]
