"""Manifests as JSON, read and written, with their digests and signature."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from privscan.errors import UsageError
from privscan.model.manifest import (
    MANIFEST,
    Checked,
    Configuration,
    DatasetCount,
    FileDigest,
    Manifest,
    State,
)
from privscan.model.report import Report
from privscan.render.json import document, of_shape

OWNER_ONLY = 0o600


def manifest_of(  # noqa: PLR0913  each is a key of the manifest
    report: Report,
    *,
    made_at: datetime,
    stale_rules: Iterable[str],
    configuration: Configuration,
    sources: Iterable[str],
    inputs: Iterable[FileDigest],
    reports: Iterable[FileDigest],
) -> Manifest:
    """The manifest of a report, unsigned; `reports` are the files it was written to."""
    return Manifest(
        made_at=made_at.isoformat(timespec="seconds"),
        version=report.tool.version,
        rules_digest=report.tool.rules_digest,
        libraries=dict(report.tool.libraries),
        stale_rules=tuple(stale_rules),
        configuration=configuration,
        configuration_digest=digest(asdict(configuration)),
        sources=tuple(sources),
        inputs=tuple(inputs),
        datasets=_counts(report),
        complete=report.complete,
        unread=report.unread,
        findings_sha256=digest(document(report)["findings"]),
        reports=tuple(reports),
    )


def _counts(report: Report) -> tuple[DatasetCount, ...]:
    findings = Counter(finding.dataset for finding in report.findings)
    return tuple(
        DatasetCount(
            name=one.name,
            rows=one.rows,
            bytes=one.bytes,
            files=one.files,
            columns=len(one.columns),
            findings=findings[one.name],
            score=round(one.risk.score, 6) if one.risk else 0.0,
            level=one.risk.level.value if one.risk else "none_detected",
        )
        for one in report.datasets
    )


def digest(value: Any) -> str:
    """SHA-256 of plain values, in JSON with sorted keys and without blanks."""
    return hashlib.sha256(_canonical(value)).hexdigest()


def _canonical(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


def signed(manifest: Manifest, key: bytes) -> Manifest:
    """The manifest with the HMAC-SHA256 of all the rest, under a key used for nothing else."""
    own = hmac.digest(key, MANIFEST.encode(), "sha256")
    unsigned = asdict(replace(manifest, signature=""))
    return replace(manifest, signature=hmac.new(own, _canonical(unsigned), "sha256").hexdigest())


def own_checks(manifest: Manifest, key: bytes | None) -> tuple[Checked, Checked]:
    """Whether the manifest agrees with itself, and its signature with the key."""
    settings = digest(asdict(manifest.configuration)) == manifest.configuration_digest
    state: State = "unchecked"
    if key:
        known = signed(manifest, key).signature
        state = "same" if hmac.compare_digest(known, manifest.signature) else "differs"
        state = state if manifest.signature else "missing"
    return (
        Checked("configuration", "", "same" if settings else "differs"),
        Checked("signature", "HMAC-SHA256", state),
    )


def text(manifest: Manifest) -> str:
    """The manifest as JSON; in ASCII, which keeps file names that are no Unicode."""
    return json.dumps({"schema": MANIFEST, **asdict(manifest)}, indent=2) + "\n"


def read_manifest(file: Path) -> Manifest:
    """The manifest in a file; anything else is a `UsageError` that quotes nothing of it."""
    hint = "privscan scan SOURCE -o report.json --manifest report.manifest.json"
    try:
        value = json.loads(file.read_text("utf-8"))
        manifest: Manifest | None = (
            of_shape(Manifest, value) if value["schema"] == MANIFEST else None
        )
    except OSError:
        raise UsageError("this file cannot be read", where=str(file), hint=hint) from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        manifest = None
    if manifest is None:
        raise UsageError(f"this is no {MANIFEST}", where=str(file), hint=hint)
    return manifest


def write_private(file: Path, content: str) -> None:
    """Write a file whole, for its owner's eyes only; a `UsageError` if it cannot be written."""
    new = file.with_name(f".{file.name}.{os.getpid()}.new")
    try:
        with os.fdopen(
            os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY), "wb"
        ) as stream:
            stream.write(content.encode())
        new.replace(file)
    except OSError as error:
        new.unlink(missing_ok=True)
        reason = error.strerror or type(error).__name__
        hint = "name a folder you may write"
        raise UsageError(f"cannot write: {reason}", where=str(file), hint=hint) from None
