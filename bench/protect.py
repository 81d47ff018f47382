"""Peak memory and time of `privscan protect` by size of file: tokens and masks, a process of its own.

usage: python bench/protect.py [MB,...] [parquet,csv]
Makes a table of e-mail addresses, telephone numbers, amounts and remarks of about that size on
disk, and protects it with `--treat email=tokenise --treat phone=mask`: scanned, planned, written,
scanned again, values sought. Prints seconds and the largest resident set of that process.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

GROUP = 100_000
ORDER = ("--treat", "email=tokenise", "--treat", "phone=mask", "--key", "env:BENCH_KEY", "-q")


def _rows(first: int) -> pa.Table:
    random = np.random.default_rng(first)
    digits = random.integers(10**8, 10**9, (2, GROUP))
    words = np.array(
        ["bearing", "replaced", "within", "tolerance", "recalibrated", "after", "shift"]
    )
    picked = words[random.integers(0, len(words), (GROUP, 5))]
    return pa.table(
        {
            "row": np.arange(first, first + GROUP),
            "email": [f"u{number}@planted.example.com" for number in digits[0]],
            "phone": [f"+44 20 7{number % 10**3:03d} {number % 10**4:04d}" for number in digits[1]],
            "amount": random.normal(100, 20, GROUP).round(2),
            "remark": [f"{' '.join(some)} {number}" for some, number in zip(picked, digits[1])],  # noqa: B905  both of GROUP rows
        }
    )


def made(file: Path, size: int) -> int:
    """Write about `size` bytes; the number of rows."""
    first, writer = 0, None
    with file.open("wb") as out:
        while out.tell() < size:
            table = _rows(first)
            if writer is None:
                kinds = {".parquet": pq.ParquetWriter, ".csv": pa.csv.CSVWriter}
                writer = kinds[file.suffix](out, table.schema)
            writer.write_table(table)
            first += GROUP
        if writer is not None:
            writer.close()
    return first


def measured(file: Path) -> tuple[float, int]:
    """Seconds, and megabytes of the largest resident set, of one protecting process."""
    program = (
        "import sys; from privscan.__main__ import run; code = run(sys.argv[1:]); import resource; "
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr); sys.exit(code)"
    )
    out = file.with_stem("out")
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", program, "protect", str(file), str(out), *ORDER],
        env={"BENCH_KEY": "a made-up key of many bytes", "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    out.unlink()
    return time.perf_counter() - start, int(done.stderr.split()[-1]) // 1024


def main() -> None:
    """Print one line for each size and format."""
    sizes = [int(mb) for mb in (sys.argv[1] if len(sys.argv) > 1 else "100,400").split(",")]
    kinds = (sys.argv[2] if len(sys.argv) > 2 else "parquet,csv").split(",")  # noqa: PLR2004  the second argument
    for kind in kinds:
        for size in sizes:
            with tempfile.TemporaryDirectory() as folder:
                file = Path(folder, f"in.{kind}")
                rows = made(file, size << 20)
                took, peak = measured(file)
                print(
                    f"{kind} {size} MB, {rows:,} rows: {took:.0f} s, peak {peak:,} MB", flush=True
                )


if __name__ == "__main__":
    main()
