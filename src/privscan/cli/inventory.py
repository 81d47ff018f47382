"""List the datasets of a lake and which to look at first; their cells are not read."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING
from unicodedata import combining, east_asian_width

import click

from privscan.cli.options import JSON, LANG, SOURCES, verb

if TYPE_CHECKING:
    from privscan.scan.inventory import Entry

PLUGIN = True
ORDER = 2

_HEAD = (
    ("hint", "目安"),
    ("dataset", "データセット"),
    ("format", "形式"),
    ("files", "ファイル"),
    ("MB", "MB"),
    ("not read", "未読"),
    ("where", "場所"),
)
_SUM = (
    "{0:,} datasets, {1:,} files, {2:,.1f} MB",
    "データセット {0:,}、ファイル {1:,}、{2:,.1f} MB",
)
_RIGHT = frozenset({0, 3, 4, 5})
"""Columns of numbers."""


@verb("inventory")
@SOURCES
@JSON
@LANG
def command(*, sources: tuple[str, ...], format_: str, lang: str) -> None:
    """List the datasets at or below each SOURCE, in the order in which a scan reads them.

    The hint, 0 to 1, is the weight of the gravest kind of data that a header names; .5 for pictures
    and other media. Only the begin of files is read. Exits 3 if something is already known to
    stay unread.
    """
    from privscan.cli.output import emit
    from privscan.cli.scanning import sources as given
    from privscan.scan.inventory import inventory
    from privscan.scan.plan import plan

    entries = inventory(plan(given(sources)))
    if format_ == "json":
        emit(json.dumps([asdict(e) for e in entries], ensure_ascii=False, indent=2) + "\n")
    else:
        emit("\n".join(table(entries, lang)) + "\n")
    if any(e.unread for e in entries) or not entries:
        raise click.exceptions.Exit(3)


def table(entries: tuple[Entry, ...], lang: str) -> list[str]:
    """The entries as lines of a terminal, and a line of sums."""
    ja = lang == "ja"
    rows = [tuple(head[ja] for head in _HEAD), *map(_row, entries)]
    widths = [max(_width(row[i]) for row in rows) for i in range(len(_HEAD) - 1)]
    lines = []
    for row in rows:
        cells = [
            " " * (wide - _width(cell)) + cell
            if i in _RIGHT
            else cell + " " * (wide - _width(cell))
            for i, (cell, wide) in enumerate(zip(row, widths, strict=False))
        ]
        lines.append("  ".join([*cells, row[-1]]).rstrip())
    files, size = sum(e.files for e in entries), sum(e.bytes for e in entries)
    return [*lines, "", _SUM[ja].format(len(entries), files, size / 1e6)]


def _row(e: Entry) -> tuple[str, ...]:
    from privscan.render._phrases import shown

    return (f"{e.hint:.2f}", shown(e.dataset), e.source, f"{e.files:,}", f"{e.bytes / 1e6:,.1f}", f"{e.unread:,}", shown(e.uri))  # fmt: skip


def _width(text: str) -> int:
    return sum(1 + (east_asian_width(letter) in "WF") for letter in text if not combining(letter))
