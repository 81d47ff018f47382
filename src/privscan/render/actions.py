"""CSV of the action plan: measures, questions, what to scan again; people add owner and date."""

from __future__ import annotations

import csv
import io

from privscan.model.report import Report
from privscan.render._cells import text
from privscan.render._plan import Action, actions
from privscan.render._words import say

PLUGIN = True
SUFFIXES = (".actions.csv",)

HEADER = ("number", "kind", "severity", "what", "datasets", "columns", "phase", "citations",
          "checks", "findings", "owner", "due", "status")  # fmt: skip


def render(report: Report, *, lang: str = "en") -> str:
    """A header and a row for each action, worst first; owner, due and status are left to people."""
    out = io.StringIO()
    writer = csv.DictWriter(out, HEADER, restval="", lineterminator="\r\n")
    writer.writeheader()
    for number, action in enumerate(actions(report, lang), 1):
        row = _row(action, lang)
        writer.writerow({"number": str(number)} | {key: text(cell) for key, cell in row.items()})
    return out.getvalue()


def _row(action: Action, lang: str) -> dict[str, str]:
    return {
        "kind": say(f"a_{action.kind}", lang),
        "severity": say(action.severity, lang) if action.severity else "",
        "what": action.what,
        "datasets": "; ".join(action.datasets),
        "columns": "; ".join(action.columns),
        "phase": say(action.phase, lang) if action.phase else "",
        "citations": "; ".join(action.citations),
        "checks": "; ".join(action.checks),
        "findings": "; ".join(action.findings),
    }
