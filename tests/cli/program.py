"""The program as its users run it, in a module that no other conftest can be taken for."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

Run = Callable[..., "subprocess.CompletedProcess[str]"]

QUICK = ("--detector", "dates")
"""For tests that are not about what is found: no library of recognizers is loaded."""

REPORTS = ("r.json", "r.html", "r.sarif", "r.md", "r.csv")
"""Files that the shared scan writes, one a format."""


def program(
    folder: Path, *arguments: object, stdin: str = "", **variables: str
) -> subprocess.CompletedProcess[str]:
    """One call of `privscan` in that folder, in an environment that holds no setting of ours."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PRIVSCAN_", "NO_COLOR"))}
    return subprocess.run(
        [sys.executable, "-m", "privscan", *map(str, arguments)],
        cwd=folder,
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
        env={**kept, **variables},
    )


def card(number: int) -> str:
    """A made-up card number with a right Luhn check digit."""
    digits = f"411111{number:09d}"
    doubled = [int(d) * (2 - i % 2) for i, d in enumerate(digits)]
    total = sum(d - 9 if d > 9 else d for d in doubled)
    return f"{digits}{-total % 10}"
