"""What is read from Arrow's buffers is what Polars' own queries say, however a series was cut."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from privscan.rulebook.text import bytes_of, is_ascii, matching, taken

TEXTS = ["", "a", "12 bytes long", "é", "東京都千代田区丸の内", "x" * 500, "e\x00f", "plain"]

SERIES = {
    "whole": pl.Series(TEXTS),
    "cut": pl.Series([*TEXTS, *TEXTS]).slice(3, 9),
    "taken": pl.Series(TEXTS)[[5, 1, 1, 0]],
    "in chunks": pl.concat([pl.Series(TEXTS), pl.Series(TEXTS)], rechunk=False),
    "ascii beside others": pl.Series(["é", "a", "b"]).slice(1),
    "empty": pl.Series([], dtype=pl.String),
    "many": pl.Series(TEXTS * 1000),
}


@pytest.mark.parametrize("cells", SERIES.values(), ids=SERIES)
def test_bytes_and_ascii_are_those_of_polars(cells: pl.Series) -> None:
    assert bytes_of(cells).tolist() == cells.str.len_bytes().to_list()
    plain = cells.str.len_bytes() == cells.str.len_chars()
    assert is_ascii(cells).tolist() == plain.to_list()


def test_a_null_has_no_bytes() -> None:
    assert bytes_of(pl.Series(["abc", None, "é"])).tolist() == [3, 0, 2]
    assert bytes_of(pl.Series([None], dtype=pl.String)).tolist() == [0]


@pytest.mark.parametrize("rows", [[], [0], [1, 1, 0], list(range(8)), list(range(8))[::-1]])
def test_cells_are_taken_in_the_order_asked(rows: list[int]) -> None:
    cells = pl.Series("name", TEXTS)
    some = taken(cells, np.array(rows, np.int64))
    assert some.to_list() == [TEXTS[row] for row in rows]
    assert (some.name, some.dtype) == ("name", pl.String)


def test_only_rows_asked_are_matched() -> None:
    cells = pl.Series(TEXTS)
    assert matching(cells, np.array([0, 2, 7]), "n").tolist() == [2, 7]
    assert matching(cells, np.array([], np.int64), "n").tolist() == []
