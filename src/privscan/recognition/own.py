"""Recognizers whose `analyze` is their own: asked cell by cell, each distinct cell once."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from privscan.recognition.budget import Budget
from privscan.recognition.matches import Spans
from privscan.rulebook._presidio import presidio

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from privscan.recognition.recognizer import Recognizer


def own_results(
    recognizer: Recognizer, cells: pl.Series, context: Sequence[str], budget: Budget
) -> Iterator[tuple[str, Spans, NDArray[np.float64]]]:
    """By entity the spans and scores; a cell whose code fails or is late is given up."""
    found: dict[str, list[tuple[int, int, int, float]]] = defaultdict(list)
    own, nothing = recognizer.own(), _no_language()
    for row, text in enumerate(cells.to_list()):
        if budget.spent(row):
            continue
        started = time.monotonic()
        try:
            said = own.analyze(text, list(recognizer.entities), nothing) or []
            said = own.enhance_using_context(text, said, [], nothing, list(context))
        except Exception:  # noqa: BLE001  a stranger's code may raise anything; its text may quote the cell
            budget.give_up(row, time.monotonic() - started)
            continue
        for one in said:
            found[one.entity_type].append((row, one.start, one.end, one.score))
    for entity, spans in sorted(found.items()):
        row_, start, end, score = zip(*spans, strict=True)
        yield entity, Spans(np.array(row_), np.array(start), np.array(end)), np.array(score, float)


def _no_language() -> Any:
    """What Presidio's engine without a language model hands to recognizers."""
    artifacts = presidio().nlp_engine.NlpArtifacts
    return artifacts(
        entities=[], tokens=[], tokens_indices=[], lemmas=[], nlp_engine=None, language="en"
    )
