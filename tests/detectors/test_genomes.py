"""Genetic data in columns and cells: sequences, whole files as text, bytes, base64 or hex, markers."""

from __future__ import annotations

import base64
import gzip
import random

import polars as pl
import pytest

import privscan as ps
from privscan.detectors import genomes
from privscan.model.data import Column, Hits, Unread
from privscan.model.kinds import Kind

RNG = random.Random(9)
BASES = "".join(RNG.choices("ACGT", k=240))
PROTEIN = "".join(RNG.choices("ACDEFGHIKLMNPQRSTVWY", k=120))
HUMAN = f">s1 Homo sapiens BRCA1\n{BASES}\n"
LOCI = ["D3S1358", "vWA", "D16S539", "CSF1PO", "TPOX", "D8S1179", "D21S11", "D18S51", "TH01", "FGA"]


def seen(*cells):
    """The detector strings of each cell, in order."""
    hits = [
        h
        for h in genomes.find(Column("x", Kind.TEXT, pl.Series("x", cells, pl.String)))
        if isinstance(h, Hits)
    ]
    return [sorted(h.detector for h in hits if h.mask[row]) for row in range(len(cells))]


def calls(size):
    return RNG.choices(["AA", "AG", "GG", "CT", "--"], k=size)


def numbers(size):
    return [f"rs{1000 + 13 * n}" for n in range(size)]


def believed(**columns):
    """Confidence of each entity that was found in each column, by path."""
    [dataset] = ps.scan(pl.DataFrame(columns)).datasets
    return {c.path: {e.entity: e.confidence for e in c.entities} for c in dataset.columns}


@pytest.mark.parametrize(
    "cell",
    [
        BASES,
        BASES.lower(),
        BASES.replace("T", "U"),
        BASES[:50],
        BASES[:70] + "NNN" + BASES[70:],
        "ACGTACGTCR" * 10,
    ],
)
def test_sequences_of_bases(cell):
    assert seen(cell) == [["genomes/sequence"]]


@pytest.mark.parametrize(
    "cell",
    [
        BASES[:49], PROTEIN, "GATTACA", "A" * 80, "ATATATAT" * 10, "NNNNNNNN" * 10, BASES[:60] + " " + BASES[60:],
        "the cat sat on a mat with a tag and a gag to attack the tact of a cat", "ab" * 40, f"{RNG.getrandbits(512):0128x}",
        base64.b64encode(RNG.randbytes(90)).decode(), "TAGACAT-" * 3, BASES[:60] + "E", "GAATTC,GGATCC,AAGCTT", "",
    ],
)  # fmt: skip
def test_what_is_no_sequence(cell):
    assert seen(cell) == [[]]


WRITINGS = {
    "plain": lambda text: text,
    "base64": lambda text: base64.b64encode(text.encode()).decode(),
    "base64 in lines": lambda text: base64.encodebytes(text.encode()).decode(),
    "data uri": lambda text: "data:text/plain;base64," + base64.b64encode(text.encode()).decode(),
    "hex": lambda text: text.encode().hex(),
    "prefixed hex": lambda text: "0x" + text.encode().hex().upper(),
    "gzip in base64": lambda text: base64.b64encode(gzip.compress(text.encode())).decode(),
}


@pytest.mark.parametrize("writing", WRITINGS)
def test_files_written_into_text_cells(writing):
    cell = WRITINGS[writing](HUMAN)
    assert seen(cell, "other") == [["genomes/FASTA"], []]
    assert believed(payload=[cell])["payload"]["dna_sequence"] > 0.8


@pytest.mark.parametrize(
    "cell",
    ["@bob hello\nhow are you, and what about the meeting tomorrow?", "> I said\n> that you said so, and so on and on\nyes",
     "#tag\nsome words of a post that goes on and on", base64.b64encode(b">" + RNG.randbytes(90)).decode(),
     (b"@" + RNG.randbytes(90)).hex(), "rs12 is a rare variant\nof no great import to anybody at all", PROTEIN],
)  # fmt: skip
def test_texts_that_begin_alike(cell):
    assert seen(cell) == [[]]


def test_bytes_are_said_with_their_measures_and_what_is_written_inside():
    cells = pl.Series(
        "x", [HUMAN.encode(), b"nothing " * 20, gzip.compress(HUMAN.encode() * 90)[:-30]], pl.Binary
    )
    labels = pl.Series("path", ["a.fa", "b.txt", "c.fa.gz"])
    answer = list(genomes.find(Column("x", Kind.BYTES, cells, labels)))
    [hits] = [one for one in answer if isinstance(one, Hits)]
    assert (hits.entity, hits.detector, hits.mask.to_list()) == (
        "dna_sequence",
        "genomes/FASTA",
        [True, False, True],
    )
    assert hits.ranges["records"][0] == 1
    [inner] = [one for one in answer if isinstance(one, Column)]
    assert inner.path == "x[].description"
    assert inner.labels.to_list() == ["a.fa", "c.fa.gz"]
    [unread] = [one for one in answer if isinstance(one, Unread)]
    assert unread.uri == "c.fa.gz"
    assert "packing" in unread.reason
    assert "BRCA1" not in unread.reason


@pytest.mark.parametrize(
    ("description", "low", "high"),
    [
        ("Homo sapiens gene", 0.8, 0.95),
        ("contig 7", 0.5, 0.75),
        ("Escherichia coli", 0.0, 0.5),
        ("NM_000546.6 Homo sapiens", 0.5, 0.7),
    ],
)
def test_confidence_says_whose_it_is(description, low, high):
    cell = f">{description}\n{BASES}\n".encode()
    assert low <= believed(payload=[cell])["payload"].get("dna_sequence", 0) <= high


def test_proteins_are_no_genome():
    assert believed(payload=[f">P1 Homo sapiens\n{PROTEIN}\n".encode()])["payload"] == {}


def test_genotypes_beside_the_numbers_of_forty_variants():
    table = believed(marker=numbers(40), observed=calls(40))
    assert table["observed"]["dna_sequence"] > 0.9
    assert table["marker"] == {}


def test_genotypes_at_fewer_places_are_a_finding_and_no_identity():
    table = believed(marker=numbers(12), observed=calls(12))
    assert table["observed"]["genetic_variant"] > 0.9
    assert "dna_sequence" not in table["observed"]


def test_genotypes_without_numbers_of_variants_may_be_anything():
    assert believed(marker=[f"x{n}" for n in range(50)], observed=calls(50))["observed"] == {}
    assert (
        believed(marker=numbers(50), observed=RNG.choices(["low", "high"], k=50))["observed"] == {}
    )


def test_alleles_in_two_columns_and_calls_of_vcf():
    two = believed(
        snp=numbers(60), allele1=RNG.choices("ACGT", k=60), allele2=RNG.choices("ACGT0", k=60)
    )
    assert min(two["allele1"]["dna_sequence"], two["allele2"]["dna_sequence"]) > 0.9
    vcf = believed(
        ID=numbers(60), REF=["A"] * 60, NA1=RNG.choices(["0/1:35:9", "1|1:20:3", "./."], k=60)
    )
    assert vcf["NA1"]["dna_sequence"] > 0.9
    assert vcf["REF"] == {}


def test_results_of_a_study_are_nobodys():
    table = believed(
        SNP=numbers(60),
        Allele1=RNG.choices("ACGT", k=60),
        Allele2=RNG.choices("ACGT", k=60),
        BETA=[0.1] * 60,
        P=[0.5] * 60,
    )
    assert not any("dna_sequence" in found for found in table.values())


def test_variants_as_headers():
    columns = {name: calls(10) for name in numbers(40)}
    assert all(found["dna_sequence"] > 0.9 for found in believed(**columns).values())
    few = believed(**dict(list(columns.items())[:3]))
    assert all(
        "dna_sequence" not in found and found["genetic_variant"] > 0.9 for found in few.values()
    )


@pytest.mark.parametrize(("count", "is_profile"), [(8, False), (9, True)])
def test_nine_loci_as_headers_make_a_profile(count, is_profile):
    columns = {
        f"{name}_{copy}": [str(RNG.randint(7, 30)) for _ in range(12)]
        for name in LOCI[:count]
        for copy in (1, 2)
    }
    columns["D3S1358_2"] = ["9.3"] * 12
    table = believed(**columns, number=[str(n) for n in range(12)])
    assert ("dna_sequence" in table[f"{LOCI[0]}_1"]) is is_profile
    assert table["number"] == {}


def test_loci_as_rows_make_a_profile():
    table = believed(
        Marker=LOCI * 2, **{"Allele 1": ["15", "9.3"] * 10, "Allele 2": ["17", "OL"] * 10}
    )
    assert table["Allele 1"]["dna_sequence"] > 0.9
    few = believed(Marker=LOCI[:8] * 2, **{"Allele 1": ["15", "9.3"] * 8})
    assert "dna_sequence" not in few["Allele 1"]


def test_columns_that_only_look_like_it():
    table = believed(
        state=["GA", "CT", "TX", "AL"] * 12,
        chords=["A G F C", "C", "G", "Am"] * 12,
        ticker=["GATX", "CAT", "TAT", "AAT"] * 12,
        primer=[BASES[n : n + 22] for n in range(48)],
        site=["GAATTC", "GGATCC", "AAGCTT", "CTGCAG"] * 12,
        code=[f"GAT-{n}-TACA" for n in range(48)],
        md5=[f"{RNG.getrandbits(128):032x}" for _ in range(48)],
        blob=[base64.b64encode(RNG.randbytes(60)).decode() for _ in range(48)],
        moves=["e4 e5 Nf3 Nc6 Bb5 a6"] * 48,
    )
    genetic = {"dna_sequence", "genetic_variant"}
    assert not any(genetic & {*found} for found in table.values())


def test_a_folder_of_genomes_is_one_dataset(tmp_path):
    (tmp_path / "dna").mkdir()
    (tmp_path / "dna" / "a.txt").write_text(HUMAN)
    (tmp_path / "dna" / "b.gz").write_bytes(gzip.compress(HUMAN.encode()))
    (tmp_path / "people.csv").write_text("sample,rsid,genotype\n" + "Ada,rs12,AA\n" * 20)
    report = ps.scan(tmp_path)
    by_kind = {one.kind: one for one in report.datasets}
    [cells] = [c for c in by_kind["media"].columns if c.path == "molecule"]
    assert cells.rows == 2
    assert cells.entities[0].forms[0].name == "genomes/FASTA"
    assert {c.path for c in by_kind["table"].columns} == {"sample", "rsid", "genotype"}
    assert report.unread == ()


def test_names_in_headers_reach_the_text_detectors(tmp_path):
    (tmp_path / "x.vcf").write_text(
        "##fileformat=VCFv4.2\n##contact=ada.example@gmail.com\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS\n"
        "1\t9\trs12\tA\tG\t.\t.\t.\tGT\t0/1\n"
    )
    [dataset] = ps.scan(tmp_path).datasets
    header = {c.path: {e.entity for e in c.entities} for c in dataset.columns}["molecule[].header"]
    assert "email" in header


def test_a_truncated_file_is_said_and_still_found(tmp_path):
    (tmp_path / "x.fa.gz").write_bytes(
        gzip.compress(HUMAN.encode() + RNG.randbytes(20) + HUMAN.encode() * 50)[:-40]
    )
    report = ps.scan(tmp_path)
    assert [one.reason for one in report.unread] != []


def test_any_split_of_cells_finds_the_same():
    cells = [BASES, "AA", "rs123", "TH01", HUMAN, "12", "0/1"]
    assert [d for cell in cells for d in seen(cell)] == seen(*cells)
