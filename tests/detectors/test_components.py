"""Vectors with a column for each component: told by the headers, of as many as embeddings have."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa
import pytest

import privscan as ps
from privscan.detectors import components
from privscan.model.data import Column
from privscan.model.kinds import Kind

sys.path.append(str(Path(__file__).parent))
from made_vectors import ROWS, unit

PERSONS = ["Anna Schmidt", "Peter Miller", "Maria Garcia", "John Smith", "Laura Rossi"] * 12
KEYS = [f"P{i:05d}" for i in range(ROWS)]


def found(header, width=128, *, numbers=None, **beside):
    """By entity, how many of the numbered columns are of it; and their confidences."""
    rows = unit(512)[:, :width] if numbers is None else numbers
    columns = {header.format(k): pa.array(rows[:, k].tolist()) for k in range(width)}
    report = ps.scan(pa.table({**beside, **columns}))
    profiles = [c for c in report.datasets[0].columns if c.path in columns and c.entity]
    return {c.entity: sum(o.entity == c.entity for o in profiles) for c in profiles}, profiles


def says(column):
    return " ".join(reason.what["en"] for reason in column.entities[0].reasons)


@pytest.mark.parametrize(
    ("header", "entity"),
    [
        ("face_emb_{}", "face_template"),
        ("face{}", "face_template"),
        ("Face Embedding [{}]", "face_template"),
        ("data.face_vec_{}", "face_template"),
        ("顔特徴量_{}", "face_template"),
        ("xvector_{}", "voiceprint"),
        ("speaker_emb_{}", "voiceprint"),
    ],
)
def test_headers_say_of_what_the_components_are(header, entity):
    seen, profiles = found(header, user_id=KEYS)
    assert seen == {entity: 128}
    assert min(c.confidence for c in profiles) > 0.9
    assert all("components of one vector" in says(c) for c in profiles)


def test_components_of_anything_beside_persons_are_a_question():
    seen, profiles = found("emb_{}", full_name=PERSONS)
    assert seen == {"biometric_template": 128}
    assert all(0.5 <= c.confidence < 0.6 for c in profiles)


@pytest.mark.parametrize(
    ("header", "width", "beside"),
    [
        ("emb_{}", 128, {}),
        ("emb_{}", 128, {"sku": KEYS}),
        ("text_emb_{}", 128, {"user_id": KEYS}),
        ("item_embedding_{}", 128, {"user_id": KEYS}),
        ("face{}", 32, {"user_id": KEYS}),
        ("face_x_{}", 128, {"user_id": KEYS}),
        ("surface_{}", 128, {"user_id": KEYS}),
        ("V{}", 128, {"user_id": KEYS}),
        ("pixel{}", 128, {"user_id": KEYS}),
    ],
)
def test_other_numbered_columns_are_none(header, width, beside):
    assert found(header, width, **beside)[0] == {}


def test_whole_numbers_are_no_components():
    counts = np.random.default_rng(1).integers(0, 255, (ROWS, 128))
    assert found("face{}", numbers=counts, user_id=KEYS)[0] == {}


def test_a_hostile_header_takes_no_time():
    cells = pl.Series(["0.5"])
    begin = time.perf_counter()
    for header in ("a" + "_" * 30_000 + "x", "a" * 50_000 + "1", "_ -" * 20_000):
        assert list(components.find(Column(header, Kind.TEXT, cells))) == []
    assert time.perf_counter() - begin < 1
