"""Take out what identifiers stand inside texts, by Presidio's anonymizer on the spans found."""

from __future__ import annotations

import hmac
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import polars as pl

from privscan.detectors.phone import REGIONS
from privscan.errors import UsageError
from privscan.protect.cells import changed
from privscan.protect.treating import Apply, Asked
from privscan.recognition.bound import bound, bound_for
from privscan.recognition.predefined import PHONE, predefined
from privscan.recognition.recognizer import Recognizer
from privscan.recognition.results import GivenUp, results
from privscan.rulebook.normal import normal

PLUGIN = True
OPTIONS = ("replace", "mask", "remove", "token", "only", "least")

WAYS = ("replace", "mask", "remove", "token")
LEAST = 30
"""Per cent of certainty from which a span goes: rather a word too many than an identifier left."""

_HEX = 32
_PHONE = "phone"


def made(asked: Asked) -> Apply:
    """Spans become `<ENTITY>`, stars, nothing, or keyed tokens; `only` names entities, joined by +.

    A text that a recognizer gives up on goes whole: what was not looked at is not passed on.
    """
    ways = [way for way in WAYS if way in asked.options]
    if len(ways) > 1:
        raise UsageError("redact takes one way at a time", hint=", ".join(WAYS))
    operators = _operators(ways[0] if ways else "replace", asked)
    only = frozenset(e for e in asked.options.get("only", "").split("+") if e)
    strange = only - {one.entity for one in bound().values()} - {_PHONE}
    if strange:
        raise UsageError(f"no recognizer finds {min(strange)!r}", hint="privscan explain ENTITY")
    least = asked.number("least", LEAST, 0, 100) / 100

    def redacted(cells: pl.Series) -> pl.Series:
        found, unread = _spans(cells, only, least)
        texts = cells.to_list()
        # Only texts that hold something; Presidio works on one at a time.
        for row, spans in found.items():
            texts[row] = _without(texts[row], spans, operators)
        for row in unread:
            texts[row] = "<UNREAD>"
        return pl.Series(texts, dtype=pl.String)

    return lambda array: changed(array, redacted)


@cache
def _recognizers() -> tuple[Recognizer, ...]:
    """Those that a scan looks into texts with, telephone numbers of all its regions among them."""
    calls = predefined(PHONE, None)
    regions = (*dict.fromkeys((*calls.regions, *(r for some in REGIONS for r in some))),)
    return (*bound_for(""), replace(calls, regions=regions))


Span = tuple[str, int, int, float]


def _spans(
    cells: pl.Series, only: frozenset[str], least: float
) -> tuple[dict[int, list[Span]], set[int]]:
    """The spans of each text that has any, and the texts without a full answer."""
    found: dict[int, list[Span]] = defaultdict(list)
    unread: set[int] = set()
    for some in _looks(cells):
        for item in results(some, _recognizers()):
            if isinstance(item, GivenUp):
                unread |= {int(row) for row in item.rows}
                continue
            name = item.recognizer.name
            entity = _PHONE if name == PHONE else bound()[name].entity
            if only and entity not in only:
                continue
            columns = (item.spans.row, item.spans.start, item.spans.end, item.score)
            for row, start, end, score in zip(*(c.tolist() for c in columns), strict=True):
                if score >= least:
                    found[row].append((entity.upper(), start, end, score))
    return found, unread


def _looks(cells: pl.Series) -> Iterator[pl.Series]:
    """The texts, and as a scan reads wide ones where that moves no character."""
    yield cells
    narrow = normal(cells)
    moved = narrow.str.len_chars() != cells.str.len_chars()
    if (narrow != cells).any():
        yield narrow.zip_with(~moved, cells)


def _operators(way: str, asked: Asked) -> dict[str, Any]:
    from presidio_anonymizer import OperatorConfig

    match way:
        case "mask":
            stars = {"masking_char": "*", "chars_to_mask": 1 << 30, "from_end": False}
            return {"DEFAULT": OperatorConfig("mask", stars)}
        case "remove":
            return {"DEFAULT": OperatorConfig("redact", {})}
        case "token":
            secret = asked.sub("token")

            def token(text: str) -> str:
                return f"tok_{hmac.digest(secret, text.encode(), 'sha256').hex()[:_HEX]}"

            return {"DEFAULT": OperatorConfig("custom", {"lambda": token})}
        case _:
            return {"DEFAULT": OperatorConfig("replace", {})}


def _without(text: str, spans: list[Span], operators: dict[str, Any]) -> str:
    from presidio_anonymizer import AnonymizerEngine
    from presidio_anonymizer.entities import RecognizerResult

    # Where spans overlap Presidio's anonymizer takes their union or the longer one.
    results_ = [RecognizerResult(entity, start, end, score) for entity, start, end, score in spans]
    engine: Any = AnonymizerEngine
    done: str = engine().anonymize(text, results_, operators).text
    return done
