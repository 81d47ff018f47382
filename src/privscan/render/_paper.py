"""What documents for paper are made of: blocks, as values that `_pdf/blocks.typ` lays out.

They are read there as JSON, so no name in them can be markup.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from unicodedata import east_asian_width

from babel.dates import format_date

from privscan.render._figures import Figure
from privscan.render._overview import STEPS
from privscan.render._phrases import listed
from privscan.render._when import moment
from privscan.render._words import say

LOCALES = {"en": "en_GB", "ja": "ja_JP"}

NAMED = 2
"""Datasets that the head of a page names; the first page names four times as many."""

FIGURE = 640
"""Units across a figure, so that its letters are as large as those of tables."""

LONG = 900
"""Letters of a row, or of a short table, from which on it may go over to the next page."""

MOST = 4000
"""Blocks of a section; a finding takes two."""

MOST_ROWS = 4000
"""Rows of a table; what is left out is said in its last row."""

HEADED = 86
"""Letters at the head of a page."""

FEW = 14
"""Rows of a short table, which is kept on one page."""

Block = dict[str, Any]
Said = str | Sequence[str | Mapping[str, str]]
"""A text, or runs of it: `look` is quiet, strong, code or line, `badge` a level, `to` a label."""


LINE = {"text": "", "look": "line"}
"""A run that begins a new line."""


def quiet(text: str) -> dict[str, str]:
    """A run that stands back behind those around it."""
    return {"text": text, "look": "quiet"}


def head(text: Said, depth: int = 1, label: str = "") -> Block:
    """A heading; a section's has depth 0. Levels are put in order when the document is made."""
    return {"kind": "head", "text": text, "level": depth + 2} | ({"label": label} if label else {})


def para(text: Said, tone: str = "") -> Block:
    """A paragraph; `tone` is lead, note (before what it is on), after, a level, a state or plain."""
    return {"kind": "para", "text": text, "tone": tone}


def items(texts: Iterable[Said], *, ordered: bool = False) -> Block:
    """A list."""
    return {"kind": "items", "items": [*texts], "ordered": ordered}


def table(
    heads: Sequence[str],
    rows: Iterable[Sequence[Said]],
    lang: str,
    *,
    tones: Sequence[str] = (),
    numbers: Sequence[int] = (),
) -> Block:
    """Rows under heads that stand on every page; no row is cut but one longer than a page bears."""
    cells = [[*row] for row in rows]
    if left := len(cells[MOST_ROWS:]):
        said = say("rows_left", lang, f"{left:,}")
        cells[MOST_ROWS:] = [[said, *[""] * (len(heads) - 1)]]
    every = [_row(row, tones[i] if tones and i < MOST_ROWS else "") for i, row in enumerate(cells)]
    widths = [_wide([one, *(row[i] for row in cells)]) for i, one in enumerate(heads)]
    given = {"heads": [*heads], "rows": every, "widths": widths, "numbers": [*numbers]}
    return {"kind": "table", "whole": _fits(every)} | given


def facts(rows: Iterable[tuple[Said, Said]], share: float = 0.24) -> Block:
    """Pairs of a label and what is said of it; `share` is what labels take of the line."""
    made = [_row([*row], "") for row in rows]
    return {"kind": "facts", "rows": made, "share": share, "whole": _fits(made)}


def risk_map(fields: Callable[[int], Sequence[Sequence[Said]]], lang: str) -> Block:
    """The map of severity down and likelihood across; `fields` gives the names of a row's fields."""
    rows = [
        {
            "head": _step(severity, lang),
            "fields": [
                {"heat": severity + likelihood, "names": [*names]}
                for likelihood, names in zip(STEPS, fields(severity), strict=True)
            ],
        }
        for severity in reversed(STEPS)
    ]
    corner = [f"{say('impact', lang)} ↑", f"{say('likelihood', lang)} →"]
    return {
        "kind": "map",
        "corner": corner,
        "across": [_step(s, lang) for s in STEPS],
        "rows": rows,
    }


def _step(step: int, lang: str) -> str:
    return f"{step} {say(f'c{step}', lang)}"


def checks(boxes: Iterable[tuple[str, Said, Sequence[Said]]], answer: str) -> Block:
    """Boxes: a mark (ticked, person, no or open), a text, what stands below, room where open."""
    made = [{"mark": mark, "text": text, "below": [*below]} for mark, text, below in boxes]
    return {"kind": "checks", "checks": made, "answer": answer}


def figure(drawn: Figure, lang: str, *, tabled: bool = True) -> Iterator[Block]:
    """A picture with its name, what it shows, and the table behind it."""
    picture = drawn.svg(lang, width=FIGURE, font="Noto Sans CJK JP")
    said = {"title": drawn.title[lang], "alt": drawn.about[lang]}
    yield {"kind": "figure", "svg": picture, **said}
    if tabled:
        heads = [head_[lang] for head_ in drawn.heads]
        yield table(heads, [[cell[lang] for cell in row] for row in drawn.rows], lang)


def verdict(score: float, tone: str, badges: Said, lines: Sequence[Block]) -> Block:
    """The score large, with badges below it and what follows from it beside it."""
    given = {"tone": tone, "badges": badges, "lines": [*lines]}
    return {"kind": "verdict", "score": f"{score:.0f}", "of": " / 100", **given}


def _fits(rows: list[Block]) -> bool:
    """Whether it is better kept on one page than cut."""
    letters = sum(_length(cell) for row in rows for cell in row["cells"])
    return len(rows) <= FEW and letters <= LONG


def _row(cells: list[Said], tone: str) -> Block:
    return {"cells": cells, "tone": tone, "long": max(map(_length, cells), default=0) > LONG}


def _text(said: Said) -> str:
    runs = [said] if isinstance(said, str) else said
    return "".join(run if isinstance(run, str) else run["text"] for run in runs)


def _length(said: Said) -> int:
    return sum(1 + (east_asian_width(sign) in "WF") for sign in _text(said))


def _wide(cells: list[Said]) -> float:
    """A column's share of the line: what its longest word needs, and more for long texts."""
    words = (len(word) for cell in cells for word in re.findall(r"[!-~]+", _text(cell)))
    lengths = sorted(map(_length, cells))
    usual: int = lengths[len(lengths) * 9 // 10]
    needed: float = max(min(max(words, default=1), 16), 3, 4.2 * usual**0.5)
    return 2 + needed


def section(title: str, blocks: Iterable[Block], lang: str) -> list[Block]:
    """A section's heading and blocks; beyond a thousand pages or so it says what is left out."""
    every = [*blocks]
    kept = every[:MOST]
    if left := len(every) - len(kept):
        kept.append(para(say("rows_left", lang, f"{left:,}"), "note"))
    return [head(title, 0), *kept]


def document(  # noqa: PLR0913  what stands on the first page, and on every page
    lang: str,
    title: str,
    names: Sequence[str],
    version: str,
    *,
    front: Sequence[Block],
    made: Sequence[tuple[Said, Said]],
    state: Mapping[str, str] | None,
    blocks: Sequence[Block],
) -> Block:
    """One document in one language; `made` stands with the date on the first page, `state` on all."""
    before, between, after = say("page_of", lang, "\n", "\n").split("\n")
    date = format_date(datetime.fromisoformat(moment()), "long", LOCALES[lang])
    dated: list[tuple[Said, Said]] = [(say("written_on", lang), date), *made]
    return {
        "lang": lang,
        "title": title,
        "subtitle": listed(names, lang, NAMED * 4),
        "running": _short(" · ".join([title, *([listed(names, lang, NAMED)] if names else [])])),
        "date": date,
        "made": f"privscan {version}",
        "page": [before, between, after],
        "contents": say("contents", lang),
        "state": state,
        "front": [*front, facts(dated)],
        "blocks": [*blocks],
    }


def _short(text: str) -> str:
    """The text, or its beginning, as long as a line at the head of a page bears."""
    room = HEADED
    for place, sign in enumerate(text):
        room -= _length(sign)
        if room < 0:
            return f"{text[:place]}…"
    return text
