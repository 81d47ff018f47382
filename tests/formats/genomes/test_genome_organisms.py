"""Whose the molecules are: persons, their reference, other organisms; proteins and sites apart."""

from __future__ import annotations

from pathlib import Path

import genomes_made as made
import pytest

from privscan.formats.genomes import Organism, Substance, genome_of
from privscan.formats.genomes.letters import substance_of
from privscan.formats.genomes.organisms import of_contigs, of_text
from privscan.formats.genomes.profiles import loci, locus

DEV = Path(__file__).parents[4] / "shared" / "data" / "bio_dev" / "dna"
HUMAN, OTHER, UNKNOWN = Organism.HUMAN, Organism.OTHER, Organism.UNKNOWN


@pytest.mark.parametrize(
    ("said", "organism"),
    [
        ("Homo sapiens BRCA1 gene, exon 11", HUMAN),
        ("patient 7, human mitochondrion", HUMAN),
        ("assembly hg38", HUMAN),
        ("reference=GRCh37", HUMAN),
        ("human_g1k_v37.fasta", HUMAN),
        ("Escherichia coli K-12 MG1655", OTHER),
        ("Human papillomavirus type 16", OTHER),
        ("Human immunodeficiency virus 1", OTHER),
        ("Severe acute respiratory syndrome SARS-CoV-2 isolate", OTHER),
        ("Cloning vector pUC19, plasmid", OTHER),
        ("Mus musculus strain C57BL/6J", OTHER),
        ("Gossypium hirsutum cDNA 5'", OTHER),
        ("Phlox stansburyi internal transcribed spacer", OTHER),
        ("assembly mm10", OTHER),
        ("contig_17 length=3012", UNKNOWN),
        ("sample 4 of The Data", UNKNOWN),
        ("scaffold humanity", UNKNOWN),
    ],
)
def test_words_of_descriptions(said, organism):
    assert of_text(said) is organism
    assert genome_of(made.fasta(said).encode()).organism is organism


@pytest.mark.parametrize(
    ("name", "length", "organism"),
    [
        ("chr1", 248956422, HUMAN), ("1", 249250621, HUMAN), ("chr20", 64444167, HUMAN), ("chrM", 16569, HUMAN),
        ("MT", 16569, HUMAN), ("chr1", 248387328, HUMAN), ("chrX", 155270560, HUMAN),
        ("chr1", 195471971, OTHER), ("chr1", 1575, UNKNOWN), ("chr2", 248956422, UNKNOWN), ("1", 0, UNKNOWN),
    ],
)  # fmt: skip
def test_names_and_lengths_of_chromosomes(name, length, organism):
    assert of_contigs([("other", 5), (name, length)]) is organism
    assert genome_of(made.bam(name, length)).organism is organism
    assert genome_of(made.cram(name, length)).organism is organism


def test_variants_without_samples_are_of_no_person():
    sites, person = (genome_of(made.vcf(samples).encode()) for samples in ((), ("a", "b", "c")))
    assert (sites.substance, sites.samples) == (Substance.VARIANTS, 0)
    assert (person.substance, person.samples) == (Substance.GENOTYPES, 3)
    assert person.texts["sample"] == ("a", "b", "c")
    assert "operator=Ada Example" in person.texts["header"]


def test_variants_whose_header_was_cut_off():
    rows = [line for line in made.vcf(("a", "b")).splitlines(keepends=True) if line[0] != "#"]
    found = genome_of("".join(rows).encode())
    assert (found.format, found.samples, found.organism) == ("VCF", 2, HUMAN)
    assert genome_of("".join(rows[:2]).encode()) is None
    sites = [line for line in made.vcf(()).splitlines(keepends=True) if line[0] != "#"]
    assert genome_of("".join(sites).encode()) is None


def test_variants_of_an_organism_that_is_not_named():
    found = genome_of(made.vcf(contigs=(), ids=".").encode())
    assert (found.substance, found.organism) == (Substance.GENOTYPES, UNKNOWN)
    mouse = made.vcf(contigs=("##contig=<ID=1,length=195471971>",), ids=".")
    assert genome_of(mouse.encode()).organism is OTHER


@pytest.mark.parametrize(
    "text",
    [
        made.fasta("P1", letters=made.protein(200)),
        made.fasta("Homo sapiens titin", letters=made.protein(200)),
        made.genbank(kind="aa"),
        made.embl(unit="AA"),
    ],
)
def test_proteins_are_told_apart(text):
    assert genome_of(text.encode()).substance is Substance.PROTEIN


def test_published_references_are_of_no_person():
    assert (
        genome_of(made.fasta("NC_000001.11 Homo sapiens").encode()).substance is Substance.REFERENCE
    )
    assert genome_of(made.genbank(accession="NM_000546").encode()).substance is Substance.REFERENCE
    assert genome_of(made.fasta("AB0001 Homo sapiens").encode()).substance is Substance.SEQUENCE


def test_few_markers_of_no_named_company_do_not_identify():
    head = "rsid\tchromosome\tposition\tgenotype\n"
    few, enough = (genome_of(made.export(markers=n, head=head).encode()) for n in (39, 40))
    assert few.substance is Substance.MARKERS
    assert enough.substance is Substance.GENOTYPES
    assert genome_of(made.export(markers=5).encode()).substance is Substance.GENOTYPES


@pytest.mark.parametrize(("count", "substance"), [(8, Substance.MARKERS), (9, Substance.GENOTYPES)])
def test_nine_loci_make_a_profile(count, substance):
    assert genome_of(made.cmf(made.LOCI[:count]).encode()).substance is substance
    assert genome_of(made.cmf(["AMEL", "X1"]).encode()) is None


def test_letters_of_molecules():
    assert substance_of(made.bases(50)) is Substance.SEQUENCE
    assert substance_of("ACGUUGCAACGU" * 3) is Substance.SEQUENCE
    assert substance_of("NNNNNNNNNNACGTNNNN") is Substance.SEQUENCE
    assert substance_of(made.protein(60)) is Substance.PROTEIN
    assert substance_of("HELLO WORLD") is None
    assert substance_of("BDHVKMRSWY") is None
    assert substance_of("") is None


@pytest.mark.parametrize(
    ("name", "found"),
    [("D3S1358", "D3S1358"), ("vWA", "VWA"), ("Penta E", "PENTAE"), ("D21S11_1", "D21S11"), ("TH01 Allele 2", "TH01"),
     ("D18S51.a", "D18S51"), ("D3S1359", ""), ("allele", ""), ("FGA2000", ""), ("", "")],
)  # fmt: skip
def test_names_of_loci(name, found):
    assert locus(name) == found


def test_loci_are_counted_once():
    assert loci(["TH01_1", "TH01_2", "FGA"]) == {"TH01", "FGA"}


@pytest.mark.parametrize(
    "data", [made.abif(), made.scf(), made.ped().encode(), made.sam().encode()]
)
def test_names_that_people_wrote_are_kept_for_the_text_detectors(data):
    said = " ".join(text for texts in genome_of(data).texts.values() for text in texts)
    assert "Ada" in said


@pytest.mark.parametrize(
    ("contigs", "organism"),
    [
        ([("NC_000913.3", 4_641_652)], Organism.OTHER),
        ([("NC_000962.3", 4_411_532)], Organism.OTHER),
        ([("1A", 594_102_056), ("1B", 689_851_870)], Organism.OTHER),
        ([("NC_000001.11", 248_956_422)], Organism.HUMAN),
        ([("NC_007605", 171_823), ("chr1", 248_956_422)], Organism.HUMAN),
        ([("NC_007605.1", 171_823)], Organism.UNKNOWN),
        ([("hs37d5", 35_477_943), ("GL000192.1", 547_496)], Organism.UNKNOWN),
        ([("NC_000001.11", 0)], Organism.UNKNOWN),
    ],
)
def test_contigs_of_other_organisms_by_number_and_size(contigs, organism):
    assert of_contigs(contigs) is organism
