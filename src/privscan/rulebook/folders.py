"""Where rules are: the shipped folder, a whole copy of it, or extra files laid over it."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from privscan.errors import RuleError, nearest

ROOTS = ("groups.yaml", "headers.yaml", "weights.yaml")
"""Files at the root of a whole folder; one with none of them holds extra rules only."""

FOLDERS = ("checksheets", "entities", "impact", "laws", "numbers", "policies", "principles",
           "recognizers", "scoring")  # fmt: skip
"""Folders of rule files."""


def rules_folder() -> Path:
    """`PRIVSCAN_RULES`, else the folder shipped in the wheel, else the checkout's `rules/`."""
    given = os.environ.get("PRIVSCAN_RULES")
    return Path(given) if given else _own_folder(__file__)


@cache
def _own_folder(module: str) -> Path:
    package = Path(module).parent.parent
    shipped = package / "_rules"
    return shipped if shipped.is_dir() else package.parent.parent / "rules"


def layers(folder: Path) -> tuple[Path, ...]:
    """The folders that make up the rules of one: itself, on the shipped ones if it holds extras."""
    if not folder.is_dir():
        raise RuleError("no such rules folder", where=str(folder), hint="unset PRIVSCAN_RULES")
    if any((folder / name).is_file() for name in ROOTS):
        return (folder,)
    if not any(any((folder / name).glob("*.yaml")) for name in FOLDERS):
        hint = f"rule files stand in {', '.join(FOLDERS)}"
        raise RuleError("this folder holds no rule files", where=str(folder), hint=hint)
    return (_own_folder(__file__), folder)


def files(folder: Path, name: str) -> list[Path]:
    """The files of one of the `FOLDERS`, those of extras last."""
    return [file for layer in layers(folder) for file in sorted((layer / name).glob("*.yaml"))]


def single(folder: Path, name: str) -> Path:
    """The one file of that name; extras replace the shipped one."""
    every = layers(folder)
    return next(
        (layer / name for layer in reversed(every) if (layer / name).is_file()), every[0] / name
    )


def unread(folder: Path) -> list[RuleError]:
    """Rule files at places where nothing reads them: a folder misspelt, a file too deep."""
    errors = []
    for file in sorted(folder.rglob("*.yaml")):
        place = file.relative_to(folder)
        first, *deeper = place.parts
        known = FOLDERS if deeper else ROOTS
        if first not in known or len(deeper) > 1:
            near = nearest(first, known) if first not in known else ""
            hint = near or f"rule files stand in {', '.join(FOLDERS)}"
            errors.append(RuleError("nothing reads this file", where=f"{file}:1", hint=hint))
    return errors
