"""OpenMetadata: a classification, its tags, and suggested labels for columns, as its API takes them."""

from __future__ import annotations

import json
from typing import Any

from privscan.model.profile import DatasetProfile
from privscan.model.report import Report
from privscan.render._languages import beside, languages
from privscan.render._overview import found
from privscan.render._phrases import entity, shown
from privscan.render._words import say
from privscan.render.json import plain

PLUGIN = True
SUFFIXES = (".openmetadata.json",)

CLASSIFICATION = "Privscan"


def render(report: Report, *, lang: str = "en") -> str:
    """`classification` and `tags` to create, and for each dataset the labels to set on a table.

    Labels are suggested, never confirmed: a person accepts them.
    """
    document = beside([_document(report, one) for one in languages(lang)])
    return json.dumps(plain(document), ensure_ascii=False, indent=2) + "\n"


def _document(report: Report, lang: str) -> dict[str, Any]:
    seen = sorted({e.entity for d in report.datasets for c in d.columns for e in found(c)})
    levels = sorted({d.risk.level.value for d in report.datasets if d.risk})
    tags = [_tag(name, entity(name, lang)) for name in seen]
    tags += [_tag(f"level_{name}", say(name, lang)) for name in levels]
    return {
        "classification": {
            "name": CLASSIFICATION,
            "displayName": "privscan",
            "description": say("suggested_labels", lang),
            "mutuallyExclusive": False,
        },
        "tags": tags,
        "tables": [_table(d) for d in report.datasets],
    }


def _tag(name: str, description: str) -> dict[str, str]:
    return {"name": name, "classification": CLASSIFICATION, "description": description}


def _table(d: DatasetProfile) -> dict[str, Any]:
    labels = {shown(c.path): list(dict.fromkeys(e.entity for e in found(c))) for c in d.columns}
    return {
        "name": shown(d.name),
        "uri": shown(d.uri),
        "tags": [_label(f"level_{d.risk.level.value}")] if d.risk else [],
        "columns": [
            {"name": name, "tags": [_label(one) for one in some]}
            for name, some in labels.items()
            if some
        ],
    }


def _label(name: str) -> dict[str, str]:
    return {
        "tagFQN": f"{CLASSIFICATION}.{name}",
        "source": "Classification",
        "labelType": "Automated",
        "state": "Suggested",
    }
