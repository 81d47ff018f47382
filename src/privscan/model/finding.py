"""Findings, citations and verdicts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from privscan.errors import IncompleteError, PolicyViolationError
from privscan.model.kinds import Certainty, Severity

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
    """One broken rule of a policy: what was measured, where, and the bound it broke."""

    rule: str
    dataset: str
    columns: tuple[str, ...]
    measured: str
    threshold: str
    message: Text


@dataclass(frozen=True, slots=True)
class Verdict:
    """The gate's answer: passed only when complete and free of violations."""

    policy: str
    passed: bool
    violations: tuple[Violation, ...] = ()
    waived: tuple[str, ...] = ()
    incomplete: tuple[str, ...] = ()

    def enforce(self) -> None:
        """Raise `PolicyViolationError`, then `IncompleteError`, unless the verdict passed."""
        if self.violations:
            said = "; ".join(v.message["en"] for v in self.violations)
            raise PolicyViolationError(said, where=f"policy {self.policy}")
        if not self.passed:
            raise IncompleteError("; ".join(self.incomplete), where=f"policy {self.policy}")
