"""How often bytes that are no genome are taken for one, and how many genome files are known.

usage: python bench/genomes.py [--random N] [--files FOLDER ...] [--genomes FOLDER ...]

Random blobs are cells of 18 to 200 bytes, as bytes, base64 and hexadecimal. Of genome files those
count whose suffix says so.
"""

from __future__ import annotations

import argparse
import os
import random
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import polars as pl

from privscan.detectors import genomes
from privscan.formats.genomes import WINDOW, genome_of
from privscan.model.data import Column, Hits
from privscan.model.kinds import Kind

SUFFIXES = frozenset(
    [
        ".sam",
        ".bam",
        ".cram",
        ".vcf",
        ".bcf",
        ".fa",
        ".fasta",
        ".fna",
        ".ffn",
        ".nu",
        ".fq",
        ".fastq",
        ".ab1",
        ".fsa",
        ".sff",
        ".scf",
        ".ztr",
        ".2bit",
        ".nib",
        ".gb",
        ".gbk",
        ".embl",
    ]
)
PACKED = (".gz", ".bgz")


def main() -> None:
    """Print a line for each kind of cell and each kind of file."""
    given = argparse.ArgumentParser()
    given.add_argument("--random", type=int, default=400_000)
    given.add_argument("--files", nargs="*", default=())
    given.add_argument("--genomes", nargs="*", default=())
    asked = given.parse_args()
    chance = random.Random(3)
    blobs = pl.Series(
        "x", [chance.randbytes(chance.randrange(18, 200)) for _ in range(asked.random)]
    )
    cells("random bytes", Column("x", Kind.BYTES, blobs))
    for coding in ("base64", "hex"):
        cells(f"the same in {coding}", Column("x", Kind.TEXT, blobs.bin.encode(coding)))
    if asked.files:
        files("other files", walked(asked.files))
    every = list(walked(asked.genomes))
    for suffix in sorted({said(path) for path in every} & SUFFIXES):
        files(suffix, [path for path in every if said(path) == suffix])


def cells(what: str, column: Column) -> None:
    """A line: cells, those taken for genetic data, and CPU seconds."""
    start = time.process_time()
    hits = [one for one in genomes.find(column) if isinstance(one, Hits)]
    spent = time.process_time() - start
    taken = {one.detector: int(one.mask.sum()) for one in hits}
    print(f"{what}: {len(column.cells):,} cells, taken {taken or 0}, {spent:.1f} CPU s")


def files(what: str, paths: Iterable[Path]) -> None:
    """A line: files, what they were taken for, and CPU seconds."""
    start, count, taken = time.process_time(), 0, Counter[str]()
    for path in paths:
        count += 1
        with path.open("rb") as file:
            found = genome_of(file.read(2 * WINDOW))
        if found:
            taken[f"{found.substance} {found.organism}"] += 1
    spent = time.process_time() - start
    print(f"{what}: {taken.total():,} of {count:,} {dict(taken) or ''} {spent:.1f} CPU s")


def walked(folders: Iterable[str]) -> Iterator[Path]:
    """Files that are not empty and no links."""
    for folder in folders:
        for at, _, names in os.walk(folder):
            for path in (Path(at, name) for name in sorted(names)):
                if path.is_file() and not path.is_symlink() and path.stat().st_size:
                    yield path


def said(path: Path) -> str:
    """The suffix before that of packing."""
    return Path(path.stem).suffix if path.suffix in PACKED else path.suffix


if __name__ == "__main__":
    main()
