"""Frictionless: a data package whose fields say what is personal in them."""

from __future__ import annotations

import json
import re
from pathlib import PurePosixPath
from typing import Any

from privscan.model.kinds import Kind
from privscan.model.profile import ColumnProfile, DatasetProfile
from privscan.model.report import Report
from privscan.render._languages import beside, languages
from privscan.render._overview import found
from privscan.render._phrases import entity, listed, percent, shown
from privscan.render._words import say
from privscan.render.json import plain
from privscan.rulebook.load import rulebook

PLUGIN = True
SUFFIXES = (".datapackage.json",)

_TYPES = {Kind.TEXT: "string", Kind.NUMBER: "number", Kind.VECTOR: "array"}
_STRANGE = re.compile(r"[^a-z0-9._-]+")
"""What the name of a resource must not hold (Data Package 1 and 2)."""


def render(report: Report, *, lang: str = "en") -> str:
    """One resource for each dataset; fields carry the DPV term as `rdfType` and what was found.

    Licences, sources and contributors are for people to add.
    """
    package = beside([_package(report, one) for one in languages(lang)])
    return json.dumps(plain(package), ensure_ascii=False, indent=2) + "\n"


def _package(report: Report, lang: str) -> dict[str, Any]:
    given: dict[str, int] = {}
    resources = [_resource(d, given, lang) for d in report.datasets]
    return {"name": "privscan", "title": "privscan", "version": report.tool.version, "resources": resources}  # fmt: skip


def _resource(d: DatasetProfile, given: dict[str, int], lang: str) -> dict[str, Any]:
    name = _STRANGE.sub("-", d.name.lower()).strip("-.") or "dataset"
    given[name] = given.get(name, 0) + 1
    score = {"privscan:score": round(d.risk.score, 2), "privscan:level": d.risk.level.value} if d.risk else {}  # fmt: skip
    return {
        "name": name if given[name] == 1 else f"{name}-{given[name]}",
        "title": shown(d.name),
        "path": _path(d.uri),
        "bytes": d.bytes,
        "privscan:uri": shown(d.uri),
        "privscan:rows": d.rows,
        "privscan:persons": d.subjects,
        **score,
        "schema": {"fields": [_field(c, lang) for c in d.columns]},
    }


def _path(uri: str) -> str:
    """A package holds no absolute path and none that leads out of it: then the last name."""
    name = shown(uri)
    safe = not name.startswith("/") and ".." not in PurePosixPath(name).parts
    return name if safe and name != "." else PurePosixPath(name).name or "data"


def _field(column: ColumnProfile, lang: str) -> dict[str, Any]:
    known = rulebook().entities
    seen = found(column)
    field: dict[str, Any] = {"name": shown(column.path), "type": _TYPES.get(column.kind, "any")}
    if seen:
        said = (
            f"{entity(e.entity, lang)}: {percent(e.share)}, {say('leak' if e.leak else e.state, lang)}"
            for e in seen
        )
        field["description"] = listed(said, lang)
        field["privscan:entities"] = list(dict.fromkeys(e.entity for e in seen))
        if terms := [
            known[e.entity].dpv for e in seen if e.entity in known and known[e.entity].dpv
        ]:
            field["rdfType"] = terms[0]
    return field
