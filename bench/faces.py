"""How many face pictures are found, how many others raise an alarm, and what a picture costs.

usage: python bench/faces.py FOLDER   with FOLDER/faces and FOLDER/nofaces
Each picture is looked at as it is, grey, turned without Exif, and as a thumbnail.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from privscan.formats.face_search import faces
from privscan.formats.pixels import DETAIL, decoded

Frame = NDArray[np.uint8]

THUMBNAIL = 64


def _grey(frame: Frame) -> Frame:
    return cv2.cvtColor(cv2.cvtColor(frame, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)


def _turned(turns: int) -> Callable[[Frame], Frame]:
    return lambda frame: np.ascontiguousarray(np.rot90(frame, turns))


def _thumbnail(frame: Frame) -> Frame:
    scale = min(1, THUMBNAIL / min(frame.shape[:2]))
    return cv2.resize(frame, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)


WAYS: dict[str, Callable[[Frame], Frame]] = {
    "as they are": lambda frame: frame,
    "grey": _grey,
    "turned by 90 degrees": _turned(1),
    "turned by 180 degrees": _turned(2),
    "turned by 270 degrees": _turned(3),
    f"{THUMBNAIL} pixels": _thumbnail,
}


def main(folder: Path) -> None:
    """Print a line for each kind of picture and way to show it, and the names of those wrong."""
    for kind in ("faces", "nofaces"):
        files = sorted(p for p in (folder / kind).rglob("*") if p.is_file())
        pictures = [(file.name, decoded(file.read_bytes(), DETAIL)) for file in files]
        frames = [(name, one.frames[0]) for name, one in pictures if one and one.frames]
        print(f"{kind}: {len(frames)} pictures, {len(files) - len(frames)} undecoded")
        for way, shown in WAYS.items():
            start = time.process_time()
            found = [(name, len(faces(shown(frame)))) for name, frame in frames]
            spent = (time.process_time() - start) / max(1, len(found)) * 1000
            wrong = [name for name, count in found if (count > 0) != (kind == "faces")]
            print(f"  {way}: {sum(count > 0 for _, count in found)} with faces, "
                  f"{sum(count for _, count in found)} faces, {spent:.0f} ms CPU a picture")  # fmt: skip
            print("".join(f"      wrong: {name}\n" for name in wrong[:12]), end="")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]))
    else:
        print("bench/faces.py: name a folder of labelled pictures")
