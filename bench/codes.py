"""Pictures in which a bar code is read, by format, and what looking for one costs.

usage: python bench/codes.py FOLDER ...
Every folder is one row; codes of goods and plain addresses are not counted, as in a scan.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path

import cv2
import polars as pl

from privscan.detectors import machine_codes
from privscan.formats.pictures import HEAD, is_picture
from privscan.formats.pixels import decoded
from privscan.model.data import Column
from privscan.model.kinds import Kind


def main(folders: list[Path]) -> None:
    """Print a line for each folder."""
    cv2.setNumThreads(1)
    for folder in folders:
        found: Counter[str] = Counter()
        pictures, read, spent = 0, 0, 0.0
        for file in sorted(p for p in folder.rglob("*") if p.is_file()):
            content = file.read_bytes()
            if not is_picture(content[:HEAD]) or decoded(content, machine_codes.SIDE) is None:
                continue
            pictures += 1
            column = Column("image", Kind.IMAGE, pl.Series([content], dtype=pl.Binary))
            start = time.process_time()
            its = [one for one in machine_codes.find(column) if isinstance(one, Column)]
            spent += time.process_time() - start
            read += bool(its)
            found.update(one.path.rpartition(".")[2] for one in its)
        print(f"{folder}: {read} of {pictures} pictures with a code, {dict(found)}, "
              f"{1000 * spent / max(pictures, 1):.1f} ms CPU a picture")  # fmt: skip


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
