"""Prints, irises and veins in pictures: what is found, what raises an alarm, what a picture costs.

usage: python bench/prints.py FOLDER [FOLDER ...] [--as NAME]
Every folder is one row; `--as fingerprints/101_1.tif` gives each picture that name, to see what a
name does to pictures of something else. Without `--as` pictures have no name.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import cv2
import polars as pl

from privscan.detectors import irises, ridges, veins
from privscan.formats.pictures import HEAD, is_picture
from privscan.formats.pixels import decoded
from privscan.model.data import Column
from privscan.model.kinds import Kind

BATCH = 16
DETECTORS = (ridges, irises, veins)


def pictures(folder: Path) -> Iterator[bytes]:
    """The pictures of a folder that decode, each once."""
    seen = set()
    for file in sorted(folder.rglob("*")):
        if file.is_file() and not file.is_symlink():
            content = file.read_bytes()
            if is_picture(content[:HEAD]) and content not in seen:
                seen.add(content)
                if decoded(content, ridges.SIDE):
                    yield content


def main(folders: list[Path], name: str) -> None:
    """Print a line for each folder."""
    cv2.setNumThreads(1)
    for folder in folders:
        found: Counter[str] = Counter()
        spent = dict.fromkeys(("decode", "ridges", "irises", "veins"), 0.0)
        looked_at = 0
        left = pictures(folder)
        while batch := list(islice(left, BATCH)):
            looked_at += len(batch)
            for side in (ridges.SIDE, irises.SIDE):
                start = time.process_time()
                for content in batch:
                    decoded(content, side)
                spent["decode"] += time.process_time() - start
            labels = pl.Series([name] * len(batch))
            column = Column("image", Kind.IMAGE, pl.Series(batch, dtype=pl.Binary), labels)
            for detector in DETECTORS:
                start = time.process_time()
                for hit in detector.find(column):
                    found[f"{hit.entity} {hit.detector}"] += int(hit.mask.sum())
                spent[detector.__name__.rpartition(".")[2]] += time.process_time() - start
        costs = ", ".join(f"{k} {v / max(1, looked_at) * 1000:.1f}" for k, v in spent.items())
        print(f"{folder}: {looked_at} pictures; {dict(found) or 'nothing'}; CPU ms each: {costs}")


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    arguments.add_argument("--as", dest="name", default="")
    given = arguments.parse_args()
    if given.folders:
        main(given.folders, given.name)
    else:
        print("bench/prints.py: name folders of pictures")
