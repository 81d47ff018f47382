"""What is new in a dataset since the scan before: kinds of data, numbers of people, the level."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from privscan.assess.notice import categories
from privscan.rulebook.load import rulebook

if TYPE_CHECKING:
    from privscan.model.finding import Text
    from privscan.model.profile import DatasetProfile

CROSSED = (1_000, 10_000)
"""Numbers of people at which duties begin: reports of leaks in Japan, large scale."""


def drift(before: DatasetProfile | None, after: DatasetProfile) -> Iterator[Text]:
    """Each change that an operator has to look at; a dataset not seen before is one itself."""
    if before is None:
        yield {
            "en": "NEW dataset since the last scan.",
            "ja": "前回の走査後に新しく加わったデータセット。",
        }
        return
    known = rulebook().entities
    for entity in categories(after):
        if entity not in categories(before):
            label = known[entity].label.both() if entity in known else {}
            columns = ", ".join(_columns(after, entity))
            yield {
                "en": f"NEW: {label.get('en', entity)} ({columns})",
                "ja": f"新規:{label.get('ja', entity)}({columns})",
            }
    for many in CROSSED:
        if before.subjects < many <= after.subjects:
            yield {
                "en": f"GROWN: {many:,} people or more (from {before.subjects:,} to {after.subjects:,}).",
                "ja": f"増加:本人が{many:,}人以上になった({before.subjects:,}人から{after.subjects:,}人)。",
            }
    if before.risk and after.risk and after.risk.level.rank > before.risk.level.rank:
        yield {
            "en": f"WORSE: the score rose from {before.risk.score:.1f} to {after.risk.score:.1f}, to a higher level.",
            "ja": f"悪化:スコアが{before.risk.score:.1f}から{after.risk.score:.1f}になり、レベルが上がった。",
        }


def _columns(profile: DatasetProfile, entity: str) -> Iterator[str]:
    yield from dict.fromkeys(
        c.path for c in profile.columns if any(e.entity == entity for e in c.entities)
    )
