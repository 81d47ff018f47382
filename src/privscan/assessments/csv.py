"""CSV: what is left to do, a row each with owner and date; check sheets and PRAM as parts."""

from __future__ import annotations

import csv
import io

from privscan.assessments import _tables
from privscan.model.assessment import Assessment
from privscan.render._cells import text
from privscan.render._languages import languages

PLUGIN = True
SUFFIXES = (".csv",)
PARTS = ("sheets", "pram")
"""Parts that are tables."""

BOM = "\ufeff"
"""Without it Excel takes Japanese for an encoding of its own."""

_TABLES = {"whole": _tables.plan, "sheets": _tables.boxes, "pram": _tables.actions}


def render(assessment: Assessment, *, lang: str = "en", part: str = "whole") -> str:
    """A header and the rows of the part; no cell is a formula."""
    out = io.StringIO()
    if lang != "en":
        out.write(BOM)
    writer = csv.writer(out, lineterminator="\r\n")
    for one in languages(lang):
        sheet = _TABLES[part](assessment, one)
        writer.writerow([head.title for head in sheet.heads])
        rows = (["" if cell is None else text(str(cell)) for cell in row] for row in sheet.rows)
        writer.writerows(rows)
    return out.getvalue()
