"""Tables of an assessment for spreadsheets: plan, check sheets, PRAM, measures, questions, sign-offs."""

from __future__ import annotations

from collections.abc import Iterator

from privscan.assess.impact import questions as every_question
from privscan.assessments._agenda import keyed, put
from privscan.assessments._law import check
from privscan.assessments._top import facts
from privscan.assessments._words import w
from privscan.model.assessment import (
    Assessment,
    Box,
    Bundle,
    DatasetAssessment,
    Measure,
    Settled,
    Signed,
    SignOff,
)
from privscan.render._phrases import label
from privscan.render._sheet import DATE, SHADE, Cell, Head, Sheet
from privscan.render._words import say

_ROLES = {"owner": "owner_role"}
"""Roles whose word is another than their name."""


def _head(key: str, width: int, lang: str, kind: str = "") -> Head:
    return Head(w(key)[lang], width, kind)


def plan(a: Assessment, lang: str) -> Sheet:
    """All that is left to do, a row each: declare, take measures, answer, sign."""
    heads = (
        _head("kind", 16, lang),
        _head("dataset", 28, lang),
        _head("column", 30, lang),
        _head("what", 80, lang),
        _head("why", 50, lang),
        _head("owner", 24, lang),
        _head("due", 14, lang, DATE),
        _head("plan_state", 20, lang),
        Head("ID", 26),
    )
    rows = (*_declared(a, lang), *_taken(a, lang), *_asked(a, lang), *_signed(a, lang))
    return Sheet(w("to_do")[lang], heads, rows)


def _declared(a: Assessment, lang: str) -> Iterator[tuple[Cell, ...]]:
    kind, state = w("declare")[lang], say("s_open", lang)
    for gap in a.gaps:
        yield kind, "", "", gap.text[lang], "org.yaml", "", "", state, gap.key
    for d in a.datasets:
        file = d.declared_in or "dataset.yaml"
        for key in d.undeclared:
            yield kind, d.dataset, "", keyed(key)[lang], file, _owner(d), "", state, key


def _owner(d: DatasetAssessment) -> str:
    return next(iter(dict(d.declared).get("owner", ())), "")


def _taken(a: Assessment, lang: str) -> Iterator[tuple[Cell, ...]]:
    for d in a.datasets:
        for m in d.bundle.measures:
            why, state = _change(m, lang), _state(d.bundle, lang) or say("s_open", lang)
            where = (w("treatment")[lang], d.dataset, m.column, m.text[lang], why)
            yield *where, d.bundle.owner, d.bundle.due, state, m.treatment


def _asked(a: Assessment, lang: str) -> Iterator[tuple[Cell, ...]]:
    kind, state = w("question")[lang], say("s_open", lang)
    for one in a.asked:
        for key, name in zip(one.keys, one.datasets or ("",) * len(one.keys), strict=True):
            yield kind, name, "", one.text[lang], one.about, "", "", state, key


def _signed(a: Assessment, lang: str) -> Iterator[tuple[Cell, ...]]:
    for d in a.datasets:
        for s in d.signoffs:
            if s.state is not Signed.CURRENT:
                why = "; ".join(text[lang] for text in s.changed)
                what = f"{w('sign_state')[lang]}: {_role(s, lang)}"
                row = (w("signoff")[lang], d.dataset, "", what, why, s.holder, "")
                yield *row, w(s.state)[lang], s.role


def boxes(a: Assessment, lang: str) -> Sheet:
    """The check sheets of the three phases: a row for each box of each dataset."""
    heads = (
        _head("phase", 24, lang),
        _head("dataset", 28, lang),
        _head("viewpoints", 20, lang),
        _head("box", 70, lang),
        _head("ticked", 10, lang),
        _head("settled_by", 24, lang),
        _head("why", 60, lang),
        Head("ID", 22),
    )
    rows = tuple(
        (
            w(box.phase)[lang],
            d.dataset,
            w("fairness_view" if box.viewpoint == "fairness" else box.viewpoint)[lang],
            box.text[lang],
            _ticked(box, lang),
            w(box.settled)[lang],
            "; ".join(text[lang] for text in check(box).below),
            box.id,
        )
        for d in a.datasets
        for box in d.boxes
    )
    return Sheet(w("sheets")[lang], heads, rows)


def _ticked(box: Box, lang: str) -> str:
    """Yes, no, what a person answered, or nothing where nobody has settled it."""
    given = box.question.answer if box.question else None
    if box.ticked or box.settled is Settled.OPEN:
        return w("yes")[lang] if box.ticked else ""
    person = box.settled is Settled.PERSON and given is not None
    return w(given.answer if person and given else "no")[lang]


def actions(a: Assessment, lang: str) -> Sheet:
    """NIST's PRAM: problematic data actions that were shown; likelihood and impact are for people."""
    heads = (
        _head("dataset", 28, lang),
        _head("subjects", 12, lang),
        _head("data_action", 14, lang),
        _head("problematic", 34, lang),
        _head("evidence_where", 60, lang),
        _head("problems", 50, lang),
        _head("pram_likelihood", 16, lang),
        _head("pram_impact", 16, lang),
        Head("ID", 24),
    )
    people = {d.name: d.subjects for d in a.report.datasets}
    rows = tuple(
        (
            d.dataset,
            people[d.dataset],
            one.action[lang],
            one.title[lang],
            "; ".join(text[lang] for text in facts(one.shown)),
            one.problems[lang],
            None,
            None,
            one.id,
        )
        for d in a.datasets
        for one in d.data_actions
    )
    return Sheet(w("pram")[lang], heads, rows)


def measures(a: Assessment, lang: str) -> Sheet:
    """Each measure with owner, date, and what its bundle is predicted to leave."""
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
            _change(m, lang),
            now,
            round(bundle.residual.score, 1),
            w(bundle.residual.level)[lang],
            bundle.owner,
            bundle.due,
            _state(bundle, lang),
        )
        for m in bundle.measures
    ]


def _change(m: Measure, lang: str) -> str:
    before = "; ".join(label(s, lang) for s in dict.fromkeys(m.before))
    return f"{before} → {label(m.after, lang)}"


def _state(bundle: Bundle, lang: str) -> str:
    if bundle.overdue:
        return w("overdue")[lang]
    return w("done", bundle.done)[lang] if bundle.done else ""


def questions(a: Assessment, lang: str) -> Sheet:
    """Every question with its answer; those put now first, the gravest on top."""
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
    for q in sorted(every_question(a), key=lambda q: place.get(q.key, len(now))):
        given = q.answer
        parts = (given.answer, given.reason, given.by, given.date) if given else ()
        said = "; ".join(filter(None, parts))
        state = "" if given else put(q)[lang]
        rows.append((q.dataset, q.text[lang], q.about, said, q.key, state))
    return Sheet(w("open_questions")[lang], heads, tuple(rows))


def signoffs(a: Assessment, lang: str) -> Sheet:
    """Each role that a level asks, with its signature and what changed since."""
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
            _role(s, lang),
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


def _role(s: SignOff, lang: str) -> str:
    return w(_ROLES.get(s.role, s.role))[lang]
