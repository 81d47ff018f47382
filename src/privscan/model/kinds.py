"""The closed vocabularies: kinds of column, levels, severities, certainties, protection states."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What a column's cells are; scalars of any type travel as canonical text."""

    TEXT = "text"
    NUMBER = "number"
    TIME = "time"
    BYTES = "bytes"
    IMAGE = "image"
    AUDIO = "audio"
    VECTOR = "vector"


class Level(StrEnum):
    """Risk level of a dataset, in rising order; `none_detected` is not `low` and never "safe"."""

    NONE_DETECTED = "none_detected"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    VERY_HIGH = "very_high"

    @property
    def rank(self) -> int:
        """0 for none detected up to 4 for very high."""
        return list(Level).index(self)


class Severity(StrEnum):
    """Severity of a finding, in rising order."""

    INFO = "info"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    VERY_HIGH = "very_high"

    @property
    def rank(self) -> int:
        """0 for info up to 4 for very high."""
        return list(Severity).index(self)


class Certainty(StrEnum):
    """Whether a scan settles a rule, suggests it, or can only ask a person."""

    SCAN_SUFFICIENT = "scan_sufficient"
    SCAN_INDICATES = "scan_indicates"
    NEEDS_CONTEXT = "needs_context"


class State(StrEnum):
    """Protection state of an identifier, from clear to removed (scoring.md, rho)."""

    PLAIN = "plain"
    HASH_UNSALTED_GUESSABLE = "hash_unsalted_guessable"
    HASH_UNSALTED = "hash_unsalted"
    PARTIAL_MASK = "partial_mask"
    TOKEN_KEYED = "token_keyed"  # noqa: S105  a state's name, not a secret
    GENERALISED = "generalised"
    ENCRYPTED_KEY_APART = "encrypted_key_apart"
    REMOVED = "removed"
