"""PDF: the report on paper, with fonts, bookmarks and tags; needs `privscan[pdf]`."""

from __future__ import annotations

from privscan.model.report import Report
from privscan.render import _overview, _paper, _printed, _printed_data, _typeset
from privscan.render._languages import languages
from privscan.render._sentences import LIMITS
from privscan.render._words import say

PLUGIN = True
SUFFIXES = (".pdf",)
EXTRA = "pdf"
NEEDS = ("typst", "noto_cjk_sans_jp_bold", "noto_cjk_sans_jp_regular")


def render(report: Report, *, lang: str = "en") -> bytes:
    """What the page for browsers holds, opened up; in both languages, Japanese after English."""
    every = languages(lang)
    title = " / ".join(say("title", one) for one in every)
    return _typeset.pdf(title, [_document(report, one) for one in every])


def _document(report: Report, lang: str) -> _paper.Block:
    state = "complete" if report.complete else "incomplete"
    anchors = {d.name: f"{lang}-dataset-{i}" for i, d in enumerate(report.datasets, 1)}
    page = _printed.Page(report, lang, anchors)
    sections = {
        "summary": page.summary,
        "measures": page.measures,
        "waterfall": page.scores,
        "risk_map": page.risk_map,
        "data_map": lambda: _printed_data.data_map(page),
        "reidentification": lambda: _printed_data.reidentification(page),
        "findings": page.findings,
        "questions": page.questions,
        "not_covered": page.not_covered,
        "limits": lambda: [_paper.items(pair[lang == "ja"] for pair in LIMITS)],
        "tool": page.tool,
    }
    blocks = [
        block
        for key, written in sections.items()
        for block in _paper.section(say(key, lang), written(), lang)
    ]
    return _paper.document(
        lang,
        say("title", lang),
        [d.name for d in _overview.read(report)],
        report.tool.version,
        state={"tone": state, "text": say(state, lang)},
        front=[*page.verdict()],
        made=[(say("rules_digest", lang), report.tool.rules_digest)],
        blocks=blocks,
    )
