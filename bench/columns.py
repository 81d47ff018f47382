"""How well columns of labelled public tables are classified; writes predictions to score.

usage: python bench/columns.py FOLDER   with FOLDER/load.py, manifest.tsv, labels.tsv, score.py
"""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import polars as pl

import privscan

MAPPING = {
    "name_full": "PERSON_NAME", "name_given": "PERSON_NAME", "name_family": "PERSON_NAME",
    "username": ["USERNAME", "PERSON_ID"], "email": "EMAIL", "phone": "PHONE", "fax": "PHONE",
    "address": "ADDRESS", "postal_code": "POSTCODE", "city": "CITY", "dob": "DATE_OF_BIRTH",
    "age": "AGE", "gender": "GENDER", "customer_id": "PERSON_ID", "national_id": "NATIONAL_ID",
    "tax_id": ["TAX_ID", "NATIONAL_ID"], "my_number": "NATIONAL_ID", "card_number": "CREDIT_CARD",
    "card_security": "CREDIT_CARD", "iban": ["IBAN", "BANK_ACCOUNT"], "ip_address": "IP",
    "mac_address": "MAC", "device_id": "DEVICE_ID", "gps": "COORDINATE", "password": "PASSWORD",
    "salary": "SALARY", "income": "SALARY", "race": "ETHNICITY", "ethnicity": "ETHNICITY",
    "nationality": ["COUNTRY", "ETHNICITY"], "location_coarse": ["COUNTRY", "CITY", "ADDRESS"],
    "personal_url": "URL_PERSONAL", "health_condition": "HEALTH", "checkup_result": "HEALTH",
    "treatment": "HEALTH", "disability": "HEALTH", "mental_health": "HEALTH",
    "blood_type": "HEALTH", "medical_record_no": ["PERSON_ID", "HEALTH"], "*": "OTHER",
}  # fmt: skip
"""Label of each entity; what has no label counts as OTHER."""


def main(folder: Path) -> None:
    """Scan each table as strings, in memory, and print the score of the classes."""
    spec = importlib.util.spec_from_file_location("load", folder / "load.py")
    load = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(load)
    predictions = {}
    for row in load.manifest():
        columns = load.load_id(row)
        longest = max(map(len, columns.values()))
        frame = pl.DataFrame(
            {name: [*cells, *[None] * (longest - len(cells))] for name, cells in columns.items()},
            schema=dict.fromkeys(columns, pl.String),
        )
        report = privscan.scan(frame)
        found = {c.path: c for c in report.datasets[0].columns}
        predictions[row["table"]] = {
            name: {"entity": c.entity, "confidence": c.confidence} if c and c.entity else None
            for name in columns
            for c in [found.get(name)]
        }
    with tempfile.TemporaryDirectory() as place:
        files = [Path(place, name) for name in ("predictions.json", "mapping.json")]
        for file, value in zip(files, (predictions, MAPPING), strict=True):
            file.write_text(json.dumps(value), "utf-8")
        errors = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(place, "errors")  # noqa: PLR2004  an optional second argument
        call = [sys.executable, folder / "score.py", *files, "--errors", errors]
        subprocess.run([*map(str, call)], check=True)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]))
    else:
        print("bench/columns.py: name a folder of labelled tables")
