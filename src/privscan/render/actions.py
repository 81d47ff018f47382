"""CSV of the action plan: measures, questions, what to scan again; people add owner and date."""

from __future__ import annotations

from privscan.model.report import Report
from privscan.render._languages import languages
from privscan.render._plan import Action, actions
from privscan.render._words import say
from privscan.render.csv import written

PLUGIN = True
SUFFIXES = (".actions.csv",)

HEADER = ("number", "kind", "severity", "what", "datasets", "columns", "phase", "citations",
          "checks", "findings", "owner", "due", "status")  # fmt: skip

WORDED = ("kind", "severity", "what", "phase", "citations")
"""The columns whose words follow the language."""


def render(report: Report, *, lang: str = "en") -> str:
    """A header and a row for each action, worst first; owner, due and status are left to people."""
    rows = {
        one: [_row(number, action, one) for number, action in enumerate(actions(report, one), 1)]
        for one in languages(lang)
    }
    return written(HEADER, WORDED, rows)


def _row(number: int, action: Action, lang: str) -> dict[str, str]:
    return {
        "number": str(number),
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
