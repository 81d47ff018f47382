"""Numbering plans: what the engine takes for granted of the library's metadata and patterns."""

from __future__ import annotations

import re
from itertools import pairwise

import numpy as np
import polars as pl
import pytest
from phone_texts import EXTENSIONS, WORLD, texts
from phonenumbers import (
    COUNTRY_CODE_TO_REGION_CODE,
    SUPPORTED_REGIONS,
    NumberParseException,
    parse,
    phonenumbermatcher,
)

from privscan.recognition.phone import REGIONS
from privscan.recognition.phone import plan as plans_module
from privscan.recognition.phone.digits import valid_anywhere
from privscan.recognition.phone.plan import plan, plans
from privscan.recognition.phone.runs import ASCII, WIDE


def test_no_region_has_numbers_shorter_than_the_gates_ask_for():
    shortest = {r: min(min(lengths) for lengths, _ in plan(r).types) for r in SUPPORTED_REGIONS}
    assert min(shortest.values()) == plans_module.FEWEST
    abroad = {r: len(plan(r).code) + shortest[r] for r in shortest}
    assert min(abroad.values()) == plans_module.FEWEST_ABROAD


def test_no_country_code_begins_another():
    codes = sorted(map(str, COUNTRY_CODE_TO_REGION_CODE))
    assert not [b for a, b in pairwise(codes) if b.startswith(a)]


def test_presidios_regions_are_said_by_regexes_in_full():
    assert all(plan(region).regular for region in REGIONS)
    assert not plan("AG").regular  # it puts digits of its own before a short number


def test_regions_unknown_to_the_library_have_no_plan():
    assert [here.region for here in plans(("ZZ", "us", "FR"))] == ["FR"]


@pytest.mark.parametrize("regions", [REGIONS, ("AR", "JP", "GA", "RU", "IT", "AX", "BM"), ("DE",)])
def test_valid_digits_are_those_that_the_library_verifies(regions):
    written = (re.sub("[^0-9+]", "", text) for text in texts(1_500, 21, WORLD))
    numbers = sorted({n for n in written if re.fullmatch(r"\+?\d{4,20}", n)})
    answer = valid_anywhere(pl.Series(numbers), plans(regions))
    right = np.array([any(verified(number, region) for region in regions) for number in numbers])
    assert right.sum() > len(numbers) / 20
    assert not [numbers[row] for row in np.flatnonzero(answer.sure & ~right)]
    assert not [numbers[row] for row in np.flatnonzero(right & ~answer.sure & ~answer.unsure)]
    if all(plan(region).regular for region in regions):
        assert answer.unsure.mean() < 0.25


def verified(number: str, region: str) -> bool:
    try:
        parsed = parse(number, region, keep_raw_input=True)
    except NumberParseException:
        return False
    return phonenumbermatcher._verify(phonenumbermatcher.Leniency.VALID, parsed, number, None)


@pytest.mark.parametrize("alphabet", [ASCII, WIDE])
def test_each_candidate_of_the_library_lies_in_one_run(alphabet):
    cells = [t for t in texts(1_500, 22, REGIONS) if t.isascii() or alphabet is WIDE]
    cells += [f"2125550123{e}" for e in EXTENSIONS if e.isascii() or alphabet is WIDE]
    cells = [re.sub("[\x02\x03]", "", cell) for cell in cells]
    marked = pl.Series(cells).str.replace_all(alphabet.run, "\x02${0}\x03").to_list()
    split = []
    for cell, text in zip(cells, marked, strict=True):
        runs, at = [], 0
        for outside, inside in re.findall("([^\x02]*)\x02?([^\x03]*)\x03?", text):
            at += len(outside)
            runs.append(range(at, at + len(inside)))
            at += len(inside)
        for match in phonenumbermatcher._PATTERN.finditer(cell):
            first, last = match.start(), match.end() - 1
            split += [cell for _ in [0] if not any(first in run and last in run for run in runs)]
    assert not split
