"""SARIF 2.1.0 (OASIS), for code-scanning pages and editors."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import quote

from privscan.model.data import Unread
from privscan.model.finding import Finding
from privscan.model.kinds import Severity
from privscan.model.report import Report
from privscan.render._laws import clause, status
from privscan.render.json import plain

PLUGIN = True
SUFFIXES = (".sarif", ".sarif.json")

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)

_LEVELS = {
    Severity.INFO: "note",
    Severity.LOW: "note",
    Severity.MEDIUM: "warning",
    Severity.HIGH: "error",
    Severity.VERY_HIGH: "error",
}
MOST = 25_000
"""Results of a run beyond which GitHub refuses the file; of these it shows the gravest 5,000."""

_SAFE = "/:@!$&'()*+,;=~-._"
_ABSOLUTE = re.compile(r"/|[A-Za-z][A-Za-z0-9+.-]*://")
_RANKS = {s: 20.0 * (s.rank + 1) for s in Severity}
"""SARIF's rank, 0 to 100, the more important the higher."""


def render(report: Report, *, lang: str = "en") -> str:
    """One run; findings are results on the dataset's file, columns are logical locations."""
    uris = {d.name: d.uri for d in report.datasets}
    checks = sorted({f.check: f for f in reversed(report.findings)}.items())
    index = {check: i for i, (check, _) in enumerate(checks)}
    run = {
        "tool": {
            "driver": {
                "name": "privscan",
                "version": report.tool.version,
                "semanticVersion": report.tool.version,
                "language": lang,
                "rules": [_rule(finding, lang) for _, finding in checks],
            }
        },
        "invocations": [
            {
                "executionSuccessful": report.complete,
                "toolExecutionNotifications": [
                    *_left_out(len(report.findings) - MOST),
                    *(_unread(u) for u in report.unread),
                ],
            }
        ],
        "columnKind": "unicodeCodePoints",
        "results": [
            _result(f, index[f.check], uris.get(f.dataset, ""), lang)
            for f in report.findings[:MOST]
        ],
        "properties": {
            "score": round(report.score, 2),
            "level": report.level.value,
            "complete": report.complete,
        },
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(plain(log), ensure_ascii=False, indent=2) + "\n"


def _left_out(count: int) -> list[dict[str, Any]]:
    """Findings come worst first, so what is left out is the least grave."""
    if count <= 0:
        return []
    said = f"{count:,} less grave findings are left out here: GitHub takes {MOST:,} results"
    return [{"level": "warning", "message": {"text": said}}]


def _unread(part: Unread) -> dict[str, Any]:
    return {
        "level": "error",
        "message": {"text": f"not read: {part.reason}"},
        "locations": [{"physicalLocation": place(part.uri)}],
    }


def _rule(finding: Finding, lang: str) -> dict[str, Any]:
    law = finding.citations[0] if finding.citations else None
    name = clause(law, lang).strip() if law else finding.check
    return {
        "id": finding.check,
        "shortDescription": {"text": name},
        "help": {"text": finding.advice[lang]},
        "defaultConfiguration": {"level": _LEVELS[finding.severity]},
        "properties": {
            "tags": list(dict.fromkeys(("privacy", *finding.principles))),
            "precision": _precision(finding),
        },
    }


def _precision(finding: Finding) -> str:
    return {"scan_sufficient": "high", "scan_indicates": "medium"}.get(finding.certainty, "low")


def _result(finding: Finding, index: int, uri: str, lang: str) -> dict[str, Any]:
    columns = [
        {"name": column, "fullyQualifiedName": f"{finding.dataset}.{column}", "kind": "member"}
        for column in finding.columns
    ]
    location: dict[str, Any] = {"physicalLocation": place(uri)}
    if columns:
        location["logicalLocations"] = columns
    return {
        "ruleId": finding.check,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "rank": _RANKS[finding.severity],
        "message": {"text": f"{finding.message[lang]} {finding.advice[lang]}"},
        "locations": [location],
        "partialFingerprints": {"privscan/v1": finding.id},
        "properties": {
            "severity": finding.severity.value,
            "certainty": finding.certainty.value,
            "confidence": finding.confidence,
            "measured": finding.measured,
            "threshold": finding.threshold,
            "citations": [
                f"{clause(c, lang)} ({status(c, lang)}; {c.source})" for c in finding.citations
            ],
        },
    }


def place(uri: str) -> dict[str, Any]:
    """A valid URI reference: file names may hold blanks, any writing, and bytes of no writing."""
    path = uri.replace("\\", "/")
    # A colon in the first step of a relative path would make a scheme of it.
    safe = _SAFE if _ABSOLUTE.match(path) else _SAFE.replace(":", "")
    return {"artifactLocation": {"uri": quote(path, safe=safe, errors="surrogateescape")}}
