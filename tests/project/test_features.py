"""The table of features names each mechanism that it was made from, and tests that exist."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from privscan.cli.settings import verbs

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "features.md"
SEEDS = ROOT.parent / "shared" / "reference" / "seed_features.tsv"
HEADS = ["mechanism", "feature and where", "accepted when", "proven by", "left to a person"]
PROOF = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


def rows() -> list[dict[str, str]]:
    lines = [x for x in PAGE.read_text("utf-8").splitlines() if x.startswith("| ")]
    cells = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]
    assert cells[0] == HEADS
    return [dict(zip(HEADS, row, strict=True)) for row in cells[1:]]


ROWS = {row["mechanism"]: row for row in rows()}


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_every_mechanism_is_proven_by_tests_that_exist(row):
    assert all(row.values())
    proofs = PROOF.findall(row["proven by"])
    assert proofs
    assert PROOF.sub("", row["proven by"]).strip() == ""
    for file, name in proofs:
        assert f"\ndef {name}(" in (ROOT / file).read_text("utf-8"), (file, name)


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_every_verb_and_option_named_is_real(row):
    known = {" ".join(verb): {n for o in c.params for n in o.opts} for verb, c in verbs()}
    for said in re.findall(r"`([a-z][^`]*)`", row["feature and where"]):
        verb = next((v for v in sorted(known, key=len, reverse=True) if said.startswith(v)), "")
        given = set(re.findall(r"(?<!\S)--?[a-z][\w-]*", said))
        assert given <= known.get(verb, set()), said


def test_the_verbs_of_people_are_named():
    spoken = " ".join(row["feature and where"] for row in ROWS.values())
    named = {verb[0] for verb, _ in verbs() if re.search(rf"`{verb[0]}\b", spoken)}
    assert {"scan", "assess", "gate", "explain", "find", "verify", "rules", "trend"} <= named


@pytest.mark.skipif(not SEEDS.is_file(), reason="the reference facts are not at hand")
def test_every_seed_mechanism_has_its_row_in_their_order():
    with SEEDS.open(encoding="utf-8", newline="") as file:
        seeds = [*csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]
    wanted = [
        f"{seed['seed_mechanism']}: {seed['seed_text_en'].partition(' (')[0]}"
        if seed["seed_mechanism"].startswith("principle ")
        else seed["seed_mechanism"]
        for seed in seeds
    ]
    assert len(wanted) > 20
    assert [*ROWS] == wanted
