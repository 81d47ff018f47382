"""Training from own findings: lesson cards, and a quiz whose answers are the rules' own advice."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from privscan.assessments import _agenda, _annex
from privscan.assessments._blocks import Block, Head, Items, Para
from privscan.assessments._words import w
from privscan.model.assessment import Assessment
from privscan.model.finding import Finding, Text
from privscan.rulebook.load import rulebook

MOST = 10
"""Questions of a quiz, those of the gravest findings."""

WRONG = 2
"""Answers of other rules beside the right one."""


def council(a: Assessment) -> Iterator[Block]:
    """The council's questions, and what the findings teach."""
    yield from _agenda.asked(a)
    yield from _annex.lessons(a)


def training(a: Assessment) -> Iterator[Block]:
    """The lesson of each rule that fired, a question on each of the first, and the answers."""
    yield from _annex.lessons(a)
    yield Head(w("quiz"))
    asked = list({f.check: f for f in reversed(a.report.findings)}.values())[::-1][:MOST]
    if not asked:
        yield Para(w("quiz_none"))
        return
    yield Para(w("quiz_note"), "note")
    lessons = {one.check: one.text for one in a.lessons}
    answers = []
    for number, finding in enumerate(asked, 1):
        choices, right = _choices(finding)
        yield Para(w("quiz_question", number, finding.message))
        yield Items(choices, ordered=True)
        answers.append(w("quiz_answer", number, right, lessons[finding.check]))
    yield Head(w("quiz_answers"))
    yield Items(tuple(answers))


def _choices(finding: Finding) -> tuple[tuple[Text, ...], int]:
    """The finding's advice among that of rules of other principles, in an order of its own."""
    others = {
        rule.advice.en: rule.advice.both()
        for rule in rulebook().checks
        if not {*rule.principles} & {*finding.principles}
    }
    near = sorted(others.values(), key=lambda text: _order(finding.check, text))[:WRONG]
    every = sorted([finding.advice, *near], key=lambda text: _order(f"{finding.check} shown", text))
    return tuple(every), every.index(finding.advice) + 1


def _order(salt: str, text: Text) -> str:
    """An order that looks like none and is the same every time."""
    return hashlib.sha256(f"{salt}\x1f{text['en']}".encode()).hexdigest()
