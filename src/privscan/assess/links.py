"""Which datasets of one scan join: the share of one's keys that another holds, with its bounds.

Bottom-k sketches under one key sample the same values everywhere (Beyer et al., 2007).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from privscan.model.profile import DatasetProfile, Link
from privscan.rulebook.names import words

if TYPE_CHECKING:
    from privscan.evidence.bottomk import BottomK
    from privscan.evidence.column import ColumnEvidence
    from privscan.evidence.dataset import DatasetEvidence
    from privscan.rulebook.load import Rulebook

CONFIDENCE = 0.95
"""Of the intervals: so often the share among all values lies within."""

KEYS = ("customer_id", "pseudonym")
"""Entities made to join on; others must tell persons apart by themselves."""

IDENTIFYING = 0.5
"""Least identifying power of an entity whose values are compared: telephone, not town."""

REPEATED = ("name_full",)
"""Entities whose equal values are mostly of different persons."""

LEAST_VALUES = 20
"""Distinct values from which a column can join; below, equal ones are chance."""

LEAST_FOUND = 3
LEAST_SHARE = 0.01
"""Values found and share of them from which a join is told."""

MOST = 20
"""Links that one dataset names, those of the largest share."""

SPREAD = 4
"""Whole numbers up to so many times their count are a count: 1, 2, 3 of any two tables agree."""


class Overlap(NamedTuple):
    """Of `sampled` values of one side `found` are on the other; exact if all were compared."""

    found: int
    sampled: int
    exact: bool

    @property
    def share(self) -> float:
        """The estimated containment, 0 where nothing could be compared."""
        return self.found / self.sampled if self.sampled else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Where the containment lies at 95 %: the answer itself if exact."""
        return (self.share, self.share) if self.exact else within(self.found, self.sampled)


def overlap(mine: BottomK, theirs: BottomK) -> Overlap:
    """How many of my values are among theirs, on a fair sample of mine.

    The values of the union with the smallest hashes are drawn without replacement, so those of
    mine among them are a fair sample of all of mine.
    """
    # Where all of theirs below my largest hash are known, each of my hashes can be looked up.
    if theirs.exact or (not mine.exact and mine.hashes[-1] <= theirs.hashes[-1]):
        sample = mine.hashes
    else:
        both = np.union1d(mine.hashes, theirs.hashes)[: len(theirs.hashes)]
        sample = mine.hashes[mine.hashes <= both[-1]]
    found = int(np.isin(sample, theirs.hashes, assume_unique=True).sum())
    return Overlap(found, len(sample), mine.exact and theirs.exact)


def within(found: int, sampled: int) -> tuple[float, float]:
    """The shares that `found` of a sample without replacement do not rule out at 95 %.

    Hoeffding (1963), theorems 1 and 4: a share p gives so few or so many with a chance of at most
    exp(-sampled * divergence(found / sampled, p)) on each side.
    """
    if not sampled:
        return (0.0, 1.0)
    share, enough = found / sampled, math.log(2 / (1 - CONFIDENCE)) / sampled
    return (_edge(share, 0.0, enough), _edge(share, 1.0, enough))


def _edge(share: float, end: float, enough: float) -> float:
    """The share between the measured one and `end` where the divergence becomes `enough`."""
    inside, outside = share, end
    if _divergence(share, outside) <= enough:
        return outside
    for _ in range(50):
        middle = (inside + outside) / 2
        inside, outside = (
            (inside, middle) if _divergence(share, middle) > enough else (middle, outside)
        )
    return outside


def _divergence(share: float, p: float) -> float:
    """Of Kullback and Leibler, between two chances."""
    pairs = ((share, p), (1 - share, 1 - p))
    if any(a and b <= 0 for a, b in pairs):
        return math.inf
    return sum(a * math.log(a / b) for a, b in pairs if a)


@dataclass(frozen=True, slots=True)
class _Key:
    """A column, or a set of quasi-identifying columns, on which a dataset can be joined."""

    dataset: str
    column: str
    like: tuple[str, ...]
    values: BottomK


def linked(
    evidence: Mapping[str, DatasetEvidence], profiles: Sequence[DatasetProfile], rules: Rulebook
) -> dict[str, tuple[Link, ...]]:
    """By dataset the links from it, the best one to each other dataset, the largest share first."""
    keys = [key for one in profiles for key in _keys(one, evidence[one.name], rules)]
    best: dict[tuple[str, str], Link] = {}
    for mine, theirs in _meeting(keys):
        shared = overlap(mine.values, theirs.values)
        if shared.found < LEAST_FOUND or shared.share < LEAST_SHARE:
            continue
        low, high = shared.interval
        interval = (round(low, 6), round(high, 6))
        link = Link(theirs.dataset, mine.column, round(shared.share, 6), theirs.column, interval)
        pair = mine.dataset, theirs.dataset
        best[pair] = min(best.get(pair, link), link, key=_order)
    found: dict[str, list[Link]] = defaultdict(list)
    for (dataset, _), link in best.items():
        found[dataset].append(link)
    return {dataset: tuple(sorted(links, key=_order)[:MOST]) for dataset, links in found.items()}


def _order(link: Link) -> tuple[float, float, str, str, str]:
    low = link.interval[0]
    return (-link.containment, -low, link.dataset, link.column, link.other_column)


def _keys(profile: DatasetProfile, data: DatasetEvidence, rules: Rulebook) -> Iterator[_Key]:
    about = {c.path: c.entity for c in profile.columns if c.entity is not None}
    for path, entity in about.items():
        column = data.columns[path]
        if _joins(entity, rules) and len(column.values.hashes) >= LEAST_VALUES:
            counted = ("count", entity, *words(path)) if _counted(column) else ()
            yield _Key(profile.name, path, counted, column.values)
    for paths, sketch in data.joint.items():
        entities = [about.get(path) for path in paths]
        # In classes of many, equal combinations are no equal persons.
        alone = sketch.distinct() * 2 >= data.rows and len(sketch.hashes) >= LEAST_VALUES
        if alone and all(entities):
            like = ("set", *(entity for entity in entities if entity))
            yield _Key(profile.name, " + ".join(paths), like, sketch)


def _joins(entity: str, rules: Rulebook) -> bool:
    power = rules.entities[entity].identifying
    return entity in KEYS or (power >= IDENTIFYING and entity not in REPEATED)


def _counted(column: ColumnEvidence) -> bool:
    """Whether the values are whole numbers so dense that those of any two tables agree."""
    facts = column.facts
    low, high = facts.low, facts.high
    if low is None or high is None or facts.integers < column.rows - column.nulls:
        return False
    return high - low <= SPREAD * column.values.distinct()


def _meeting(keys: Sequence[_Key]) -> Iterator[tuple[_Key, _Key]]:
    """Pairs of keys of two datasets that have some kept hash in common, each both ways."""
    if not keys:
        return
    hashes = np.concatenate([key.values.hashes for key in keys])
    owners = np.repeat(np.arange(len(keys)), [len(key.values.hashes) for key in keys])
    order = np.argsort(hashes, kind="stable")
    hashes, owners = hashes[order], owners[order]
    starts = np.flatnonzero(np.concatenate([[True], hashes[1:] != hashes[:-1]]))
    ends = np.append(starts[1:], len(hashes))
    several = ends - starts > 1
    groups = zip(starts[several].tolist(), ends[several].tolist(), strict=True)
    met = {tuple(owners[start:end].tolist()) for start, end in groups}
    pairs = {pair for group in met for pair in permutations(group, 2)}
    for one, two in sorted(pairs):
        mine, theirs = keys[one], keys[two]
        if mine.dataset != theirs.dataset and mine.like == theirs.like:
            yield mine, theirs
