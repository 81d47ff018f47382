"""What to do first, which dataset first, the questions put now, and figures over scans."""

from __future__ import annotations

from collections.abc import Iterator

from privscan.assess.waiting import SETTLED
from privscan.assessments._blocks import Block, Check, Checks, Head, Items, Para, Table
from privscan.assessments._words import joined, said, same, w
from privscan.model.assessment import Assessment, DatasetAssessment, Question
from privscan.model.finding import Text
from privscan.model.profile import DatasetProfile
from privscan.model.progress import Asked, DatasetPast, Figure, Step
from privscan.render._phrases import entity, percent

COLON = (": ", ":")

SHOWN = 3
"""Datasets that a step names, and kinds of data that a dataset is placed first for."""

SINGLED_OUT = 0.2
"""Share of people in classes that are too small, from which it is a reason to begin there."""


def first(a: Assessment) -> Iterator[Block]:
    """What to do, in order, with the why and the command."""
    if not a.first:
        return
    yield Head(w("first"))
    heads = ("number_sign", "what", "why", "where", "command")
    rows = tuple(_step(number, step) for number, step in enumerate(a.first, 1))
    yield Table(tuple(w(key) for key in heads), rows)


def _step(number: int, step: Step) -> tuple[Text, ...]:
    names = ", ".join(step.datasets[:SHOWN])
    more = len(step.datasets) - SHOWN
    where = w("and_more", names, more) if more > 0 else same(names or "-")
    return same(number), step.what, step.why, where, same(step.command or "-")


def order(a: Assessment) -> Iterator[Block]:
    """The datasets, the one to begin with first, each with what puts it there."""
    if not a.datasets:
        return
    heads = (
        "number_sign",
        "dataset",
        "score",
        "level",
        "subjects",
        "reason",
        "predicted",
        "status",
    )
    pairs = enumerate(zip(a.report.datasets, a.datasets, strict=True), 1)
    rows = tuple(_row(number, profile, made) for number, (profile, made) in pairs)
    tones = tuple(p.risk.level.value if p.risk else "" for p in a.report.datasets)
    yield Head(w("datasets"))
    yield Table(tuple(w(key) for key in heads), rows, tones)
    yield Para(w("order_note"), "note")


def _row(number: int, profile: DatasetProfile, made: DatasetAssessment) -> tuple[Text, ...]:
    risk, left = profile.risk, made.bundle.residual
    after = joined([same(f"{left.score:.0f}"), w(left.level)], between=(", ", "、"))
    return (
        same(number),
        same(profile.name),
        same(f"{risk.score:.1f}" if risk else "-"),
        w(risk.level) if risk else same("-"),
        same(f"{profile.subjects:,}"),
        reason(profile, made),
        after,
        w(made.status),
    )


def reason(profile: DatasetProfile, made: DatasetAssessment) -> Text:
    """The gravest kinds of data, whether people can be singled out, joins, and what is unread."""
    parts = [said(entity, name) for name in made.notice.categories[:SHOWN]]
    if (more := len(made.notice.categories) - SHOWN) > 0:
        parts.append(w("more_kinds", more))
    small = max((q.share_below_k for q in profile.quasi_identifiers), default=0.0)
    if small >= SINGLED_OUT:
        parts.append(w("singled_out", percent(small)))
    if profile.links:
        parts.append(w("joins_with", ", ".join(link.dataset for link in profile.links[:SHOWN])))
    if profile.unread_share > 0:
        parts.append(w("unread_share", percent(profile.unread_share)))
    return joined(parts) if parts else w("none")


def asked(a: Assessment) -> Iterator[Block]:
    """The questions that are put now, the gravest first, and how many wait for what."""
    yield Head(w("questions"))
    if not a.asked and not a.waiting:
        yield Para(w("no_questions"))
        return
    yield Checks(tuple(_asked(one) for one in a.asked))
    if a.waiting:
        yield Para(w("more_wait", a.waiting), "note")
    told = [
        joined([same(made.dataset), joined([keyed(k) for k in made.undeclared])], between=COLON)
        for made in a.datasets
        if made.undeclared
    ]
    yield from (Items(tuple(told)),) if told else ()


def _asked(one: Asked) -> Check:
    text = {lang: f"{said_} [{one.about}]" for lang, said_ in one.text.items()}
    keys = zip(one.keys, one.datasets or ("",) * len(one.keys), strict=True)
    places = "; ".join(key if "@" in key else f"{key} ({name})" for key, name in keys)
    return Check("open", text, (w("asked", places),))


def keyed(key: str) -> Text:
    """A key of dataset.yaml with its name in words."""
    word = w({"title": "declared_title", "owner": "owner_role"}.get(key, key))
    return {lang: f"{text} ({key})" for lang, text in word.items()}


def put(question: Question) -> Text:
    """That an open question needs an answer, and under which key, or what it waits for."""
    if not question.waits:
        return w("asked", question.key)
    settled = [w(f"wait_{one}") for one in question.waits if one in SETTLED]
    keys = ", ".join(one for one in question.waits if one not in SETTLED)
    return w("wait", joined([*settled, *([w("wait_keys", keys)] if keys else [])]))


def figures(a: Assessment) -> Iterator[Block]:
    """How far people have come: counts over the datasets."""
    yield Head(w("figures"))
    rows = tuple((w(f"f_{one.key}"), _count(one)) for one in a.figures if one.of)
    yield Table((w("figure"), w("number")), rows)


def _count(one: Figure) -> Text:
    share = percent(one.count / one.of)
    return same(share if one.key == "bytes_unread" else f"{one.count:,} / {one.of:,} ({share})")


def histories(a: Assessment) -> Iterator[Block]:
    """Each dataset from scan to scan, and the rules that did not stay the same."""
    if len(a.trend) > 1:
        yield Head(w("history"))
        heads = (
            "dataset", "scan_no", "score", "level", "subjects", "findings", "new_kinds", "gone_kinds",
        )  # fmt: skip
        pasts = [(made.dataset, past) for made in a.datasets for past in made.history]
        tones = tuple(past.level.value for _, past in pasts)
        yield Table(tuple(w(k) for k in heads), tuple(_past(*one) for one in pasts), tones)
    if len({past.rules_digest for past in a.trend}) > 1:
        yield Head(w("rules_moved"))
        changes = [(i, one) for i, p in enumerate(a.trend, 1) for one in p.rules_changed]
        moved = tuple((same(i), same(one.check), one.what) for i, one in changes)
        heads_ = (w("scan_no"), w("finding"), w("changed_rule"))
        yield Table(heads_, moved) if moved else Para(w("rules_moved_none"))


def _past(dataset: str, past: DatasetPast) -> tuple[Text, ...]:
    return (
        same(dataset),
        same(past.scan),
        same(f"{past.score:.1f}"),
        w(past.level),
        same(f"{past.subjects:,}"),
        same(past.findings),
        _kinds(past.new),
        _kinds(past.gone),
    )


def _kinds(entities: tuple[str, ...]) -> Text:
    return joined([said(entity, one) for one in entities]) if entities else same("-")
