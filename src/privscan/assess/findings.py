"""Findings: the rules that hold for a profile, with what showed them, in both languages."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from privscan.assess.jurisdiction import applies
from privscan.assess.leaks import stands_in
from privscan.model.finding import Citation, Finding
from privscan.model.kinds import Certainty, Severity
from privscan.rulebook.predicate import Match, Sighting, holds
from privscan.rulebook.sentence import sentence

if TYPE_CHECKING:
    from privscan.assess.context import Context
    from privscan.model.profile import DatasetProfile
    from privscan.rulebook.load import Rulebook
    from privscan.rulebook.schema import Rule, Text

SHOWN = 4
"""Columns and entities that a message names; the finding itself lists all."""


UNSURE = 0.6
"""Below it a class is as often wrong as right: what follows from it is asked, and no alarm."""


@dataclass(frozen=True, slots=True)
class _Fired:
    """A rule that holds; `asked` means that nobody said whether its law applies here."""

    rule: Rule
    match: Match
    asked: bool

    @property
    def columns(self) -> tuple[str, ...]:
        return self.match.columns

    @property
    def unsure(self) -> bool:
        """Whether the class it stands on is no surer than a question."""
        return self.match.confidence < UNSURE

    @property
    def severity(self) -> Severity:
        """That of the rule, but at most low for a question."""
        most = Severity.LOW if self.unsure else self.rule.severity
        return min(self.rule.severity, most, key=lambda s: s.rank)


def findings(profile: DatasetProfile, rules: Rulebook, context: Context) -> tuple[Finding, ...]:
    """What every rule in force says of the profile, worst first.

    Where no jurisdiction is declared every law is asked, and can only ask. Clauses that say the
    same of the same columns are one finding with several citations.
    """
    fired = {one.rule.id: one for one in _fired(profile, rules, context)}
    hosts = {name: _host(one, fired) for name, one in fired.items()}
    found = []
    for name, one in fired.items():
        if hosts[name] == name:
            guests = [fired[n] for n, host in hosts.items() if host == name and n != name]
            found.append(_with(_finding(one, profile, rules), guests, profile, rules))
    return tuple(sorted(found, key=lambda f: (-f.severity.rank, -f.confidence, f.check)))


def _fired(profile: DatasetProfile, rules: Rulebook, context: Context) -> Iterator[_Fired]:
    declared = context.declared()
    for rule in rules.rules:
        valid = applies(rule.jurisdictions, context.jurisdictions)
        match = holds(rule.when, profile, declared, rules.groups) if valid is not False else None
        if match is not None:
            yield _Fired(rule, match, asked=valid is None)


def _host(one: _Fired, fired: dict[str, _Fired]) -> str:
    """The rule whose finding speaks for this one: the first it stands under, or itself."""
    for name in one.rule.under:
        if name in fired and {*one.columns} <= {*fired[name].columns}:
            return _host(fired[name], fired)
    return one.rule.id


def not_evaluated(rules: Rulebook, context: Context) -> frozenset[str]:
    """Laws that the declared jurisdictions leave out."""
    return frozenset(
        rule.law
        for rule in rules.laws
        if applies(rule.jurisdictions, context.jurisdictions) is False
    )


def _finding(one: _Fired, profile: DatasetProfile, rules: Rulebook) -> Finding:
    rule, match = one.rule, one.match
    return Finding(
        id=_fingerprint(rule.id, profile.name, one.columns),
        check=rule.id,
        principles=rule.principles,
        viewpoints=rule.viewpoints or tuple(_viewpoints(rule, rules)),
        phase=rule.phase,
        severity=one.severity,
        confidence=round(match.confidence, 4),
        certainty=Certainty.NEEDS_CONTEXT if one.asked or one.unsure else rule.certainty,
        dataset=profile.name,
        columns=one.columns,
        measured=_measured(match, _places(match, profile)),
        threshold=sentence(rule.when),
        citations=(_citation(rule),),
        message=_text(rule.message, match, profile, rules),
        advice=_text(rule.advice, match, profile, rules),
        question=_question(one, profile, rules),
    )


def _with(
    finding: Finding, guests: Iterable[_Fired], profile: DatasetProfile, rules: Rulebook
) -> Finding:
    """The finding with the clauses of others: as grave as the gravest, a question if any asks."""
    every = list(guests)
    asked = (q for one in every if one.rule.question and (q := _question(one, profile, rules)))
    cited = (_citation(one.rule) for one in every)
    return replace(
        finding,
        severity=max([finding.severity, *(g.severity for g in every)], key=lambda s: s.rank),
        citations=(*finding.citations, *(c for c in cited if c not in finding.citations)),
        question=finding.question or next(asked, None),
    )


def _citation(rule: Rule) -> Citation:
    return Citation(rule.law, rule.article, rule.status, rule.src)


def _viewpoints(rule: Rule, rules: Rulebook) -> Iterator[str]:
    yield from dict.fromkeys(rules.principles[p].viewpoint for p in rule.principles)


def _fingerprint(check: str, dataset: str, columns: tuple[str, ...]) -> str:
    """Stable while the same rule speaks of the same columns of the same dataset."""
    said = "\x1f".join((check, dataset, *sorted(columns)))
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _measured(match: Match, places: Iterable[str] = ()) -> str:
    """Cells by column, where in the data leaks stand, and what else was measured."""
    said = [f"{s.entity} in {s.column}: {s.cells:,} cells ({_share(s)})" for s in match.sightings]
    more = [f"and {len(said) - SHOWN} more"] if len(said) > SHOWN else []
    return "; ".join([*said[:SHOWN], *more, *[*places][:SHOWN], *match.measures]) or NOTHING


def _places(match: Match, profile: DatasetProfile) -> Iterator[str]:
    """Where the leaks in free text stand that the rule speaks of, each place once."""
    leaks = {(c.path, e.entity): e for c in profile.columns for e in c.entities if e.leak}
    found = [leaks[at] for s in match.sightings if (at := (s.column, s.entity)) in leaks]
    yield from dict.fromkeys(place for one in found for place in stands_in(one))


NOTHING = "nothing declared"


def _share(sighting: Sighting) -> str:
    """One cell in a million is more than none."""
    return f"{sighting.share:.1%}" if sighting.share >= LEAST_SHARE else "under 0.1%"


LEAST_SHARE = 0.001
"""What one decimal of a per cent can show."""


def _question(one: _Fired, profile: DatasetProfile, rules: Rulebook) -> dict[str, str] | None:
    if one.rule.question:
        return _text(one.rule.question, one.match, profile, rules)
    if one.asked:
        return {lang: ask.format(one.rule.law) for lang, ask in _ASK.items()}
    return dict(_SURE) if one.unsure else None


_ASK = {
    "en": "Does this law apply here ({})? Name the jurisdictions in dataset.yaml.",
    "ja": "この法令({})は適用されるか。dataset.yaml に jurisdictions を記載する。",
}

_SURE = {
    "en": "Do these columns hold what the finding says? Their values and headers leave it open.",
    "ja": "これらの列の内容は指摘のとおりか。値と見出しからは確定できない。",
}


def _text(text: Text, match: Match, profile: DatasetProfile, rules: Rulebook) -> dict[str, str]:
    return {lang: _filled(said, lang, match, profile, rules) for lang, said in text.both().items()}


_QUOTES = {"en": "“{}”", "ja": "「{}」"}


def _filled(text: str, lang: str, match: Match, profile: DatasetProfile, rules: Rulebook) -> str:
    labels = [
        label[:1].lower() + label[1:] if label[1:].islower() else label
        for s in match.sightings
        for label in [rules.entities[s.entity].label.both()[lang].rstrip(".")]
    ]
    filled = text.format_map(
        {
            "what": _list(labels, lang),
            "columns": _list([_QUOTES[lang].format(path) for path in match.columns], lang),
            "subjects": f"{profile.subjects:,}",
            "cells": f"{max((s.cells for s in match.sightings), default=0):,}",
        }
    )
    # A sentence that begins with a label begins with a capital; a column's name stays as it is.
    return filled[:1].upper() + filled[1:] if text.startswith("{what}") else filled


def _list(items: list[str], lang: str) -> str:
    every = list(dict.fromkeys(items))
    more = len(every) - SHOWN
    if lang == "ja":
        return "、".join(every[:SHOWN]) + (f" 他{more}件" if more > 0 else "")
    return ", ".join(every[:SHOWN]) + (f" and {more} more" if more > 0 else "")
