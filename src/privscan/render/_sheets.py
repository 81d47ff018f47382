"""The sheets of a report: summary, findings, plan, data, and what was not read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from privscan.model.finding import Finding
from privscan.model.profile import ColumnProfile, DatasetProfile, EntityProfile
from privscan.model.report import Report
from privscan.render import _overview
from privscan.render._laws import clause, law, status
from privscan.render._phrases import entity, in_part, measured, principle, threshold
from privscan.render._plan import actions
from privscan.render._reasons import reason
from privscan.render._sentences import LIMITS
from privscan.render._sheet import Cell, Head, Sheet, heads_of
from privscan.render._sheets_measured import measured_sheets
from privscan.render._unseen import unseen
from privscan.render._words import say


def sheets(report: Report, lang: str) -> list[Sheet]:
    """Summary, findings, action plan, datasets, columns, groups, ages, and what was not read."""
    return [
        _summary(report, lang),
        _findings(report, lang),
        _plan(report, lang),
        _datasets(report, lang),
        _columns(report, lang),
        *measured_sheets(report, lang),
        _unread(report, lang),
    ]


def _summary(report: Report, lang: str) -> Sheet:
    heads = heads_of(lang, {"summary": 34, "what": 100})
    return Sheet(say("summary", lang), heads, tuple(_whole(report, lang)))


def _whole(report: Report, lang: str) -> Iterator[tuple[Cell, ...]]:
    yield say("title", lang), say("complete" if report.complete else "incomplete", lang)
    yield say("score", lang), round(report.score, 1)
    yield say("level", lang), say(report.level, lang)
    yield say("decision", lang), say(_overview.decision(report), lang)
    yield say("datasets", lang), len(report.datasets)
    yield say("findings", lang), len(report.findings)
    yield say("unread", lang), len(report.unread)
    tool = report.tool
    for detector, why in tool.not_run.items():
        yield say("not_run", lang), f"{detector}: {reason(why, lang)}"
    for one in _overview.in_part(report):
        yield say("in_part", lang), in_part(one, lang)
    for name in tool.not_evaluated:
        yield say("not_evaluated", lang), law(name, lang)
    for limit in LIMITS:
        yield say("limits", lang), limit[lang == "ja"]
    yield say("version", lang), tool.version
    yield say("rules_digest", lang), tool.rules_digest
    yield say("plan_digest", lang), tool.plan_digest


def _findings(report: Report, lang: str) -> Sheet:
    heads = heads_of(
        lang,
        {
            "severity": 11,
            "finding": 60,
            "dataset": 22,
            "columns": 28,
            "advice": 50,
            "question": 40,
            "measured": 40,
            "threshold": 32,
            "unseen": 40,
            "principles": 18,
            "citations": 34,
            "certainty": 20,
            "confidence": 10,
            "phase": 22,
            "check": 22,
        },
    )
    missed = unseen(report, lang)
    rows = tuple((*_finding(f, missed[f.dataset], lang), f.id) for f in report.findings)
    return Sheet(say("findings", lang), (*heads, Head("ID", 15)), rows)


def _finding(f: Finding, missed: str, lang: str) -> tuple[Cell, ...]:
    laws = (f"{clause(c, lang)} ({status(c, lang)}; {say(c.source, lang)})" for c in f.citations)
    return (
        say(f.severity, lang),
        f.message[lang],
        f.dataset,
        "; ".join(f.columns),
        f.advice[lang],
        f.question[lang] if f.question else "",
        "; ".join(measured(f, lang)),
        threshold(f, lang),
        missed,
        "; ".join(principle(p, lang) for p in f.principles),
        "; ".join(laws),
        say(f.certainty, lang),
        f.confidence,
        say(f.phase, lang),
        f.check,
    )


def _plan(report: Report, lang: str) -> Sheet:
    heads = heads_of(
        lang,
        {
            "kind": 11,
            "severity": 11,
            "what": 60,
            "datasets": 30,
            "columns": 40,
            "phase": 22,
            "citations": 34,
            "check": 24,
            "owner": 20,
            "due": 14,
            "comment": 30,
            "status": 16,
        },
    )
    rows = tuple(
        (
            number,
            say(f"a_{a.kind}", lang),
            say(a.severity, lang) if a.severity else "",
            a.what,
            "; ".join(a.datasets),
            "; ".join(a.columns),
            say(a.phase, lang) if a.phase else "",
            "; ".join(a.citations),
            "; ".join(a.checks),
            None,
            None,
            None,
            say("s_open", lang),
        )
        for number, a in enumerate(actions(report, lang), 1)
    )
    states = tuple(say(f"s_{state}", lang) for state in ("open", "started", "done", "dropped"))
    return Sheet(say("actions", lang), (Head("#", 5), *heads), rows, states)


def _datasets(report: Report, lang: str) -> Sheet:
    heads = heads_of(
        lang,
        {
            "dataset": 28,
            "score": 9,
            "level": 14,
            "kind": 22,
            "rows": 14,
            "subjects": 14,
            "columns": 10,
            "files": 10,
            "bytes_read": 16,
            "unread_share": 14,
            "findings": 12,
            "uri": 60,
            "table_version": 22,
        },
    )
    rows = tuple(
        (
            d.name,
            round(d.risk.score, 1) if d.risk else None,
            say(d.risk.level, lang) if d.risk else "",
            say(d.kind, lang),
            d.rows,
            d.subjects,
            len(d.columns),
            d.files,
            d.bytes,
            d.unread_share,
            sum(f.dataset == d.name for f in report.findings),
            d.uri,
            d.version,
        )
        for d in report.datasets
    )
    return Sheet(say("datasets", lang), heads, rows)


def _columns(report: Report, lang: str) -> Sheet:
    heads = heads_of(
        lang,
        {
            "dataset": 28,
            "column": 32,
            "kind": 12,
            "taken_for": 28,
            "entity": 28,
            "confidence": 10,
            "share": 10,
            "cells": 12,
            "state": 24,
            "rows": 14,
            "empty": 12,
            "distinct": 14,
        },
    )
    rows = tuple(
        _column(d, c, e, lang) for d in report.datasets for c in d.columns for e in _seen(c)
    )
    return Sheet(say("columns", lang), heads, rows)


def _seen(column: ColumnProfile) -> Iterable[EntityProfile | None]:
    """What was found in a column; nothing is a row too."""
    return _overview.found(column) or (None,)


def _column(
    d: DatasetProfile, c: ColumnProfile, e: EntityProfile | None, lang: str
) -> tuple[Cell, ...]:
    seen: tuple[Cell, ...] = (say("none", lang), None, None, None, "")
    if e:
        state = say("leak" if e.leak else e.state, lang)
        seen = (entity(e.entity, lang), e.confidence, e.share, e.cells, state)
    taken = entity(c.entity, lang) if c.entity else ""
    return (d.name, c.path, say(c.kind, lang), taken, *seen, c.rows, c.nulls, c.distinct)


def _unread(report: Report, lang: str) -> Sheet:
    widths = {"dataset": 28, "place": 70, "span": 24, "reason": 70, "bytes_read": 16, "rows": 14}
    rows = tuple(
        (u.dataset, u.uri, u.span, reason(u.reason, lang), u.bytes, u.rows) for u in report.unread
    )
    return Sheet(say("unread", lang), heads_of(lang, widths), rows)
