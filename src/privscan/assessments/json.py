"""JSON, schema privscan-assessment/1: every judgement, both languages, the report within."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import Any

from privscan.model.assessment import SCHEMA, Assessment
from privscan.render.json import document, plain

PLUGIN = True
SUFFIXES = (".json",)


def render(assessment: Assessment, *, lang: str = "en") -> str:  # noqa: ARG001  both languages are in it
    """The whole assessment; `report` is the report that was assessed, as it was saved."""
    said = json.dumps(value(assessment), ensure_ascii=False, indent=2, allow_nan=False)
    return f"{said}\n"


def value(assessment: Assessment) -> dict[str, Any]:
    """The assessment as plain values."""
    short = replace(assessment, report=replace(assessment.report, datasets=(), findings=()))
    whole: dict[str, Any] = plain(asdict(short))
    for made, dataset in zip(whole["datasets"], assessment.datasets, strict=True):
        made["threshold"] |= {"met": dataset.threshold.met, "open": dataset.threshold.open}
    return {"schema": SCHEMA, **whole, "report": document(assessment.report)}
