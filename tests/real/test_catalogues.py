"""Files for catalogues, read by the catalogues' own packages.

Start: `pip install acryl-datahub frictionless openmetadata-ingestion`, in a venv of their own since
they hold other packages back, then `pytest -m real tests/real/test_catalogues.py`.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import privscan as ps
from privscan.render import datahub, frictionless, openmetadata

pytestmark = pytest.mark.real

SAMPLES = Path(__file__).parents[2] / "samples"


@pytest.fixture(scope="module")
def report():
    return ps.scan(SAMPLES, detectors=["pattern", "names", "dates"])


def test_datahub_reads_every_change(report, tmp_path):
    source = pytest.importorskip("datahub.ingestion.source.file", reason="needs acryl-datahub")
    path = tmp_path / "x.datahub.json"
    path.write_text(datahub.render(report), encoding="utf-8")
    read = list(source.read_metadata_file(path))
    assert len(read) == len(json.loads(path.read_text("utf-8"))) > len(report.datasets)
    assert all(change.validate() for change in read)


def test_frictionless_finds_no_error(report):
    package = pytest.importorskip("frictionless", reason="needs frictionless").Package
    made = package.from_descriptor(json.loads(frictionless.render(report)))
    assert len(made.resources) == len(report.datasets)
    assert not list(package.metadata_validate(json.loads(frictionless.render(report))))


def test_openmetadatas_models_take_labels_and_tags(report):
    labels = pytest.importorskip(
        "metadata.generated.schema.type.tagLabel", reason="needs openmetadata-ingestion"
    )
    from metadata.generated.schema.api.classification.createClassification import CreateClassificationRequest  # fmt: skip  # isort: skip
    from metadata.generated.schema.api.classification.createTag import CreateTagRequest

    given = json.loads(openmetadata.render(report))
    CreateClassificationRequest(**given["classification"])
    for tag in given["tags"]:
        CreateTagRequest(**tag)
    some = [t for d in given["tables"] for c in (d, *d["columns"]) for t in c["tags"]]
    assert [labels.TagLabel(**t) for t in some]
