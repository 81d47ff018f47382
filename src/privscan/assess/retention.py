"""Records that are older than the time that people declared for them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from privscan.assess.context import Context
    from privscan.model.finding import Text
    from privscan.model.profile import DatasetProfile


def kept_too_long(data: DatasetProfile, context: Context, today: date) -> Iterator[Text]:
    """The columns whose oldest record is surely past the declared `retention_days`."""
    if context.retention_days is None:
        return
    for column in data.columns:
        if column.dates is None:
            continue
        year, month = map(int, column.dates.oldest.split("-"))
        # The day is not known: counted from the first day of the month after it.
        after = date(year + month // 12, month % 12 + 1, 1)
        if after + timedelta(days=context.retention_days) < today:
            oldest, days = column.dates.oldest, f"{context.retention_days:,}"
            yield {
                "en": f"RETENTION PASSED: {column.path} has records of {oldest}, declared are {days} days.",
                "ja": f"保存期間の超過:{column.path} に{oldest}の記録がある(申告は{days}日)。",
            }
