"""Signals of bodies: whole recordings in bytes and texts, and columns whose headers measure one.

A column alone is found under `thing.measure`, which is no entity: what several are with each other
`together` in `rules/weights.yaml` weighs.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

import numpy as np
import polars as pl

from privscan.evidence.characters import masked
from privscan.formats.records.coded import from_base64
from privscan.formats.signals import Signal, signal_of
from privscan.formats.signals.headers import measured
from privscan.model.data import Column, Hits, Unread
from privscan.model.kinds import Kind
from privscan.rulebook.numbers import THING
from privscan.rulebook.text import bytes_of, taken

PLUGIN = True
KINDS = ("bytes", "text")
MEASUREMENTS = True

LEAST = 64
"""Bytes of the shortest recording."""

_HEX = re.compile(r"[0-9A-Fa-f]+")
_MEASURE = f"{THING}measure"
_FIRST = 400
_PLAIN = (
    r"AnnotatedECG|RestingECG|restingecgdata|<gpx|TrainingCenterDatabase|<HealthData|<(?:\w+:)?ink[\s>]"
    r"|^\s*HIERARCHY\s+ROOT|Brain ?Vision Data Exchange"
)
_BASE64 = r"^\s*(?:MCAgICAgIC|/0JJT1NFTU|WERGOj)"
_HEXADECIMAL = r"^\s*(?:\\x|0x)?(?:3020202020202020|(?i:ff42494f53454d49))"
"""EDF and BDF, and in base64 XDF as well: other recordings have no fixed begin, or are text."""


def find(column: Column) -> Iterator[Hits | Unread | Column]:
    """Cells that are a recording, what it says of persons, and numbers under a header of a body."""
    if column.kind is Kind.BYTES:
        long = np.flatnonzero(column.cells.bin.size().to_numpy() >= LEAST).tolist()
        cells = zip(long, column.cells.gather(long), strict=True)
        yield from _files(column, {row: found for row, c in cells if (found := signal_of(c))})
        return
    yield from _measures(column)
    yield from _files(column, dict(_in_texts(column.cells)))


def _measures(column: Column) -> Iterator[Hits]:
    header = measured(column.path)
    if header:
        numbers = column.cells.cast(pl.Float64, strict=False).is_not_null()
        if numbers.any():
            yield Hits(_MEASURE, numbers, 1.0, "signals/" + "/".join(header))


def _in_texts(cells: pl.Series) -> Iterator[tuple[int, Signal]]:
    long = np.flatnonzero(bytes_of(cells) >= LEAST)
    if not len(long):
        return
    heads = taken(cells, long).str.slice(0, _FIRST)
    for form, content in ((_PLAIN, str.encode), (_BASE64, from_base64), (_HEXADECIMAL, _from_hex)):
        rows = long[heads.str.contains(form).to_numpy()]
        for row, text in zip(rows.tolist(), taken(cells, rows), strict=True):
            if found := signal_of(content(text)):
                yield row, found


def _from_hex(text: str) -> bytes:
    digits = _HEX.match(text.strip().removeprefix("\\x").removeprefix("0x"))
    return bytes.fromhex(digits[0][: len(digits[0]) // 2 * 2]) if digits else b""


def _files(column: Column, found: Mapping[int, Signal]) -> Iterator[Hits | Unread | Column]:
    rows: dict[tuple[str, str, float], list[int]] = defaultdict(list)
    texts: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for row, signal in found.items():
        for entity, score in signal.entities.items():
            rows[entity, signal.format, score].append(row)
        for name, said in signal.texts.items():
            texts[name] += ((row, text) for text in said)
    for (entity, form, score), some in rows.items():
        every = [found[row].ranges for row in some]
        names = dict.fromkeys(name for one in every for name in one)
        ranges = {n: (min(o[n] for o in every if n in o), max(o[n] for o in every if n in o)) for n in names}  # fmt: skip
        mask = masked(np.array(some), len(column.cells))
        yield Hits(entity, mask, score, f"signals/{form}", ranges=ranges)
    for name, inside in texts.items():
        at, words = zip(*inside, strict=True)
        labels = None if column.labels is None else column.labels.gather(list(at))
        path = f"{column.path}[].{name}"
        yield Column(path, Kind.TEXT, pl.Series(path, words, pl.String), labels)
    for row, signal in found.items():
        if signal.damage:
            label = "" if column.labels is None else column.labels[row]
            reason = f"malformed {signal.format} record: {signal.damage}"
            yield Unread(label, "", reason, len(column.cells[row]), 1)
