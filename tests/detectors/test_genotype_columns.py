"""Genotypes beside numbers of variants: from forty on they single a person out, whatever the header."""

import polars as pl
import pytest

from privscan.api import scan


def classes(frame):
    (dataset,) = scan(frame).datasets
    return {c.path: c.entities[0].entity if c.entities else None for c in dataset.columns}


def table(count, header="genotype", **more):
    numbers = [f"rs{10_000 + 37 * i}" for i in range(count)]
    genotypes = [("AA", "AG", "GG", "CT")[i % 4] for i in range(count)]
    return pl.DataFrame({"rsid": numbers, header: genotypes} | more)


@pytest.mark.parametrize("header", ["genotype", "result", "call"])
def test_forty_variants_are_a_sequence_of_a_person(header):
    assert classes(table(60, header))[header] == "dna_sequence"


def test_fewer_are_the_result_of_a_test():
    assert classes(table(12))["genotype"] == "genetic_variant"


def test_results_of_a_study_are_nobodys():
    more = {"beta": [i / 7 for i in range(60)], "p": [i / 61 for i in range(60)]}
    assert classes(table(60, "call", **more))["call"] != "dna_sequence"
