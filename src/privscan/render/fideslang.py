"""Fideslang: dataset YAML for Fides, each column with its data categories."""

from __future__ import annotations

import hashlib
import re
from typing import Any

import yaml

from privscan.model.profile import ColumnProfile, DatasetProfile
from privscan.model.report import Report
from privscan.render._languages import beside, languages
from privscan.render._overview import found
from privscan.render._phrases import entity, listed, percent, shown
from privscan.render._words import say
from privscan.render.json import plain
from privscan.rulebook.load import rulebook

PLUGIN = True
SUFFIXES = (".fides.yml", ".fides.yaml")

_STRANGE = re.compile(r"[^a-zA-Z0-9_.-]+")
"""What a key of Fides must not hold."""


def render(report: Report, *, lang: str = "en") -> str:
    """One dataset of Fides, with one collection, for each dataset; categories of what was found."""
    document = beside(
        [
            {"dataset": [_dataset(d, report, one) for d in report.datasets]}
            for one in languages(lang)
        ]
    )
    return yaml.safe_dump(plain(document), allow_unicode=True, sort_keys=False, width=1000)


def _dataset(d: DatasetProfile, report: Report, lang: str) -> dict[str, Any]:
    level = say(d.risk.level, lang) if d.risk else "-"
    score = f"{d.risk.score:.1f}" if d.risk else "-"
    tool = report.tool
    return {
        "fides_key": _key(d.name),
        "organization_fides_key": "default_organization",
        "name": shown(d.name),
        "description": f"{say('score', lang)} {score}, {level}. {shown(d.uri)}",
        "meta": {
            "privscan": tool.version,
            "rules": tool.rules_digest,
            "plan": tool.plan_digest,
            "complete": report.complete,
        },
        "collections": [
            {
                "name": shown(d.name),
                "data_categories": sorted({c for column in d.columns for c in _categories(column)}),
                "fields": _fields(d, lang),
            }
        ],
    }


def _fields(d: DatasetProfile, lang: str) -> list[dict[str, Any]]:
    """Columns by their whole path, in the order of names, which Fides wants to be different."""
    given: dict[str, int] = {}
    fields = []
    for column in d.columns:
        name = shown(column.path)
        given[name] = given.get(name, 0) + 1
        name = name if given[name] == 1 else f"{name} ({given[name]})"
        seen = [
            f"{entity(e.entity, lang)}: {percent(e.share)}, "
            f"{say('leak' if e.leak else e.state, lang)}"
            for e in found(column)
        ]
        field: dict[str, Any] = {"name": name}
        if seen:
            field["description"] = listed(seen, lang)
            field["data_categories"] = _categories(column)
        fields.append(field)
    return sorted(fields, key=lambda field: field["name"])


def _categories(column: ColumnProfile) -> list[str]:
    known = rulebook().entities
    named = {known[e.entity].fideslang for e in found(column) if e.entity in known}
    return sorted(named - {""})


def _key(name: str) -> str:
    """The name as Fides takes it for a key; what had to be changed stays one of its own."""
    key = _STRANGE.sub("_", name)
    if key == name and name:
        return name
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{key[:80].strip('_')}_{digest}".strip("_")
