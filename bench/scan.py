"""Start-up of the program, and cells a CPU second of a scan against Presidio on the same cells.

usage: python bench/scan.py [ROWS]   made-up data; ratios hold, seconds depend on the machine
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import polars as pl

import privscan
from privscan.recognition.bound import bound

ROWS = 100_000
SAMPLE = 400
"""Rows that Presidio gets: it needs about a millisecond a cell."""


def table(rows: int) -> pl.DataFrame:
    """Mixed columns of which a third are personal."""
    rng = random.Random(1)
    return pl.DataFrame(
        {
            "id": range(rows),
            "first_name": [rng.choice(("Ann", "Bo", "Chiyo", "Dora")) for _ in range(rows)],
            "email": [f"user{i}@example{i % 50}.com" for i in range(rows)],
            "phone": [f"+1 212 555 {i % 10_000:04}" for i in range(rows)],
            "city": [f"City {rng.randint(1, 900)}" for _ in range(rows)],
            "product": [f"Steel bolt M{rng.randint(3, 30)} x {i % 997}" for i in range(rows)],
            "price": [round(rng.uniform(1, 900), 2) for _ in range(rows)],
            "at": [f"2024-0{rng.randint(1, 9)}-1{rng.randint(0, 9)} 10:00:00" for _ in range(rows)],
            "uuid": [f"{rng.getrandbits(128):032x}" for _ in range(rows)],
            "comment": [f"order {i} came on time, the driver was kind" for i in range(rows)],
        }
    )


def presidio(frame: pl.DataFrame) -> float:
    """CPU seconds of Presidio's own recognizers, those that privscan uses, cell by cell."""
    recognizers = [one.recognizer.own() for one in bound().values() if not one.recognizer.name.startswith(("Jp",))]
    start = time.process_time()
    for column in frame.iter_columns():
        for text in column.cast(pl.String).to_list():
            for recognizer in recognizers:
                recognizer.analyze(text, recognizer.supported_entities)
    return time.process_time() - start


def start_up(folder: Path) -> dict[str, float]:
    """Wall seconds, the median of five, of the help and of a scan of 1,000 rows."""
    file = folder / "small.csv"
    table(1000).write_csv(file)
    calls = {"--help": ["--help"], "scan of 1,000 rows": ["scan", str(file), "-q"]}
    found = {}
    for name, arguments in calls.items():
        times = []
        for _ in range(5):
            start = time.perf_counter()
            command = [sys.executable, "-m", "privscan", *arguments]
            subprocess.run(command, check=True, capture_output=True)
            times.append(time.perf_counter() - start)
        found[name] = sorted(times)[2]
    return found


def main(rows: int) -> None:
    """Print the table."""
    frame = table(rows)
    with tempfile.TemporaryDirectory() as place:
        for name, seconds in start_up(Path(place)).items():
            print(f"{name}: {seconds:.2f} s")
        file = Path(place, "table.parquet")
        frame.write_parquet(file)
        privscan.scan(frame.head(100))
        start = time.process_time()
        privscan.scan(str(file), workers=1)
        ours = rows * frame.width / (time.process_time() - start)
    theirs = SAMPLE * frame.width / presidio(frame.head(SAMPLE))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"privscan {ours:,.0f} cells a CPU second, Presidio {theirs:,.0f}: {ours / theirs:.0f} times"
    )
    print(f"peak memory {peak:,.0f} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)
