"""Recordings of movement: skeletons in BVH and C3D, pen strokes of signature databases."""

from __future__ import annotations

import re
from itertools import pairwise

from privscan.formats.signals.signal import Signal

_LEGS = re.compile(rb"(?:knee|ankle|foot|toe|leg|shin|thigh|hip)", re.IGNORECASE)
_BVH = re.compile(rb"\s*HIERARCHY\s+ROOT\s+\S")
_JOINTS = re.compile(rb"\bJOINT\s+(\S{1,80})")


def bvh(content: bytes) -> Signal | None:
    """A skeleton with its joints; only one with legs can walk."""
    if not _BVH.match(content[:200]):
        return None
    joints = _JOINTS.findall(content)
    if sum(bool(_LEGS.search(joint)) for joint in joints) < 4:  # noqa: PLR2004  two joints of two legs
        return None
    frames = re.search(rb"\bFrames:\s*(\d{1,9})", content)
    return Signal(
        "BVH", {"gait": 0.4}, {}, {"joints": len(joints), "frames": int(frames[1]) if frames else 0}
    )


_MARKERS = re.compile(rb"(?:[LR](?:KNE|ANK|TOE|HEE|ASI|PSI|THI|TIB)E?)\b")
_MARKED = 4
_KEY, _BLOCKS = 0x50, 1_024
"""The second byte of every such file, and the bytes of the two blocks that it has at least."""


def c3d(content: bytes) -> Signal | None:
    """Motion capture whose markers stand on legs, by the names that laboratories give them."""
    if len(content) < _BLOCKS or content[1] != _KEY:
        return None
    if b"POINT" not in content or b"LABELS" not in content:
        return None
    markers = {*_MARKERS.findall(content)}
    first, last = (int.from_bytes(content[at : at + 2], "little") for at in (6, 8))
    if len(markers) < _MARKED or last < first:
        return None
    return Signal("C3D", {"gait": 0.6}, {}, {"markers": len(markers), "frames": last - first + 1})


_PEN = re.compile(rb"\s*(\d{1,5})\s*\r?\n((?:-?\d{1,7}(?:[ \t]+-?\d{1,10}){3,6}[ \t]*\r?\n?){10,})")
_WIDTH = 7
_DEGREES = 3_600


def pen(content: bytes) -> Signal | None:
    """A signature of SVC 2004 and its kin: a count, then x, y, time, pen down, angles, pressure."""
    found = _PEN.match(content)
    if not found:
        return None
    rows = [[int(number) for number in line.split()] for line in found[2].splitlines()]
    count, whole = int(found[1]), len(content) == found.end() or not content[found.end() :].strip()
    if (
        len({*map(len, rows)}) > 1
        or (whole and abs(count - len(rows)) > 1)
        or len(rows[0]) < _WIDTH - 3
    ):
        return None
    times, down = [row[2] for row in rows], {row[3] for row in rows}
    angles = len(rows[0]) < _WIDTH or all(
        0 <= value <= _DEGREES for row in rows for value in row[4:6]
    )
    if any(later < sooner for sooner, later in pairwise(times)) or not down <= {0, 1} or not angles:
        return None
    return Signal("pen strokes", {"signature": 0.9}, {}, {"points": len(rows)})
