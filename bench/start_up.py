"""What the program costs before it has data: CPU seconds of the help and of small scans.

usage: python bench/start_up.py   medians of five; and the heavy packages that each one loaded
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import polars as pl

HEAVY = ("polars", "pyarrow", "numpy", "cv2", "pydantic", "presidio_analyzer", "spacy")

RUNS = 5

PROBE = """
import atexit, sys
atexit.register(lambda: print("loaded", *[m for m in {heavy!r} if m in sys.modules], file=sys.stderr))
from privscan.__main__ import main
sys.argv = ["privscan", *{arguments!r}]
sys.exit(main())
"""


def table(rows: int) -> pl.DataFrame:
    """Ten columns, a third of them personal."""
    return pl.DataFrame(
        {
            "id": range(rows),
            "first_name": ["Ann", "Bo", "Chiyo", "Dora"] * (rows // 4),
            "email": [f"user{i}@example{i % 50}.com" for i in range(rows)],
            "phone": [f"+1 212 555 {i % 10_000:04}" for i in range(rows)],
            "city": [f"City {i % 900}" for i in range(rows)],
            "product": [f"Steel bolt M{i % 30} x {i % 997}" for i in range(rows)],
            "price": [round(1 + i * 0.37, 2) for i in range(rows)],
            "at": [f"2024-0{1 + i % 9}-1{i % 10} 10:00:00" for i in range(rows)],
            "token": [f"{i * 2654435761 % 2**32:08x}" for i in range(rows)],
            "comment": [f"order {i} came on time, the driver was kind" for i in range(rows)],
        }
    )


def measured(arguments: list[str]) -> tuple[float, str]:
    """The median of the CPU seconds, and what was loaded."""
    code = PROBE.format(heavy=HEAVY, arguments=arguments)
    seconds, loaded = [], ""
    for _ in range(RUNS):
        before = os.times()
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=False
        )
        after = os.times()
        seconds.append(
            after.children_user
            + after.children_system
            - before.children_user
            - before.children_system
        )
        loaded = next(x for x in done.stderr.splitlines() if x.startswith("loaded"))
    return sorted(seconds)[RUNS // 2], loaded.removeprefix("loaded").strip() or "nothing heavy"


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as place:
        small, large = Path(place, "small.csv"), Path(place, "large.csv")
        table(1_000).write_csv(small)
        table(20_000).write_csv(large)
        calls = {
            "--help": ["--help"],
            "plugins": ["plugins"],
            "scan, 1,000 rows x 10 columns": ["scan", str(small), "-q"],
            "scan, 20,000 rows x 10 columns": ["scan", str(large), "-q"],
        }
        for name, arguments in calls.items():
            seconds, loaded = measured(arguments)
            print(f"{name:32} {seconds:5.2f} CPU s   {loaded}")


if __name__ == "__main__":
    main()
