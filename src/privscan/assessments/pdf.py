"""PDF: the assessment on paper, to be printed, signed and kept; needs `privscan[pdf]`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import singledispatch

from privscan.assessments._blocks import Checks, Head, Items, Para, Picture, RiskMap, Table
from privscan.assessments._document import OUTWARD, sections, title
from privscan.assessments._words import w
from privscan.model.assessment import Assessment
from privscan.render import _paper, _typeset
from privscan.render._languages import languages
from privscan.render._overview import STEPS

PLUGIN = True
SUFFIXES = (".pdf",)
EXTRA = "pdf"
NEEDS = ("typst", "noto_cjk_sans_jp_bold", "noto_cjk_sans_jp_regular")
PARTS = True
"""Whether it can write a part of the assessment by itself."""


def render(assessment: Assessment, *, lang: str = "en", part: str = "whole") -> bytes:
    """The sections; in both languages, the Japanese document follows the English one."""
    every = languages(lang)
    name = " / ".join(title(part)[one] for one in every)
    return _typeset.pdf(name, [_document(assessment, one, part) for one in every])


def _document(a: Assessment, lang: str, part: str) -> _paper.Block:
    outward = part in OUTWARD
    blocks = [
        block
        for section in sections(a, part)
        for block in _paper.section(
            f"{section.number}  {section.title[lang]}",
            (laid for block in section.blocks for laid in _laid(block, lang)),
            lang,
        )
    ]
    names = [] if part == "dialogue" else [d.name for d in a.report.datasets]
    organisation = dict(a.organisation).get("name", "")
    return _paper.document(
        lang,
        title(part)[lang],
        names,
        a.report.tool.version,
        front=[] if outward else [_verdict(a, lang)],
        made=[(w("organisation")[lang], organisation)] if organisation else [],
        state=None if outward else {"tone": a.status.value, "text": w(a.status)[lang]},
        blocks=blocks,
    )


def _verdict(a: Assessment, lang: str) -> _paper.Block:
    """The score with its level, and where the assessment stands."""
    level, status = a.report.level, a.status
    badges = [{"badge": level.value, "text": w(level)[lang]}]
    lines = [
        _paper.para(w("status")[lang], "note"),
        _paper.para([{"badge": status.value, "text": w(status)[lang]}]),
    ]
    return _paper.verdict(a.report.score, level.value, badges, lines)


@singledispatch
def _laid(block: object, lang: str) -> Iterator[_paper.Block]:
    """A block as it is laid out in one language."""
    raise TypeError(block, lang)


@_laid.register
def _(block: Head, lang: str) -> Iterator[_paper.Block]:
    yield _paper.head(block.text[lang], block.depth)


@_laid.register
def _(block: Para, lang: str) -> Iterator[_paper.Block]:
    yield _paper.para(block.text[lang], block.tone)


@_laid.register
def _(block: Items, lang: str) -> Iterator[_paper.Block]:
    yield _paper.items([item[lang] for item in block.items], ordered=block.ordered)


@_laid.register
def _(block: Table, lang: str) -> Iterator[_paper.Block]:
    rows = [[cell[lang] for cell in row] for row in block.rows]
    if block.heads:
        yield _paper.table([head[lang] for head in block.heads], rows, lang, tones=block.tones)
    else:
        yield _paper.facts([(row[0], " ".join(row[1:])) for row in rows])


@_laid.register
def _(block: Checks, lang: str) -> Iterator[_paper.Block]:
    boxes = [(c.mark, c.text[lang], [text[lang] for text in c.below]) for c in block.checks]
    yield _paper.checks(boxes, w("answer")[lang])


@_laid.register
def _(block: RiskMap, lang: str) -> Iterator[_paper.Block]:
    def fields(severity: int) -> list[list[_paper.Said]]:
        return [[*block.fields.get((severity, likelihood), ())] for likelihood in STEPS]

    yield _paper.risk_map(fields, lang)


@_laid.register
def _(block: Picture, lang: str) -> Iterator[_paper.Block]:
    yield from _paper.figure(block.figure, lang, tabled=not block.beside)
