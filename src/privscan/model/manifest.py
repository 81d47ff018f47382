"""The manifest of a report: what it was made of and by, so that anybody can check it later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from privscan.model.data import Unread

MANIFEST = "privscan-manifest/1"


@dataclass(frozen=True, slots=True)
class FileDigest:
    """A file as it was: `sha256` is empty where it could not be read.

    `path` is relative to the manifest's folder for files below it, else absolute.
    """

    path: str
    bytes: int
    modified: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Configuration:
    """What of the settings bears on findings; `keyed` says that a secret key was given."""

    plan_digest: str
    keyed: bool
    not_run: Mapping[str, str] = field(default_factory=dict)
    contexts: tuple[FileDigest, ...] = ()


@dataclass(frozen=True, slots=True)
class DatasetCount:
    """What was looked at of one dataset, and how it was judged."""

    name: str
    rows: int
    bytes: int
    files: int
    columns: int
    findings: int
    score: float
    level: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """Schema `privscan-manifest/1`; holds no value of any cell.

    `sources` are what the user named, `inputs` the files found there before they were read.
    `findings_sha256` is that of the findings alone: the same for the same input, configuration,
    rules and version, however the report was written. `stale_rules` were old on that day.
    """

    made_at: str
    version: str
    rules_digest: str
    libraries: Mapping[str, str]
    stale_rules: tuple[str, ...]
    configuration: Configuration
    configuration_digest: str
    sources: tuple[str, ...]
    inputs: tuple[FileDigest, ...]
    datasets: tuple[DatasetCount, ...]
    complete: bool
    unread: tuple[Unread, ...]
    findings_sha256: str
    reports: tuple[FileDigest, ...]
    signature: str = ""


State = Literal["same", "differs", "missing", "new", "unreadable", "unchecked"]
What = Literal[
    "report", "input", "context", "rules", "program", "library", "configuration", "signature"
]


@dataclass(frozen=True, slots=True)
class Checked:
    """One thing that a manifest vouches for, and whether it still is so."""

    what: What
    name: str
    state: State

    @property
    def right(self) -> bool:
        """Whether nothing speaks against it; what cannot be checked does not."""
        return self.state in {"same", "unchecked"}
