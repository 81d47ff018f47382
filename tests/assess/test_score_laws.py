"""The properties that the score promises, on any input."""

from __future__ import annotations

import importlib.util
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from privscan.assess.score import Field, Inputs, Joinable, score
from privscan.model.kinds import Level, State
from privscan.rulebook.load import rulebook

WEIGHTS = rulebook().scoring
STATES = sorted(State, key=lambda state: -WEIGHTS.rho[state])
NEAR = 1e-9

share = st.floats(0, 1)
fields = st.builds(
    Field,
    entity=st.sampled_from("abcdefgh"),
    category=st.sampled_from("pqrstu"),
    weight=st.sampled_from([0, 0.25, 0.5, 0.625, 0.75, 1]),
    identifying=st.sampled_from([0, 0.1, 0.25, 0.5, 0.75]),
    confidence=share,
    state=st.sampled_from(STATES),
    floor=st.sampled_from([0, 0, 40, 60]),
)
links = st.builds(
    Joinable,
    name=st.text(max_size=3),
    containment=share,
    identifiability=share,
    categories=st.lists(st.tuples(st.sampled_from("pqrstu"), share), max_size=3).map(tuple),
)
class_sizes = st.lists(st.integers(1, 300), max_size=20)
anything = st.builds(
    Inputs,
    fields=st.lists(fields, max_size=6).map(tuple),
    subjects=st.integers(0, 10**9),
    classes=class_sizes.map(lambda sizes: tuple(Counter(sizes).items())),
    links=st.lists(links, max_size=3).map(tuple),
    vulnerable=share,
    exposure=share,
    unread=share,
)
laws = settings(max_examples=100, deadline=None)


def points(given_inputs):
    return score(given_inputs, WEIGHTS).score


@laws
@given(anything)
def test_the_score_is_within_0_and_100_and_its_bars_add_up(one):
    found = score(one, WEIGHTS)
    assert -NEAR <= found.score <= 100 + NEAR
    assert all(step.points >= 0 for step in found.waterfall)
    assert sum(step.points for step in found.waterfall) == pytest.approx(found.score, abs=1e-6)
    assert len({step.name for step in found.waterfall}) == 7
    assert all(step.why for step in found.waterfall)


@laws
@given(anything, fields)
def test_another_detection_never_lowers(one, more):
    assert points(replace(one, fields=(*one.fields, more))) >= points(one) - NEAR


@laws
@given(anything, fields, share, share)
def test_more_confidence_never_lowers(one, field, some, other):
    low, high = (
        replace(one, fields=(*one.fields, replace(field, confidence=c)))
        for c in sorted((some, other))
    )
    assert points(high) >= points(low) - NEAR


@laws
@given(anything, fields, st.lists(st.sampled_from(range(len(STATES))), min_size=2, max_size=2))
def test_more_protection_never_raises(one, field, ranks):
    clear, safe = (
        replace(one, fields=(*one.fields, replace(field, state=STATES[rank])))
        for rank in sorted(ranks)
    )
    assert points(safe) <= points(clear) + NEAR


@laws
@given(anything, st.integers(0, 10**9))
def test_more_subjects_never_lower(one, more):
    assert points(replace(one, subjects=one.subjects + more)) >= points(one) - NEAR


@laws
@given(anything, links)
def test_a_joinable_dataset_never_lowers(one, link):
    assert points(replace(one, links=(*one.links, link))) >= points(one) - NEAR


@laws
@given(anything, st.lists(st.tuples(st.integers(1, 300), st.integers(0, 50)), max_size=20))
def test_larger_classes_never_raise(one, grown):
    before = replace(one, classes=tuple((k, 1) for k, _ in grown))
    after = replace(one, classes=tuple((k + more, 1) for k, more in grown))
    assert points(after) <= points(before) + NEAR


@laws
@given(anything, share, share, share)
def test_vulnerable_people_exposure_and_unread_parts_never_lower(one, v, x, u):
    worse = replace(
        one,
        vulnerable=max(v, one.vulnerable),
        exposure=max(x, one.exposure),
        unread=max(u, one.unread),
    )
    assert points(worse) >= points(one) - NEAR


@laws
@given(anything, st.randoms())
def test_order_is_irrelevant(one, random):
    mixed = {}
    for name in ("fields", "links", "classes"):
        items = list(getattr(one, name))
        random.shuffle(items)
        mixed[name] = tuple(items)
    assert points(replace(one, **mixed)) == pytest.approx(points(one), abs=NEAR)


@laws
@given(anything)
def test_zero_means_that_nothing_weighted_was_found_and_nearly_all_was_read(one):
    weights = [f.weight * f.confidence * WEIGHTS.rho[f.state] for f in one.fields]
    joins = [e.containment * s for e in one.links for _, s in e.categories]
    strongest = max([*weights, *joins], default=0)
    assume(strongest == 0 or strongest > 1e-9)  # below this a float's 1 - x is 1
    # A floor holds by the entity alone, and every entity with a floor weighs something.
    assume(all(f.weight or not f.floor for f in one.fields))
    nothing = strongest == 0 and one.unread <= WEIGHTS.unread_share
    found = score(one, WEIGHTS)
    assert (found.score == 0) is nothing
    assert (found.level is Level.NONE_DETECTED) is nothing


def test_every_shipped_entity_with_a_floor_weighs_something():
    assert all(e.weight for e in rulebook().entities.values() if e.floor)


def _reference():
    file = Path(__file__).parents[3] / "shared" / "reference" / "scoring_ref.py"
    if not file.is_file():
        pytest.skip("the reference implementation is not at hand")
    spec = importlib.util.spec_from_file_location("scoring_ref", file)
    module = importlib.util.module_from_spec(spec)
    sys.modules["scoring_ref"] = module
    sys.dont_write_bytecode, before = True, sys.dont_write_bytecode
    try:
        spec.loader.exec_module(module)
    finally:
        sys.dont_write_bytecode = before
    return module


@pytest.fixture(scope="module")
def reference():
    return _reference()


@settings(max_examples=200, deadline=None)
@given(one=anything)
def test_the_reference_says_the_same(reference, one):
    theirs = reference.score(
        reference.Dataset(
            fields=tuple(
                reference.Field_(
                    f.entity,
                    f.category,
                    f.weight,
                    f.identifying,
                    f.confidence,
                    f.state.value,
                    floor=f.floor,
                )
                for f in one.fields
            ),
            n=one.subjects,
            ks=tuple(k for k, n in one.classes for _ in range(n)),
            links=tuple(
                reference.Link(e.name, e.containment, e.identifiability, e.categories)
                for e in one.links
            ),
            vulnerable=one.vulnerable,
            exposure=one.exposure,
            unscanned=one.unread,
        )
    )
    ours = score(one, WEIGHTS)
    assert ours.score == pytest.approx(theirs["score"], abs=1e-6)
    assert ours.severity == pytest.approx(theirs["S"], abs=1e-9)
    assert ours.identifiability == pytest.approx(theirs["I"], abs=1e-9)
    assert ours.cnil_severity == theirs["cnil_severity"]
    assert ours.cnil_likelihood == theirs["cnil_likelihood_proposal"]
    assert [s.points for s in ours.waterfall] == pytest.approx(
        [p for _, p in theirs["waterfall"]], abs=1e-6
    )
