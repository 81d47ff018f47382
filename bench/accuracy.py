"""How well columns are classified, on made tables and on labelled ones, with headers and without.

usage: python bench/accuracy.py [--tables N] [--seed N] [--rows N] [--folder DIR ...] [--only-made]
                                [--json FILE] [--errors FILE] [--page FILE.md] [--fit] [--reasons]
A folder holds manifest.tsv, labels.tsv, load.py and score.py; ../shared/data/columns_dev is taken
where it is there. --fit prints a calibration fitted on the made tables alone.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import _page
from _figures import (
    alarms,
    by_entity,
    by_trait,
    calibration_error,
    errors,
    macro,
    micro,
    personal,
    reliability,
)
from _fit import shown
from _labelled import CLASSES, Judged, judged, kept, made, records

import privscan

TABLES, SEED = 250, 4
ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared" / "data" / "columns_dev"


def main(argv: Sequence[str] | None = None) -> None:
    """Scan everything, print the figures, write what was asked for."""
    options = _options().parse_args(argv)
    started = time.perf_counter()
    groups: dict[str, list[Judged]] = {}
    if options.tables:
        for named, name in ((True, "made, headers"), (False, "made, no headers")):
            cases = made(options.tables, options.seed, named=named, rows=options.rows)
            groups[name] = [judged(case) for case in cases]
    folders = [*options.folder, *([SHARED] if SHARED.exists() and not options.only_made else [])]
    for folder in dict.fromkeys(folders):
        every = [judged(case) for case in kept(folder)]
        groups[f"{folder.name}, headers"] = [t for t in every if t.case.named]
        groups[f"{folder.name}, no headers"] = [t for t in every if not t.case.named]
        _official(folder, every)
    _print(groups)
    _write(options, groups)
    command = f"python bench/accuracy.py --tables {options.tables} --seed {options.seed} --fit"
    own = [t for name, tables in groups.items() if name.startswith("made,") for t in tables]
    if options.fit:
        print(shown(own, command, datetime.now(UTC).date().isoformat()))
    if options.reasons:
        from _reasons import table

        print(table(own, made(options.tables, options.seed, named=True)))
    count = sum(map(len, groups.values()))
    print(f"{count} scans in {time.perf_counter() - started:.0f} s")


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--tables", type=int, default=TABLES, help="made tables (0: none)")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--rows", type=int, help="cut made tables to their first rows, such as 5")
    parser.add_argument("--folder", type=Path, action="append", default=[])
    parser.add_argument("--only-made", action="store_true", help="leave ../shared out")
    parser.add_argument("--json", type=Path, help="every column's answer, with bits and reasons")
    parser.add_argument("--errors", type=Path, help="wrong columns, tab-separated")
    parser.add_argument("--page", type=Path, help="page that gets the figures between its marks")
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--reasons", action="store_true", help="bits of reasons by made tables")
    return parser


def _print(groups: dict[str, list[Judged]]) -> None:
    width = max(map(len, groups), default=0)
    print(f"\n{'columns':{width}}  sure personal  prec   rec    F1  entity: micro macro")
    for name, tables in groups.items():
        score, entities = personal(tables), by_entity(tables)
        sure = sum(a.sure for t in tables for a in t.answers.values())
        print(
            f"{name:{width}} {sure:5} {score.hits + score.missed:8} {score.precision:5.3f}"
            f" {score.recall:5.3f} {score.f1:5.3f}         {micro(entities.values()).f1:5.3f}"
            f" {macro(entities.values()):5.3f}"
        )
    print(f"\n{'tables':{width}}  nobody's flagged  finding>=medium  about people missed")
    for name, tables in groups.items():
        a = alarms(tables)
        print(
            f"{name:{width}} {a.clean:9} {_share(a.flagged, a.clean)} {_share(a.found, a.clean):>16}"
            f" {a.peopled:13} {_share(a.missed, a.peopled)}"
        )
    print("\nreliability: columns reported at a confidence, mean of it, share right")
    for name, tables in groups.items():
        bins = reliability(tables)
        told = "  ".join(
            f"{b.low:.1f}-{b.high:.1f}: {b.count:4} {b.confidence:.2f} {b.right:.2f}" for b in bins
        )
        print(f"{name:{width}} {told}  error {calibration_error(bins):.3f}")
    for trait in ("language", "headers", "names", "rows", "damage"):
        _print_slices(groups, trait)
    for name, tables in groups.items():
        print(f"\n{name}: entity, columns, precision, recall, F1, false")
        for entity, s in by_entity(tables).items():
            print(
                f"  {entity:22} {s.hits + s.missed:4} {s.precision:5.3f} {s.recall:5.3f}"
                f" {s.f1:5.3f} {s.false:4}"
            )


def _print_slices(groups: dict[str, list[Judged]], trait: str) -> None:
    """F1 of the made tables that have a trait: by language, kind of header, source of names."""
    for name, tables in groups.items():
        own = [t for t in tables if trait in t.case.traits]
        told = ", ".join(f"{value} {f1:.2f}" for value, f1 in by_trait(own, trait).items())
        if told:
            print(f"{name}, F1 by {trait}: {told}")


def _share(part: int, whole: int) -> str:
    return f"{part:3} ({part / whole:4.0%})" if whole else "  - "


def _write(options: argparse.Namespace, groups: dict[str, list[Judged]]) -> None:
    if options.json:
        rows = [json.dumps(r, ensure_ascii=False) for g in groups.values() for r in records(g)]
        options.json.write_text("\n".join(rows), "utf-8")
    if options.page:
        _page.write(options.page, groups, _said(options))
    if options.errors:
        lines = ["\t".join(e) for g in groups.values() for e in errors(g)]
        options.errors.write_text("\n".join(lines), "utf-8")


def _said(options: argparse.Namespace) -> str:
    """What was measured, when, and how to do it again."""
    day = datetime.now(UTC).date().isoformat()
    return (
        f"privscan {privscan.__version__}, {day}, {options.tables} made tables of seed "
        f"{options.seed}: `python bench/accuracy.py --tables {options.tables} --seed {options.seed}`."
    )


def _official(folder: Path, tables: list[Judged]) -> None:
    """The folder's own scores of the same answers."""
    predictions = {
        t.case.table: {
            name: {"entity": a.entity, "confidence": a.confidence} if a.entity else None
            for name, a in t.answers.items()
        }
        for t in tables
    }
    with tempfile.TemporaryDirectory() as place:
        files = [Path(place, name) for name in ("predictions.json", "mapping.json")]
        for file, value in zip(files, (predictions, {**CLASSES, "*": "OTHER"}), strict=True):
            file.write_text(json.dumps(value), "utf-8")
        call = [sys.executable, folder / "score.py", *files]
        done = subprocess.run([*map(str, call)], check=True, capture_output=True, text=True)
    print(f"{folder.name}/score.py:", done.stdout.split("per entity")[0], sep="\n")


if __name__ == "__main__":
    main()
