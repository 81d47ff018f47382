"""Uniques of a population from a sample: near the truth where the truth is known."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from privscan.reidentify.population import pitman, population, shlosser, snb, zayatz


def sample(keys, fraction: float, seed: int = 0) -> dict[int, int]:
    rng = np.random.default_rng(seed)
    drawn = rng.choice(keys, round(len(keys) * fraction), replace=False)
    classes = Counter(Counter(drawn.tolist()).values())
    return {k: k * n for k, n in classes.items()}


def people(seed: int = 0, size: int = 100_000) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return (rng.lognormal(0, 2.5, size) * 20).astype(int) * 1_000 + rng.integers(0, 40, size)


def uniques(keys) -> int:
    return sum(n == 1 for n in Counter(keys.tolist()).values())


@pytest.mark.parametrize("fraction", [0.02, 0.05, 0.3, 0.6])
def test_the_chosen_estimate_is_near_the_truth(fraction):
    keys = people()
    found = population(sample(keys, fraction), fraction)
    assert found.uniques == pytest.approx(uniques(keys), rel=0.25)
    assert found.chosen == ("pitman" if fraction <= 0.1 else "zayatz")
    assert found.size == pytest.approx(len(keys), rel=0.001)


def test_a_shifted_negative_binomial_is_recognised():
    rng = np.random.default_rng(1)
    sizes = rng.negative_binomial(3, 0.6, 20_000) + 1
    keys = np.repeat(np.arange(20_000), sizes)
    classes = {k: n / k for k, n in sample(keys, 0.5).items()}
    assert shlosser(classes, 0.5) == pytest.approx(20_000, rel=0.05)
    assert snb(classes, 0.5) == pytest.approx(uniques(keys), rel=0.1)
    assert population({k: k * n for k, n in classes.items()}, 0.5).chosen == "snb"


def test_the_whole_population_is_its_own_estimate():
    keys = people(size=5_000)
    found = population(sample(keys, 1.0), 1.0)
    assert found.uniques == pytest.approx(uniques(keys), rel=1e-6)
    assert found.match == 1.0


def test_without_sample_uniques_there_are_none():
    found = population({5: 500}, 0.1)
    assert (found.uniques, found.match, found.size) == (0, 0, 5_000)


def test_all_different_is_no_model_of_pitman():
    found = population({1: 100}, 0.05)
    assert found.pitman is None
    assert found.chosen == "zayatz"
    assert 0 < found.uniques <= found.size


def test_zayatz_by_hand():
    # Three classes of a sample of 4 from 8: P(1 | 1) = .5, P(1 | 2) = 2 * C(6, 3) / C(8, 4) = 4/7.
    classes = {1: 2, 2: 1}
    share = (2 / 3 * 0.5) / (2 / 3 * 0.5 + 1 / 3 * 4 / 7)
    assert zayatz(classes, 8, 0.5) == pytest.approx(2 * share / 0.5)


def test_a_match_is_right_as_skinner_and_elliot_say():
    found = population({1: 30, 2: 20, 3: 30}, 0.1)
    assert found.match == pytest.approx(0.1 * 30 / (0.1 * 30 + 2 * 0.9 * 10))


def test_pitmans_likelihood_has_its_peak_inside():
    classes = {k: n / k for k, n in sample(people(), 0.05).items()}
    assert 0 < pitman(classes, 100_000) < 100_000
