"""What documents for paper share: blocks laid out by Typst as tagged PDF, from data and not markup.

Each document is a value that `_pdf/document.typ` reads as JSON, so no name in it can be markup.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

from babel.dates import format_date

from privscan.errors import UsageError
from privscan.render._figures import Figure
from privscan.render._overview import STEPS
from privscan.render._phrases import listed, shown
from privscan.render._when import moment
from privscan.render._words import LANGUAGES, say

INSTALL = "pip install 'privscan[pdf]'"

FOLDER = Path(__file__).parent / "_pdf"

FONTS = ("noto_cjk_sans_jp_regular", "noto_cjk_sans_jp_bold")
"""Packages that hold nothing but a font; they are found, and not imported."""

STANDARDS: Any = ["a-2a", "ua-1"]
"""To be kept for years, and to be read aloud."""

LOCALES = {"en": "en_GB", "ja": "ja_JP"}

NAMED = 2
"""Datasets that the head of a page names; the first page names four times as many."""

FIGURE = 640
"""Units across a figure, so that its letters are as large as those of tables."""

LONG = 900
"""Letters of a row, or of a short table, from which on it may go over to the next page."""

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


def languages(lang: str) -> tuple[str, ...]:
    """The languages that are written, one whole document after the other."""
    return LANGUAGES if lang == "both" else (lang,)


def head(text: Said, depth: int = 1, label: str = "") -> Block:
    """A heading; a section's has depth 0. Levels are put in order when the document is made."""
    return {"kind": "head", "text": text, "level": depth + 2} | ({"label": label} if label else {})


def para(text: Said, tone: str = "") -> Block:
    """A paragraph; `tone` is lead, note, a level, a state or plain."""
    return {"kind": "para", "text": text, "tone": tone}


def items(texts: Iterable[Said], *, ordered: bool = False) -> Block:
    """A list."""
    return {"kind": "items", "items": [*texts], "ordered": ordered}


def table(
    heads: Sequence[str],
    rows: Iterable[Sequence[Said]],
    *,
    tones: Sequence[str] = (),
    numbers: Sequence[int] = (),
) -> Block:
    """Rows under heads that stand on every page; no row is cut but one longer than a page bears."""
    cells = [[*row] for row in rows]
    every = [_row(row, tones[i] if tones else "") for i, row in enumerate(cells)]
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
        yield table(heads, [[cell[lang] for cell in row] for row in drawn.rows])


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


@cache
def _fonts() -> Any:
    """The fonts that the extra brings; no other font of the machine is looked at."""
    places = [place for name in FONTS for place in _folder(name)]
    if find_spec("typst") is None or len(places) < len(FONTS):
        raise UsageError("PDF needs packages that are not installed", hint=INSTALL)
    import typst

    return typst.Fonts(include_system_fonts=False, font_paths=places)


def _folder(package: str) -> list[str]:
    spec = find_spec(package)
    return [*(spec.submodule_search_locations or ())] if spec else []


def document(lang: str, title: str, names: Sequence[str], version: str, **parts: Any) -> Block:
    """One document in one language: `front` and `blocks`, and `state`, what stands on every page."""
    before, between, after = re.split(
        r"\{}", say("page_of", "en" if lang == "en" else "ja", "{}", "{}")
    )
    named = listed(names, lang, NAMED)
    return {
        "lang": lang,
        "title": title,
        "subtitle": listed(names, lang, NAMED * 4),
        "running": f"{title} · {named}" if named else title,
        "date": format_date(datetime.fromisoformat(moment()), "long", LOCALES[lang]),
        "made": f"privscan {version}",
        "page": [before, between, after],
        "contents": say("contents", lang),
        "state": None,
        **parts,
    }


def pdf(title: str, documents: Sequence[Block]) -> bytes:
    """The documents as one file; the same ones at the same moment are the same bytes."""
    fonts = _fonts()
    import typst

    text = json.dumps(_safe({"title": title, "documents": [*map(_ordered, documents)]}))
    second = int(datetime.fromisoformat(moment()).timestamp())
    while True:
        compiler = typst.Compiler(
            FOLDER / "document.typ", root=FOLDER, font_paths=fonts, sys_inputs={"data": text}
        )
        try:
            made = compiler.compile(format="pdf", timestamp=second, pdf_standards=STANDARDS)
        except typst.TypstError as error:
            spelled = _spelled(text, error.diagnostic)
            if spelled == text:
                raise
            text = spelled
        else:
            return made if isinstance(made, bytes) else b""


def _spelled(text: str, complaint: str) -> str:
    """Signs that no font has, as their code points: an empty box tells nobody which name it is."""
    unknown = {_ESCAPED.sub(_sign, said) for said in _NO_GLYPH.findall(complaint)}
    for signs in sorted(unknown, key=lambda one: (-len(one), one)):
        codes = "".join(f"[U+{ord(sign):04X}]" for sign in signs)
        text = text.replace(json.dumps(signs)[1:-1], codes)
    return text


_NO_GLYPH = re.compile(r'the text `"(.*?)"` could not be displayed')
_ESCAPED = re.compile(r"\\(?:u\{([0-9a-f]+)\}|(.))")


def _sign(escaped: re.Match[str]) -> str:
    return chr(int(escaped[1], 16)) if escaped[1] else escaped[2]


def _safe(value: Any) -> Any:
    """Texts with nothing in them that steers a line or a reader's eye; pictures as they are."""
    if isinstance(value, str):
        return shown(value)
    if isinstance(value, dict):
        return {key: one if key == "svg" else _safe(one) for key, one in value.items()}
    return [_safe(one) for one in value] if isinstance(value, list) else value


def _ordered(given: Block) -> Block:
    """No heading stands more than one level below the heading before it."""
    blocks, above = [], 1
    for one in given["blocks"]:
        made = one
        if one["kind"] == "head":
            above = min(one["level"], above + 1)
            made = one | {"level": above}
        blocks.append(made)
    return given | {"blocks": blocks}
