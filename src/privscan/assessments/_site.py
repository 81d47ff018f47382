"""An assessment as a site: an index by risk, a page for each dataset, and a document of all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from privscan.assess.agenda import asked, steps
from privscan.assess.impact import questions
from privscan.assessments import html
from privscan.assessments._document import title
from privscan.assessments._words import joined, w
from privscan.model.assessment import Assessment, DatasetAssessment
from privscan.model.finding import Text
from privscan.model.report import Report
from privscan.render._site.folder import INDEX
from privscan.render._site.gathered import Entry
from privscan.render._site.pages import Around, Front, site
from privscan.render._words import LANGUAGES, both

WHOLE = "assessment.html"

MOST = 200
"""Datasets up to which one document holds them all: some 5 MB, which a browser still scrolls."""

OVERVIEW = "council"
"""The part that speaks of all datasets together: what one document holds of more of them."""


def pages(
    assessment: Assessment, earlier: Mapping[str, Report], label: str, *, lang: str = "en"
) -> dict[str, str]:
    """The pages by their place; `earlier` are the reports before, oldest first, by their labels."""
    lang = lang if lang in LANGUAGES else LANGUAGES[0]
    made = {d.dataset: d for d in assessment.datasets}
    note = both("overview_note", MOST) if len(made) > MOST else None
    link = both("overview_document", MOST) if note else both("whole_document")
    notes = {name: _note(one) for name, one in made.items()}
    front = Front(title("whole"), notes, ((WHOLE, link),))

    def page(entry: Entry, around: Around) -> str:
        return html.page(alone(assessment, made[entry.dataset.name], entry), lang, site=around)

    part = OVERVIEW if note else "whole"
    document = html.page(assessment, lang, part, Around(INDEX, {}, None), note)
    return {WHOLE: document} | site(
        {**earlier, label: assessment.report}, lang, page, front, last=True
    )


def alone(assessment: Assessment, made: DatasetAssessment, entry: Entry) -> Assessment:
    """The assessment of one dataset by itself: its questions, its steps, its lessons."""
    report = entry.alone()
    one = replace(assessment, report=report, datasets=(made,), status=made.status)
    open_ = tuple(questions(one))
    put = asked(open_, report)
    waiting = sum(bool(q.waits) and q.answer is None for q in open_)
    checks = {f.check for f in report.findings}
    return replace(
        one,
        first=tuple(steps((made,), report, assessment.gaps, put, waiting)),
        asked=put,
        waiting=waiting,
        lessons=tuple(lesson for lesson in assessment.lessons if lesson.check in checks),
        figures=(),
    )


def _note(made: DatasetAssessment) -> Text:
    """Where it stands, and what the measures are predicted to leave."""
    left = made.bundle.residual
    after = joined([w("predicted"), {lang: f"{left.score:.0f} ({w(left.level)[lang]})"
                                     for lang in w(left.level)}], between=(": ", ":"))  # fmt: skip
    return joined([joined([w("status"), w(made.status)], between=(": ", ":")), after],
                  between=(" · ", " · "))  # fmt: skip
