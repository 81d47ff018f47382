"""The report, schema `privscan-report/1`: the one thing renderers read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from privscan.model.data import Unread
from privscan.model.finding import Finding
from privscan.model.kinds import Level
from privscan.model.profile import DatasetProfile

SCHEMA = "privscan-report/1"

LEFT_OUT = "left out by choice"
"""How the reason in `Tool.not_run` begins where the user, not a missing package, is the cause."""


@dataclass(frozen=True, slots=True)
class Tool:
    """What made the report: version, digests, library versions.

    `not_run` says of each detector that did not run why; `not_evaluated` are laws of elsewhere.
    """

    version: str
    rules_digest: str
    plan_digest: str
    libraries: Mapping[str, str] = field(default_factory=dict)
    not_run: Mapping[str, str] = field(default_factory=dict)
    not_evaluated: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """Datasets worst first, findings worst first, and what stayed unread.

    `complete` is false when nothing was scanned or anything stayed unread.
    """

    tool: Tool
    score: float
    level: Level
    complete: bool
    datasets: tuple[DatasetProfile, ...]
    findings: tuple[Finding, ...]
    unread: tuple[Unread, ...]

    def save(self, path: str | Path, *, lang: str = "en") -> None:
        """Write the report by the renderer that `path`'s suffix picks; the file appears whole."""
        # By name: the one call upward in the layers, see docs/decisions/0007.
        import_module("privscan.api").save(self, path, lang=lang)
