"""Findings, citations and verdicts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from privscan.errors import IncompleteError, PolicyViolationError
from privscan.model.kinds import Certainty, Level, Severity

if TYPE_CHECKING:
    from privscan.model.assessment import Measure

Text = Mapping[str, str]
"""A text in both languages: keys `en` and `ja`."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A clause of a law; `source` is T text seen, S secondary page seen, M memory: unverified."""

    law: str
    article: str
    status: str
    source: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One assessment finding; `id` is a fingerprint that holds no count, score or row."""

    id: str
    check: str
    principles: tuple[str, ...]
    viewpoints: tuple[str, ...]
    phase: str
    severity: Severity
    confidence: float
    certainty: Certainty
    dataset: str
    columns: tuple[str, ...]
    measured: str
    threshold: str
    citations: tuple[Citation, ...]
    message: Text
    advice: Text
    question: Text | None = None


@dataclass(frozen=True, slots=True)
class Violation:
    """One broken rule of a policy: what was measured, where, and the bound it broke.

    `fingerprints` are of the breaches in it, by which a baseline accepts each.
    """

    rule: str
    dataset: str
    columns: tuple[str, ...]
    measured: str
    threshold: str
    message: Text
    fingerprints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Waived:
    """A violation that somebody answers for; `by` is the id of a waiver, or `baseline`."""

    violation: Violation
    by: str
    owner: str
    reason: str
    expires: str


@dataclass(frozen=True, slots=True)
class Remedy:
    """The smallest bundle of treatments with which a dataset would pass, and what is left then.

    Where no bundle `passes`, `left` are the rules that even all treatments leave broken. With
    `declare`, keys of dataset.yaml that are missing, it passes once people have filled them in.
    """

    dataset: str
    measures: tuple[Measure, ...]
    passes: bool
    score: float
    level: Level
    left: tuple[str, ...] = ()
    declare: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """The gate's answer: passed only when complete and free of violations.

    `waived` is what somebody answers for; `remedies` say for each dataset stopped what would help.
    """

    policy: str
    passed: bool
    violations: tuple[Violation, ...] = ()
    waived: tuple[Waived, ...] = ()
    incomplete: tuple[str, ...] = ()
    remedies: tuple[Remedy, ...] = ()

    def enforce(self) -> None:
        """Raise `PolicyViolationError`, then `IncompleteError`, unless the verdict passed."""
        if self.violations:
            said = "; ".join(v.message["en"] for v in self.violations)
            raise PolicyViolationError(said, where=f"policy {self.policy}")
        if not self.passed:
            raise IncompleteError("; ".join(self.incomplete), where=f"policy {self.policy}")
