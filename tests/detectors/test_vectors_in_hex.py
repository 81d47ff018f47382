"""Packed numbers in hexadecimal, as databases dump them."""

import numpy as np
import polars as pl
import pytest

from privscan.detectors import vectors
from privscan.model.data import Column, Hits
from privscan.model.kinds import Kind


def entities(*texts, path="face_embedding"):
    column = Column(path, Kind.TEXT, pl.Series(path, list(texts)))
    return {h.entity for h in vectors.find(column) if isinstance(h, Hits)}


@pytest.mark.parametrize("kind", ["<f4", "<f8"])
@pytest.mark.parametrize("case", [str.lower, str.upper])
def test_packed_vectors_in_hexadecimal(kind, case):
    rows = np.random.default_rng(4).normal(size=(6, 512))
    packed = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(kind)
    assert "face_template" in entities(*(case(row.tobytes().hex()) for row in packed))


def test_other_hexadecimal_is_no_vector():
    chance = np.random.default_rng(5)
    assert not entities(*(chance.bytes(2_048).hex() for _ in range(50)))
    assert not entities("ab" * 2_048, "00" * 512, "7f" * 512)
