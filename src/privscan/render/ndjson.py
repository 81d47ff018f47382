"""JSON lines: one finding a line, for pipes and log stores."""

from __future__ import annotations

import json

from privscan.model.report import Report
from privscan.render.json import document

PLUGIN = True
SUFFIXES = (".ndjson", ".jsonl")


def render(report: Report, *, lang: str = "en") -> str:  # noqa: ARG001  a finding holds both languages
    """Each line is one finding, or, by its `kind`, what was unread, not run, in part, not evaluated."""
    plain = document(report)
    lines = [{"kind": "finding", **finding} for finding in plain["findings"]]
    lines += [{"kind": "unread", **unread} for unread in plain["unread"]]
    not_run = plain["tool"]["not_run"]
    lines += [{"kind": "not_run", "detector": one, "reason": why} for one, why in not_run.items()]
    lines += [
        {"kind": "in_part", "dataset": dataset["name"], **one}
        for dataset in plain["datasets"]
        for one in dataset["sampled"]
        if one["read"] < one["texts"]
    ]
    lines += [{"kind": "not_evaluated", "law": one} for one in plain["tool"]["not_evaluated"]]
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
