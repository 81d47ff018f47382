"""Joins between datasets: the estimate, its bounds, and which columns may join at all."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import privscan as ps
from privscan.assess.context import Context
from privscan.assess.links import MOST, linked, overlap, within
from privscan.assess.score import inputs, joinable, risk
from privscan.evidence.bottomk import BottomK, K
from privscan.evidence.column import ColumnEvidence
from privscan.evidence.dataset import DatasetEvidence
from privscan.evidence.tally import Facts
from privscan.model.kinds import Kind
from privscan.model.profile import ColumnProfile, DatasetProfile, EntityProfile, Link
from privscan.rulebook.load import rulebook


def sketch(numbers, seed: int = 7) -> BottomK:
    return BottomK.of(pl.Series(np.asarray(numbers, np.uint64)).hash(seed))


def dataset(name: str, values: BottomK, *, path="mail", entity="email", facts=None):
    rows = max(values.distinct(), 1)
    column = ColumnEvidence(path, Kind.TEXT, rows=rows, values=values, facts=facts or Facts())
    data = DatasetEvidence(name, name, "table", rows=rows, columns={path: column})
    found = EntityProfile(entity, 0.99, rows, 1.0, (0.99, 1.0))
    seen = ColumnProfile(path, Kind.TEXT, rows, 0, rows, entity, 0.99, (found,))
    profile = DatasetProfile(name, name, "table", rows, 0, 1, rows, columns=(seen,))
    return data, profile


def links(*made) -> dict[str, tuple[Link, ...]]:
    evidence = {data.name: data for data, _ in made}
    return linked(evidence, [profile for _, profile in made], rulebook())


@settings(max_examples=60, deadline=None)
@given(
    shared=st.integers(0, 9_000), mine=st.integers(0, 9_000), theirs=st.integers(0, 9_000),
    seed=st.integers(0, 2**32),
)  # fmt: skip
def test_the_true_share_lies_within_the_bounds(shared, mine, theirs, seed):
    one = sketch(np.arange(shared + mine), seed)
    two = sketch(np.r_[np.arange(shared), np.arange(theirs) + 1_000_000], seed)
    found = overlap(one, two)
    true = shared / (shared + mine) if shared + mine else 0.0
    # Hypothesis hunts for the seed that breaks 95 %: the same bound at 1 - 1e-9 may not break.
    if found.exact:
        assert found.share == true
        assert found.interval == (true, true)
    else:
        low, high = within_at(found.found, found.sampled, 1e-9)
        assert low <= true <= high
        assert low <= found.interval[0] <= found.share <= found.interval[1] <= high


def within_at(found: int, sampled: int, risk_of_error: float) -> tuple[float, float]:
    """The bounds at another level, by brute force over shares."""
    if not sampled:
        return 0.0, 1.0
    share, enough = found / sampled, np.log(2 / risk_of_error) / sampled
    grid = np.linspace(0, 1, 4_001)[1:-1]
    both = share * np.log(np.maximum(share, 1e-300) / grid)
    both += (1 - share) * np.log(np.maximum(1 - share, 1e-300) / (1 - grid))
    kept = grid[both <= enough]
    step = 1 / 4_000
    return float(kept.min(initial=1.0)) - step, float(kept.max(initial=0.0)) + step


def test_bounds_hold_in_nineteen_of_twenty_random_draws():
    rng = np.random.default_rng(5)
    inside = 0
    for seed in range(200):
        shared, mine, theirs = (int(x) for x in rng.integers(500, 20_000, 3))
        one = sketch(np.arange(shared + mine), seed)
        two = sketch(np.r_[np.arange(shared), np.arange(theirs) + 1_000_000], seed)
        low, high = overlap(one, two).interval
        inside += low <= shared / (shared + mine) <= high
    assert inside >= 190


@given(st.lists(st.integers(0, 9_999), min_size=1, max_size=6), st.randoms())
@settings(max_examples=25, deadline=None)
def test_any_cut_and_order_of_the_parts_gives_the_same_overlap(cuts, random):
    other = sketch(np.arange(5_000, 25_000))
    whole = overlap(sketch(np.arange(10_000)), other)
    parts = [sketch(p) for p in np.split(np.arange(10_000), sorted(cuts))]
    random.shuffle(parts)
    total = BottomK.empty()
    for part in parts:
        total = total + part
    assert overlap(total, other) == whole


@pytest.mark.parametrize("sampled", [1, 10, 2_048])
def test_bounds_contain_the_share_and_shrink(sampled):
    for found in (0, sampled // 2, sampled):
        low, high = within(found, sampled)
        assert 0 <= low <= found / sampled <= high <= 1
    assert within(0, sampled)[0] == 0
    assert within(sampled, sampled)[1] == 1
    assert np.subtract(*within(sampled * 4, sampled * 8)) > np.subtract(
        *within(sampled, 2 * sampled)
    )


def test_nothing_compared_is_nothing_known():
    assert within(0, 0) == (0.0, 1.0)
    far = overlap(sketch([1]), sketch(np.arange(10, 3_000_000)))
    assert far.share == 0
    assert far.interval[1] > 0.5


def test_links_stand_both_ways_with_each_ones_own_share():
    found = links(
        dataset("crm", sketch(np.arange(1_000))),
        dataset("log", sketch(np.arange(500, 900)), path="user_mail"),
    )
    assert found == {
        "crm": (Link("log", "mail", 0.4, "user_mail", (0.4, 0.4)),),
        "log": (Link("crm", "user_mail", 1.0, "mail", (1.0, 1.0)),),
    }


def test_large_columns_are_estimated_with_bounds():
    one = dataset("one", sketch(np.arange(100_000)))
    two = dataset("two", sketch(np.arange(75_000, 300_000)))
    [link] = links(one, two)["one"]
    assert link.interval[0] < 0.25 < link.interval[1]
    assert 0 < link.interval[1] - link.interval[0] < 0.1


@pytest.mark.parametrize("entity", ["gender", "name_full", "salary", "city"])
def test_values_that_many_persons_share_join_nothing(entity):
    values = sketch(np.arange(1_000))
    assert not links(dataset("a", values, entity=entity), dataset("b", values, entity=entity))


def test_few_values_and_few_hits_join_nothing():
    few = sketch(np.arange(19))
    assert not links(dataset("a", few), dataset("b", few))
    one, two = sketch(np.arange(1_000)), sketch(np.arange(998, 2_000))
    assert not links(dataset("a", one), dataset("b", two))


def test_one_dataset_does_not_join_itself():
    assert not links(dataset("a", sketch(np.arange(1_000))))
    assert not links()


def test_counted_numbers_join_under_one_header_only():
    counted = Facts(numbers=1_000, integers=1_000, low=1.0, high=1_000.0)
    values, key = sketch(np.arange(1_000)), "customer_id"
    orders = dataset("orders", values, path="customer_id", entity=key, facts=counted)
    people = dataset("people", values, path="customerId", entity=key, facts=counted)
    pets = dataset("pets", values, path="patient no", entity=key, facts=counted)
    found = links(orders, people, pets)
    assert [link.dataset for link in found["orders"]] == ["people"]
    assert "pets" not in found
    sparse = Facts(numbers=1_000, integers=1_000, low=1e6, high=9e8)
    assert links(
        dataset("a", values, path="customer no", entity=key, facts=sparse),
        dataset("b", values, path="patient no", entity=key, facts=sparse),
    )


def test_a_dataset_names_so_many_links_only():
    made = [dataset(f"d{i:02}", sketch(np.arange(1_000 - i))) for i in range(MOST + 6)]
    found = links(*made)
    assert {len(some) for some in found.values()} == {MOST}
    assert [link.containment for link in found["d00"]] == sorted(
        (link.containment for link in found["d00"]), reverse=True
    )


def test_rare_combinations_join_and_common_ones_do_not():
    def people(name: str, groups: int, rows: int):
        data, profile = dataset(name, sketch(np.arange(5)), path="dob", entity="dob")
        columns = (*profile.columns, replace(profile.columns[0], path="zip", entity="postal_code"))
        joint = {("dob", "zip"): sketch(np.arange(groups))}
        both = {path: replace(data.columns["dob"], path=path) for path in ("dob", "zip")}
        return replace(data, rows=rows, columns=both, joint=joint), replace(
            profile, columns=columns
        )

    found = links(people("a", 1_000, 1_000), people("b", 2_000, 2_000))
    assert found["a"] == (Link("b", "dob + zip", 1.0, "dob + zip", (1.0, 1.0)),)
    assert found["b"][0].containment == 0.5
    assert not links(people("a", 1_000, 9_000), people("b", 2_000, 9_000))


def test_a_join_raises_the_score_by_what_the_other_holds():
    rules, context = rulebook(), Context()
    shared = sketch(np.arange(1_000))
    (_, log), (_, crm) = dataset("log", shared, entity="cookie_id"), dataset("crm", shared)
    joined = replace(log, links=(Link("crm", "mail", 0.6, "mail", (0.5, 0.7)),))
    alone, known = risk(log, rules, context), risk(joined, rules, context, {"crm": crm})
    assert known.score > alone.score
    assert known.interval[0] < known.score < known.interval[1]
    assert risk(joined, rules, context, {}).score == alone.score
    brings = joinable(joined.links[0], crm, rules, context)
    direct = inputs(crm, rules, context).fields[0]
    assert brings.containment == 0.6
    assert brings.identifiability == pytest.approx(direct.identifying * direct.confidence)


def test_a_scan_of_two_tables_reports_their_join():
    mails = [f"{name}{i}@mail.example.org" for i in range(100) for name in ("jo", "kim", "lee")]
    report = ps.scan(
        pl.DataFrame({"email": mails[:200]}),
        pl.DataFrame({"mail": mails[100:]}),
        detectors=["pattern"],
    )
    for one in report.datasets:
        assert [link.containment for link in one.links] == [0.5]
        assert "best join" in {w.name: w.why for w in one.risk.waterfall}["joinability"]
    alone = ps.scan(pl.DataFrame({"email": mails[:200]}), detectors=["pattern"]).datasets[0]
    assert not alone.links
    assert report.datasets[0].risk.score > alone.risk.score


def test_unique_share_is_near_the_exact_one():
    rng = np.random.default_rng(2)
    days = [f"19{y}-0{m}-1{d}" for y, m, d in rng.integers([50, 1, 0], [99, 9, 9], (30_000, 3))]
    frame = pl.DataFrame({"dob": days, "zip": rng.integers(10_000, 10_012, 30_000).astype(str)})
    [groups] = ps.scan(frame, detectors=["dates", "postcodes"]).datasets[0].quasi_identifiers
    true = frame.group_by("dob", "zip").len().select((pl.col("len") == 1).mean()).item()
    low, high = groups.unique_interval
    assert low < true < high
    assert high - low < 0.1
    assert len(frame.unique()) > K
