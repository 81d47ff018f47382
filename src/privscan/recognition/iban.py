"""IBAN as Presidio's recognizer reads it: of a match the longest part that is valid.

It tries the whole match, then without the regex's last group of one to three characters, then
without the last group of four too, and takes the first that its validation lets pass.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from privscan.recognition.budget import Budget
from privscan.recognition.checks.verdicts import CONFIRM, DROP
from privscan.recognition.judge import verdicts
from privscan.recognition.matches import Spans, joined, matches
from privscan.rulebook.text import taken

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from privscan.recognition.cells import Candidates, Cells
    from privscan.recognition.recognizer import Recognizer

REGEX = (
    r"(?<![A-Z0-9])([A-Z]{2}[0-9]{2}(?:[ -]?[A-Z0-9]{4}){2,6})"
    r"((?:[ -]?[A-Z0-9]{4})?)((?:[ -]?[A-Z0-9]{1,3})?)(?![A-Z0-9])"
)
"""The pattern that this file knows the groups of; another one is asked of Presidio itself."""

_GROUPS = (
    r"(?i)\A([A-Z]{2}[0-9]{2}(?:[ -]?[A-Z0-9]{4}){2,6})"
    r"((?:[ -]?[A-Z0-9]{4})?)((?:[ -]?[A-Z0-9]{1,3})?)\z"
)
"""Of a match cut out of its text the groups are those of the match, as both take the first way
that reaches its end."""

_LEFT_OUT = ("", "${3}", "${2}${3}")
"""What each try leaves out at the end."""


def iban(
    recognizer: Recognizer, candidates: Candidates, cells: Cells, budget: Budget
) -> tuple[Spans, NDArray[np.float64]]:
    """Spans and scores of the recognizer's own `analyze` in ASCII cells, one result a match."""
    found = matches(candidates, cells, budget)
    texts = found.texts(cells.texts)
    end, undecided = found.lengths, np.arange(len(texts))
    spans: list[Spans] = []
    scores: list[NDArray[np.float64]] = []
    for left_out in _LEFT_OUT:
        some = taken(texts, undecided)
        if left_out:
            shorter = some.str.replace(_GROUPS, left_out).str.len_bytes().to_numpy()
            end[undecided] = found.lengths[undecided] - shorter
        said = verdicts(recognizer, some.str.slice(0, pl.Series(end[undecided])))
        hit = said != DROP
        at = undecided[hit]
        spans.append(Spans(found.row[at], found.start[at], found.start[at] + end[at]))
        scores.append(np.where(said[hit] == CONFIRM, 1.0, float(candidates.pattern.score)))
        undecided = undecided[~hit]
    return joined(spans), np.concatenate(scores)
