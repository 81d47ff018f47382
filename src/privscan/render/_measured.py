"""Rows of the tables of groups and of the age of records, in words of either language."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from privscan.model.finding import Text
from privscan.model.profile import DatasetProfile, RecordDates
from privscan.render._groups import group_name, group_share, group_size, month
from privscan.render._phrases import entity
from privscan.render._words import LANGUAGES
from privscan.rulebook.predicate import days_between


def balance_rows(dataset: DatasetProfile, lang: str) -> list[tuple[str, ...]]:
    """A row for each group of each protected column: column, kind of data, group, cells, share."""
    return [
        (
            one.column,
            entity(one.entity, lang),
            group_name(group.name, one.entity, lang),
            group_size(group, lang),
            group_share(group, one),
        )
        for one in dataset.balance
        for group in one.groups
    ]


BALANCE_HEADS = ("column", "entity", "group", "group_cells", "group_share")


def dated(dataset: DatasetProfile) -> list[tuple[str, RecordDates, int]]:
    """Each column of dated records, with the days between its oldest and the dataset's newest."""
    found = [(column.path, column.dates) for column in dataset.columns if column.dates]
    newest = max((dates.newest for _, dates in found), default="")
    return [(path, dates, max(0, days_between(dates.oldest, newest))) for path, dates in found]


RECORDS_HEADS = ("column", "records_oldest", "records_newest", "records_apart")


def records_rows(dataset: DatasetProfile, lang: str) -> list[tuple[str, ...]]:
    """A row for each column of dated records: column, oldest and newest month, days apart."""
    return [records_row(*one, lang) for one in dated(dataset)]


def records_row(path: str, dates: RecordDates, days: int, lang: str) -> tuple[str, ...]:
    """Column, oldest and newest month, days apart."""
    return path, month(dates.oldest, lang), month(dates.newest, lang), f"{days:,}"


def in_every_language(
    rows: Callable[[str], Iterable[tuple[str, ...]]],
) -> list[tuple[Text, ...]]:
    """The rows that `rows` gives for a language, each cell in all of them."""
    return [
        tuple(dict(zip(LANGUAGES, cell, strict=True)) for cell in zip(*row, strict=True))
        for row in zip(*map(rows, LANGUAGES), strict=True)
    ]
