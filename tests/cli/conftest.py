"""Run the program as its users do, in a folder and an environment of its own."""

from __future__ import annotations

import os
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from program import REPORTS, Run, card, program

from privscan import __main__ as main

PERSONAL = """customer_id,full_name,email,phone,card_number
{rows}"""
FIRST = ("Anna", "Bela", "Chiyo", "Dora", "Emil", "Farah", "Goran", "Hana")
LAST = ("Okafor", "Lindqvist", "Moreau", "Tanaka", "Novak", "Silva", "Weber", "Rossi")
MACHINES = "machine,celsius,state\n" + "".join(f"m{i % 7},{20 + i % 5},on\n" for i in range(200))


def write_customers(folder: Path) -> Path:
    rows = "".join(
        f"{i},{FIRST[i % 8]} {LAST[i // 8 % 8]},{FIRST[i % 8].lower()}{i}@example.com,"
        f"+1 212 555 {i:04d},{card(i * 7919)}\n"
        for i in range(200)
    )
    file = folder / "customers.csv"
    file.write_text(PERSONAL.format(rows=rows), "utf-8")
    return file


@pytest.fixture
def personal(tmp_path: Path) -> Path:
    return write_customers(tmp_path)


@pytest.fixture
def born(tmp_path: Path) -> Path:
    """Personal data that the quickest detector finds."""
    days = "".join(f"19{50 + i % 50}-0{1 + i % 9}-{10 + i % 18}\n" for i in range(200))
    file = tmp_path / "born.csv"
    file.write_text(f"birth_date\n{days}", "utf-8")
    return file


@pytest.fixture(scope="session")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, CompletedProcess[str]]:
    """One whole scan: its folder with customers.csv and a report in each format, and its end."""
    folder = tmp_path_factory.mktemp("scanned")
    outputs = (word for name in REPORTS for word in ("-o", name))
    done = program(folder, "scan", write_customers(folder).name, "-f", "json", *outputs)
    return folder, done


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
    ) -> CompletedProcess[str]:
        return program(cwd, *arguments, stdin=stdin, **variables)

    return call


@pytest.fixture
def inside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """As `run`, without the price of a process: for verbs that look at no data."""

    def call(*arguments: object, cwd: Path = tmp_path, **variables: str) -> CompletedProcess[str]:
        with monkeypatch.context() as patch:
            patch.chdir(cwd)
            for name in [n for n in os.environ if n.startswith(("PRIVSCAN_", "NO_COLOR"))]:
                patch.delenv(name)
            for name, value in variables.items():
                patch.setenv(name, value)
            code = main.run([*map(str, arguments)])
        said = capsys.readouterr()
        return CompletedProcess(arguments, code, said.out, said.err)

    return call
