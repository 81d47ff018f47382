"""SARIF 2.1.0: violations as results, waived ones as suppressed, for code-scanning pages."""

from __future__ import annotations

import json
from typing import Any

from privscan.model.finding import Verdict, Violation, Waived
from privscan.model.report import Report
from privscan.render.json import plain
from privscan.render.sarif import MOST, SCHEMA, place
from privscan.verdicts._phrases import bounded, helps, lacking, rule

PLUGIN = True
SUFFIXES = (".sarif", ".sarif.json")


def render(verdict: Verdict, report: Report, *, lang: str = "en") -> str:
    """One run; each broken rule is a rule, each violation a result on its dataset's file."""
    uris = {dataset.name: dataset.uri for dataset in report.datasets}
    told = [*verdict.violations, *(one.violation for one in verdict.waived)]
    rules = sorted({_key(one) for one in told})
    results = [
        *(_result(one, rules, uris, lang) for one in verdict.violations),
        *(_result(w.violation, rules, uris, lang) | _suppressed(w) for w in verdict.waived),
    ]
    lines = [lacking(reason, lang) for reason in verdict.incomplete]
    if len(results) > MOST:
        lines.append(f"{len(results) - MOST:,} more results are left out here")
    notes = [{"level": "error", "message": {"text": line}} for line in lines]
    for remedy in verdict.remedies:
        said = "\n".join(helps(remedy, lang))
        notes.append({"level": "note", "message": {"text": said}})
    driver = {
        "name": "privscan gate",
        "version": report.tool.version,
        "semanticVersion": report.tool.version,
        "language": lang,
        "rules": [_rule(key, lang) for key in rules],
    }
    run = {
        "tool": {"driver": driver},
        "invocations": [
            {
                "executionSuccessful": not verdict.incomplete,
                "exitCode": 1 if verdict.violations else 0 if verdict.passed else 3,
                "toolExecutionNotifications": notes,
            }
        ],
        "columnKind": "unicodeCodePoints",
        "results": results[:MOST],
        "properties": {"policy": verdict.policy, "passed": verdict.passed},
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(plain(log), ensure_ascii=False, indent=2) + "\n"


def _key(violation: Violation) -> str:
    return violation.rule.split(" ", 1)[0]


def _rule(key: str, lang: str) -> dict[str, Any]:
    return {
        "id": f"gate/{key}",
        "shortDescription": {"text": rule(key, lang)},
        "defaultConfiguration": {"level": "error"},
        "properties": {"tags": ["privacy", "gate"]},
    }


def _result(
    violation: Violation, rules: list[str], uris: dict[str, str], lang: str
) -> dict[str, Any]:
    location: dict[str, Any] = {"physicalLocation": place(uris.get(violation.dataset, ""))}
    if violation.columns:
        location["logicalLocations"] = [
            {"name": c, "fullyQualifiedName": f"{violation.dataset}.{c}", "kind": "member"}
            for c in violation.columns
        ]
    key = _key(violation)
    prints = "+".join(violation.fingerprints) or f"{violation.rule} {violation.dataset}"
    return {
        "ruleId": f"gate/{key}",
        "ruleIndex": rules.index(key),
        "level": "error",
        "message": {"text": f"{violation.message[lang]} ({bounded(violation, lang)})"},
        "locations": [location],
        "partialFingerprints": {"privscan/gate/v1": prints},
        "properties": {"measured": violation.measured, "threshold": violation.threshold},
    }


def _suppressed(waived: Waived) -> dict[str, Any]:
    said = f"{waived.by}: {waived.owner}, until {waived.expires}: {waived.reason}"
    return {"suppressions": [{"kind": "external", "justification": said}]}
