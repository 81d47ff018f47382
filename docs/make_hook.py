"""Bring the suffixes in .pre-commit-hooks.yaml up to date: those of every source but of texts and code."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from privscan.registry import plugins

HOOKS = Path(__file__).parents[1] / ".pre-commit-hooks.yaml"
CODE = {".txt", ".html", ".htm", ".ts"}
"""Suffixes of sources that in a repository of code are seldom those of data."""


def made(text: str) -> str:
    """The hook file with its pattern made anew."""
    suffixes = {str(s) for p in plugins("sources") for s in p.fact("SUFFIXES", ())}
    either = "|".join(re.escape(suffix[1:]) for suffix in sorted(suffixes - CODE))
    line = rf"  files: (?i)\.({either})(\.(gz|zst|bz2))?$"
    return re.sub(r"^  files: .*$", lambda _: line, text, flags=re.MULTILINE)


if __name__ == "__main__":
    text = HOOKS.read_text("utf-8")
    if made(text) != text:
        HOOKS.write_text(made(text), "utf-8")
        sys.stdout.write(f"rewritten: {HOOKS.name}\n")
