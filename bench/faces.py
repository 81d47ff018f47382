"""How many face pictures are found, how many others raise an alarm, and what a picture costs.

usage: python bench/faces.py FOLDER   with FOLDER/faces and FOLDER/nofaces
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import polars as pl

from privscan.detectors import faces
from privscan.model.data import Column
from privscan.model.kinds import Kind


def main(folder: Path) -> None:
    """Print a line for each kind of picture."""
    for kind in ("faces", "nofaces"):
        files = sorted(p for p in (folder / kind).rglob("*") if p.is_file())
        cells = pl.Series("image", [p.read_bytes() for p in files], pl.Binary)
        start = time.process_time()
        hits = list(faces.find(Column("image", Kind.IMAGE, cells)))
        spent = time.process_time() - start
        found = pl.Series([False] * len(files))
        for hit in hits:
            if hit.entity == "face_image":
                found |= hit.mask
        undecoded = sum(int(h.mask.sum()) for h in hits if h.entity == "media.undecoded")
        print(f"{kind}: {found.sum()} of {len(files)} with faces, {undecoded} undecoded, "
              f"{spent / max(1, len(files)) * 1000:.0f} ms CPU a picture")  # fmt: skip
        wrong = [f.name for f, yes in zip(files, found, strict=True) if yes != (kind == "faces")]
        print("  " + "\n  ".join(wrong[:12]))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]))
    else:
        print("bench/faces.py: name a folder of labelled pictures")
