"""W3C DPV: JSON-LD in the Data Privacy Vocabulary, for privacy records and knowledge graphs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from privscan.model.finding import Finding
from privscan.model.kinds import Certainty, Level, Severity, State
from privscan.model.profile import ColumnProfile, DatasetProfile, EntityProfile
from privscan.model.report import Report
from privscan.render._overview import STEPS, found
from privscan.render._phrases import shown
from privscan.render._words import LANGUAGES
from privscan.render.json import plain
from privscan.rulebook.load import rulebook

PLUGIN = True
SUFFIXES = (".dpv.jsonld", ".jsonld")

OWN = "urn:privscan:"

_DPV = "https://w3id.org/dpv"
_TERMS = ("hasPersonalData", "hasDataSubject", "hasApplicableLaw", "hasRisk", "hasRiskLevel",
          "hasSeverity", "hasLikelihood", "isMitigatedByMeasure", "hasImpactAssessment",
          "hasStatus")  # fmt: skip

CONTEXT: Mapping[str, Any] = {
    "dpv": f"{_DPV}#",
    "pd": f"{_DPV}/pd#",
    "risk": f"{_DPV}/risk#",
    "gdpr": f"{_DPV}/legal/eu/gdpr#",
    "eu": f"{_DPV}/legal/eu#",
    "jp": f"{_DPV}/legal/jp#",
    "dct": "http://purl.org/dc/terms/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "ps": OWN,
    **{term: {"@id": f"dpv:{term}", "@type": "@id"} for term in _TERMS},
}

_STEPS = dict(zip(STEPS, ("Low", "Moderate", "High", "VeryHigh"), strict=True))
"""CNIL's four steps on the vocabulary's five."""

_LEVELS = {
    Level.LOW: "Low",
    Level.MEDIUM: "Moderate",
    Level.HIGH: "High",
    Level.VERY_HIGH: "VeryHigh",
}
_LAWS = {"GDPR": "eu:law-GDPR", "EU AI Act": "eu:law-AIAct", "APPI": "jp:law-APPI"}
"""The laws that the vocabulary names; of others the clause stands as text."""

_MITIGATED = {
    State.TOKEN_KEYED: "dpv:Pseudonymisation",
    State.ENCRYPTED_KEY_APART: "dpv:EncryptionAtRest",
}
_SUBJECTS = {f"{_DPV}#Child"}
"""Terms for entities that say who the persons are, not what is known of them."""


def render(report: Report, *, lang: str = "en") -> str:  # noqa: ARG001  literals are in both languages
    """A process for each dataset with its data, laws, risk and findings; only terms of DPV 2."""
    nodes = [node for d in report.datasets for node in _dataset(d, report)]
    nodes += [_finding(f) for f in report.findings]
    document = {"@context": CONTEXT, "@graph": nodes}
    return json.dumps(plain(document), ensure_ascii=False, indent=1) + "\n"


def _dataset(d: DatasetProfile, report: Report) -> list[dict[str, Any]]:
    seen = [(c, e) for c in d.columns for e in found(c)]
    terms = _once(_term(e) for _, e in seen)
    own = [f for f in report.findings if f.dataset == d.name]
    node: dict[str, Any] = {
        "@id": _name("dataset", d.name),
        "dct:title": shown(d.name),
        "dct:source": shown(d.uri),
        "ps:rows": d.rows,
        "ps:persons": d.subjects,
    }
    if not seen:
        return [node]
    node["@type"] = "dpv:PersonalDataProcess"
    node["hasPersonalData"] = [t for t in terms if t not in _SUBJECTS]
    node["hasDataSubject"] = [t for t in terms if t in _SUBJECTS]
    node["hasApplicableLaw"] = _once(_LAWS.get(c.law, "") for f in own for c in f.citations)
    node["hasRisk"] = [_name("risk", d.name), *(_name("finding", f.id) for f in own if _risky(f))]
    node["hasImpactAssessment"] = _name("assessment", d.name)
    node["ps:evidence"] = [{"@id": _name("data", d.name, c.path, e.entity)} for c, e in seen]
    return [_full(node), _risk(d, seen), _assessment(d, own), *(_data(d, c, e) for c, e in seen)]


def _risk(d: DatasetProfile, seen: list[tuple[ColumnProfile, EntityProfile]]) -> dict[str, Any]:
    """The risk of illegitimate access, as far as the scan measured it."""
    node: dict[str, Any] = {"@id": _name("risk", d.name), "@type": "dpv:Risk"}
    if risk := d.risk:
        severity, likelihood = _STEPS.get(risk.cnil_severity), _STEPS.get(risk.cnil_likelihood)
        level = _LEVELS.get(risk.level)
        node["hasSeverity"] = f"risk:{severity}Severity" if severity else None
        node["hasLikelihood"] = f"risk:{likelihood}Likelihood" if likelihood else None
        node["hasRiskLevel"] = f"risk:{level}Risk" if level else None
        node["ps:score"] = {"@value": f"{risk.score:.2f}", "@type": "xsd:decimal"}
    node["isMitigatedByMeasure"] = _once(_MITIGATED.get(e.state, "") for _, e in seen)
    return _full(node)


def _assessment(d: DatasetProfile, findings: list[Finding]) -> dict[str, Any]:
    """The impact assessment; that the GDPR requires it is said only where the scan settles it."""
    required = any(
        c.law == "GDPR" and c.article.startswith("35")
        for f in findings
        if f.certainty is Certainty.SCAN_SUFFICIENT
        for c in f.citations
    )
    node = {"@id": _name("assessment", d.name), "@type": "dpv:DPIA"}
    return node | ({"hasStatus": "gdpr:DPIARequired"} if required else {})


def _data(d: DatasetProfile, c: ColumnProfile, e: EntityProfile) -> dict[str, Any]:
    known = rulebook().entities.get(e.entity)
    return _full(
        {
            "@id": _name("data", d.name, c.path, e.entity),
            "@type": _term(e),
            "dct:title": _both(known.label.both()) if known else None,
            "ps:column": shown(c.path),
            "ps:entity": e.entity,
            "ps:match": known.dpv_match if known else None,
            "ps:protection": e.state.value,
            "ps:share": {"@value": f"{e.share:.6f}", "@type": "xsd:decimal"},
            "ps:confidence": {"@value": f"{e.confidence:.4f}", "@type": "xsd:decimal"},
        }
    )


def _finding(f: Finding) -> dict[str, Any]:
    level = _LEVELS.get(Level(f.severity.value)) if _risky(f) else None
    return _full(
        {
            "@id": _name("finding", f.id),
            "@type": "dpv:Risk" if _risky(f) else None,
            "dct:identifier": f.id,
            "dct:title": _both(f.message),
            "dct:description": _both(f.advice),
            "hasRiskLevel": f"risk:{level}Risk" if level else None,
            "hasApplicableLaw": _once(_LAWS.get(c.law, "") for c in f.citations),
            "ps:clause": _once(shown(f"{c.law} {c.article}") for c in f.citations),
            "ps:check": f.check,
            "ps:certainty": f.certainty.value,
            "ps:concerns": {"@id": _name("dataset", f.dataset)},
        }
    )


def _risky(finding: Finding) -> bool:
    """Whether the finding is a risk: what only informs is none."""
    return finding.severity is not Severity.INFO


def _term(e: EntityProfile) -> str:
    known = rulebook().entities.get(e.entity)
    return known.dpv if known else ""


def _both(text: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"@value": shown(text[lang]), "@language": lang} for lang in LANGUAGES]


def _name(kind: str, *parts: str) -> str:
    """An IRI of our own; any name there may be, half characters too, gives one of its own."""
    safe = (quote(part.encode("utf-8", "surrogatepass"), safe="") for part in parts)
    return f"{OWN}{kind}/{'/'.join(safe)}"


def _once(items: Iterable[str]) -> list[str]:
    return [item for item in dict.fromkeys(items) if item]


def _full(node: Mapping[str, Any]) -> dict[str, Any]:
    """The node without what it has nothing to say on."""
    return {key: value for key, value in node.items() if value not in (None, "", [])}
