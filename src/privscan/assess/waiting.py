"""Which questions are put now, and what the others wait for: few are asked before laws are known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from privscan.assess.checksheet import box_rules
from privscan.assess.jurisdiction import applies
from privscan.assess.threshold import criteria
from privscan.model.kinds import Severity
from privscan.rulebook.load import rulebook

if TYPE_CHECKING:
    from privscan.assess.context import Context
    from privscan.model.assessment import (
        Box,
        Criterion,
        DatasetAssessment,
        Question,
        Threshold,
    )
    from privscan.model.finding import Finding
    from privscan.rulebook.schema import When

LAWS = "jurisdictions"
"""The key that most questions wait for."""

SETTLED = frozenset({"outcome", "other_phase", "nothing_found"})
"""What a question waits for that no key of dataset.yaml brings: it will most likely never arise."""


def of_finding(question: Question, finding: Finding, context: Context) -> Question:
    """A question of a finding; it waits where dataset.yaml decides whether it arises."""
    rule = next((r for r in rulebook().rules if r.id == finding.check), None)
    if rule is None:
        return question
    waits = [*_undeclared(rule.when, context.declared())]
    if rule.jurisdictions and applies(rule.jurisdictions, context.jurisdictions) is None:
        waits.insert(0, LAWS)
    return replace(question, waits=tuple(dict.fromkeys(waits)))


def of_criterion(one: Criterion, whole: Threshold, context: Context) -> Criterion:
    """An open criterion waits for the laws, and is not put where the outcome stands without it."""
    if one.question is None:
        return one
    return replace(one, question=replace(one.question, waits=_of_outcome(whole, context)))


def _of_outcome(whole: Threshold, context: Context) -> tuple[str, ...]:
    european, japanese = (one.result for one in whole.outcomes)
    if european == "nothing":
        return ("nothing_found",)
    elsewhere = applies(("EU",), context.jurisdictions) is False
    stands = whole.met >= criteria().many or european == "direct"
    if stands or (elsewhere and japanese in {"jp_number", "jp_recommended"}):
        return ("outcome",)
    return () if context.jurisdictions else (LAWS,)


def of_box(one: Box, whole: Threshold, context: Context) -> Box:
    """An open box is put in the phase that was declared, once what it names was declared."""
    if one.question is None:
        return one
    rule = box_rules().get(one.id)
    missing = _undeclared(rule.settled_by, context.declared()) if rule and rule.settled_by else ()
    waits = [*missing]
    if whole.outcomes[0].result == "nothing":
        waits = ["nothing_found"]
    elif context.phase is None:
        waits.append("phase")
    elif context.phase != one.phase:
        waits = ["other_phase"]
    return replace(one, question=replace(one.question, waits=tuple(dict.fromkeys(waits))))


def _undeclared(when: When, declared: Mapping[str, object]) -> Iterator[str]:
    """Keys that a condition asks for as missing, or as declared, and that are not declared."""
    yield from (key for key in when.missing if key not in declared)
    for part in (*when.all, *when.any, *((when.not_,) if when.not_ else ())):
        yield from _undeclared(part, declared)


def addressed(made: DatasetAssessment) -> DatasetAssessment:
    """The dataset with its questions under the keys that the answers file has for them.

    A box about the organisation is one question for all datasets.
    """
    mark = made.key.removeprefix(made.dataset)
    analysis = made.threshold
    criteria = (replace(c, question=_at(c.question, made.key)) for c in analysis.criteria)
    return replace(
        made,
        threshold=replace(analysis, criteria=tuple(criteria)),
        boxes=tuple(replace(b, question=_at(b.question, made.key)) for b in made.boxes),
        questions=tuple(replace(q, key=q.key + mark) for q in made.questions),
    )


def _at(question: Question | None, called: str) -> Question | None:
    if question is None:
        return None
    rule = box_rules().get(question.about)
    if rule and rule.scope == "organisation":
        return replace(question, key=f"{question.about}@*", dataset="")
    return replace(question, key=f"{question.about}@{called}")


def awaited(questions: Iterable[Question]) -> tuple[str, ...]:
    """Keys of dataset.yaml that open questions wait for: laws first, then the most awaited."""
    counts = Counter(
        key for q in questions if q.answer is None for key in q.waits if key not in SETTLED
    )
    return tuple(sorted(counts, key=lambda key: (key != LAWS, -counts[key], key)))


def gravity(question: Question, finding: Finding | None) -> int:
    """How soon a question is put: by its finding's severity, criteria before boxes of sheets."""
    if finding:
        return finding.severity.rank
    return (Severity.LOW if question.about in box_rules() else Severity.MEDIUM).rank
