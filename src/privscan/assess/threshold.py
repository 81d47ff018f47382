"""The threshold analysis: which signs of high risk are met, by what, and which are questions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from pydantic import Field

from privscan.assess.conditions import facts, known_names
from privscan.assess.findings import UNSURE
from privscan.assess.jurisdiction import applies
from privscan.model.assessment import Criterion, Outcome, Question, Settled, Threshold
from privscan.rulebook._yaml import read, shaped
from privscan.rulebook.folders import rules_folder, single
from privscan.rulebook.load import by_rules, rulebook
from privscan.rulebook.predicate import holds
from privscan.rulebook.schema import Shape, Text, When

if TYPE_CHECKING:
    from pathlib import Path

    from privscan.model.assessment import Answer
    from privscan.model.finding import Finding
    from privscan.model.profile import DatasetProfile
    from privscan.rulebook.load import Rulebook

FILE = "impact/threshold.yaml"

DIRECT = "GDPR-35-3"
"""How the ids of rules begin that stand for a case named in GDPR 35(3)."""


class CriterionRule(Shape):
    """A criterion: what meets it by evidence, what by declaration, and the question otherwise.

    `linked` is met where a join with another dataset was measured.
    """

    id: str
    title: Text
    evidence: When | None = None
    declared: When | None = None
    linked: bool = False
    question: Text


class Outcomes(Shape):
    """What the analysis can say, in both languages."""

    nothing: Text
    needed: Text
    direct: Text
    undecided: Text
    single: Text
    not_indicated: Text
    jp_number: Text
    jp_recommended: Text
    jp_open: Text


class Criteria(Shape):
    """rules/impact/threshold.yaml."""

    version: int
    as_of: str
    status: str
    source: str
    many: int = Field(ge=1)
    criteria: tuple[CriterionRule, ...] = Field(min_length=1)
    outcomes: Outcomes


@by_rules()
def criteria() -> Criteria:
    """The criteria in force; a wrong file is a `RuleError` with its line."""
    return read_criteria(single(rules_folder(), FILE), rulebook())


def read_criteria(file: Path, rules: Rulebook) -> Criteria:
    """The criteria in a file; every name in them is known."""
    document = read(file)
    found = shaped(Criteria, document.value or {}, document)
    for i, one in enumerate(found.criteria):
        for key, when in (("evidence", one.evidence), ("declared", one.declared)):
            known_names(when, rules, document, ("criteria", i, key))
    return found


ELSEWHERE = {
    "en": " For reference: no jurisdiction of the GDPR is declared.",
    "ja": "(参考:GDPRの適用地域は申告されていない。)",
}
"""Added to what WP248 says where its law was not declared to hold."""


def threshold(
    profile: DatasetProfile,
    declared: Mapping[str, object],
    answers: Mapping[str, Answer],
    findings: tuple[Finding, ...],
) -> Threshold:
    """The analysis of a dataset from evidence, what was declared, and what people answered."""
    found = tuple(_criterion(one, profile, declared, answers) for one in criteria().criteria)
    judged = Threshold(found, ())
    said = declared.get("jurisdictions")
    places = said if isinstance(said, tuple) else ()
    return Threshold(found, tuple(_outcomes(judged, profile, findings, places)))


def _criterion(
    rule: CriterionRule,
    profile: DatasetProfile,
    declared: Mapping[str, object],
    answers: Mapping[str, Answer],
) -> Criterion:
    groups = rulebook().groups
    shown: tuple[str, ...] = ()
    if rule.linked and profile.links:
        shown = tuple(f"{link.dataset}: {link.containment:.0%}" for link in profile.links)
        return Criterion(rule.id, rule.title.both(), True, Settled.EVIDENCE, shown, None)  # noqa: FBT003  a field of the value
    if rule.evidence and (match := holds(rule.evidence, profile, declared, groups)):
        shown = facts(match)
        if match.confidence >= UNSURE:
            return Criterion(rule.id, rule.title.both(), True, Settled.EVIDENCE, shown, None)  # noqa: FBT003  a field of the value
    if rule.declared and holds(rule.declared, profile, declared, groups):
        said = tuple(f"{key}: {', '.join(v)}" for key, v in _asked(rule.declared, declared))
        return Criterion(rule.id, rule.title.both(), True, Settled.DECLARED, said, None)  # noqa: FBT003  a field of the value
    key = f"{rule.id}@{profile.name}"
    answer = answers.get(key)
    question = Question(key, profile.name, rule.question.both(), rule.id, answer)
    met = None if answer is None else answer.answer == "yes"
    settled = Settled.OPEN if answer is None else Settled.PERSON
    return Criterion(rule.id, rule.title.both(), met, settled, shown, question)


def _asked(when: When, declared: Mapping[str, object]) -> Iterator[tuple[str, list[str]]]:
    """What the declaration says of the keys that the condition asks for, as far as it meets it."""
    for key, values in when.declared.items():
        said = declared.get(key)
        many = said if isinstance(said, (tuple, list)) else (said,)
        yield key, [str(v) for v in many if str(v) in values]


def _outcomes(
    judged: Threshold,
    profile: DatasetProfile,
    findings: tuple[Finding, ...],
    places: Iterable[str],
) -> Iterator[Outcome]:
    rules = criteria()
    direct = sorted({f.check for f in findings if f.check.startswith(DIRECT)})
    if judged.met >= rules.many:
        result = "needed"
    elif direct:
        result = "direct"
    elif not judged.met and not _personal(profile):
        result = "nothing"
    elif judged.open:
        result = "undecided"
    else:
        result = "single" if judged.met else "not_indicated"
    said: Text = getattr(rules.outcomes, result)
    values = {"met": judged.met, "open": judged.open, "checks": ", ".join(direct)}
    text = {lang: one.format_map(values) for lang, one in said.both().items()}
    if applies(("EU",), places) is False:
        text = {lang: one + ELSEWHERE[lang] for lang, one in text.items()}
    yield Outcome("WP248", result, text)
    yield _japanese(judged, profile, bool(direct), values)


def _japanese(
    judged: Threshold,
    profile: DatasetProfile,
    direct: bool,  # noqa: FBT001  a fact about the findings
    values: Mapping[str, object],
) -> Outcome:
    """Only the My Number Act makes an assessment a duty in Japan."""
    rules = criteria()
    if holds(When(has=("my_number",)), profile, {}, rulebook().groups):
        result = "jp_number"
    elif judged.met >= rules.many or direct:
        result = "jp_recommended"
    elif not _personal(profile):
        result = "nothing"
    else:
        result = "undecided" if judged.open else "jp_open"
    said: Text = getattr(rules.outcomes, result)
    text = {lang: one.format_map(values) for lang, one in said.both().items()}
    return Outcome("JIS X 9251", result, text)


def _personal(profile: DatasetProfile) -> bool:
    """Whether anything that is about people was found, or could not be read."""
    found = holds(When(has=("personal_any",)), profile, {}, rulebook().groups)
    return found is not None or profile.unread_share > 0
