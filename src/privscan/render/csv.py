"""CSV: one finding a row, for spreadsheets; a cell that would be a formula is made text."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from privscan.model.data import Unread
from privscan.model.finding import Finding
from privscan.model.report import Report
from privscan.render import _overview
from privscan.render._cells import text
from privscan.render._languages import languages
from privscan.render._laws import clause, law, status
from privscan.render._phrases import in_part, measured, principle, threshold
from privscan.render._reasons import reason
from privscan.render._unseen import unseen
from privscan.render._words import say

PLUGIN = True
SUFFIXES = (".csv",)

BOM = "\ufeff"

HEADER = ("id", "check", "severity", "confidence", "certainty", "dataset", "columns", "principles",
          "phase", "measured", "threshold", "citations", "message", "advice", "question",
          "unseen")  # fmt: skip

WORDED = ("severity", "certainty", "principles", "phase", "measured", "threshold", "citations",
          "message", "advice", "question", "unseen")  # fmt: skip
"""The columns whose words follow the language."""


def render(report: Report, *, lang: str = "en") -> str:
    """A header, a row for each finding, and one for each part, detector or law left out.

    Their check is UNREAD, NOT_RUN, IN_PART or NOT_EVALUATED.
    """
    return written(HEADER, WORDED, {one: _rows(report, one) for one in languages(lang)})


def written(
    header: Sequence[str], worded: Sequence[str], rows: Mapping[str, list[dict[str, str]]]
) -> str:
    """The rows; of a second language, only the columns with words, their names ending in _ja.

    With Japanese words it begins with a mark, without which Excel takes them for another encoding.
    """
    first, *others = rows
    more = [(key, one, f"{key}_{one}") for one in others for key in worded]
    out = io.StringIO()
    out.write(BOM if "ja" in rows else "")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([*header, *(name for _, _, name in more)])
    for place, row in enumerate(rows[first]):
        cells = [row.get(key, "") for key in header]
        cells += [rows[one][place].get(key, "") for key, one, _ in more]
        writer.writerow(map(text, cells))
    return out.getvalue()


def _rows(report: Report, lang: str) -> list[dict[str, str]]:
    missed = unseen(report, lang)
    return [
        *({**_finding(f, lang), "unseen": missed[f.dataset]} for f in report.findings),
        *(_unread(u, lang) for u in report.unread),
        *(
            {"check": "NOT_RUN", "message": say("detector_not_run", lang, name, reason(why, lang))}
            for name, why in sorted(report.tool.not_run.items())
        ),
        *({"check": "IN_PART", "message": in_part(one, lang)} for one in _overview.in_part(report)),
        *(
            {"check": "NOT_EVALUATED", "message": say("law_not_evaluated", lang, law(name, lang))}
            for name in report.tool.not_evaluated
        ),
    ]


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
