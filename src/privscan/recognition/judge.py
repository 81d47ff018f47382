"""Scores of matches: check digits over whole columns, Presidio's own methods for the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from privscan.recognition.checks.verdicts import CONFIRM, DROP, KEEP, UNDECIDED
from privscan.recognition.matches import Spans
from privscan.rulebook.text import is_ascii, taken

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from privscan.recognition.recognizer import Pattern, Recognizer

    Scores = NDArray[np.float64]


def scores(recognizer: Recognizer, pattern: Pattern, cells: pl.Series, spans: Spans) -> Scores:
    """The score of each match: `validate_result`, then `invalidate_result` have their say.

    0 where a check fails, NaN where the recognizer's own code did.
    """
    plain = np.full(len(spans.row), float(pattern.score))
    if not (recognizer.validates or recognizer.invalidates) or not len(plain):
        return plain
    texts = spans.texts(cells)
    said = verdicts(recognizer, texts)
    return np.select([said == CONFIRM, said == KEEP, said == DROP], [1.0, plain, 0.0], np.nan)


def verdicts(recognizer: Recognizer, texts: pl.Series) -> NDArray[np.int8]:
    """CONFIRM, DROP or KEEP for each text, UNDECIDED where the recognizer's own code failed."""
    said = np.full(len(texts), UNDECIDED, np.int8)
    if recognizer.check is not None:
        plain = np.flatnonzero(is_ascii(texts))
        if len(plain):
            some = texts if len(plain) == len(texts) else taken(texts, plain)
            said[plain] = recognizer.check(some)
    left = np.flatnonzero(said == UNDECIDED)
    if len(left):
        said[left] = _asked(recognizer, taken(texts, left))
    return said


def _asked(recognizer: Recognizer, texts: pl.Series) -> NDArray[np.int8]:
    """The recognizer's own methods, each distinct text once."""
    own = recognizer.own()
    distinct = texts.unique()
    said = [_verdict(own, text) for text in distinct.to_list()]
    known = pl.DataFrame({"text": distinct, "said": pl.Series(said, dtype=pl.Int8)})
    asked = texts.rename("text").to_frame()
    return asked.join(known, on="text", how="left", maintain_order="left")["said"].to_numpy()


def _verdict(own: Any, text: str) -> int:
    try:
        valid = own.validate_result(text)
        dropped = own.invalidate_result(text)
    except Exception:  # noqa: BLE001  a stranger's code may raise anything; its text may quote the cell
        return int(UNDECIDED)
    if dropped:
        return int(DROP)
    return int(KEEP if valid is None else CONFIRM if valid else DROP)
