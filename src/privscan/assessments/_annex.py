"""Sections 18 and A: limits, manifest, check sheets, open questions, lessons."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from privscan.assess.checksheet import PHASES
from privscan.assessments._agenda import asked, put
from privscan.assessments._alike import each
from privscan.assessments._blocks import Block, Check, Checks, Head, Items, Para, Table
from privscan.assessments._law import answered, check
from privscan.assessments._top import facts
from privscan.assessments._words import joined, said, same, w
from privscan.model.assessment import (
    Assessment,
    Box,
    DatasetAssessment,
    Lesson,
    Question,
)
from privscan.model.data import Unread
from privscan.model.finding import Text
from privscan.model.profile import DatasetProfile
from privscan.model.progress import DataAction
from privscan.render import _overview
from privscan.render._laws import law
from privscan.render._phrases import in_part
from privscan.render._reasons import reason
from privscan.render._sentences import LIMITS
from privscan.render._words import LANGUAGES


def limits(a: Assessment) -> Iterator[Block]:
    """What was not read, not run, not asked, and what no scan shows."""
    report = a.report
    parts = tuple(_unread(u) for u in report.unread)
    yield Items(parts) if parts else Para(w("unread_none"))
    if report.tool.not_run:
        yield Head(w("not_run"))
        yield Items(
            tuple(
                joined([same(name), said(reason, why)], between=(": ", ":"))
                for name, why in report.tool.not_run.items()
            )
        )
    if partly := _overview.in_part(report):
        yield Head(w("in_part"))
        yield Items(tuple(said(in_part, one) for one in partly))
    if report.tool.not_evaluated:
        laws = joined([said(law, name) for name in report.tool.not_evaluated])
        yield Para(joined([w("not_evaluated"), laws], between=(": ", ":")))
    yield Items(tuple(dict(zip(LANGUAGES, pair, strict=True)) for pair in LIMITS))


def _unread(u: Unread) -> Text:
    return joined([same(f"{u.uri} {u.span}".strip()), said(reason, u.reason)], between=(": ", ":"))


def annex(a: Assessment) -> Iterator[Block]:
    """What made this, the three sheets, the questions and the lessons."""
    tool = a.report.tool
    yield Head(w("manifest"))
    libraries = ", ".join(f"{name} {version}" for name, version in tool.libraries.items())
    made = {
        "tool": f"privscan {tool.version}",
        "rules_scanned": tool.rules_digest,
        "rules_assessed": a.rules_digest,
        "plan": tool.plan_digest,
        "libraries": libraries or "-",
    }
    yield Table((), tuple((w(key), same(value)) for key, value in made.items()))
    if tool.rules_digest != a.rules_digest:
        yield Para(w("rules_changed", tool.rules_digest, a.rules_digest), "draft")
    yield from sheets(a)
    yield Head(w("pram"))
    yield from actions(a)
    yield from questions(a)
    yield from lessons(a)


def lessons(a: Assessment) -> Iterator[Block]:
    """What each rule that fired teaches, with how often it did."""
    yield Head(w("lessons"))
    yield Para(w("lessons_note"), "note")
    yield Items(tuple(_lesson(one) for one in a.lessons))


def _lesson(one: Lesson) -> Text:
    often = w("lesson_times", one.times, one.scans)
    return {lang: f"{text} [{one.check}; {often[lang]}]" for lang, text in one.text.items()}


def sheets(a: Assessment) -> Iterator[Block]:
    """The check sheet of each phase."""
    for phase in PHASES:
        yield Head(w("sheet", w(phase)))
        yield Para(w("sheet_note"), "note")
        yield from each(a, partial(_sheet, phase, scans=len(a.trend)), 2)


def _sheet(
    phase: str, _profile: DatasetProfile, made: DatasetAssessment, *, scans: int
) -> Iterator[Block]:
    """A dataset's boxes of the phase; in operation what is new since the last scan as well."""
    if phase == "operation" and scans > 1:
        yield Para(w("drift") if made.drift else w("no_drift"), "draft" if made.drift else "")
        yield from (Items(made.drift),) if made.drift else ()
    boxes = [box for box in made.boxes if box.phase == phase]
    yield Para(joined(list(_totals(boxes))), "note")
    yield Checks(tuple(check(box) for box in boxes))


def actions(a: Assessment) -> Iterator[Block]:
    """NIST's problematic data actions that were shown, with room for likelihood and impact."""
    yield Para(w("pram_note"), "note")
    yield from each(a, _actions, 2)


def _actions(_profile: DatasetProfile, made: DatasetAssessment) -> Iterator[Block]:
    if not made.data_actions:
        yield Para(w("pram_none"))
        return
    heads = (
        "data_action", "problematic", "evidence_where", "problems", "pram_likelihood", "pram_impact",
    )  # fmt: skip
    rows = tuple(
        (one.action, one.title, _shown(one), one.problems, _BLANK, _BLANK)
        for one in made.data_actions
    )
    yield Table(tuple(w(key) for key in heads), rows)


def _shown(one: DataAction) -> Text:
    """The first facts that showed it, and how many more there are; none where nothing is declared."""
    told = facts(one.shown)
    if not told:
        return w("not_declared")
    first, more = joined(told[:SHOWN]), len(told) - SHOWN
    return w("and_more", first, more) if more > 0 else first


SHOWN = 2
"""Facts that a row of the PRAM names."""

_BLANK = same("\u3000")


def _totals(boxes: list[Box]) -> Iterator[Text]:
    """Ticked boxes by viewpoint."""
    for viewpoint in dict.fromkeys(box.viewpoint for box in boxes):
        held = [box for box in boxes if box.viewpoint == viewpoint]
        word = w("fairness_view" if viewpoint == "fairness" else viewpoint)
        yield w("sheet_totals", word, sum(box.ticked for box in held), len(held))


def questions(a: Assessment) -> Iterator[Block]:
    """The questions that are put now, then all that the findings ask, with the answers given."""
    yield from asked(a)
    if any(made.questions for made in a.datasets):
        yield Head(w("finding_questions"))
    yield from each(a, _questions, 2)


def _questions(_profile: DatasetProfile, made: DatasetAssessment) -> Iterator[Block]:
    if made.questions:
        yield Checks(tuple(_question(one) for one in made.questions))


def _question(one: Question) -> Check:
    text = {lang: f"{said_} [{one.about}]" for lang, said_ in one.text.items()}
    if one.answer:
        mark = "person" if one.answer.answer != "no" else "no"
        return Check(mark, text, (answered(one.answer),))
    return Check("open", text, (put(one),))
