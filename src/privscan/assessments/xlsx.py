"""XLSX: measures, questions, sign-offs, check sheets and PRAM, then the report's own sheets."""

from __future__ import annotations

from privscan.assessments import _tables
from privscan.assessments._words import w
from privscan.model.assessment import Assessment
from privscan.render._sheet import Sheet
from privscan.render._sheets import sheets
from privscan.render._words import LANGUAGES
from privscan.render.xlsx import workbook

PLUGIN = True
SUFFIXES = (".xlsx",)


def render(assessment: Assessment, *, lang: str = "en") -> bytes:
    """The workbook; in both languages, the Japanese sheets follow the English ones."""
    chosen = LANGUAGES if lang == "both" else (lang,)
    title = " / ".join(w("title")[one] for one in chosen)
    return workbook(title, {one: _sheets(assessment, one) for one in chosen})


def _sheets(a: Assessment, lang: str) -> list[Sheet]:
    summary, *others = sheets(a.report, lang)
    first = [(w("status")[lang], w(a.status)[lang]), *summary.rows]
    because = [(w("draft")[lang], t[lang]) for d in a.datasets for t in d.draft_because]
    gaps = [(w("gaps")[lang], gap.text[lang]) for gap in a.gaps]
    rows = (*first, *dict.fromkeys(because), *gaps)
    return [
        Sheet(summary.title, summary.heads, rows),
        _tables.measures(a, lang),
        _tables.questions(a, lang),
        _tables.signoffs(a, lang),
        _tables.boxes(a, lang),
        _tables.actions(a, lang),
        *others,
    ]
