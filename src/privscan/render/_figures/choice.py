"""Which figures there are of a dataset, of a report, and of an assessment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from privscan.model.profile import DatasetProfile, Risk
from privscan.model.report import Report
from privscan.render._figures.classes import class_sizes
from privscan.render._figures.figure import Figure
from privscan.render._figures.joins import joins
from privscan.render._figures.prevalence import prevalence
from privscan.render._figures.risk_map import Move, risk_map
from privscan.render._figures.tiles import tiles
from privscan.render._figures.waterfall import waterfall


def of_dataset(dataset: DatasetProfile) -> tuple[Figure, ...]:
    """The figures of one dataset, of what was measured only."""
    return tuple(figure for figure in _dataset(dataset) if figure)


def of_report(report: Report) -> tuple[Figure, ...]:
    """The figures of all datasets together."""
    places = [Move(d.name, d.risk) for d in report.datasets if d.risk]
    return tuple(figure for figure in (risk_map(places), joins(report.datasets)) if figure)


def moves(placed: Iterable[tuple[str, Risk | None, Risk | None]]) -> Figure | None:
    """The map of datasets by name, inherent risk, and residual risk; None without a place."""
    return risk_map([Move(name, before, after) for name, before, after in placed if before])


def _dataset(dataset: DatasetProfile) -> Iterator[Figure | None]:
    if dataset.risk:
        yield waterfall(dataset.risk, dataset.name)
    yield prevalence(dataset)
    yield tiles(dataset)
    for group in dataset.quasi_identifiers:
        yield class_sizes(group, dataset.name)
