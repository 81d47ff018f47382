"""Section 11: totals by principle and viewpoint, then what was found, with what it rests on."""

from __future__ import annotations

from collections.abc import Iterator

from privscan.assessments._blocks import Block, Head, Para, Table
from privscan.assessments._words import joined, said, same, w
from privscan.model.assessment import Assessment
from privscan.model.finding import Citation, Finding, Text
from privscan.render._laws import clause, status
from privscan.render._phrases import measured, percent, principle, threshold


def findings(a: Assessment) -> Iterator[Block]:
    """Totals by principle and by viewpoint, then each finding; a rule speaks once for all places."""
    found = a.report.findings
    if not found:
        yield Para(w("no_findings"))
        return
    yield Head(w("by_principle"))
    names = dict.fromkeys(p for f in found for p in f.principles)
    rows = [(said(principle, p), [f for f in found if p in f.principles]) for p in names]
    yield _totals("principle", rows)
    yield Head(w("by_viewpoint"))
    views = dict.fromkeys(v for f in found for v in f.viewpoints)
    yield _totals(
        "viewpoints", [(_viewpoint(v), [f for f in found if v in f.viewpoints]) for v in views]
    )
    groups: dict[str, list[Finding]] = {}
    for f in found:
        groups.setdefault(repr([f.check, f.severity, _rests_on(f)]), []).append(f)
    for group in groups.values():
        yield from _told(group)


def _viewpoint(name: str) -> Text:
    """The viewpoint of the check, which in Japanese is not the word of the principle."""
    return w("fairness_view" if name == "fairness" else name)


def _totals(key: str, groups: list[tuple[Text, list[Finding]]]) -> Table:
    rows = tuple((label, same(len(held)), w(held[0].severity)) for label, held in groups)
    tones = tuple(held[0].severity.value for _, held in groups)
    return Table((w(key), w("number"), w("worst")), rows, tones)


def _told(group: list[Finding]) -> Iterator[Block]:
    """Findings that differ in nothing but place and measure: what they rest on, then the places."""
    first, *others = group
    yield Head(
        {lang: f"{w(first.severity)[lang]}: {said_}" for lang, said_ in first.message.items()}, 2
    )
    if not others:
        yield Table((), (*_rests_on(first), *_place(first)))
        return
    yield Table((), (*_rests_on(first), (w("check"), same(first.check))))
    alike = all(f.message == first.message for f in others)
    heads = ("place", *(() if alike else ("finding",)), "measured", "confidence")
    rows = tuple(_row(f, said_=not alike) for f in group)
    yield Table((*(w(key) for key in heads), same("ID")), rows)


def _rests_on(f: Finding) -> tuple[tuple[Text, Text], ...]:
    """Advice, question, threshold, clauses and certainty: what a rule says wherever it fires."""
    laws = [_cited(c) for c in f.citations]
    question = ((w("question"), f.question),) if f.question else ()
    return (
        (w("advice"), f.advice),
        *question,
        (w("threshold"), {lang: threshold(f, lang) for lang in f.message}),
        (w("citations"), joined(laws, between=("; ", "、"))),
        (w("certainty"), joined([w(f.certainty), w(f.phase)])),
    )


def _cited(c: Citation) -> Text:
    """A clause with, in brackets, whether it is in force and how it was checked."""
    about = joined([said(status, c), w(c.source)])
    named = said(clause, c)
    return {"en": f"{named['en']} ({about['en']})", "ja": f"{named['ja']}({about['ja']})"}


def _place(f: Finding) -> Iterator[tuple[Text, Text]]:
    yield w("place"), _at(f)
    yield w("measured"), _measured(f)
    yield w("confidence"), same(percent(f.confidence))
    yield w("finding"), same(f"{f.check} · {f.id}")


def _row(f: Finding, *, said_: bool) -> tuple[Text, ...]:
    message = (f.message,) if said_ else ()
    return _at(f), *message, _measured(f), same(percent(f.confidence)), same(f.id)


def _at(f: Finding) -> Text:
    return same(f"{f.dataset} · {', '.join(f.columns) or '-'}")


def _measured(f: Finding) -> Text:
    return {lang: "; ".join(measured(f, lang)) for lang in f.message}
