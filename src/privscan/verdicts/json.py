"""JSON, schema privscan-verdict/1: the whole verdict, and the score and level it rests on."""

from __future__ import annotations

import json
from dataclasses import asdict

from privscan.model.finding import Verdict
from privscan.model.report import Report
from privscan.render.json import plain

PLUGIN = True
SUFFIXES = (".json",)

SCHEMA = "privscan-verdict/1"


def render(verdict: Verdict, report: Report, *, lang: str = "en") -> str:  # noqa: ARG001  both languages are in it
    """Every key of the contract; both languages are in it."""
    whole = asdict(verdict)
    said = {"schema": SCHEMA, "passed": whole.pop("passed"), **whole}
    said |= {"score": report.score, "level": report.level.value}
    return json.dumps(plain(said), ensure_ascii=False, indent=2, allow_nan=False) + "\n"
