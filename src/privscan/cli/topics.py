"""Everything that has an id: rules by kind, for `explain` and `rules list`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from privscan.cli import cards
from privscan.cli.columns import of_column
from privscan.model.finding import Citation
from privscan.render._files import saved_report
from privscan.render._laws import clause
from privscan.render._words import LANGUAGES
from privscan.rulebook.load import rulebook
from privscan.rulebook.numbers import numbers
from privscan.rulebook.recognizers import recognizers

KINDS = ("entity", "recognizer", "principle", "check", "law", "policy")


@dataclass(frozen=True, slots=True)
class Topic:
    """One thing with an id; `lines` says what `explain` shows, in a language."""

    kind: str
    id: str
    title: dict[str, str]
    lines: Callable[[str], cards.Lines]


def topics() -> Iterator[Topic]:
    """Every rule, kind by kind in the order of `KINDS`."""
    book = rulebook()
    for entity in book.entities.values():
        shown: Callable[[str], cards.Lines] = partial(cards.of_entity, entity)
        yield Topic("entity", entity.id, entity.label.both(), shown)
    for recognizer in recognizers():
        shown = partial(cards.of_recognizer, recognizer)
        title = recognizer.about.both() if recognizer.about else _same(recognizer.supported_entity)
        yield Topic("recognizer", recognizer.name, title, shown)
    for number in numbers():
        shown = partial(cards.of_number, number)
        yield Topic("recognizer", number.name, number.about.both(), shown)
    for principle in book.principles.values():
        shown = partial(cards.of_principle, principle, book.rules)
        yield Topic("principle", principle.id, principle.title.both(), shown)
    for kind, rules in (("check", book.checks), ("law", book.laws)):
        for rule in rules:
            law = Citation(rule.law, rule.article, rule.status, rule.src)
            title = {lang: clause(law, lang).strip() for lang in LANGUAGES}
            yield Topic(kind, rule.id, title, partial(cards.of_rule, rule))
    for policy in book.policies.values():
        yield Topic("policy", policy.id, policy.about.both(), partial(cards.of_policy, policy))


def presidio() -> Iterator[Topic]:
    """Presidio's own recognizers that name an entity of the rules."""
    from privscan.recognition.bound import bound

    own = {recognizer.name for recognizer in recognizers()}
    for name, one in bound().items():
        if name not in own:
            label = rulebook().entities[one.entity].label.both()
            shown: Callable[[str], cards.Lines] = partial(
                cards.of_presidio, one.recognizer, one.entity
            )
            yield Topic("recognizer", name, {k: f"Presidio: {v}" for k, v in label.items()}, shown)


def exit_codes() -> Topic:
    """The program's exit codes."""
    title = {"en": "what the program's endings mean", "ja": "終了コードの意味"}
    return Topic("exit codes", "exit-codes", title, cards.of_exit_codes)


def in_report(file: Path) -> Iterator[Topic]:
    """The findings of a saved report, and its columns by path."""
    report = saved_report(file)
    for finding in report.findings:
        title = _same(finding.check)
        yield Topic("finding", finding.id, title, partial(cards.of_finding, finding, report))
    for dataset in report.datasets:
        for column in dataset.columns:
            yield Topic("column", column.path, _same(dataset.name), partial(of_column, column))


def _same(text: str) -> dict[str, str]:
    return {"en": text, "ja": text}
