"""Reports that an earlier scan saved."""

from __future__ import annotations

from pathlib import Path

from privscan.errors import UsageError
from privscan.model.report import SCHEMA, Report


def saved_report(file: Path) -> Report:
    """Read a saved JSON report; anything else is a `UsageError` that quotes nothing of it."""
    from privscan.render.json import read_report

    hint = "privscan scan SOURCE -o report.json"
    try:
        return read_report(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError):
        raise UsageError("this file cannot be read as text", where=str(file), hint=hint) from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise UsageError(f"this is no {SCHEMA}", where=str(file), hint=hint) from None
