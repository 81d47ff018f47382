"""Tags for DataHub, OpenMetadata and Frictionless: what was found, as suggestions, nothing else."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from privscan.render import datahub, frictionless, openmetadata


def changes(report):
    return json.loads(datahub.render(report))


def patches(report, aspect):
    """The operations on an aspect, of each dataset."""
    found = [json.loads(c["aspect"]["value"]) for c in changes(report) if c["aspectName"] == aspect]
    return [one["patch"] if isinstance(one, dict) else one for one in found]


def package(report, lang="en"):
    return json.loads(frictionless.render(report, lang=lang))


def tables(report, lang="en"):
    return json.loads(openmetadata.render(report, lang=lang))


def test_datahub_adds_and_never_replaces(report):
    for change in changes(report):
        assert change["changeType"] == "PATCH"
        value = json.loads(change["aspect"]["value"])
        assert {p["op"] for p in (value["patch"] if isinstance(value, dict) else value)} == {"add"}


def test_datahub_tags_columns_with_entity_and_protection(lake):
    staff = patches(lake, "editableSchemaMetadata")[0]
    of_hash = {p["value"]["tag"] for p in staff if "/hash/" in p["path"]}
    assert of_hash == {
        "urn:li:tag:privscan.personal_data.email",
        "urn:li:tag:privscan.protection.hash_unsalted",
    }
    assert not [p for p in staff if "/plain/" in p["path"]]
    (level,) = patches(lake, "globalTags")[0]
    assert level["value"]["tag"] == "urn:li:tag:privscan.level.very_high"


@pytest.mark.parametrize(
    ("uri", "urn"),
    [
        ("lake/people.csv", "urn:li:dataset:(urn:li:dataPlatform:file,lake/people.csv,PROD)"),
        ("s3://b/a/x.parquet", "urn:li:dataset:(urn:li:dataPlatform:s3,b/a/x.parquet,PROD)"),
        ("gs://b", "urn:li:dataset:(urn:li:dataPlatform:gcs,b,PROD)"),
        ("lake/a,(1).csv", "urn:li:dataset:(urn:li:dataPlatform:file,lake/a%2C%281%29.csv,PROD)"),
        ("postgresql://me:secret@h:5432/db", "urn:li:dataset:(urn:li:dataPlatform:postgres,h:5432/db,PROD)"),
    ],
)  # fmt: skip
def test_datahub_names_datasets_as_its_platforms_do(lake, uri, urn):
    given = changes(replace(lake, datasets=(replace(lake.datasets[0], uri=uri),)))
    assert {c["entityUrn"] for c in given} == {urn}
    assert "secret" not in json.dumps(given)


def test_a_path_with_a_slash_is_one_step_of_the_pointer(lake):
    staff = lake.datasets[0]
    columns = (replace(staff.columns[0], path="a/b~c"),)
    (added, *_) = patches(replace(lake, datasets=(replace(staff, columns=columns),)), "editableSchemaMetadata")[0]  # fmt: skip
    assert added["path"].startswith("/editableSchemaFieldInfo/a~1b~0c/globalTags/tags/urn:li:tag:")


def test_openmetadata_labels_are_suggestions_of_tags_that_exist(report):
    given = tables(report)
    known = {f"{t['classification']}.{t['name']}" for t in given["tags"]}
    labels = [t for one in given["tables"] for c in (one, *one["columns"]) for t in c["tags"]]
    assert {t["tagFQN"] for t in labels} == known
    assert {(t["labelType"], t["state"]) for t in labels} <= {("Automated", "Suggested")}
    assert tables(report, "ja").keys() == given.keys()


def test_openmetadata_leaves_out_what_is_not_personal(lake):
    (staff, *_) = tables(lake)["tables"]
    assert "plain" not in {c["name"] for c in staff["columns"]}
    assert "my_number" in {c["name"] for c in staff["columns"]}


def test_frictionless_fields_say_what_is_personal(lake):
    (staff, *_) = package(lake)["resources"]
    fields = {f["name"]: f for f in staff["schema"]["fields"]}
    assert fields["hash"]["privscan:entities"] == ["email"]
    assert fields["hash"]["rdfType"] == "https://w3id.org/dpv/pd#EmailAddress"
    assert {*fields["plain"]} == {"name", "type"}
    japanese = package(lake, "ja")["resources"][0]["schema"]["fields"]
    assert [f["name"] for f in japanese] == [f["name"] for f in staff["schema"]["fields"]]


@pytest.mark.parametrize(
    ("uri", "path"),
    [
        ("lake/people.csv", "lake/people.csv"),
        ("/data/lake/people.csv", "people.csv"),
        ("../other/people.csv", "people.csv"),
        ("s3://b/people.csv", "s3://b/people.csv"),
        (".", "data"),
    ],
)
def test_frictionless_paths_stay_in_the_package(lake, uri, path):
    (only,) = package(replace(lake, datasets=(replace(lake.datasets[0], uri=uri),)))["resources"]
    assert (only["path"], only["privscan:uri"]) == (path, uri)


def test_frictionless_names_differ(lake):
    first = lake.datasets[0]
    same = (replace(first, name="A b"), replace(first, name="a-b"), replace(first, name="顧客"))
    names = [r["name"] for r in package(replace(lake, datasets=same))["resources"]]
    assert names == ["a-b", "a-b-2", "dataset"]
