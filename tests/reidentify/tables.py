"""Random tables, and the measures by brute force in plain Python as pyCANON defines them."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from itertools import combinations

import polars as pl
from hypothesis import strategies as st

import privscan as ps

cell = st.sampled_from(["u", "v", "w", None])
rows = st.lists(
    st.tuples(cell, cell, st.sampled_from(["x", "y", None]), st.integers(0, 6), st.sampled_from("pqr"),
              st.sampled_from(["ann", "bob", "cy", "dee", None])),
    min_size=1, max_size=24,
)  # fmt: skip
NAMES = ("a", "b", "c", "num", "cat", "who")
QUASI = ("a", "b", "c")


def frame(table) -> pl.DataFrame:
    schema = dict.fromkeys(NAMES, pl.String) | {"num": pl.Int64}
    return pl.DataFrame(table, schema=schema, orient="row")


def measured(table, **asked):
    [answer] = ps.reidentify(frame(table), **{"quasi": QUASI, **asked})
    return answer


def alike(one, two) -> bool:
    return all(x is None or y is None or x == y for x, y in zip(one, two, strict=True))


def records(table, *, wildcard: bool, subjects: bool) -> Counter[int]:
    """Records by k: a record is a person in a class."""
    persons = defaultdict(set)
    for i, row in enumerate(table):
        who = row[5] if subjects and row[5] is not None else i
        persons[row[:3]].add(who)
    sizes: Counter[int] = Counter()
    for one, own in persons.items():
        near = [two for two in persons if (alike(one, two) if wildcard else one == two)]
        sizes[len(set().union(*(persons[two] for two in near)))] += len(own)
    return sizes


def classes(table) -> list[list[tuple]]:
    groups = defaultdict(list)
    for row in table:
        groups[row[:3]].append(row)
    return list(groups.values())


def sensitive(table, place: int, *, ordered: bool) -> dict[str, float]:
    """The measures of pyCANON 1.3 on complete tables, each class's worst."""
    values = sorted({row[place] for row in table})
    p = [sum(row[place] == v for row in table) / len(table) for v in values]
    found = defaultdict(list)
    for rows_of in classes(table):
        counts = [sum(row[place] == v for row in rows_of) for v in values]
        q = [n / len(rows_of) for n in counts]
        gap = [a - b for a, b in zip(q, p, strict=True)]
        found["diversity"].append(sum(n > 0 for n in counts))
        found["entropy"].append(math.exp(-sum(x * math.log(x) for x in q if x)))
        if ordered:
            walked = [abs(sum(gap[: i + 1])) for i in range(len(gap))]
            found["closeness"].append(sum(walked) / max(1, len(values) - 1))
        else:
            found["closeness"].append(sum(map(abs, gap)) / 2)
        found["alpha"].append(max(q))
        found["beta"].append(max(g / b for g, b in zip(gap, p, strict=True)))
        found["delta"].append(max(abs(math.log(a / b)) for a, b in zip(q, p, strict=True) if a))
    worst = {name: max(some) for name, some in found.items()}
    worst |= {name: min(found[name]) for name in ("diversity", "entropy")}
    level = worst["diversity"]
    c, pycanon = [], []
    for rows_of in classes(table):
        up = sorted(Counter(row[place] for row in rows_of).values())
        pycanon.append(math.floor(up[0] / sum(up[level - 1 :]) + 1))
        down = up[::-1]
        c.append(down[0] / sum(down[level - 1 :]))
    worst |= {"c": max(c), "pycanon": max(pycanon)} if level > 1 else {"c": None, "pycanon": None}
    return worst


def least_uniques(table, size: int, *, subjects: bool) -> dict[tuple, list[tuple[int, ...]]]:
    """By class its minimal sets of up to `size` columns that only one person has, by trying all."""
    tuples = defaultdict(set)
    for i, row in enumerate(table):
        tuples[row[:3]].add(row[5] if subjects and row[5] is not None else i)
    found = {}
    for one, persons in tuples.items():
        sets = []
        for k in range(1, size + 1) if len(persons) == 1 else ():
            for chosen in combinations(range(3), k):
                same = [tuples[two] for two in tuples if all(one[i] == two[i] for i in chosen)]
                if len(set().union(*same)) == 1 and not any(
                    set(less) <= set(chosen) for less in sets
                ):
                    sets.append(chosen)
        found[one] = sets
    return found


def matched(table, others, *, wildcard: bool, subjects: bool) -> list[tuple[int, int]]:
    """Each class of the table: its persons, and the persons of the others alike to it."""
    mine, theirs = defaultdict(set), defaultdict(set)
    for persons, some in ((mine, table), (theirs, others)):
        for i, row in enumerate(some):
            persons[row[:3]].add(row[5] if subjects and row[5] is not None else i)
    found = []
    for one, own in mine.items():
        near = [two for two in theirs if (alike(one, two) if wildcard else one == two)]
        found.append((len(own), len(set().union(*(theirs[two] for two in near)))))
    return found
