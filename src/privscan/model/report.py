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


@dataclass(frozen=True, slots=True)
class Tool:
    """What made the report: version, digests, library versions, and detectors that did not run."""

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
        # By name: the model knows no layer above it, yet a report in hand wants to be saved.
        import_module("privscan.api").save(self, path, lang=lang)
