"""Recognizers whose `analyze` is their own: asked cell by cell, each distinct cell once."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import polars as pl

from privscan.recognition.budget import Budget
from privscan.recognition.matches import Spans
from privscan.rulebook._presidio import presidio

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from privscan.recognition.recognizer import Recognizer

    Rows = NDArray[np.int64]


class Asked(NamedTuple):
    """Spans and scores by entity and whether the recognizer has looked at context itself.

    `late` are cells for which no time was left, `failed` those on which its code failed.
    """

    found: Mapping[tuple[str, bool], tuple[Spans, NDArray[np.float64]]]
    late: Rows
    failed: Rows


def own_results(
    recognizer: Recognizer, cells: pl.Series, entities: Sequence[str], context: Sequence[str]
) -> Asked:
    """What the recognizer itself says of each cell, in Presidio's order of calls.

    `entities` are those of all recognizers that are asked, as Presidio hands them to each.
    """
    found: dict[tuple[str, bool], list[tuple[int, int, int, float]]] = defaultdict(list)
    budget, failed = Budget(), []
    own, nothing = recognizer.own(), _no_language()
    for row, text in enumerate(cells.to_list()):
        if budget.spent(row):
            continue
        started = time.monotonic()
        try:
            said = own.analyze(text, list(entities), nothing) or []
            said = own.enhance_using_context(text, said, [], nothing, list(context))
            read = [((one.entity_type, _final(one)), one.start, one.end, one.score) for one in said]
        except Exception:  # noqa: BLE001  a stranger's code may raise anything; its text may quote the cell
            failed.append(row)
            continue
        budget.charge(time.monotonic() - started)
        for key, start, end, score in read:
            found[key].append((row, start, end, score))
    return Asked(
        {key: _columns(spans) for key, spans in sorted(found.items())},
        np.array(sorted(budget.given_up), np.int64),
        np.array(failed, np.int64),
    )


def _columns(spans: list[tuple[int, int, int, float]]) -> tuple[Spans, NDArray[np.float64]]:
    row, start, end, score = (np.array(column) for column in zip(*spans, strict=True))
    return Spans(row, start, end), score.astype(float)


def _final(result: Any) -> bool:
    key = presidio().RecognizerResult.IS_SCORE_ENHANCED_BY_CONTEXT_KEY
    return bool((result.recognition_metadata or {}).get(key))


def _no_language() -> Any:
    """What Presidio's engine without a language model hands to recognizers."""
    artifacts = presidio().nlp_engine.NlpArtifacts
    return artifacts(
        entities=[], tokens=[], tokens_indices=[], lemmas=[], nlp_engine=None, language="en"
    )
