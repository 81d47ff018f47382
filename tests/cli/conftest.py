"""Run the program as its users do, in a folder and an environment of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from program import Run

PERSONAL = """customer_id,full_name,email,phone,card_number
{rows}"""
FIRST = ("Anna", "Bela", "Chiyo", "Dora", "Emil", "Farah", "Goran", "Hana")
LAST = ("Okafor", "Lindqvist", "Moreau", "Tanaka", "Novak", "Silva", "Weber", "Rossi")
MACHINES = "machine,celsius,state\n" + "".join(f"m{i % 7},{20 + i % 5},on\n" for i in range(200))


def card(number: int) -> str:
    """A made-up card number with a right Luhn check digit."""
    digits = f"411111{number:09d}"
    doubled = [int(d) * (2 - i % 2) for i, d in enumerate(digits)]
    total = sum(d - 9 if d > 9 else d for d in doubled)
    return f"{digits}{-total % 10}"


@pytest.fixture
def personal(tmp_path: Path) -> Path:
    rows = "".join(
        f"{i},{FIRST[i % 8]} {LAST[i // 8 % 8]},{FIRST[i % 8].lower()}{i}@example.com,"
        f"+1 212 555 {i:04d},{card(i * 7919)}\n"
        for i in range(200)
    )
    file = tmp_path / "customers.csv"
    file.write_text(PERSONAL.format(rows=rows), "utf-8")
    return file


@pytest.fixture
def harmless(tmp_path: Path) -> Path:
    file = tmp_path / "machines.csv"
    file.write_text(MACHINES, "utf-8")
    return file


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A Parquet file by its magic at both ends, and nothing between."""
    file = tmp_path / "broken.parquet"
    file.write_bytes(b"PAR1" + b"\0" * 64 + b"PAR1")
    return file


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def call(
        *arguments: object, cwd: Path = tmp_path, stdin: str = "", **variables: str
    ) -> subprocess.CompletedProcess[str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("PRIVSCAN_", "NO_COLOR"))}
        return subprocess.run(
            [sys.executable, "-m", "privscan", *map(str, arguments)],
            cwd=cwd,
            input=stdin,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
            check=False,
            env={**kept, **variables},
        )

    return call
