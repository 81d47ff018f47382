"""Tables with labels, made or kept in a folder, and what privscan answers on their columns."""

from __future__ import annotations

import csv
import importlib.util
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

import polars as pl

import privscan
from privscan.model.kinds import Severity

NONE, DOUBTFUL, FREE_TEXT = "NONE", "?", "FREE_TEXT_WITH_PII"

CLASSES: dict[str, str | list[str]] = {
    "name_full": "PERSON_NAME", "name_given": "PERSON_NAME", "name_family": "PERSON_NAME",
    "username": ["USERNAME", "PERSON_ID"], "email": "EMAIL", "phone": "PHONE", "fax": "PHONE",
    "address": "ADDRESS", "postal_code": "POSTCODE", "city": "CITY", "dob": "DATE_OF_BIRTH",
    "age": "AGE", "gender": "GENDER", "customer_id": "PERSON_ID", "national_id": "NATIONAL_ID",
    "tax_id": ["TAX_ID", "NATIONAL_ID"], "my_number": "NATIONAL_ID", "card_number": "CREDIT_CARD",
    "card_security": "CREDIT_CARD", "iban": ["IBAN", "BANK_ACCOUNT"], "ip_address": "IP",
    "mac_address": "MAC", "device_id": "DEVICE_ID", "gps": "COORDINATE", "password": "PASSWORD",
    "salary": "SALARY", "income": "SALARY", "race": "ETHNICITY", "ethnicity": "ETHNICITY",
    "nationality": ["COUNTRY", "ETHNICITY"], "location_coarse": ["COUNTRY", "CITY", "ADDRESS"],
    "personal_url": "URL_PERSONAL", "face_image": "URL_PERSONAL", "health_condition": "HEALTH", "checkup_result": "HEALTH",
    "treatment": "HEALTH", "disability": "HEALTH", "mental_health": "HEALTH",
    "blood_type": "HEALTH", "medical_record_no": ["PERSON_ID", "HEALTH"],
    "cookie_id": ["cookie_id", "PERSON_ID"], "ad_id": ["ad_id", "DEVICE_ID"],
    "message_content": FREE_TEXT, "free_text": FREE_TEXT,
}  # fmt: skip
"""Class of each entity, as labels of public tables have them; other entities are their own."""


def classes(entity: str | None) -> list[str]:
    """The classes any of which is right for the entity."""
    if not entity or entity in {NONE, DOUBTFUL}:
        return []
    said = CLASSES.get(entity, entity)
    return [said] if isinstance(said, str) else said


@dataclass(frozen=True)
class Case:
    """One table to scan: a frame of strings and the label of each of its columns.

    `named` is false where headers say nothing; `group` is made or the folder's name.
    """

    group: str
    table: str
    named: bool
    frame: pl.DataFrame
    labels: Mapping[str, str]
    traits: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """What privscan said of one column, beside its label."""

    label: str
    entity: str | None
    confidence: float
    bits: float
    said: bool
    leaks: tuple[str, ...]
    candidates: tuple[tuple[str, float, float, tuple[tuple[str, float], ...]], ...]
    """Entity, confidence, bits and reasons of each entity in the profile."""
    strongest: tuple[str, float, bool] | None = None
    """Entity and bits of the likeliest, found or only considered, and whether its header says it."""

    @property
    def sure(self) -> bool:
        """Whether careful people agree on the label."""
        return self.label != DOUBTFUL

    @property
    def personal(self) -> bool:
        """Whether the label is some personal data."""
        return self.label not in {NONE, DOUBTFUL}

    @property
    def flagged(self) -> bool:
        """Whether privscan gave the column a class, or showed what its free text holds."""
        told = self.label in {"free_text", FREE_TEXT} and bool(self.leaks)
        return bool(self.entity) or told

    @property
    def right(self) -> bool:
        """Whether the class is the label's."""
        if FREE_TEXT in classes(self.label) and self.leaks:
            return True
        return self.fits(self.entity)

    def fits(self, entity: str | None) -> bool:
        """Whether an entity is what the label says."""
        return bool(set(classes(entity)) & set(classes(self.label)))


@dataclass(frozen=True)
class Judged:
    """A scanned table: answers by column, and findings of medium severity or more."""

    case: Case
    answers: Mapping[str, Answer]
    alarms: int

    @property
    def kind(self) -> str:
        """`personal`, `none`, or `doubtful` where some column is and none is surely personal."""
        if any(a.personal for a in self.answers.values()):
            return "personal"
        return "none" if all(a.label == NONE for a in self.answers.values()) else "doubtful"


def judged(case: Case) -> Judged:
    """Scan the table in this process."""
    report = privscan.scan(case.frame, workers=1)
    found = {c.path: c for c in report.datasets[0].columns}
    # A blank header is reported by its place.
    paths = {name: name or f"column_{n}" for n, name in enumerate(case.frame.columns, 1)}
    answers = {
        name: _answer(label, found.get(paths.get(name, name)))
        for name, label in case.labels.items()
    }
    alarms = sum(f.severity.rank >= Severity.MEDIUM.rank for f in report.findings)
    return Judged(case, answers, alarms)


def _answer(label: str, column: Any) -> Answer:
    profiles = column.entities if column else ()
    candidates = tuple(
        (e.entity, e.confidence, sum(r.bits for r in e.reasons),
         tuple((f"{r.kind}: {r.what['en']}", r.bits) for r in e.reasons))
        for e in profiles if not e.leak
    )  # fmt: skip
    weighed = (*profiles, *(column.considered if column else ()))
    strongest = max(
        ((e.entity, sum(r.bits for r in e.reasons), any(r.kind == "header" for r in e.reasons))
         for e in weighed if not e.leak),
        key=lambda one: one[1], default=None,
    )  # fmt: skip
    top = next((c for c in candidates if c[0] == column.entity), None) if column else None
    return Answer(
        label=label,
        entity=column.entity if column else None,
        confidence=column.confidence if column else 0.0,
        bits=top[2] if top else 0.0,
        said=bool(top) and any(what.startswith("header") for what, _ in top[3]),
        leaks=tuple(e.entity for e in profiles if e.leak),
        candidates=candidates,
        strongest=strongest,
    )


def made(count: int, seed: int, *, named: bool, rows: int | None = None) -> Iterator[Case]:
    """Cases of the generator, with headers or stripped of them, cut to so many rows."""
    from made.tables import tables

    for table in tables(count, seed):
        shown = (table if named else table.stripped()).cut(rows)
        labels = {c.header: c.label for c in shown.columns}
        yield Case("made", table.name, named, shown.frame(), labels, table.traits)


def module(folder: Path, name: str) -> ModuleType:
    """A script of the folder, imported."""
    file = folder / f"{name}.py"
    spec = importlib.util.spec_from_file_location(name, file)
    if spec is None or spec.loader is None or not file.exists():
        raise SystemExit(f"{folder} holds no {name}.py: it reads the tables there")
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


def kept(folder: Path) -> Iterator[Case]:
    """Cases of a folder with manifest.tsv, labels.tsv and load.py."""
    load = module(folder, "load")
    with (folder / "labels.tsv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    for row in load.manifest():
        columns = load.load_id(row)
        longest = max(map(len, columns.values()))
        filled = {name: [*c, *[None] * (longest - len(c))] for name, c in columns.items()}
        labels = {
            r["column"]: r["entity"] if r["sure"] == "yes" else DOUBTFUL
            for r in rows if r["table"] == row["table"]
        }  # fmt: skip
        reader = row["reader"] if isinstance(row["reader"], dict) else json.loads(row["reader"])
        bare = reader["kind"] == "bcp" or reader.get("header") is False
        named = not bare and not row["note"].startswith("copy:")
        frame = pl.DataFrame(filled, schema=dict.fromkeys(columns, pl.String))
        yield Case(folder.name, row["table"], named, frame, labels)


def records(every: Iterable[Judged]) -> Iterator[dict[str, Any]]:
    """One JSON object a column, for analysis."""
    for one in every:
        for name, a in one.answers.items():
            yield {
                "group": one.case.group, "table": one.case.table, "named": one.case.named,
                "column": name, "label": a.label, "entity": a.entity, "confidence": a.confidence,
                "bits": round(a.bits, 3), "right": a.right if a.personal else not a.flagged,
                "leaks": a.leaks, "candidates": a.candidates, **one.case.traits,
            }  # fmt: skip
