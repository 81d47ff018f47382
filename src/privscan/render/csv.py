"""CSV: one finding a row, for spreadsheets; a cell that would be a formula is made text."""

from __future__ import annotations

import csv
import io

from privscan.model.report import Report
from privscan.render._phrases import principle
from privscan.render._words import say

PLUGIN = True
SUFFIXES = (".csv",)

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""First characters that spreadsheets take for a formula (OWASP, CSV injection)."""

HEADER = ("id", "check", "severity", "confidence", "certainty", "dataset", "columns", "principles",
          "phase", "measured", "threshold", "citations", "message", "advice", "question")  # fmt: skip


def render(report: Report, *, lang: str = "en") -> str:
    """A header and a row for each finding and each part not read; texts in the language asked for."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADER)
    for f in report.findings:
        laws = "; ".join(f"{c.law} {c.article} ({c.status}; {c.source})" for c in f.citations)
        row = (f.id, f.check, say(f.severity, lang), f"{f.confidence:.2f}",
               say(f.certainty, lang), f.dataset, "; ".join(f.columns),
               "; ".join(principle(p, lang) for p in f.principles), say(f.phase, lang), f.measured,
               f.threshold, laws, f.message[lang], f.advice[lang],
               f.question[lang] if f.question else "")  # fmt: skip
        writer.writerow(map(_text, row))
    for u in report.unread:
        blank = ("",) * (len(HEADER) - 9)
        row = ("", "UNREAD", say("unread", lang), "", "", u.dataset, f"{u.uri} {u.span}".strip(),
               "", *blank[:1], u.reason, *blank[1:])  # fmt: skip
        writer.writerow(map(_text, row + ("",) * (len(HEADER) - len(row))))
    return out.getvalue()


def _text(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
