"""Looks for texts on which `privscan.spans` and Presidio differ, until the time is up.

usage: python tests/recognition/fuzz.py [--minutes N] [--seed N] [--only SET] [--failures FILE]

All texts are made up, so they may be printed. Exit 1 if a difference was found.
"""

# ruff: noqa: T201  what it finds is printed

from __future__ import annotations

import argparse
import json
import logging
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2] / "bench"))

import polars as pl
from differential import Mismatch, Question, mismatches, shrunk
from made_texts import adversarial, presidio_cases
from mixed import table
from odd_patterns import TEXTS
from odd_recognizers import odd_sets
from oracle import Oracle, everything
from pattern_texts import alphabet, pattern_texts

SIZE = 400
"""Values asked in one round."""

THRESHOLDS = (0.0, 0.0, 0.0, 0.05, 0.3, 0.35, 0.4, 0.45, 0.5, 0.75, 1.0)


def main() -> int:
    """Fuzz; 0 if nothing differed."""
    options = _options()
    logging.getLogger("presidio-analyzer").setLevel(logging.ERROR)
    rng, ends = Random(options.seed), time.monotonic() + options.minutes * 60
    sets = {"presidio": (Oracle(), "presidio"), "all": (Oracle(everything()), "all")}
    sets |= {name: (Oracle(given), given) for name, given in odd_sets().items()}
    weights = [8, 5, *[1] * (len(sets) - 2)]
    rounds = asked = differing = 0
    seen: set[tuple[str, ...]] = set()
    while time.monotonic() < ends:
        name = options.only or rng.choices(list(sets), weights)[0]
        question = _question(*sets[name], rng)
        kind, values = _values(question.oracle, rng)
        rounds, asked = rounds + 1, asked + len(values)
        for found in _told(mismatches(question, values), question, f"{name}; {kind}", seen):
            differing += 1
            with options.failures.open("a", encoding="utf-8") as file:
                print(json.dumps(_record(found, question, name)), file=file)
    print(f"seed {options.seed}: {asked:,} values in {rounds:,} rounds, {differing:,} differ")
    if differing:
        print(f"those that differ are in {options.failures}")
    return int(differing > 0)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=int.from_bytes(os.urandom(3)))
    parser.add_argument("--only", help="one set of recognizers, by name")
    parser.add_argument("--failures", type=Path, default=Path("fuzz-failures.jsonl"))
    return parser.parse_args()


def _question(oracle: Oracle, ours: Any, rng: Random) -> Question:
    words = [w for r in oracle.recognizers for w in r.context or ()] or ["id"]
    context: tuple[str, ...] = ()
    if rng.random() < 0.4:
        known, unknown = rng.choice(words), rng.choice(("", "zzz", "ünrelated", "Ⅷ"))
        context = rng.choice(
            (
                (known,),
                (known.upper(),),
                (f"x{known}y",),
                (unknown, known),
                (unknown,),
                tuple(words),
            )
        )
    return Question(oracle, ours, rng.choice(THRESHOLDS), context)


def _values(oracle: Oracle, rng: Random) -> tuple[str, list[str]]:
    seed, kind = (
        rng.randrange(1 << 30),
        rng.choice(("cells", "near", "turned", "turned", "letters", "column")),
    )
    near = list(pattern_texts(oracle.recognizers, SIZE, seed)) or list(TEXTS)
    match kind:
        case "near":
            return kind, near
        case "cells":
            return kind, rng.sample(_cells(seed), SIZE)
        case "column":
            frame = table(SIZE, seed=seed)
            column = frame[rng.choice(frame.columns)].cast(pl.String).drop_nulls().to_list()
            return kind, [*column, *adversarial(column, SIZE // 4, seed)]
        case "turned":
            pool = [*near, *TEXTS, *rng.sample(_cells(seed), SIZE), *presidio_cases()]
            return kind, list(adversarial(pool, SIZE, seed))
    return kind, list(_letters(oracle, rng))


def _cells(seed: int) -> list[str]:
    frame = table(100, seed=seed)
    return [cell for column in frame for cell in column.cast(pl.String).drop_nulls()]


def _letters(oracle: Oracle, rng: Random) -> Iterator[str]:
    for _ in range(SIZE):
        letters = alphabet(rng.choice(oracle.recognizers))
        few = rng.sample(letters, min(len(letters), rng.choice((2, 4, 12))))
        yield "".join(rng.choice(few) for _ in range(rng.choice((1, 3, 8, 20, 40))))


def _told(
    found: Iterator[Mismatch], question: Question, where: str, seen: set[tuple[str, ...]]
) -> Iterator[Mismatch]:
    """Each difference, the first one of the same recognizers printed at its smallest."""
    for mismatch in found:
        if mismatch.recognizers in seen:
            yield mismatch
            continue
        seen.add(mismatch.recognizers)
        least = shrunk(question, mismatch)
        print(f"[{where}; from {question.score_threshold}; context {question.context}]")
        print(f"  {least}\n    value {least.value!r}", flush=True)
        yield least


def _record(found: Mismatch, question: Question, name: str) -> dict[str, Any]:
    return {
        "recognizers": name,
        "score_threshold": question.score_threshold,
        "context": question.context,
        "value": found.value,
        "only_presidio": sorted(found.presidio),
        "only_privscan": sorted(found.ours),
    }


if __name__ == "__main__":
    sys.exit(main())
