"""How many recordings of speech are heard, how many others raise an alarm, and at what speed.

usage: python bench/voice.py FOLDER   with FOLDER/speech and FOLDER/other
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path

import polars as pl

from privscan.detectors import voice
from privscan.model.data import Column, Hits
from privscan.model.kinds import Kind


def main(folder: Path) -> None:
    """Print a line for each kind of recording, and the names of those that went wrong."""
    for kind in ("speech", "other"):
        files = sorted(p for p in (folder / kind).rglob("*") if p.is_file())
        names = pl.Series("path", [p.name for p in files], pl.String)
        found: Counter[str] = Counter()
        heard, unread = pl.Series([False] * len(files)), 0
        start, seconds = time.perf_counter(), 0.0
        for row, file in enumerate(files):
            cells = pl.Series("audio", [file.read_bytes()], pl.Binary)
            answer = voice.listened(cells[0])
            seconds += 0.0 if isinstance(answer, str) else answer["heard"]
            for one in voice.find(Column("audio", Kind.AUDIO, cells, names[row : row + 1])):
                unread += not isinstance(one, Hits)
                if isinstance(one, Hits) and one.entity == "voice_recording":
                    heard[row] = True
                    found[f"{one.detector} {one.score}"] += 1
        speed = 2 * seconds / (time.perf_counter() - start)
        print(f"{kind}: {heard.sum()} of {len(files)} with speech, {unread} unread, "
              f"{speed:.0f} x real time; {dict(sorted(found.items()))}")  # fmt: skip
        wrong = [f.name for f, yes in zip(files, heard, strict=True) if yes != (kind == "speech")]
        print("  " + "\n  ".join(wrong[:20]))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]))
    else:
        print("bench/voice.py: name a folder of labelled recordings")
