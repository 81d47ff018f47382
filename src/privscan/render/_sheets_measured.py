"""The sheets of groups and of the age of records."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from privscan.model.profile import DatasetProfile
from privscan.model.report import Report
from privscan.render import _overview
from privscan.render._groups import group_name, group_share, month
from privscan.render._measured import dated
from privscan.render._phrases import entity
from privscan.render._sheet import Cell, Sheet, heads_of
from privscan.render._words import say

BALANCE = {
    "column": 32, "entity": 28, "group": 28, "group_least": 14, "group_most": 14, "group_share": 14,
}  # fmt: skip
RECORDS = {"column": 32, "records_oldest": 16, "records_newest": 16, "records_apart": 16}


def measured_sheets(report: Report, lang: str) -> list[Sheet]:
    """A sheet of the groups in protected columns, and one of the age of dated records."""
    return [
        _measured(report, lang, ("balance", "balance_none"), BALANCE, _groups),
        _measured(report, lang, ("records_dates", "records_none"), RECORDS, _ages),
    ]


def _measured(
    report: Report,
    lang: str,
    words: tuple[str, str],
    widths: Mapping[str, int],
    rows: Callable[[DatasetProfile, str], Iterator[tuple[Cell, ...]]],
) -> Sheet:
    """The rows of each dataset that was read; of one where nothing could be measured, that."""
    title, without = words
    none = [(*[None] * len(widths), say(without, lang))]
    every = (
        (d.name, *row)
        for d in _overview.read(report)
        for row in ([(*row, None) for row in rows(d, lang)] or none)
    )
    heads = heads_of(lang, {"dataset": 28, **widths, "comment": 60})
    return Sheet(say(title, lang), heads, tuple(every))


def _groups(d: DatasetProfile, lang: str) -> Iterator[tuple[Cell, ...]]:
    for one in d.balance:
        for group in one.groups:
            name = group_name(group.name, one.entity, lang)
            share = group_share(group, one)
            yield one.column, entity(one.entity, lang), name, group.least, group.most, share


def _ages(d: DatasetProfile, lang: str) -> Iterator[tuple[Cell, ...]]:
    for path, dates, days in dated(d):
        yield path, month(dates.oldest, lang), month(dates.newest, lang), days
