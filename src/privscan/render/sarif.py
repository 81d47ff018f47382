"""SARIF 2.1.0 (OASIS), for code-scanning pages and editors."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from privscan.model.finding import Finding
from privscan.model.kinds import Severity
from privscan.model.report import Report
from privscan.render._languages import beside, languages, opening
from privscan.render._laws import clause, law, status
from privscan.render._overview import in_part
from privscan.render._phrases import in_part as said_in_part
from privscan.render._reasons import reason
from privscan.render._unseen import unseen
from privscan.render._words import say
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
    """One run; findings are results on the dataset's file, columns are logical locations.

    In both languages, texts stand beside each other in the one run: a second would count twice.
    """
    log = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [beside([_run(report, one) for one in languages(lang)])],
    }
    log["runs"][0]["tool"]["driver"]["language"] = opening(lang)
    return json.dumps(plain(log), ensure_ascii=False, indent=2) + "\n"


def _run(report: Report, lang: str) -> dict[str, Any]:
    uris = {d.name: d.uri for d in report.datasets}
    checks = sorted({f.check: f for f in reversed(report.findings)}.items())
    missed = unseen(report, lang)
    index = {check: i for i, (check, _) in enumerate(checks)}
    return {
        "tool": {
            "driver": {
                "name": "privscan",
                "version": report.tool.version,
                "semanticVersion": report.tool.version,
                "rules": [_rule(finding, lang) for _, finding in checks],
            }
        },
        "invocations": [
            {
                "executionSuccessful": report.complete,
                "toolExecutionNotifications": [*_notes(report, lang)],
            }
        ],
        "columnKind": "unicodeCodePoints",
        "results": [
            _result(f, index[f.check], uris.get(f.dataset, ""), missed, lang)
            for f in report.findings[:MOST]
        ],
        "properties": {
            "score": round(report.score, 2),
            "level": report.level.value,
            "complete": report.complete,
        },
    }


def _notes(report: Report, lang: str) -> Iterator[dict[str, Any]]:
    """What the results do not speak of: the least grave, what was not read, run or evaluated."""
    left = len(report.findings) - MOST
    if left > 0:
        yield _note("warning", say("findings_left", lang, f"{left:,}", f"{MOST:,}"))
    for part in report.unread:
        said = say("part_unread", lang, reason(part.reason, lang))
        yield _note("error", said) | {"locations": [{"physicalLocation": place(part.uri)}]}
    for name, why in sorted(report.tool.not_run.items()):
        yield _note("warning", say("detector_not_run", lang, name, reason(why, lang)))
    for one in in_part(report):
        yield _note("warning", said_in_part(one, lang))
    for name in report.tool.not_evaluated:
        yield _note("note", say("law_not_evaluated", lang, law(name, lang)))


def _note(level: str, said: str) -> dict[str, Any]:
    return {"level": level, "message": {"text": said}}


def _rule(finding: Finding, lang: str) -> dict[str, Any]:
    cited = finding.citations[0] if finding.citations else None
    name = clause(cited, lang).strip() if cited else finding.check
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


def _result(
    finding: Finding, index: int, uri: str, missed: Mapping[str, str], lang: str
) -> dict[str, Any]:
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
            "notScanned": missed[finding.dataset],
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
