"""What a verdict rests on beside the report, as the public functions take it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from privscan.assess.baseline import Baseline
    from privscan.assess.context import Context
    from privscan.model.kinds import Severity
    from privscan.model.report import Report
    from privscan.rulebook.policies import Policy


class Bounds(TypedDict, total=False):
    """What a verdict rests on beside the report.

    `policy` is a shipped one or a file; `fail_on` and `max_score` tighten it. `baseline` is a
    file of what was accepted, `old` an older report; `today` is the day on which both are asked.
    """

    policy: str | Path | Policy
    fail_on: Severity | str | None
    max_score: float | None
    baseline: str | Path | Baseline | None
    old: str | Path | Report | None
    today: date | None


class GuardOptions(Bounds, total=False):
    """What `guard` takes besides a stream.

    `context` and `detectors` as in `scan`; `chunk_rows` are looked at and let through together.
    """

    context: str | Path | Context | None
    detectors: Sequence[str] | None
    chunk_rows: int
