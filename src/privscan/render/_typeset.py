"""Documents of `_paper` as PDF: set by Typst from data, with the fonts that the extra brings."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from privscan.errors import UsageError
from privscan.render._phrases import shown
from privscan.render._when import moment

if TYPE_CHECKING:
    from privscan.render._paper import Block

INSTALL = "pip install 'privscan[pdf]'"

FOLDER = Path(__file__).parent / "_pdf"

FONTS = ("noto_cjk_sans_jp_regular", "noto_cjk_sans_jp_bold")
"""Packages that hold nothing but a font; they are found, and not imported."""

STANDARDS: Any = ["a-2a", "ua-1"]
"""To be kept for years, and to be read aloud."""


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
