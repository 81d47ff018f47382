"""Findings: the rules that hold for a profile, with what showed them, in both languages."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from privscan.assess.jurisdiction import applies
from privscan.model.finding import Citation, Finding
from privscan.model.kinds import Certainty
from privscan.rulebook.predicate import Match, holds, sentence

if TYPE_CHECKING:
    from privscan.assess.context import Context
    from privscan.model.profile import DatasetProfile
    from privscan.rulebook.load import Rulebook
    from privscan.rulebook.schema import Rule, Text

SHOWN = 4
"""Columns and entities that a message names; the finding itself lists all."""


def findings(profile: DatasetProfile, rules: Rulebook, context: Context) -> tuple[Finding, ...]:
    """What every rule in force says of the profile, worst first.

    Where no jurisdiction is declared every law is asked, and can only ask.
    """
    found = tuple(_findings(profile, rules, context))
    return tuple(sorted(found, key=lambda f: (-f.severity.rank, -f.confidence, f.check)))


def _findings(profile: DatasetProfile, rules: Rulebook, context: Context) -> Iterator[Finding]:
    declared = context.declared()
    for rule in rules.rules:
        valid = applies(rule.jurisdictions, context.jurisdictions)
        match = holds(rule.when, profile, declared, rules.groups) if valid is not False else None
        if match is not None:
            yield _finding(rule, match, profile, rules, asked=valid is None)


def not_evaluated(rules: Rulebook, context: Context) -> frozenset[str]:
    """Laws that the declared jurisdictions leave out."""
    return frozenset(
        rule.law
        for rule in rules.laws
        if applies(rule.jurisdictions, context.jurisdictions) is False
    )


def _finding(
    rule: Rule, match: Match, profile: DatasetProfile, rules: Rulebook, *, asked: bool
) -> Finding:
    columns = tuple(dict.fromkeys(s.column for s in match.sightings))
    return Finding(
        id=_fingerprint(rule.id, profile.name, columns),
        check=rule.id,
        principles=rule.principles,
        viewpoints=rule.viewpoints or tuple(_viewpoints(rule, rules)),
        phase=rule.phase,
        severity=rule.severity,
        confidence=round(match.confidence, 4),
        certainty=Certainty.NEEDS_CONTEXT if asked else rule.certainty,
        dataset=profile.name,
        columns=columns,
        measured=_measured(match),
        threshold=sentence(rule.when),
        citations=(Citation(rule.law, rule.article, rule.status, rule.src),),
        message=_text(rule.message, match, profile, rules),
        advice=_text(rule.advice, match, profile, rules),
        question=_text(rule.question, match, profile, rules) if rule.question else None,
    )


def _viewpoints(rule: Rule, rules: Rulebook) -> Iterator[str]:
    yield from dict.fromkeys(rules.principles[p].viewpoint for p in rule.principles)


def _fingerprint(check: str, dataset: str, columns: tuple[str, ...]) -> str:
    """Stable while the same rule speaks of the same columns of the same dataset."""
    said = "\x1f".join((check, dataset, *sorted(columns)))
    return hashlib.sha256(said.encode()).hexdigest()[:12]


def _measured(match: Match) -> str:
    said = [f"{s.entity} in {s.column}: {s.cells:,} cells ({s.share:.1%})" for s in match.sightings]
    more = [f"and {len(said) - SHOWN} more"] if len(said) > SHOWN else []
    return "; ".join([*said[:SHOWN], *more, *match.measures]) or "nothing declared"


def _text(text: Text, match: Match, profile: DatasetProfile, rules: Rulebook) -> dict[str, str]:
    return {lang: _filled(said, lang, match, profile, rules) for lang, said in text.both().items()}


def _filled(text: str, lang: str, match: Match, profile: DatasetProfile, rules: Rulebook) -> str:
    labels = [
        label[:1].lower() + label[1:] if label[1:].islower() else label
        for s in match.sightings
        for label in [getattr(rules.entities[s.entity].label, lang)]
    ]
    filled = text.format_map(
        {
            "what": _list(labels, lang),
            "columns": _list([s.column for s in match.sightings], lang),
            "subjects": f"{profile.subjects:,}",
            "cells": f"{max((s.cells for s in match.sightings), default=0):,}",
        }
    )
    return filled[:1].upper() + filled[1:]


def _list(items: list[str], lang: str) -> str:
    every = list(dict.fromkeys(items))
    more = len(every) - SHOWN
    if lang == "ja":
        return "、".join(every[:SHOWN]) + (f" 他{more}件" if more > 0 else "")
    return ", ".join(every[:SHOWN]) + (f" and {more} more" if more > 0 else "")
