"""Uniques of a population, estimated from a sample's class sizes and its declared fraction.

Zayatz (1991); Chen and Keller-McNulty (1998) with Shlosser's estimator as in Haas and Stokes
(1998); Hoshino (2001); the choice between them by Dankar et al. (2012).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from itertools import pairwise

from privscan.reidentify.result import Population

_STEPS = 80
SMALL = 0.1
"""Fraction up to which Pitman's model is the best of the three (Dankar et al.)."""


def population(sizes: Mapping[int, int], fraction: float) -> Population:
    """Uniques among the sample's whole population; `sizes` are records by class size."""
    classes = {k: n / k for k, n in sorted(sizes.items())}
    records = sum(sizes.values())
    size = max(records, round(records / fraction))
    if not classes.get(1):
        return Population(fraction, size, 0.0, 0.0, 0.0, "zayatz", 0.0, 0.0)
    by_zayatz = zayatz(classes, size, fraction)
    by_snb = _possible(snb(classes, fraction), size)
    by_pitman = _possible(pitman(classes, size), size)
    chosen, uniques = "zayatz", by_zayatz
    if fraction <= SMALL and by_pitman is not None:
        chosen, uniques = "pitman", by_pitman
    elif fraction > SMALL and by_snb is not None and by_snb <= by_zayatz:
        chosen, uniques = "snb", by_snb
    single, double = classes[1], classes.get(2, 0.0)
    match = fraction * single / (fraction * single + 2 * (1 - fraction) * double)
    return Population(fraction, size, by_zayatz, by_snb, by_pitman, chosen, uniques, match)


def _possible(uniques: float | None, size: int) -> float | None:
    return uniques if uniques is not None and 0 < uniques <= size else None


def zayatz(classes: Mapping[int, float], size: int, fraction: float) -> float:
    """Sample uniques that are unique in the population, scaled to it."""
    sample = round(sum(k * n for k, n in classes.items()))
    chance = {k: _one_drawn(k, size, sample) for k in classes}
    total = sum(n * chance[k] for k, n in classes.items())
    return classes[1] * (classes[1] * chance[1] / total) / fraction


def _one_drawn(k: int, size: int, sample: int) -> float:
    """Chance that a sample without replacement holds one of k (hypergeometric)."""
    rest, others = size - k, sample - 1
    if others > rest:
        return 0.0
    return k * math.exp(_choose(rest, others) - _choose(size, sample))


def _choose(n: float, k: float) -> float:
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)


def shlosser(classes: Mapping[int, float], fraction: float) -> float:
    """Classes of the population, seen and unseen."""
    q = fraction
    every = classes.items()
    one = sum(k * q * q * (1 - q * q) ** (k - 1) * n for k, n in every)
    two = sum((1 - q) ** k * ((1 + q) ** k - 1) * n for k, n in every)
    three = sum((1 - q) ** k * n for k, n in every)
    four = sum(k * q * (1 - q) ** (k - 1) * n for k, n in every)
    found = sum(classes.values())
    return (
        found + classes.get(1, 0.0) * (one / two) * (three / four) ** 2 if two and four else found
    )


def snb(classes: Mapping[int, float], fraction: float) -> float | None:
    """A shifted negative binomial, by the numbers of classes of one and of two in the sample."""
    if fraction >= 1:
        return classes.get(1, 0.0)
    total, f = shlosser(classes, fraction), fraction
    single, double = classes.get(1, 0.0), classes.get(2, 0.0)

    def alpha(beta: float) -> float | None:
        x = (1 - f) * (1 - beta)
        rate, grows = math.log(beta / (1 - x)), x / (1 - x)
        top = max(0.0, -1 / rate - 1 / grows)

        def ones(a: float) -> float:
            return total * f * math.exp(rate * a) * (a * grows + 1) - single

        return _root(ones, top, top - 800 / rate) if ones(top) >= 0 else None

    def twos(beta: float) -> float | None:
        a = alpha(beta)
        if a is None:
            return None
        x = (1 - f) * (1 - beta)
        powers = math.exp(a * math.log(beta / (1 - x))) / (1 - x) ** 2
        return total * a * powers * f * f * (1 - beta) / 2 * (2 + (a - 1) * x) - double

    beta = _crossing(twos, [1 / (1 + math.exp(-t / 4)) for t in range(-60, 61)])
    a = None if beta is None else alpha(beta)
    return None if beta is None or a is None else total * beta**a


def _crossing(f: Callable[[float], float | None], grid: list[float]) -> float | None:
    """Where `f` changes its sign first along the grid."""
    seen = [(at, value) for at in grid if (value := f(at)) is not None]
    for (low, one), (high, two) in pairwise(seen):
        if one * two <= 0:
            return _root(lambda at: f(at) or 0.0, low, high)
    return None


def _root(f: Callable[[float], float], low: float, high: float) -> float:
    up = f(low) < 0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if (f(middle) < 0) == up else (low, middle)
    return (low + high) / 2


def pitman(classes: Mapping[int, float], size: int) -> float | None:
    """Pitman's sampling formula at its greatest likelihood."""
    kinds, sample = sum(classes.values()), sum(k * n for k, n in classes.items())
    if kinds <= 1 or kinds >= sample:
        return None

    def likelihood(alpha: float, log_theta: float) -> float:
        theta = math.exp(log_theta)
        ratio = theta / alpha
        return (
            (kinds - 1) * math.log(alpha)
            + math.lgamma(ratio + kinds)
            - math.lgamma(ratio + 1)
            - math.lgamma(theta + sample)
            + math.lgamma(theta + 1)
        )

    def best(alpha: float) -> tuple[float, float]:
        inner = _highest(lambda t: likelihood(alpha, t), -12.0, math.log(sample) + 12)
        apart = sum(
            n * (math.lgamma(k - alpha) - math.lgamma(1 - alpha)) for k, n in classes.items()
        )
        return likelihood(alpha, inner) + apart, inner

    alpha = _highest(lambda a: best(a)[0], 1e-6, 1 - 1e-6)
    theta = math.exp(best(alpha)[1])
    return math.exp(math.lgamma(theta + 1) - math.lgamma(theta + alpha) + alpha * math.log(size))


def _highest(f: Callable[[float], float], low: float, high: float) -> float:
    """Where a function with one peak has it (golden section)."""
    ratio = (math.sqrt(5) - 1) / 2
    one, two = high - ratio * (high - low), low + ratio * (high - low)
    at_one, at_two = f(one), f(two)
    for _ in range(_STEPS):
        if at_one < at_two:
            low, one, at_one = one, two, at_two
            two = low + ratio * (high - low)
            at_two = f(two)
        else:
            high, two, at_two = two, one, at_one
            one = high - ratio * (high - low)
            at_one = f(one)
    return (low + high) / 2
