"""What DICOM files say of patients and of who treated them (PS3.3, patient and study modules)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

import numpy as np
import polars as pl

from privscan.formats.dicom import patient
from privscan.formats.pictures import HEAD, is_dicom
from privscan.model.data import Column, Hits
from privscan.model.kinds import Kind

PLUGIN = True
KINDS = ("image",)

SCORE = 0.95
"""An attribute that the standard defines for this purpose and that is filled in."""

_ENTITIES = {
    "PatientName": "name_full",
    "OtherPatientNames": "name_full",
    "PatientBirthName": "name_full",
    "PatientMotherBirthName": "name_full",
    "PatientID": "medical_record_no",
    "OtherPatientIDs": "medical_record_no",
    "PatientBirthDate": "dob",
    "PatientAge": "age",
    "PatientSex": "gender",
    "PatientAddress": "address",
    "PatientTelephoneNumbers": "phone",
    "EthnicGroup": "ethnicity",
    "Occupation": "employment",
    "MedicalAlerts": "health_condition",
    "Allergies": "health_condition",
    "ReferringPhysicianName": "name_full",
    "PerformingPhysicianName": "name_full",
    "OperatorsName": "name_full",
}
_TEXTS = (
    *("AdditionalPatientHistory", "PatientComments", "AdmittingDiagnosesDescription"),
    *("ReasonForStudy", "StudyDescription", "MedicalAlerts", "Allergies", "Occupation"),
)
_NOBODY = re.compile(
    r"\W*(?:.*(?:anon|unknown|no ?name|phantom|removed|de-?ident|sample|test|demo|dummy|xxx).*"
    r"|none|null|n/?a|patient|name|[\W\d]*|[A-Z]{0,3}\d+|0*(?:19)?(?:00|01)-?(?:00|01)-?(?:00|01))\W*",
    re.IGNORECASE,
)
"""What stands where somebody took the patient out, or never put one in."""

_REMOVED = "PatientIdentityRemoved"
_MADE_UP = frozenset({"name_full", "dob"})
"""Whatever is left of these in a file that says the patient was taken out stands for nobody."""


def find(column: Column) -> Iterator[Hits | Column]:
    """DICOM files by what is filled in, and the free texts in columns of their own."""
    rows: dict[tuple[str, str], list[int]] = defaultdict(list)
    texts: dict[str, list[str]] = defaultdict(list)
    for row, content in enumerate(column.cells):
        said = _said(content)
        for name, entity in _entities(said):
            rows[entity, name].append(row)
        for name in _TEXTS:
            texts[name] += [said[name]] if name in said else []
    for (entity, name), its in sorted(rows.items()):
        mask = np.zeros(len(column.cells), bool)
        mask[its] = True
        yield Hits(entity, pl.Series(mask), SCORE, f"dicom/{name}")
    for name, cells in texts.items():
        if cells:
            path = f"{column.path}[].dicom.{name}"
            yield Column(path, Kind.TEXT, pl.Series(path, cells, pl.String))


def _said(content: bytes) -> dict[str, str]:
    """The attributes; a file that cannot be read says nothing here."""
    if not is_dicom(content[:HEAD]):
        return {}
    try:
        return patient(content)
    except ValueError:
        return {}


def _entities(said: dict[str, str]) -> Iterator[tuple[str, str]]:
    removed = said.get(_REMOVED, "").upper() == "YES"
    for name, entity in _ENTITIES.items():
        value = said.get(name, "")
        if not value or (removed and entity in _MADE_UP):
            continue
        if entity == "medical_record_no":
            if not re.search(r"anon|test|sample|phantom|unknown", value, re.IGNORECASE):
                yield name, "pseudonym" if removed else entity
        elif entity in {"dob", "age", "gender", "phone"} or not _NOBODY.fullmatch(value):
            yield name, entity
