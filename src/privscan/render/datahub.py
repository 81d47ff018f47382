"""DataHub: tags for columns and datasets, as changes that its file source takes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from privscan.model.profile import DatasetProfile
from privscan.model.report import Report
from privscan.render._overview import found
from privscan.render._phrases import shown
from privscan.render.json import plain
from privscan.render.openlineage import STORE

PLUGIN = True
SUFFIXES = (".datahub.json",)

_PLATFORMS = {"gs": "gcs", "s3a": "s3", "az": "abs", "abfs": "abs", "abfss": "abs", "postgresql": "postgres"}  # fmt: skip
"""Names that DataHub gives to platforms, where they are not the scheme of the address."""

_KEYS = {"tags": ["attribution␟source", "tag"]}
"""What tells a tag of a dataset from another: its source, which is none, and its name."""


def render(report: Report, *, lang: str = "en") -> str:  # noqa: ARG001  tags are codes
    """A list of MetadataChangeProposals: each adds, none replaces what people have set."""
    changes = [change for d in report.datasets for change in _changes(d, report)]
    return json.dumps(plain(changes), ensure_ascii=False, indent=2) + "\n"


def _changes(d: DatasetProfile, report: Report) -> Iterator[dict[str, Any]]:
    urn = _urn(d.uri)
    facts = {
        "score": f"{d.risk.score:.2f}" if d.risk else "",
        "persons": str(d.subjects),
        "findings": str(sum(f.dataset == d.name for f in report.findings)),
        "unread_share": f"{d.unread_share:.4f}",
    }
    if d.risk:
        patch = [_added(f"/tags//{_tag('level', d.risk.level.value)}", d.risk.level.value, "level")]
        yield _change(urn, "globalTags", {"arrayPrimaryKeys": _KEYS, "patch": patch})
    fields = [
        _added(
            f"/editableSchemaFieldInfo/{_escaped(shown(c.path))}/globalTags/tags/{_tag(k, v)}", v, k
        )
        for c in d.columns
        for e in found(c)
        for k, v in (
            ("personal_data", e.entity),
            ("protection", "leak" if e.leak else e.state.value),
        )
    ]
    if fields:
        yield _change(urn, "editableSchemaMetadata", [*{p["path"]: p for p in fields}.values()])
    properties = [
        {"op": "add", "path": f"/customProperties/privscan.{key}", "value": value}
        for key, value in facts.items()
        if value
    ]
    yield _change(urn, "datasetProperties", properties)


def _urn(uri: str) -> str:
    store = STORE.fullmatch(uri)
    if store is None or store[1].casefold() == "file":
        platform, name = "file", uri.removeprefix("file://")
    else:
        platform = _PLATFORMS.get(store[1].casefold(), store[1].casefold())
        name = f"{store[2]}/{store[3]}".rstrip("/")
    name = (
        shown(name).replace("%", "%25").replace(",", "%2C").replace("(", "%28").replace(")", "%29")
    )
    return f"urn:li:dataset:(urn:li:dataPlatform:{platform},{name},PROD)"


def _change(urn: str, aspect: str, patch: object) -> dict[str, Any]:
    value = json.dumps(plain(patch), ensure_ascii=False)
    return {
        "entityType": "dataset",
        "entityUrn": urn,
        "changeType": "PATCH",
        "aspectName": aspect,
        "aspect": {"value": value, "contentType": "application/json-patch+json"},
    }


def _tag(key: str, value: str) -> str:
    return f"urn:li:tag:privscan.{key}.{value}"


def _added(path: str, value: str, key: str) -> dict[str, Any]:
    return {"op": "add", "path": path, "value": {"tag": _tag(key, value)}}


def _escaped(name: str) -> str:
    """The name as a token of a JSON pointer (RFC 6901)."""
    return name.replace("~", "~0").replace("/", "~1")
