"""CSV: one finding a row, for spreadsheets; a cell that would be a formula is made text."""

from __future__ import annotations

import csv
import io

from privscan.model.data import Unread
from privscan.model.finding import Finding
from privscan.model.report import Report
from privscan.render._cells import text
from privscan.render._laws import clause, status
from privscan.render._phrases import measured, principle, threshold
from privscan.render._reasons import reason
from privscan.render._words import say

PLUGIN = True
SUFFIXES = (".csv",)

HEADER = ("id", "check", "severity", "confidence", "certainty", "dataset", "columns", "principles",
          "phase", "measured", "threshold", "citations", "message", "advice", "question")  # fmt: skip


def render(report: Report, *, lang: str = "en") -> str:
    """A header, a row for each finding, and one with check UNREAD for each part not read."""
    out = io.StringIO()
    writer = csv.DictWriter(out, HEADER, restval="", lineterminator="\r\n")
    writer.writeheader()
    rows = [
        *(_finding(f, lang) for f in report.findings),
        *(_unread(u, lang) for u in report.unread),
    ]
    writer.writerows({key: text(cell) for key, cell in row.items()} for row in rows)
    return out.getvalue()


def _finding(f: Finding, lang: str) -> dict[str, str]:
    return {
        "id": f.id,
        "check": f.check,
        "severity": say(f.severity, lang),
        "confidence": f"{f.confidence:.2f}",
        "certainty": say(f.certainty, lang),
        "dataset": f.dataset,
        "columns": "; ".join(f.columns),
        "principles": "; ".join(principle(p, lang) for p in f.principles),
        "phase": say(f.phase, lang),
        "measured": "; ".join(measured(f, lang)),
        "threshold": threshold(f, lang),
        "citations": "; ".join(
            f"{clause(c, lang)} ({status(c, lang)}; {c.source})" for c in f.citations
        ),
        "message": f.message[lang],
        "advice": f.advice[lang],
        "question": f.question[lang] if f.question else "",
    }


def _unread(u: Unread, lang: str) -> dict[str, str]:
    place = f"{u.uri} {u.span}".strip()
    return {
        "check": "UNREAD",
        "dataset": u.dataset,
        "measured": place,
        "message": reason(u.reason, lang),
    }
