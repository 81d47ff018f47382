"""Rows of numbers as models make them, and as everything else does."""

from __future__ import annotations

import numpy as np

ROWS = 60
_MADE = np.random.default_rng(17)
_GAUSS = _MADE.normal(size=(ROWS, 512))


def unit(width=512):
    """Embeddings of length 1."""
    rows = _MADE.normal(size=(ROWS, width))
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def dense(width=128, size=0.12):
    """Embeddings of any length."""
    return _MADE.normal(size=(ROWS, width)) * size


def outlying(width=512):
    """Embeddings of which a few components are large, as CLIP's are."""
    rows = dense(width)
    rows[:, [5, 200]] = [3, -4]
    return rows


NOT_EMBEDDINGS = {
    "walks of prices": 100 + np.cumsum(_GAUSS, axis=1),
    "waves": np.sin(np.arange(512) / 9)[None] * (_MADE.random((ROWS, 1)) + 0.5) + _GAUSS * 0.05,
    "one-hot": np.eye(512)[:ROWS],
    "counts": _MADE.poisson(3, (ROWS, 256)).astype(float),
    "histograms": _MADE.dirichlet(np.ones(256), ROWS),
    "rows of pixels": np.cumsum(_MADE.integers(-3, 4, (ROWS, 4096)), axis=1) / 255,
    "whole shades": _MADE.integers(0, 256, (ROWS, 128)).astype(float),
    "shares": _MADE.random((ROWS, 512)),
    "sorted": np.sort(_GAUSS, axis=1),
    "points x, y": (_MADE.random((ROWS, 256, 2)) * [640, 30] + [0, 200]).reshape(ROWS, 512),
    "joints x, y, z": (_MADE.normal(size=(ROWS, 43, 3)) + np.array([0, 9, 20])).reshape(ROWS, 129),
    "spectra": np.exp(-((np.arange(512) - _MADE.integers(90, 400, (ROWS, 1))) ** 2) / 900),
    "sparse": np.where(_MADE.random((ROWS, 512)) < 0.02, _GAUSS, 0),
    "constant": np.full((ROWS, 128), 0.5),
    "few levels": np.sign(_GAUSS) * 0.25,
    "temperatures": 15 + 9 * np.sin(np.arange(384) / 24 * 2 * np.pi)[None] + _GAUSS[:, :384],
    "missing": np.where(_MADE.random((ROWS, 256)) < 0.03, np.nan, _GAUSS[:, :256]),
}
