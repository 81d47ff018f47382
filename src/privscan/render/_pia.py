"""What the evidence says about illegitimate access, in the terms of the CNIL's method."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from privscan.model.finding import Finding
from privscan.model.kinds import Level, State
from privscan.model.profile import DatasetProfile, EntityProfile
from privscan.model.report import Report
from privscan.render._overview import STEPS, found
from privscan.render._phrases import gravity
from privscan.rulebook.load import rulebook
from privscan.rulebook.schema import When

IMPACTS = {
    "i_identity": {"gov_id"},
    "i_money": {"financial"},
    "i_account": {"credential"},
    "i_discrimination": {"belief", "crime", "genetic", "health", "origin", "sexuality"},
    "i_body": {"biometric", "genetic"},
    "i_traced": {"location"},
    "i_contact": {"contact"},
    "i_child": {"vulnerable"},
}
"""The categories of data that make an impact conceivable."""

GRAVE = 0.75
"""What weighs as much must not stand in clear: official numbers, money, special categories."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure of the CNIL's knowledge base with what calls for it."""

    slug: str
    datasets: tuple[str, ...]
    findings: tuple[Finding, ...] = field(default=())


def impacts(report: Report) -> list[str]:
    """Keys of the impacts that the found categories make conceivable."""
    entities = rulebook().entities
    seen = {e.entity for d in report.datasets for e in _found(d)}
    categories = {entities[name].category for name in seen if name in entities}
    return [key for key, kinds in IMPACTS.items() if kinds & categories]


def threats(report: Report) -> dict[str, list[str]]:
    """Keys of the threats that were measured, each with the datasets concerned."""
    checks: dict[str, Callable[[DatasetProfile], bool]] = {
        "t_exposed": _exposed,
        "t_joined": _joined,
        "t_single": _singled_out,
        "t_hash": _hashed,
        "t_leak": _leaking,
        "t_clear": _in_clear,
    }
    measured = {key: [d.name for d in report.datasets if on(d)] for key, on in checks.items()}
    return {key: names for key, names in measured.items() if names}


def measures(report: Report) -> list[Measure]:
    """The measures that the evidence calls for; what only people know is never proposed."""
    threat = threats(report)
    overdue, unneeded = asked(report, "retention_over"), asked(report, "unneeded")
    placed = [d.name for d in report.datasets if d.media.with_gps]
    unowned = [
        f
        for f in report.findings
        if f.check == "ACCOUNTABILITY-OWNER" and report.level.rank >= Level.HIGH.rank
    ]
    breach = [
        f
        for f in report.findings
        if any((c.law, c.article.split(",")[0].split(";")[0]) in _BREACH for c in f.citations)
    ]
    called = {
        "PIA_TEC_CTLA": (threat.get("t_exposed", []), []),
        "PIA_TEC_CHIF": (threat.get("t_clear", []), []),
        "PIA_TEC_ANO": (threat.get("t_single", []), []),
        "PIA_TEC_CLO": (threat.get("t_joined", []), []),
        "PIA_TEC_MINI": ([*threat.get("t_leak", []), *placed], unneeded),
        "PIA_TEC_ARCH": ([], overdue),
        "PIA_ORG_RMGT": ([], unowned),
        "PIA_ORG_VIOL": ([], breach),
    }
    return [
        Measure(slug, tuple(dict.fromkeys([*names, *(f.dataset for f in why)])), tuple(why))
        for slug, (names, why) in called.items()
        if names or why
    ]


_BREACH = {("APPI", "26"), ("GDPR", "33")}
"""The clauses under which a leak of such data would have to be reported."""


def asked(report: Report, key: str) -> list[Finding]:
    """The findings of rules whose condition asks for that key."""
    rules = {
        r.id for r in rulebook().rules if any(key in w.model_fields_set for w in _parts(r.when))
    }
    return [f for f in report.findings if f.check in rules]


def worst(report: Report) -> DatasetProfile | None:
    """The dataset that stands highest on the map of severity and likelihood."""
    on_map = [
        d
        for d in report.datasets
        if d.risk and d.risk.cnil_severity in STEPS and d.risk.cnil_likelihood in STEPS
    ]
    return max(on_map, key=_height, default=None)


def _height(d: DatasetProfile) -> tuple[int, float]:
    risk = d.risk
    return (risk.cnil_severity * risk.cnil_likelihood, risk.score) if risk else (0, 0.0)


def _found(dataset: DatasetProfile) -> Iterator[EntityProfile]:
    for column in dataset.columns:
        yield from found(column)


def _exposed(dataset: DatasetProfile) -> bool:
    bars = dataset.risk.waterfall if dataset.risk else ()
    return any(bar.name == "exposure" and bar.points > 0 for bar in bars)


def _joined(dataset: DatasetProfile) -> bool:
    return any(link.containment > 0 for link in dataset.links)


def _singled_out(dataset: DatasetProfile) -> bool:
    return any(group.share_below_k > 0 for group in dataset.quasi_identifiers)


def _hashed(dataset: DatasetProfile) -> bool:
    weak = {State.HASH_UNSALTED, State.HASH_UNSALTED_GUESSABLE}
    return any(e.state in weak for e in _found(dataset))


def _leaking(dataset: DatasetProfile) -> bool:
    return any(e.leak for e in _found(dataset))


def _in_clear(dataset: DatasetProfile) -> bool:
    return any(e.state is State.PLAIN and gravity(e.entity) >= GRAVE for e in _found(dataset))


def _parts(when: When) -> Iterator[When]:
    yield when
    for part in (*when.all, *when.any, *([when.not_] if when.not_ else [])):
        yield from _parts(part)
