"""What people declare about a dataset in `dataset.yaml`; a scan never infers any of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import Field

from privscan.errors import RuleError, nearest
from privscan.rulebook._yaml import read
from privscan.rulebook.jurisdictions import Jurisdiction
from privscan.rulebook.load import read_shape
from privscan.rulebook.schema import Shape

FILE = "dataset.yaml"

Subjects = Literal["customers", "employees", "patients", "pupils", "children", "citizens", "other"]
Exposure = Literal["public", "shared", "internal", "restricted"]
Use = Literal[
    "ai_training", "ai_use", "automated_decisions", "public_cameras", "web_scraping", "public_service",
    "credit_or_insurance", "law_enforcement", "remote_identification", "image_generation", "significant_fiduciary",
]  # fmt: skip
"""Uses that laws name, and the role of a significant data fiduciary (India)."""

ProcessedAs = Literal["pseudonymously_processed", "anonymously_processed"]
"""What APPI 2(5) and 2(6) call data whose identifiers were taken out."""

Affair = Literal["tax", "social_security", "disaster"]
"""What the My Number Act lets the number be used for (Article 9)."""

Incident = Literal["suspected", "malicious"]

VULNERABLE: Mapping[str, float] = {"employees": 0.5, "patients": 0.5, "pupils": 0.5, "children": 1}
"""V of the score by the kind of persons declared (scoring.md: employees, patients, pupils .5)."""

EXPOSED: Mapping[str, float] = {"public": 0.5}
"""X of the score: a world-readable place counts .5 (scoring.md)."""


class Context(Shape):
    """Declared facts; an empty or absent one is unknown, and asked for in the findings.

    `jurisdictions` are ISO 3166 codes, EU, or US-IL style; `retention_days` counts from
    collection; `subjects` says whose data it is; `exposure` who can reach it. `incident` is set
    while a leak is looked into.
    """

    title: str = ""
    controller: str = ""
    owner: str = ""
    contact: str = ""
    purposes: tuple[str, ...] = ()
    legal_basis: str = ""
    jurisdictions: tuple[Jurisdiction, ...] = ()
    phase: Literal["planning", "design", "operation"] | None = None
    subjects: Subjects | None = None
    subject_key: str = ""
    retention_days: Annotated[int, Field(gt=0)] | None = None
    exposure: Exposure | None = None
    needed_columns: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    uses: tuple[Use, ...] = ()
    processed_as: ProcessedAs | None = None
    affairs: tuple[Affair, ...] = ()
    incident: Incident | None = None

    def declared(self) -> Mapping[str, object]:
        """The keys that hold something, by name."""
        return {k: v for k, v in self.model_dump().items() if v not in {None, "", ()}}


def load_context(path: Path) -> Context:
    """The context in a file; a missing file or wrong key is a `RuleError` with its line."""
    return read_shape(Context, path)


def known_subject_key(context: Context, columns: Collection[str], file: Path | None) -> None:
    """A `subject_key` that no column has is a `RuleError` with the file's line and a near name."""
    key = context.subject_key
    if key and key not in columns:
        where = "context" if file is None else read(file).where(("subject_key",))
        hint = nearest(key, columns) or "name a column of these data, or leave subject_key out"
        raise RuleError(f"subject_key: no column is called {key!r}", where=where, hint=hint)


def find_context(uri: str) -> Path | None:
    """The `dataset.yaml` beside the data, or above its Hive partitions; None if there is none.

    A `uri` where no file is, that is no pattern either, names data in memory or elsewhere.
    """
    place = Path(uri)
    if not place.exists() and not _PATTERN.search(uri):
        return None
    folder = place if place.is_dir() else place.parent
    while not (folder / FILE).is_file():
        if not _PARTITION.search(folder.name):
            return None
        folder = folder.parent
    return folder / FILE


_PATTERN = re.compile(r"[*?\[]")
"""Signs of a pattern for files or folders."""

_PARTITION = re.compile(rf"=|{_PATTERN.pattern}")
"""Names of folders that are a Hive partition, or a pattern for folders."""


def template() -> str:
    """A `dataset.yaml` to fill in: every key with what it means and its choices, commented out."""
    lines = [
        "# What people know about this dataset and no scan can see. Take the # off what you fill",
        "# in; what stays out is asked for in the findings.",
    ]
    for name, meaning, example in _KEYS:
        lines += ["", f"# {meaning}", f"# {name}: {example}"]
    return "\n".join([*lines, ""])


_KEYS = (
    ("title", "The name people know this dataset by.", "Newsletter subscribers"),
    ("controller", "Who decides why and how the data is used.", "Example Ltd"),
    ("owner", "The role that answers for this dataset.", "Head of Marketing"),
    ("contact", "Where a person asks about their data.", "privacy@example.com"),
    ("purposes", "What the data is for, as published.", "[send the monthly newsletter]"),
    ("legal_basis", "The ground it is used on, per purpose if they differ.", "consent"),
    ("jurisdictions", "Laws that apply: EU, JP, US, US-IL, US-CA, GB, ...", "[EU, JP]"),
    ("phase", "planning, design or operation.", "operation"),
    ("subjects", f"Whose data: {', '.join(get_args(Subjects))}.", "customers"),
    ("subject_key", "The column that tells persons apart.", "customer_id"),
    ("retention_days", "Days it is kept.", "730"),
    ("exposure", f"Who can reach it: {', '.join(get_args(Exposure))}.", "internal"),
    ("needed_columns", "The columns the purpose needs.", "[email, given_name]"),
    ("recipients", "Who else receives it.", "[mail provider]"),
    ("sources", "Where it was collected.", "[sign-up form]"),
    ("uses", f"What laws ask about: {', '.join(get_args(Use))}.", "[ai_training]"),
    (
        "processed_as",
        f"What the APPI calls it: {' or '.join(get_args(ProcessedAs))}.",
        "pseudonymously_processed",
    ),
    ("affairs", f"What My Numbers are held for: {', '.join(get_args(Affair))}.", "[tax]"),
    ("incident", f"While a leak is looked into: {' or '.join(get_args(Incident))}.", "suspected"),
)
