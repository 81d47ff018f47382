"""DPV is JSON-LD that rdflib reads, with terms that the vocabulary has and no others."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import DCTERMS, RDF, XSD

from privscan.model.kinds import Certainty, Severity, State
from privscan.render.dpv import OWN, render
from privscan.rulebook.load import rulebook

REFERENCE = Path(__file__).parents[3] / "shared" / "reference"
DPV = rdflib.Namespace("https://w3id.org/dpv#")
RISK = rdflib.Namespace("https://w3id.org/dpv/risk#")
GDPR = rdflib.Namespace("https://w3id.org/dpv/legal/eu/gdpr#")
PS = rdflib.Namespace(OWN)

VERIFIED = {
    *(f"{RISK}{level}{what}" for level in ("Low", "Moderate", "High", "VeryHigh")
      for what in ("Risk", "Severity", "Likelihood")),
    f"{DPV}PersonalData",
    "https://w3id.org/dpv/pd#FinancialAccount",
    "https://w3id.org/dpv/legal/eu#law-GDPR",
    "https://w3id.org/dpv/legal/eu#law-AIAct",
    *(str(term) for term in (DCTERMS.source, DCTERMS.description, DCTERMS.identifier)),
}  # fmt: skip
"""Terms that neither file of ../shared has and that stand in DPV 2.2 or DCMI Terms."""


def graph(report):
    return rdflib.Graph().parse(data=render(report), format="json-ld")


def iris(report):
    return {
        str(term) for triple in graph(report) for term in triple if isinstance(term, rdflib.URIRef)
    }


def node(kind, *parts):
    return rdflib.URIRef(f"{OWN}{kind}/{'/'.join(parts)}")


def known() -> set[str]:
    with (REFERENCE / "dpv_map.tsv").open(encoding="utf-8", newline="") as file:
        mapped = {row["dpv_iri"] for row in csv.DictReader(file, delimiter="\t")}
    example = rdflib.Graph().parse(REFERENCE / "dpv_example.jsonld", format="json-ld")
    return mapped | {str(t) for triple in example for t in triple if isinstance(t, rdflib.URIRef)}


def test_rdflib_reads_it(report):
    assert len(graph(report)) >= 3 * len(report.datasets)
    assert json.loads(render(report))["@context"]["dpv"] == str(DPV)


@pytest.mark.skipif(not REFERENCE.exists(), reason="needs ../shared/reference")
def test_only_known_terms(cases):
    allowed = known() | VERIFIED
    strange = {
        iri
        for case in cases.values()
        for iri in iris(case())
        if not iri.startswith(OWN) and iri not in allowed
    }
    assert strange == set()


def test_every_term_of_the_rules_is_a_term_of_the_vocabulary():
    pattern = re.compile(r"https://w3id\.org/dpv(/pd)?#[A-Z]\w+")
    terms = {e.id: e.dpv for e in rulebook().entities.values() if e.dpv}
    assert [name for name, term in terms.items() if not pattern.fullmatch(term)] == []
    if REFERENCE.exists():
        assert {*terms.values()} - known() - VERIFIED == set()


def test_a_dataset_names_its_data_risk_and_laws(lake):
    g = graph(lake)
    staff = node("dataset", "staff")
    assert (staff, RDF.type, DPV.PersonalDataProcess) in g
    data = {str(o).rpartition("#")[2] for o in g.objects(staff, DPV.hasPersonalData)}
    assert data == {"OfficialID", "MedicalHealth", "TelephoneNumber", "EmailAddress"}
    risk = node("risk", "staff")
    assert (staff, DPV.hasRisk, risk) in g
    assert (risk, DPV.hasSeverity, RISK.HighSeverity) in g
    assert (risk, DPV.hasLikelihood, RISK.VeryHighLikelihood) in g
    assert (risk, DPV.hasRiskLevel, RISK.VeryHighRisk) in g
    assert (risk, PS.score, rdflib.Literal("91.50", datatype=XSD.decimal)) in g


def test_evidence_stands_beside_each_term(lake):
    g = graph(lake)
    seen = node("data", "staff", "hash", "email")
    assert (node("dataset", "staff"), PS.evidence, seen) in g
    assert str(g.value(seen, PS.protection)) == "hash_unsalted"
    assert str(g.value(seen, PS.match)) == "exact"
    assert {t.language for t in g.objects(seen, DCTERMS.title)} == {"en", "ja"}


def test_what_holds_nothing_personal_is_no_process_of_personal_data(cases):
    g = graph(cases["clean"]())
    machines = node("dataset", "machines")
    assert (machines, DCTERMS.title, rdflib.Literal("machines")) in g
    assert list(g.objects(machines, RDF.type)) == []
    assert list(g.subjects(RDF.type, DPV.Risk)) == []


def test_a_finding_that_only_informs_is_no_risk(lake):
    g = graph(lake)
    informs, grave = node("finding", f"{6:012x}"), node("finding", f"{3:012x}")
    assert (grave, RDF.type, DPV.Risk) in g
    assert (grave, DPV.hasRiskLevel, RISK.HighRisk) in g
    assert (informs, DCTERMS.identifier, rdflib.Literal(f"{6:012x}")) in g
    assert (informs, RDF.type, DPV.Risk) not in g
    assert (None, DPV.hasRisk, informs) not in g


@pytest.mark.parametrize(
    ("certainty", "article", "required"),
    [
        (Certainty.SCAN_SUFFICIENT, "35(7)(a)-(d)", True),
        (Certainty.SCAN_INDICATES, "35(1)", False),
        (Certainty.SCAN_SUFFICIENT, "32(1)(a)", False),
    ],
)
def test_an_assessment_is_required_only_where_the_scan_settles_it(
    lake, certainty, article, required
):
    cited = replace(lake.findings[2].citations[0], article=article)
    found = replace(lake.findings[2], certainty=certainty, citations=(cited,))
    g = graph(replace(lake, findings=(found,)))
    assert ((node("assessment", "people"), DPV.hasStatus, GDPR.DPIARequired) in g) is required


def test_protection_that_was_seen_is_a_measure(lake):
    assert list(graph(lake).objects(None, DPV.isMitigatedByMeasure)) == []
    [column, *_] = lake.datasets[1].columns
    kept = replace(column, entities=(replace(column.entities[0], state=State.TOKEN_KEYED),))
    staff = replace(lake.datasets[1], columns=(kept,))
    g = graph(replace(lake, datasets=(staff,)))
    assert (node("risk", "people"), DPV.isMitigatedByMeasure, DPV.Pseudonymisation) in g


def test_data_of_children_is_about_children(lake):
    [column, *_] = lake.datasets[1].columns
    child = replace(column, entities=(replace(column.entities[0], entity="minor"),))
    g = graph(replace(lake, datasets=(replace(lake.datasets[1], columns=(child,)),)))
    assert (node("dataset", "people"), DPV.hasDataSubject, DPV.Child) in g
    assert (None, DPV.hasPersonalData, DPV.Child) not in g


def test_every_name_has_its_own_iri(hostile_report, hostile_names):
    g = graph(hostile_report)
    processes = set(g.subjects(RDF.type, DPV.PersonalDataProcess))
    assert len(processes) == len(hostile_names)
    assert all(re.fullmatch(r"urn:privscan:dataset/[\w.~%-]*", str(p), re.ASCII) for p in processes)


def test_severity_of_every_finding_has_a_level_or_is_none(lake):
    for severity in Severity:
        g = graph(replace(lake, findings=(replace(lake.findings[0], severity=severity),)))
        levels = list(g.objects(node("finding", lake.findings[0].id), DPV.hasRiskLevel))
        assert len(levels) == (severity is not Severity.INFO)
