"""The laws of the one monoid: merge, splits, wire form."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import reduce

import numpy as np
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from privscan.errors import UnequalHeadersError, UnreadableError
from privscan.evidence.bottomk import BottomK, K
from privscan.evidence.codec import VERSION, decode, encode
from privscan.evidence.column import observe
from privscan.evidence.dataset import DatasetEvidence, Evidence, Header
from privscan.evidence.distinct import counted, distinct
from privscan.evidence.total import total
from privscan.model.data import Hits, Unread
from privscan.model.kinds import Kind

HEADER = Header("plan", "rules", "polars=2", "key")
cells = st.lists(
    st.one_of(
        st.none(),
        st.just(""),
        st.text(max_size=12),
        st.integers(-(10**9), 10**9).map(str),
        st.sampled_from(["2024-01-31", "31.01.2024", "a@b.example", "****", "d" * 32, "nan"]),
    ),
    max_size=60,
)
parts_of = st.lists(cells, min_size=1, max_size=4)


def seen(values, path="c"):
    found = distinct(counted(pl.Series(values, dtype=pl.String)))
    mask = found.cells.str.contains("@", literal=True)
    hits = [
        Hits("email", mask, 0.85, "test", whole=~found.cells.str.contains(" ", literal=True)),
        Hits("phone", found.cells.str.contains(r"^\d+$"), 0.4, "test"),
    ]
    return observe(path, Kind.NUMBER, found, hits, seed=7)


def evidence(values, name="d"):
    unread = tuple(Unread("u", str(i), "why") for i, v in enumerate(values) if v == "")
    data = DatasetEvidence(
        name, "uri", "table", len(values), 5, 1, {"c": seen(values)}, {("a", "b"): sketch(values)}
    )
    return Evidence(HEADER, {name: replace(data, unread=tuple(sorted(unread)))})


def sketch(values):
    return BottomK.of(pl.Series(values, dtype=pl.String).drop_nulls().hash(7))


@given(cells, cells)
def test_merge_commutes(a, b):
    assert evidence(a) + evidence(b) == evidence(b) + evidence(a)


@given(cells, cells, cells, st.sampled_from("de"))
def test_merge_associates(a, b, c, name):
    x, y, z = evidence(a), evidence(b, name), evidence(c)
    assert (x + y) + z == x + (y + z)


@given(cells)
def test_merge_has_an_identity(a):
    assert evidence(a) + Evidence(HEADER) == evidence(a) == Evidence(HEADER) + evidence(a)


@given(parts_of)
def test_any_split_gives_the_evidence_of_the_whole(parts):
    whole = [value for part in parts for value in part]
    total = seen(parts[0])
    for part in parts[1:]:
        total = total + seen(part)
    assert total == seen(whole)


@given(cells)
def test_wire_form_round_trips_and_is_stable(a):
    once = encode(evidence(a))
    assert decode(once) == evidence(a)
    assert encode(decode(once)) == once


@settings(max_examples=20)
@given(st.integers(0, 2**32), st.integers(1, 9), st.integers(1, 4))
def test_bottomk_counts_are_exact_past_k_whatever_the_cut(seed, cut, copies):
    values = pl.Series(range(seed, seed + 3 * K)).sample(fraction=1, shuffle=True, seed=1)
    repeated = pl.concat([values] * copies).hash(1)
    size = len(repeated) // cut + 1
    total = BottomK.empty()
    for start in range(0, len(repeated), size):
        total = total + BottomK.of(repeated.slice(start, size))
    assert total == BottomK.of(repeated)
    assert set(total.counts.tolist()) == {copies}
    assert not total.exact


def test_distinct_is_exact_below_k_and_within_ten_per_cent_above():
    assert BottomK.of(pl.Series(range(K - 1)).hash(3)).distinct() == K - 1
    estimate = BottomK.of(pl.Series(range(500_000)).hash(3)).distinct()
    assert abs(estimate / 500_000 - 1) < 0.1


@pytest.mark.parametrize("field", ["plan", "rules", "libraries", "key_id"])
def test_unequal_headers_do_not_add_up(field):
    other = Evidence(replace(HEADER, **{field: "other"}))
    with pytest.raises(UnequalHeadersError, match=field):
        evidence(["a"]) + other


WIRE = encode(evidence(["a@b.example", "x", "2024-01-31", "7"]))
places = st.integers(0, len(WIRE) - 1)


@settings(max_examples=300)
@given(st.dictionaries(places, st.integers(1, 255), min_size=1, max_size=3), st.none() | places)
def test_damage_anywhere_on_the_wire_is_refused_before_it_is_read(flips, end):
    wire = bytearray(WIRE)
    for place, bits in flips.items():
        wire[place] ^= bits
    with pytest.raises(UnreadableError):
        decode(bytes(wire[:end]))


def test_a_wire_form_of_another_version_is_refused_by_name():
    wire = encode(evidence(["x"])).replace(b"/%d\n" % VERSION, b"/%d\n" % (VERSION + 1), 1)
    with pytest.raises(UnreadableError, match=f"version {VERSION + 1}"):
        decode(wire)


def test_a_table_that_is_no_evidence_is_refused_though_its_digest_fits():
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, pa.schema([("a", pa.int64())])):
        pass
    stream = bytes(sink.getvalue())
    wire = b"privscan-evidence/%d\n%s%s" % (VERSION, hashlib.sha256(stream).digest(), stream)
    with pytest.raises(UnreadableError):
        decode(wire)


def test_cut_short_or_foreign_bytes_are_refused():
    wire = encode(evidence(["a@b.example", "x"]))
    for bad in (b"", b"{}", wire[: len(wire) // 2], wire[:8]):
        with pytest.raises(UnreadableError):
            decode(bad)


def test_blank_is_missing_and_examples_are_masked():
    column = seen(["Jane Doe", "", None, "山田 太郎", "Jane Doe"])
    assert (column.rows, column.nulls) == (5, 2)
    assert {shape for _, shape in column.examples} == {"Xxxx Xxx", "xx xx"}


def test_facts_are_weighed_by_rows_not_by_distinct_values():
    column = seen(["12", "12", "3.5", "nan", "2024-01-31", "a1" * 16])
    facts = column.facts
    assert (facts.numbers, facts.integers, facts.digits_only) == (3, 2, 2)
    assert (facts.low, facts.high, facts.dates) == (3.0, 12.0, 1)
    assert column.forms == {"hex16": 1}
    assert (facts.shortest, facts.longest) == (2, 32)


@settings(max_examples=20)
@given(st.lists(cells, max_size=9), st.integers(1, 5))
def test_a_tree_of_sums_is_the_sum(parts, start):
    each = [evidence(values) for values in parts]
    one_by_one = reduce(lambda x, y: x + y, each, evidence(["s"] * start))
    assert total(iter(each), evidence(["s"] * start)) == one_by_one


@pytest.mark.parametrize(
    "many", [BottomK.of(pl.Series(range(10 * K), dtype=pl.UInt64)), BottomK.empty()]
)
def test_what_is_above_all_of_the_other_is_left_out_of_a_sum_and_nothing_else(many):
    high = BottomK.of(pl.Series([9 * K, 9 * K + 1, 3], dtype=pl.UInt64))
    for one, two in ((many, high), (high, many)):
        whole = {int(h): int(c) for h, c in zip(one.hashes, one.counts, strict=True)}
        for h, c in zip(two.hashes, two.counts, strict=True):
            whole[int(h)] = whole.get(int(h), 0) + int(c)
        kept = sorted(whole)[:K]
        added = one + two
        assert added.hashes.tolist() == kept
        assert added.counts.tolist() == [whole[h] for h in kept]


@pytest.mark.parametrize(
    ("hashes", "counts"),
    [([3, 1], [1, 1]), ([1, 1], [1, 1]), ([1, 2], [1]), ([*range(K + 1)], [1] * (K + 1))],
    ids=["unsorted", "repeated", "uncounted", "too many"],
)
def test_a_sketch_that_is_none_is_refused_though_the_digest_fits(hashes, counts):
    """Sums rely on ascending hashes: such a sketch would give a wrong answer without a word."""
    bad = BottomK(np.array(hashes, np.uint64), np.array(counts, np.uint64))
    data = replace(evidence(["x"]).datasets["d"], joint={("a", "b"): bad})
    with pytest.raises(UnreadableError, match="damaged"):
        decode(encode(Evidence(HEADER, {"d": data})))
