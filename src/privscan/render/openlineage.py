"""OpenLineage: a dataset event a line, with schema, measures, and tags on columns."""

from __future__ import annotations

import json
import re
from typing import Any

from privscan.model.profile import ColumnProfile, DatasetProfile
from privscan.model.report import Report
from privscan.render._overview import found
from privscan.render._phrases import shown
from privscan.render._when import moment
from privscan.render.json import plain
from privscan.rulebook.load import rulebook

PLUGIN = True
SUFFIXES = (".openlineage.ndjson", ".openlineage.jsonl")

SPEC = "https://openlineage.io/spec"

_METRICS = "DataQualityMetricsDatasetFacet"
STORE = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://(?:[^/@]*@)?([^/]*)/?(.*)", re.DOTALL)
"""Scheme, host and path of an address; who logs in there is nobody's business."""

SOURCE = "PRIVSCAN"
"""Who set a tag, as the tags facet wants it said."""


def render(report: Report, *, lang: str = "en") -> str:  # noqa: ARG001  tags are codes
    """One DatasetEvent for each dataset; tags name entity, protection, DPV and Fides terms."""
    at, producer = moment(), f"urn:privscan:{report.tool.version}"
    events = [
        {
            "eventTime": at,
            "producer": producer,
            "schemaURL": f"{SPEC}/2-0-2/OpenLineage.json#/$defs/DatasetEvent",
            "dataset": {**_place(d.uri), "facets": _facets(d, report, producer)},
        }
        for d in report.datasets
    ]
    return "".join(json.dumps(plain(event), ensure_ascii=False) + "\n" for event in events)


def _place(uri: str) -> dict[str, str]:
    """Namespace and name as OpenLineage forms them: file and path, or store and key."""
    store = STORE.fullmatch(uri)
    if store is None or store[1].casefold() == "file":
        return {"namespace": "file", "name": shown(uri.removeprefix("file://"))}
    return {"namespace": shown(f"{store[1]}://{store[2]}"), "name": shown(store[3])}


def _facets(d: DatasetProfile, report: Report, producer: str) -> dict[str, Any]:
    facets: dict[str, tuple[str, dict[str, Any]]] = {
        "schema": (
            f"{SPEC}/facets/1-2-0/SchemaDatasetFacet.json#/$defs/SchemaDatasetFacet",
            {"fields": [{"name": shown(c.path), "type": c.kind} for c in d.columns]},
        ),
        "dataQualityMetrics": (
            f"{SPEC}/facets/1-0-1/{_METRICS}.json#/$defs/{_METRICS}",
            {
                "rowCount": d.rows,
                "bytes": d.bytes,
                "fileCount": d.files,
                "columnMetrics": {
                    shown(c.path): {"nullCount": c.nulls, "distinctCount": c.distinct}
                    for c in d.columns
                },
            },
        ),
        "tags": (
            f"{SPEC}/facets/1-0-0/TagsDatasetFacet.json#/$defs/TagsDatasetFacet",
            {"tags": [*_whole(d, report), *(tag for c in d.columns for tag in _tags(c))]},
        ),
    }
    return {
        name: {"_producer": producer, "_schemaURL": url, **facet}
        for name, (url, facet) in facets.items()
    }


def _whole(d: DatasetProfile, report: Report) -> list[dict[str, str]]:
    """Tags of the dataset: its level, score, persons, findings, and whether all was read."""
    facts = {
        "level": d.risk.level.value if d.risk else "",
        "score": f"{d.risk.score:.2f}" if d.risk else "",
        "persons": str(d.subjects),
        "findings": str(sum(f.dataset == d.name for f in report.findings)),
        "unread_share": f"{d.unread_share:.4f}",
    }
    return [_tag(key, value) for key, value in facts.items() if value]


def _tags(column: ColumnProfile) -> list[dict[str, str]]:
    known = rulebook().entities
    tags: dict[tuple[str, str], None] = {}
    for e in found(column):
        kind = known.get(e.entity)
        facts = {
            "personal_data": e.entity,
            "protection": "leak" if e.leak else e.state.value,
            "dpv": kind.dpv if kind else "",
            "fideslang": kind.fideslang if kind else "",
        }
        tags |= {(key, value): None for key, value in facts.items() if value}
    return [_tag(key, value) | {"field": shown(column.path)} for key, value in tags]


def _tag(key: str, value: str) -> dict[str, str]:
    return {"key": f"privscan.{key}", "value": value, "source": SOURCE}
