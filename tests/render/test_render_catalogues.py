"""What data catalogues take: Fides reads the YAML, Croissant and OpenLineage their JSON."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
import rdflib
import yaml
from openlineage.client import event_v2 as events
from openlineage.client.generated import data_quality_metrics_dataset as metrics
from openlineage.client.generated import schema_dataset as schema
from openlineage.client.generated import tags_dataset as tags
from openlineage.client.serde import Serde

from privscan.render import croissant, fideslang, openlineage
from privscan.rulebook.load import rulebook

RAI = rdflib.Namespace(croissant.RAI)
KEY = re.compile(r"[a-zA-Z0-9_.<>-]+")
"""What Fides takes for a key."""


def fides(report, lang="en"):
    return yaml.safe_load(fideslang.render(report, lang=lang))["dataset"]


def card(report, lang="en"):
    return json.loads(croissant.render(report, lang=lang))


def lines(report):
    return [json.loads(line) for line in openlineage.render(report).splitlines()]


def test_fides_has_the_shape_that_fides_documents(report):
    given = fides(report)
    assert len({d["fides_key"] for d in given}) == len(given) == len(report.datasets)
    for data in given:
        assert KEY.fullmatch(data["fides_key"])
        assert {*data} == {"fides_key", "organization_fides_key", "name", "description", "meta",
                           "collections"}  # fmt: skip
        [collection] = data["collections"]
        assert {*collection} == {"name", "data_categories", "fields"}
        names = [f["name"] for f in collection["fields"]]
        assert names == sorted({*names})
        keys = {key for f in collection["fields"] for key in f}
        assert keys <= {"name", "description", "data_categories"}


def test_fides_itself_reads_it(report):
    models = pytest.importorskip("fideslang.models", reason="wants an older pydantic than ours")
    for data in fides(report):
        assert models.Dataset(**data).fides_key == data["fides_key"]


def test_a_column_has_the_categories_of_what_was_found(cases, lake):
    staff = fides(lake)[0]["collections"][0]
    fields = {f["name"]: f.get("data_categories") for f in staff["fields"]}
    assert fields["my_number"] == ["user.government_id.national_identification_number"]
    assert fields["comment"] == ["user.contact.phone_number"]
    assert fields["plain"] is None
    assert staff["data_categories"] == sorted({c for f in fields.values() for c in f or ()})
    [doubtful] = fides(cases["unsure"]())
    assert doubtful["collections"][0]["data_categories"] == []


def test_names_that_look_alike_stay_apart_for_fides(lake):
    people = lake.datasets[1]
    [email, _] = people.columns
    columns = (replace(email, path="a\x00"), replace(email, path="a\x01"))
    sets = (replace(people, name="a b", columns=columns), replace(people, name="a_b"))
    given = fides(replace(lake, datasets=sets))
    assert given[0]["fides_key"] != given[1]["fides_key"] == "a_b"
    names = [f["name"] for f in given[0]["collections"][0]["fields"]]
    assert len({*names}) == 2


def test_every_category_is_one_of_a_persons():
    categories = {e.fideslang for e in rulebook().entities.values()}
    assert not [c for c in categories if not re.fullmatch(r"user(\.[a-z_]+)+", c)]


def test_croissant_says_what_is_personal_and_what_is_not_known(lake):
    said = card(lake)
    assert said["@type"] == "sc:Dataset"
    assert said["rai:personalSensitiveInformation"][0] == (
        "staff: My Number (12 digits), in clear: my_number (100 %)"
    )
    assert "pictures: Faces 50" in said["rai:personalSensitiveInformation"]
    assert any("Not legal advice" in limit for limit in said["rai:dataLimitations"])
    assert card(lake, "ja")["@context"]["@language"] == "ja"
    assert "平文" in card(lake, "ja")["rai:personalSensitiveInformation"][0]


def test_croissant_counts_what_was_not_read(cases):
    [first, *_] = card(cases["many"]())["rai:dataLimitations"]
    assert first == "wide: What was not read: 30 parts: the file is cut off"
    assert "rai:personalSensitiveInformation" not in card(cases["clean"]())


def test_croissant_states_nothing_that_only_people_know(report):
    assert {*card(report)} <= {"@context", "@type", "name", "description", "conformsTo",
                               "rai:personalSensitiveInformation", "rai:dataLimitations"}  # fmt: skip


def test_rdflib_reads_croissants_terms(report):
    graph = rdflib.Graph().parse(data=croissant.render(report), format="json-ld")
    limits = {str(o) for o in graph.objects(None, RAI.dataLimitations)}
    assert limits == {*card(report)["rai:dataLimitations"]}
    assert list(graph.subjects(rdflib.RDF.type, rdflib.URIRef("https://schema.org/Dataset")))


def test_mlcroissant_finds_no_error(report):
    mlc = pytest.importorskip("mlcroissant", reason="brings pandas and scipy")
    assert not mlc.Dataset(jsonld=card(report)).metadata.ctx.issues.errors


def test_openlineages_own_classes_write_the_same(report):
    for given in lines(report):
        facets = given["dataset"]["facets"]
        producer = given["producer"]
        measured = {
            name: metrics.ColumnMetrics(**one, quantiles=None)
            for name, one in facets["dataQualityMetrics"]["columnMetrics"].items()
        }
        counts = {k: facets["dataQualityMetrics"][k] for k in ("rowCount", "bytes", "fileCount")}
        event = events.DatasetEvent(
            eventTime=given["eventTime"],
            producer=producer,
            dataset=events.StaticDataset(
                namespace=given["dataset"]["namespace"],
                name=given["dataset"]["name"],
                facets={
                    "schema": schema.SchemaDatasetFacet(
                        fields=[
                            schema.SchemaDatasetFacetFields(**f, fields=None)
                            for f in facets["schema"]["fields"]
                        ],
                        producer=producer,
                    ),
                    "dataQualityMetrics": metrics.DataQualityMetricsDatasetFacet(
                        columnMetrics=measured, **counts, producer=producer
                    ),
                    "tags": tags.TagsDatasetFacet(
                        tags=[tags.TagsDatasetFacetFields(**t) for t in facets["tags"]["tags"]],
                        producer=producer,
                    ),
                },
            ),
        )
        assert json.loads(Serde.to_json(event)) == given


def test_tags_name_entity_protection_and_terms(lake):
    [staff, *_] = lines(lake)
    given = staff["dataset"]["facets"]["tags"]["tags"]
    assert {t["source"] for t in given} == {"PRIVSCAN"}
    hashed = {t["key"]: t["value"] for t in given if t.get("field") == "hash"}
    assert hashed == {
        "privscan.personal_data": "email",
        "privscan.protection": "hash_unsalted",
        "privscan.dpv": "https://w3id.org/dpv/pd#EmailAddress",
        "privscan.fideslang": "user.contact.email",
    }
    assert not [t for t in given if t.get("field") == "plain"]
    whole = {t["key"]: t["value"] for t in given if "field" not in t}
    assert whole["privscan.level"] == "very_high"
    assert whole["privscan.findings"] == "2"


@pytest.mark.parametrize(
    ("uri", "namespace", "name"),
    [
        ("lake/people.csv", "file", "lake/people.csv"),
        ("file:///lake/people.csv", "file", "/lake/people.csv"),
        ("s3://bucket/a/b.parquet", "s3://bucket", "a/b.parquet"),
        ("postgres://me:secret@host:5432/db", "postgres://host:5432", "db"),
        ("lake/a?b://c", "file", "lake/a?b://c"),
        ("http://[half", "http://[half", ""),
    ],
)
def test_a_dataset_is_named_as_openlineage_names_it(lake, uri, namespace, name):
    [event] = lines(replace(lake, datasets=(replace(lake.datasets[0], uri=uri),)))
    assert (event["dataset"]["namespace"], event["dataset"]["name"]) == (namespace, name)
    assert "secret" not in json.dumps(event)
