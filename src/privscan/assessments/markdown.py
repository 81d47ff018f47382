"""Markdown, for wikis, tickets and version control."""

from __future__ import annotations

from functools import singledispatch

from privscan.assessments._blocks import Check, Checks, Head, Items, Para, Picture, RiskMap, Table
from privscan.assessments._document import OUTWARD, sections, title
from privscan.assessments._words import joined, w
from privscan.model.assessment import Assessment, Status
from privscan.model.finding import Text
from privscan.render._overview import STEPS
from privscan.render.markdown import plain

PLUGIN = True
SUFFIXES = (".md", ".markdown")
PARTS = True
"""Whether it can write a part of the assessment by itself."""

LANGUAGES = {"en": ("en",), "ja": ("ja",), "both": ("en", "ja")}
"""The languages that are written, one whole document after the other."""


def render(assessment: Assessment, *, lang: str = "en", part: str = "whole") -> str:
    """The sections; in both languages, the Japanese document follows the English one."""
    return "\n".join(_document(assessment, one, part) for one in LANGUAGES[lang])


def _document(a: Assessment, lang: str, part: str) -> str:
    score = {one: f"{word} {a.report.score:.0f} / 100" for one, word in w("score").items()}
    level = joined([score, w(a.report.level)], between=(", ", "、"))[lang]
    stamp = f"**{w(a.status)[lang]}** · " if a.status is Status.DRAFT else ""
    lines = [f"# {title(part)[lang]}", ""]
    lines += [] if part in OUTWARD else [f"{stamp}{level}", ""]
    for section in sections(a, part):
        lines += [f"## {section.number}. {section.title[lang]}", ""]
        for block in section.blocks:
            lines += [*written(block, lang), ""]
    return "\n".join(lines)


@singledispatch
def written(block: object, lang: str) -> list[str]:
    """The lines of a block in one language."""
    raise TypeError(block, lang)


@written.register
def _(block: Head, lang: str) -> list[str]:
    return [f"{'#' * (block.depth + 2)} {_said(block.text, lang)}"]


@written.register
def _(block: Para, lang: str) -> list[str]:
    text = _said(block.text, lang)
    return [f"**{text}**" if block.tone in {"lead", "draft"} else text]


@written.register
def _(block: Items, lang: str) -> list[str]:
    return [
        f"{f'{i}.' if block.ordered else '-'} {_said(item, lang)}"
        for i, item in enumerate(block.items, 1)
    ]


@written.register
def _(block: Table, lang: str) -> list[str]:
    rows = [[_said(cell, lang) for cell in row] for row in block.rows]
    if not block.heads:
        return [f"- {row[0]}: {', '.join(row[1:])}" for row in rows]
    heads = [_said(head, lang) for head in block.heads]
    return [_row(heads), _row(["---"] * len(heads)), *map(_row, rows)]


@written.register
def _(block: Checks, lang: str) -> list[str]:
    return [line for check in block.checks for line in _check(check, lang)]


def _check(check: Check, lang: str) -> list[str]:
    mark = "x" if check.mark in {"ticked", "person"} else " "
    below = [f"  - {_said(text, lang)}" for text in check.below]
    return [f"- [{mark}] {_said(check.text, lang)}", *below]


@written.register
def _(block: RiskMap, lang: str) -> list[str]:
    corner = f"{w('impact')[lang]} / {w('likelihood')[lang]}"
    lines = [_row([corner, *(_step(s, lang) for s in STEPS)]), _row(["---"] * (len(STEPS) + 1))]
    for severity in reversed(STEPS):
        fields = (block.fields.get((severity, likelihood), ()) for likelihood in STEPS)
        cells = ("<br>".join(map(plain, names)) for names in fields)
        lines.append(_row([_step(severity, lang), *cells]))
    return lines


@written.register
def _(block: Picture, lang: str) -> list[str]:
    drawn = block.figure
    said = [_said(drawn.title, lang), "", _said(drawn.about, lang), ""]
    return [] if block.beside else [*said, *written(Table(drawn.heads, drawn.rows), lang)]


def _step(step: int, lang: str) -> str:
    return f"{step} {w(f'c{step}')[lang]}"


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _said(text: Text, lang: str) -> str:
    return plain(text[lang])
