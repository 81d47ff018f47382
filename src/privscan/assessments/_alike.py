"""What is written of each dataset: what reads the same of several stands once, under their names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from privscan.assessments._blocks import Block, Head, Para
from privscan.assessments._words import joined, same, w
from privscan.model.assessment import Assessment, DatasetAssessment
from privscan.model.finding import Text
from privscan.model.profile import DatasetProfile

NAMED = 3
"""Datasets that a heading names; where there are more, a line below it names them all."""

Written = Callable[[DatasetProfile, DatasetAssessment], Iterable[Block]]


def pairs(a: Assessment) -> Iterator[tuple[DatasetProfile, DatasetAssessment]]:
    """Each dataset's profile with its assessment, in the order of the report."""
    yield from zip(a.report.datasets, a.datasets, strict=True)


def each(a: Assessment, write: Written, depth: int = 1) -> Iterator[Block]:
    """What `write` says of each dataset, in the order of the report; a single one needs no name.

    A dataset of which it says nothing is left out.
    """
    groups: dict[str, tuple[list[str], list[Block]]] = {}
    for profile, made in pairs(a):
        if blocks := list(write(profile, made)):
            groups.setdefault(repr(blocks), ([], blocks))[0].append(profile.name)
    for names, blocks in groups.values():
        if len(a.datasets) > 1:
            yield from _named(names, depth)
        yield from blocks


def _named(names: Sequence[str], depth: int) -> Iterator[Block]:
    shown = listed(names[:NAMED])
    more = len(names) - NAMED
    yield Head(w("and_more", shown, more) if more > 0 else shown, depth)
    if more > 0:
        yield Para(listed(names), "note")


def listed(names: Iterable[str]) -> Text:
    """Names one after the other."""
    return joined([same(name) for name in names], between=(", ", "、"))
