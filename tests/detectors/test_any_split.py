"""A cell is judged by itself: however a column is cut, the hits are the same."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from privscan.detectors import addresses, coordinates, dates, places, postcodes, titles
from privscan.model.data import Column
from privscan.model.kinds import Kind

CELLS = (
    """
Lyon|Zürich|Jackson|75001 Paris|Paris (75)|St. Louis, MO|東京都港区|US|TX|Germany|12 Main St|Hauptstraße 5
5 Place de la Concorde|東京都港区芝公園4丁目2-8|테헤란로 152|P.O. Box 123|Apt 4B|2-17|100-0001|SW1A 1AA|75001
01234|1000001|35.6812, 139.7671|35.68123|POINT(139.7671 35.6812)|35°41'22"N|1984-02-29|31/12/85|12 mars 1985
昭和五十年三月十二日|S59.2.29|1984|19850101|2024-01-31 12:00:01|John Smith|red apple|12|x|abc-def
Please deliver the parcel to 12 Baker Street before noon|a text of no interest, written in 2019 by nobody
Mr Smith called about it|Maria called us|it went to Anna Lindqvist, near 35.6812N 139.7671E|担当:山田 東京都港区芝公園4丁目2-8に住む
""".strip()
    .replace("\n", "|")
    .split("|")
)


def hits(detector, cells):
    """For each kind of hit the rows it is in, and those of them that are it as a whole."""
    column = Column("x", Kind.TEXT, pl.Series("x", cells, pl.String))
    seen = {}
    for hit in detector.find(column):
        rows = np.flatnonzero(hit.mask.to_numpy())
        whole = rows if hit.whole is None else np.flatnonzero((hit.mask & hit.whole).to_numpy())
        seen.setdefault((hit.entity, hit.detector, hit.score), []).append((rows, whole))
    return {
        key: [np.concatenate(both) for both in zip(*some, strict=True)]
        for key, some in seen.items()
    }


@pytest.mark.parametrize("detector", [addresses, coordinates, dates, places, postcodes, titles])
@settings(max_examples=25, deadline=None)
@given(
    cells=st.lists(
        st.one_of(st.sampled_from(CELLS), st.text(max_size=12)), min_size=1, max_size=30
    ),
    cut=st.integers(0, 30),
)
def test_any_split_gives_the_same_hits(detector, cells, cut):
    whole, parts = hits(detector, cells), [hits(detector, cells[:cut]), hits(detector, cells[cut:])]
    assert set(whole) == set(parts[0]) | set(parts[1])
    for key, (rows, those) in whole.items():
        for place, expected in enumerate((rows, those)):
            found = [
                p[key][place] + offset
                for p, offset in zip(parts, (0, min(cut, len(cells))), strict=True)
                if key in p
            ]
            assert sorted(np.concatenate(found)) == sorted(expected)
