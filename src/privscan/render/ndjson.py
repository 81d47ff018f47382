"""JSON lines: one finding a line, for pipes and log stores."""

from __future__ import annotations

import json

from privscan.model.report import Report
from privscan.render.json import document

PLUGIN = True
SUFFIXES = (".ndjson", ".jsonl")


def render(report: Report, *, lang: str = "en") -> str:  # noqa: ARG001  a finding holds both languages
    """Each line is one finding, or, with `kind` unread, one part that was not read."""
    plain = document(report)
    lines = [{"kind": "finding", **finding} for finding in plain["findings"]]
    lines += [{"kind": "unread", **unread} for unread in plain["unread"]]
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
