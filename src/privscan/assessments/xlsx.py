"""XLSX: measures with owner and date, questions with answers, sign-offs, then the report's sheets."""

from __future__ import annotations

from privscan.assess.impact import questions
from privscan.assessments._agenda import put
from privscan.assessments._words import w
from privscan.model.assessment import Assessment, DatasetAssessment
from privscan.render._phrases import label
from privscan.render._sheet import DATE, SHADE, Cell, Head, Sheet
from privscan.render._sheets import sheets
from privscan.render._words import LANGUAGES, say
from privscan.render.xlsx import workbook

PLUGIN = True
SUFFIXES = (".xlsx",)

_ROLES = {"owner": "owner_role"}
"""Roles whose word is another than their name."""


def render(assessment: Assessment, *, lang: str = "en") -> bytes:
    """The workbook; in both languages, the Japanese sheets follow the English ones."""
    chosen = LANGUAGES if lang == "both" else (lang,)
    title = " / ".join(w("title")[one] for one in chosen)
    return workbook(title, {one: _sheets(assessment, one) for one in chosen})


def _sheets(a: Assessment, lang: str) -> list[Sheet]:
    summary, *others = sheets(a.report, lang)
    first = [(w("status")[lang], w(a.status)[lang]), *summary.rows]
    because = [(w("draft")[lang], t[lang]) for d in a.datasets for t in d.draft_because]
    gaps = [(w("gaps")[lang], gap.text[lang]) for gap in a.gaps]
    rows = (*first, *dict.fromkeys(because), *gaps)
    return [
        Sheet(summary.title, summary.heads, rows),
        _measures(a, lang),
        _questions(a, lang),
        _signoffs(a, lang),
        *others,
    ]


def _head(key: str, width: int, lang: str, kind: str = "") -> Head:
    return Head(w(key)[lang], width, kind)


def _measures(a: Assessment, lang: str) -> Sheet:
    heads = (
        _head("dataset", 28, lang),
        _head("column", 30, lang),
        _head("entity", 30, lang),
        _head("treatment", 60, lang),
        _head("before_after", 40, lang),
        _head("inherent", 12, lang),
        _head("residual", 12, lang),
        _head("level", 14, lang, SHADE),
        _head("owner", 22, lang),
        _head("due", 14, lang, DATE),
        _head("plan_state", 20, lang),
    )
    scores = {d.name: round(d.risk.score, 1) for d in a.report.datasets if d.risk}
    rows = (row for d in a.datasets for row in _bundle(d, scores.get(d.dataset), lang))
    return Sheet(say("planned", lang), heads, tuple(rows))


def _bundle(d: DatasetAssessment, now: float | None, lang: str) -> list[tuple[Cell, ...]]:
    """A row for each treatment; the score is what the whole bundle is predicted to leave."""
    bundle = d.bundle
    return [
        (
            d.dataset,
            m.column,
            "; ".join(label(e, lang) for e in m.entities),
            m.text[lang],
            f"{'; '.join(label(s, lang) for s in dict.fromkeys(m.before))} → {label(m.after, lang)}",
            now,
            round(bundle.residual.score, 1),
            w(bundle.residual.level)[lang],
            bundle.owner,
            bundle.due,
            w("overdue")[lang]
            if bundle.overdue
            else w("done", bundle.done)[lang]
            if bundle.done
            else "",
        )
        for m in bundle.measures
    ]


def _questions(a: Assessment, lang: str) -> Sheet:
    heads = (
        _head("dataset", 28, lang),
        _head("question", 80, lang),
        _head("check", 24, lang),
        _head("answer", 40, lang),
        Head("ID", 26),
        _head("question_state", 50, lang),
    )
    rows = []
    now = [key for one in a.asked for key in one.keys]
    place = {key: number for number, key in enumerate(now)}
    # Those put now come first, the gravest of them on top, as in the document.
    for q in sorted(questions(a), key=lambda q: place.get(q.key, len(now))):
        given = q.answer
        parts = (given.answer, given.reason, given.by, given.date) if given else ()
        said = "; ".join(filter(None, parts))
        state = "" if given else put(q)[lang]
        rows.append((q.dataset, q.text[lang], q.about, said, q.key, state))
    return Sheet(w("open_questions")[lang], heads, tuple(rows))


def _signoffs(a: Assessment, lang: str) -> Sheet:
    heads = (
        _head("dataset", 28, lang),
        _head("role", 30, lang),
        _head("holder", 24, lang),
        _head("sign_state", 14, lang),
        _head("decided", 24, lang),
        _head("name", 24, lang),
        Head(say("signed_on", lang), 14),
        _head("changed", 60, lang),
    )
    rows = tuple(
        (
            d.dataset,
            w(_ROLES.get(s.role, s.role))[lang],
            s.holder,
            w(s.state)[lang],
            w(s.decision)[lang] if s.decision else "",
            s.name,
            s.date,
            "; ".join(text[lang] for text in s.changed),
        )
        for d in a.datasets
        for s in d.signoffs
    )
    return Sheet(say("signoffs", lang), heads, rows)
