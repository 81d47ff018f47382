"""Which part of the body a capture's file or column name speaks of: evidence, never proof.

Sensors, public collections and hand-made folders name captures alike: finger and hand, person
and impression (`101_1.tif`, `S1001L01.jpg`), or the collection (`FVC2004/DB1_B`, `CASIA-Iris`).
"""

from __future__ import annotations

import re

import numpy as np
import polars as pl

from privscan.model.data import Column

FINGER, PALM, IRIS, VEIN = "finger", "palm", "iris", "vein"

_NAMES = {
    FINGER: (
        r"finger|thumb(?!nail)|minutia|\bfvc ?\d|\bdb[1-4] ?[ab]\b|socofing|\bten ?prints?\b|\bslaps?\b"
        r"|\b(?:left|right|l|r) (?:index|middle|ring|little)\b|\blatents?\b|\bwsq\b|\bnfiq|\bnbis\b"
        r"|\bnist sd ?\d|\bsd ?(?:0?4|0?9|14|27|29|30[0-2])\b|livdet|fpimg"
        r"|[/ ]\d{1,3} [1-9]\d?\.(?:tif|tiff|bmp|png|jpg|pgm)$"
        r"|huella|dactilar|empreintes? digit|impront|vingeraf|odcisk|parmak|指紋|指纹|지문"
    ),
    PALM: r"palm ?(?:prints?|roi|scan|img|image)|\bpalms?/|palmar|poly ?u|tongji|handabdruck|掌紋|掌纹|掌形|장문",
    IRIS: (
        r"\biris|iris\b|ubiris|casia ?v\d|\bmmu\d?\b|\bupol\b|\bnd iris|periocular|\beyes?\b"
        r"|[/ ]s\d{3,4}[lr]\d{2}\.|[/ ]\d{3} [12] \d\.(?:bmp|jpg|png)$|虹彩|虹膜|홍채"
    ),
    VEIN: (
        r"vein|vascular|\bnir (?:palm|hand|finger|dorsal)|palm ?nir|dorsal ?hand|utfvp|sdumla|mmcbnu"
        r"|venen|静脈|静脉|정맥"
    ),
}
_PATTERNS = {kind: re.compile(pattern) for kind, pattern in _NAMES.items()}

_APART = re.compile(r"[\W_]+")


def named(column: Column, kind: str) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """For each cell, whether its label, column, or folder or file speaks of such captures."""
    pattern = _PATTERNS[kind]
    if any(pattern.search(_plain(name)) for name in (column.path, f"{column.place}/")):
        return np.ones(len(column.cells), bool)
    labels = column.labels if column.labels is not None else pl.Series([""] * len(column.cells))
    return np.array([bool(pattern.search(_plain(label or ""))) for label in labels], bool)


def _plain(name: str) -> str:
    """Small letters with one blank between words; `/` and the last `.` stay as they are."""
    folders, _, file = name.rpartition("/")
    stem, dot, suffix = file.rpartition(".")
    words = [_APART.sub(" ", part) for part in (*folders.split("/"), stem or suffix)]
    return ("/".join(words) + (f".{suffix}" if dot and stem else "")).lower()
