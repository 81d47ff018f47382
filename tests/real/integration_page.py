"""The pieces of code of docs/integrations.md, which the tests run as they stand there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "integrations.md"


def pieces(heading: str, language: str = "python") -> list[str]:
    """The code blocks of a language under a heading, in order."""
    text = PAGE.read_text("utf-8")
    (section,) = re.findall(
        rf"^#+ {heading}\n(.*?)(?=^#|\Z)", _hidden(text), re.MULTILINE | re.DOTALL
    )
    return [_shown(block) for block in re.findall(rf"```{language}\n(.*?)```", section, re.DOTALL)]


def _hidden(text: str) -> str:
    """Comments in code are no headings."""
    return re.sub(r"```.*?```", lambda m: m[0].replace("\n#", "\n\0"), text, flags=re.DOTALL)


def _shown(text: str) -> str:
    return text.replace("\0", "#")
