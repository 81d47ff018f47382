"""A sum of many evidences as a tree, so that none is copied more often than its height."""

from __future__ import annotations

from collections.abc import Iterable

from privscan.evidence.dataset import Evidence


def total(evidences: Iterable[Evidence], start: Evidence) -> Evidence:
    """The sum of `start` and all of them; holds no more of them at once than the tree is high.

    Added one by one into one, each sum would copy and sort all that was unread before.
    """
    sums: list[tuple[int, Evidence]] = []
    for evidence in evidences:
        weight, whole = 1, evidence
        while sums and sums[-1][0] == weight:
            weight, whole = 2 * weight, sums.pop()[1] + whole
        sums.append((weight, whole))
    whole = start
    while sums:
        whole = sums.pop()[1] + whole
    return whole
