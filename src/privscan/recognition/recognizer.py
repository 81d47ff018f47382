"""A recognizer as data: what it looks for, how its matches are judged, and its own code behind.

Made from a class of Presidio's (out of a generated table, so that a scan need not import
Presidio), from a recognizer object of a user's, or from our YAML.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from privscan.rulebook.compile import Compiled, compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

Check = Callable[[pl.Series], "NDArray[np.int8]"]
"""Verdicts on matched ASCII texts: 1 right, 0 wrong, -1 the pattern's score, 2 not decided."""


class Way(StrEnum):
    """How a recognizer's answer is found."""

    COMPILED = "compiled"
    SUPERSET = "superset"
    FALLBACK = "fallback"


class Judge(StrEnum):
    """What happens with the matches of a recognizer's patterns."""

    PATTERNS = "patterns"
    IBAN = "iban"
    PHONE = "phone"
    OWN = "own"


@dataclass(frozen=True, eq=False)
class Pattern:
    """One regex of a recognizer with its flags (numbers of `re`) and the score of its matches.

    `probes` are Rust regexes of which every ASCII cell holds one in which a match passes the
    recognizer's check: validation is part of the answer, so what cannot pass need not be found.
    """

    name: str
    regex: str
    score: float
    flags: int
    given: Compiled | None = None
    probes: tuple[str, ...] = ()

    @cached_property
    def form(self) -> Compiled | None:
        """Its Rust forms, None where none can be derived or Rust's engine refuses them."""
        if self.given is not None:
            return self.given
        try:
            form = compiled(self.regex, self.flags)
            pl.Series(["x"]).str.contains(f"{form.seek}|{form.wide}")
        except (re.error, pl.exceptions.ComputeError, OverflowError, RecursionError):
            return None
        return form


@dataclass(frozen=True, eq=False)
class Recognizer:
    """What Presidio's engine would ask, and how it is asked here.

    `own` makes the recognizer object, whose methods judge what `check` leaves open; `validates`
    and `invalidates` say which of them it has of its own. `regions` and `leniency` are those of
    phone recognizers.
    """

    name: str
    entity: str
    context: tuple[str, ...]
    patterns: tuple[Pattern, ...]
    judge: Judge
    own: Callable[[], Any]
    validates: bool = False
    invalidates: bool = False
    check: Check | None = None
    regions: tuple[str, ...] = ()
    leniency: int = 1
    entities: tuple[str, ...] = field(default=())

    @property
    def way(self) -> Way:
        """Compiled where Python is asked of rare cells only, superset of those that may match."""
        if self.judge is Judge.OWN or any(pattern.form is None for pattern in self.patterns):
            return Way.FALLBACK
        exact = all(pattern.form and pattern.form.exact for pattern in self.patterns)
        checked = self.check is not None or not (self.validates or self.invalidates)
        return Way.COMPILED if exact and checked else Way.SUPERSET

    def reaches(self, pattern: Pattern, threshold: float, context: Sequence[str]) -> bool:
        """Whether a match of the pattern can have that score, with the words of context."""
        best = np.array([1.0 if self.validates else pattern.score])
        return bool(boosted(best, self, context)[0] >= threshold)


BOOST, LEAST = 0.35, 0.4
"""What a context word adds, and the least that is then reached (Presidio's defaults)."""


def boosted(
    score: NDArray[np.float64], recognizer: Recognizer, context: Sequence[str]
) -> NDArray[np.float64]:
    """Scores once Presidio's enhancer has seen the words of context that came with the texts."""
    if not supported(recognizer, context):
        return score
    return np.minimum(np.maximum(score + BOOST, LEAST), 1.0)


def supported(recognizer: Recognizer, context: Sequence[str]) -> bool:
    """Whether a word of the recognizer's stands in a word of the context, as Presidio looks."""
    words = ["", *(word.lower() for word in context)]
    found = (own for own in recognizer.context if any(own.lower() in word for word in words))
    return next(found, "") != ""
