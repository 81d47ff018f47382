"""Made-up values and what Presidio answers on them, kept on disk where a folder is named."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

import polars as pl

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "recognition"))
from made_texts import adversarial, presidio_cases
from oracle import Oracle
from pattern_texts import pattern_texts

CHUNK = 10_000
KINDS = ("mixed", "adversarial", "mixed", "pattern")
"""What the chunks hold, in turn: table cells, cells turned against a matcher, near-matches."""

SPAN = {
    "entity": pl.String, "start": pl.Int32, "end": pl.Int32, "score": pl.Float64,
    "recognizer": pl.String,
}  # fmt: skip
SCHEMA = {"value": pl.String, "spans": pl.List(pl.Struct(SPAN)), "seconds": pl.Float64}


def chunks(count: int, folder: Path | None, kinds: Sequence[str] = KINDS) -> Iterator[pl.DataFrame]:
    """Frames of values with Presidio's spans and its CPU seconds, `count` values in all."""
    logging.getLogger("presidio-analyzer").setLevel(logging.ERROR)
    oracle = Oracle()
    for number in range(-(-count // CHUNK)):
        kind = KINDS[number % len(KINDS)]
        if kind in kinds:
            size = min(CHUNK, count - number * CHUNK)
            yield _answers(oracle, kind, number, size, folder)


def _answers(
    oracle: Oracle, kind: str, number: int, size: int, folder: Path | None
) -> pl.DataFrame:
    kept = folder and folder / f"{kind}-{number:04}-{size}.parquet"
    if kept and kept.exists():
        return pl.read_parquet(kept)
    rows = []
    for value in values(kind, number, size, oracle):
        started = time.process_time()
        answer = oracle.answer(value)
        seconds = time.process_time() - started
        spans = [dict(zip(SPAN, (*span, name), strict=True)) for span, name in answer.items()]
        rows.append((value, spans, seconds))
    frame = pl.DataFrame(rows, SCHEMA, orient="row")
    if kept:
        folder.mkdir(parents=True, exist_ok=True)
        frame.write_parquet(kept.with_suffix(".part"))
        kept.with_suffix(".part").rename(kept)
    return frame


def values(kind: str, number: int, size: int, oracle: Oracle) -> list[str]:
    """The distinct values of a chunk; the same ones at every call."""
    if kind == "pattern":
        return list(dict.fromkeys(pattern_texts(oracle.recognizers, size, seed=number)))
    cells = table_cells(size, seed=number)
    if kind == "mixed":
        return cells
    pool = cells + presidio_cases() + list(pattern_texts(oracle.recognizers, 2_000, seed=number))
    return list(dict.fromkeys(adversarial(pool, size, seed=number)))


def table_cells(size: int, seed: int) -> list[str]:
    """Distinct cells of the mixed table, of every column, in random order."""
    from mixed import table

    frame = table(max(200, size // 12), seed=seed)
    cells = [cell for column in frame for cell in column.cast(pl.String).drop_nulls().unique()]
    distinct = list(dict.fromkeys(cells))
    Random(seed).shuffle(distinct)
    return distinct[:size]


if __name__ == "__main__":
    for frame in chunks(int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:] or KINDS):
        print(len(frame), round(frame["seconds"].sum()), flush=True)
