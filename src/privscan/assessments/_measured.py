"""What was measured of groups and of the age of records, as blocks; what was not is said."""

from __future__ import annotations

from collections.abc import Iterator

from privscan.assessments._blocks import Block, Head, Para, Table
from privscan.assessments._words import same, w
from privscan.model.assessment import DatasetAssessment
from privscan.model.finding import Text
from privscan.model.profile import DatasetProfile
from privscan.render._measured import (
    BALANCE_HEADS,
    RECORDS_HEADS,
    balance_rows,
    dated,
    records_row,
)
from privscan.render._words import LANGUAGES
from privscan.rulebook.counted import balance


def groups(profile: DatasetProfile) -> Iterator[Block]:
    """The table of groups of each protected column, or that nothing was there to measure."""
    yield Head(w("balance"), 2)
    if not profile.balance:
        yield Para(w("balance_none"))
        return
    rows = zip(*(balance_rows(profile, lang) for lang in LANGUAGES), strict=True)
    yield Table(tuple(w(key) for key in BALANCE_HEADS), tuple(_cells(*both) for both in rows))
    yield Para(w("balance_note", balance().least), "note")


def _cells(*both: tuple[str, ...]) -> tuple[Text, ...]:
    """The cells of a row in each language, as one row."""
    return tuple(dict(zip(LANGUAGES, cell, strict=True)) for cell in zip(*both, strict=True))


def records(profile: DatasetProfile, made: DatasetAssessment) -> Iterator[Block]:
    """From when to when the records of each dated column are, beside the declared retention."""
    yield Head(w("records_dates"), 2)
    if not (found := dated(profile)):
        yield Para(w("records_none"))
        return
    declared = dict(made.declared).get("retention_days")
    rows = (
        (*_cells(*(records_row(*one, lang) for lang in LANGUAGES)), _against(one[2], declared))
        for one in found
    )
    yield Table(tuple(w(key) for key in (*RECORDS_HEADS, "retention_days")), tuple(rows))
    yield Para(w("records_note"), "note")


def _against(days: int, declared: tuple[str, ...] | None) -> Text:
    if not declared:
        return w("records_open")
    most = int(declared[0])
    return w("records_over" if days > most else "records_within", same(f"{most:,}"))
