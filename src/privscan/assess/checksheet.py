"""Check sheets of the three phases: only evidence ticks a box, all others ask a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from privscan.assess.conditions import facts, known_names
from privscan.errors import RuleError, nearest
from privscan.model.assessment import Box, Question, Settled
from privscan.model.kinds import Certainty
from privscan.model.report import LEFT_OUT
from privscan.rulebook._yaml import read, shaped
from privscan.rulebook.folders import files, rules_folder
from privscan.rulebook.load import by_rules, rulebook
from privscan.rulebook.predicate import holds
from privscan.rulebook.schema import Shape, Text, When

if TYPE_CHECKING:
    from pathlib import Path

    from privscan.model.assessment import Answer
    from privscan.model.profile import DatasetProfile
    from privscan.model.report import Report
    from privscan.rulebook.load import Rulebook
    from privscan.rulebook.predicate import Match

PHASES = ("planning", "design", "operation")

Viewpoint = Literal["fairness", "accountability", "transparency", "privacy", "proper_utilisation"]
"""The five viewpoints of the check."""


class BoxRule(Shape):
    """A box: what it states, and the condition that settles it if evidence can.

    `whole` asks that nothing stayed unread: what was not found may stand there. One whose scope
    is the organisation is answered once, for all datasets.
    """

    id: str
    principle: str
    viewpoint: Viewpoint
    text: Text
    settled_by: When | None = None
    certainty: Certainty
    whole: bool = False
    scope: Literal["dataset", "organisation"] = "dataset"


class Sheet(Shape):
    """One file of rules/checksheets: the boxes of one phase."""

    version: int
    as_of: str
    status: str
    source: str
    phase: Literal["planning", "design", "operation"]
    boxes: tuple[BoxRule, ...] = Field(min_length=1)


@by_rules()
def sheets() -> tuple[Sheet, ...]:
    """The sheets in the order of the phases; a wrong file is a `RuleError` with its line."""
    found = read_sheets(files(rules_folder(), "checksheets"), rulebook())
    return tuple(found[phase] for phase in PHASES if phase in found)


def read_sheets(every: Iterable[Path], rules: Rulebook) -> dict[str, Sheet]:
    """The sheets in files by phase, the last of a phase; every name in them is known."""
    found: dict[str, Sheet] = {}
    for file in every:
        document = read(file)
        sheet = shaped(Sheet, document.value or {}, document)
        for i, box in enumerate(sheet.boxes):
            known_names(box.settled_by, rules, document, ("boxes", i, "settled_by"))
            if box.principle not in rules.principles:
                raise RuleError(
                    f"no principle is called {box.principle!r}",
                    where=document.where(("boxes", i, "principle")),
                    hint=nearest(box.principle, rules.principles),
                )
        found[sheet.phase] = sheet
    return found


@by_rules()
def box_rules() -> Mapping[str, BoxRule]:
    """Every box by its id."""
    return {rule.id: rule for sheet in sheets() for rule in sheet.boxes}


def checked(
    profile: DatasetProfile,
    declared: Mapping[str, object],
    answers: Mapping[str, Answer],
    report: Report,
) -> tuple[Box, ...]:
    """Every box of every phase for a dataset; an answer never unticks what evidence settled."""
    whole = whole_read(profile, report)
    return tuple(
        _box(
            rule,
            sheet.phase,
            _question(rule, profile, answers),
            _match(rule, profile, declared, whole=whole),
            settles=_settles(rule, whole=whole),
        )
        for sheet in sheets()
        for rule in sheet.boxes
    )


def _question(rule: BoxRule, profile: DatasetProfile, answers: Mapping[str, Answer]) -> Question:
    key = f"{rule.id}@{profile.name}"
    return Question(key, profile.name, rule.text.both(), rule.id, answers.get(key))


def _match(
    rule: BoxRule, profile: DatasetProfile, declared: Mapping[str, object], *, whole: bool
) -> Match | None:
    """What settles the box: nothing unless its certainty is that of evidence."""
    if rule.settled_by is None or not _settles(rule, whole=whole):
        return None
    return holds(rule.settled_by, profile, declared, rulebook().groups)


def _settles(rule: BoxRule, *, whole: bool) -> bool:
    """Whether evidence or a declaration decides the box, one way or the other."""
    sure = rule.certainty is Certainty.SCAN_SUFFICIENT and rule.settled_by is not None
    return sure and (whole or not rule.whole)


def _box(
    rule: BoxRule, phase: str, question: Question, match: Match | None, *, settles: bool
) -> Box:
    answer = question.answer if rule.settled_by is None else None
    settled = Settled.PERSON if answer else Settled.OPEN
    if settles:
        settled = Settled.EVIDENCE if rule.whole else Settled.DECLARED
    return Box(
        id=rule.id,
        phase=phase,
        principle=rule.principle,
        viewpoint=rule.viewpoint,
        text=rule.text.both(),
        ticked=match is not None or (answer is not None and answer.answer == "yes"),
        settled=settled,
        shown=facts(match) if match else (),
        question=None if match else question,
    )


def whole_read(profile: DatasetProfile, report: Report) -> bool:
    """Whether all of a dataset was looked at, so that what was not found counts as absent."""
    return not any(_gaps(profile, report))


def unread(profile: DatasetProfile, report: Report) -> bool:
    """Whether a part of the dataset, or one that nobody can place, was not read."""
    places = {u.dataset for u in report.unread} or {""}
    return profile.unread_share > 0 or (not report.complete and bool(places & {"", profile.name}))


def _gaps(profile: DatasetProfile, report: Report) -> Iterator[bool]:
    yield unread(profile, report)
    yield not (profile.columns or profile.media.decoded)
    yield any(one.read < one.texts for one in profile.sampled)
    yield any(why.startswith(LEFT_OUT) for why in report.tool.not_run.values())
