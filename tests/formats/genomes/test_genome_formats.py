"""Every format is known by its structure, with what it holds and whose it is; nothing else is."""

from __future__ import annotations

import base64
import gzip
import random
import re
import struct

import genomes_made as made
import pytest

from privscan.formats.genomes import Organism, Substance, genome_of, written
from privscan.formats.genomes import packing as packed_bytes

HUMAN, OTHER, UNKNOWN = Organism.HUMAN, Organism.OTHER, Organism.UNKNOWN

FILES = {
    "VCF 4.2": (made.vcf(), Substance.GENOTYPES, HUMAN),
    "FASTA": (made.fasta(), Substance.SEQUENCE, UNKNOWN),
    "FASTQ": (made.fastq(), Substance.READS, UNKNOWN),
    "SAM 1.6": (made.sam(), Substance.READS, HUMAN),
    "BAM": (made.bam(), Substance.READS, HUMAN),
    "CRAM 3.0": (made.cram(), Substance.READS, HUMAN),
    "BCF 2.2": (made.bcf(), Substance.GENOTYPES, HUMAN),
    "PLINK ped": (made.ped(), Substance.GENOTYPES, UNKNOWN),
    "PLINK bed": (made.bed(), Substance.GENOTYPES, UNKNOWN),
    "PLINK bim": (made.bim(), Substance.VARIANTS, HUMAN),
    "2bit": (made.twobit(), Substance.REFERENCE, UNKNOWN),
    "ABIF trace": (made.abif(), Substance.READS, UNKNOWN),
    "SCF trace": (made.scf(), Substance.READS, UNKNOWN),
    "ZTR trace": (made.ztr(), Substance.READS, UNKNOWN),
    "IDAT": (made.idat(), Substance.READS, UNKNOWN),
    "nib": (made.nib(), Substance.REFERENCE, UNKNOWN),
    "PHD": (made.phd(), Substance.READS, UNKNOWN),
    "ACE": (made.ace(), Substance.READS, UNKNOWN),
    "PLINK pgen": (made.pgen(), Substance.GENOTYPES, UNKNOWN),
    "SFF": (made.sff(), Substance.READS, UNKNOWN),
    "GenBank": (made.genbank(), Substance.SEQUENCE, HUMAN),
    "EMBL": (made.embl(), Substance.SEQUENCE, HUMAN),
    "CODIS CMF": (made.cmf(), Substance.GENOTYPES, HUMAN),
    **{
        f"{name} export": (made.export(name), Substance.GENOTYPES, HUMAN) for name in made.COMPANIES
    },
}

CELLS = [name for name in FILES if name not in {"PLINK ped", "PLINK bim"}]
"""Formats met in cells of text; the others begin with any word and are files alone."""


def content(data):
    return data if isinstance(data, bytes) else data.encode()


@pytest.mark.parametrize("name", FILES)
def test_each_format_with_what_it_holds_and_of_whom(name):
    data, substance, organism = FILES[name]
    found = genome_of(content(data))
    assert (found.format, found.substance, found.organism) == (name, substance, organism)
    assert not found.damage


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("packing", [gzip.compress, made.bgzf, made.zipped])
def test_packed_files_are_the_same(name, packing):
    data, substance, _ = FILES[name]
    found = genome_of(packing(content(data)))
    assert (found.format, found.substance, found.damage) == (name, substance, "")


@pytest.mark.parametrize("name", CELLS)
@pytest.mark.parametrize(
    "writing",
    [
        lambda data: base64.b64encode(data).decode(),
        lambda data: "\n" + base64.encodebytes(data).decode(),
        lambda data: data.hex(),
        lambda data: "\\x" + data.hex().upper(),
    ],
)
def test_every_format_is_known_as_it_is_written_in_text(name, writing):
    data = content(FILES[name][0])
    text = writing(data)
    assert re.match(written.START, text[: written.FIRST])
    assert written.uncoded(text) == data


@pytest.mark.parametrize("name", [name for name in CELLS if isinstance(FILES[name][0], str)])
def test_texts_are_candidates_as_they_are(name):
    text = FILES[name][0]
    assert re.match(written.START, text[: written.FIRST])
    assert written.uncoded(text).decode() == text


@pytest.mark.parametrize("name", FILES)
def test_dos_line_ends_change_no_text(name):
    data, substance, organism = FILES[name]
    if isinstance(data, str):
        found = genome_of(data.replace("\n", "\r\n").encode())
        assert (found.substance, found.organism) == (substance, organism)


@pytest.mark.parametrize("name", FILES)
def test_files_cut_off_or_changed_anywhere_raise_nothing(name):
    data, rng = content(FILES[name][0]), random.Random(name)
    for _ in range(60):
        cut = rng.randrange(len(data))
        mutated = bytearray(data)
        for _ in range(1 + len(data) // 50):
            mutated[rng.randrange(len(data))] = rng.randrange(256)
        for tried in (data[:cut], data[cut:], bytes(mutated), gzip.compress(data)[:cut]):
            found = genome_of(tried)
            assert found is None or found.format


def test_what_breaks_off_is_said():
    bam = gzip.decompress(made.bam())
    (size,) = struct.unpack_from("<i", bam, 4)
    assert "header" in genome_of(bam[: 8 + size // 2]).damage
    assert "contigs" in genome_of(bam[: 8 + size + 6]).damage
    assert "packing" in genome_of(gzip.compress(made.fasta(size=9_000).encode())[:-400]).damage
    lying = bam[: 8 + size + 4 + 13] + struct.pack("<i", -5) + bytes(30)
    assert "lies" in genome_of(lying).damage
    broken = made.fastq() + "@x\nACGT\n+\nIIIIIIII\n"
    assert "disagree" in genome_of(broken.encode()).damage


def test_more_than_the_window_is_not_unpacked():
    bomb = gzip.compress(b">x\n" + b"ACGT" * (3 << 20))
    data, whole = packed_bytes.unpacked(bomb)
    assert len(data) == packed_bytes.WINDOW
    assert whole


@pytest.mark.parametrize(
    "magic",
    [b"BAM\1", b"BCF\2\2", b"CRAM\3\0", b"ABIF\0\x65", b".scf", b".sff\0\0\0\1", b"\x43\x27\x41\x1a", b"\x6c\x1b\x01",
     b"IDAT\3\0\0\0", b"\xaeZTR\r\n\x1a\n", b"\x1f\x8b\x08", b"PK\x03\x04", b">", b"@", b"##fileformat=VCFv4.2\n"],
)  # fmt: skip
def test_a_magic_before_random_bytes_is_no_genome(magic):
    rng = random.Random(magic)
    for size in (20, 80, 400, 3_000):
        for _ in range(100):
            assert genome_of(magic + rng.randbytes(size)) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "> A quoted line\n> of an e-mail\nYes, I agree with that.\n",
        ">>> import os\n>>> os.getcwd()\n",
        "@user hello\nthanks\n+1\nfine\n",
        "# Title\n\nSome words of a page.\n",
        "A G F C\nD A G F\nC C G G\n",
        "id,name,city\n1,Ada,Rome\n2,Bob,Oslo\n",
        "rsid\tsample\tgenotype\n" + "rs12\tAda\tAA\n" * 20,
        "name,position,result\nrs1,12,AA\n",
        '1. e4 e5 2. Nf3 Nc6 3. Bb5 a6\n[Event "x"]\n',
        "GAATTC\nGGATCC\nAAGCTT\n",
        ";comment\nkey=value\n",
        "LOCUS of control\nORIGIN of species\n",
        "ID   number\nAC   power\n",
        "1 2 3 4 5 6 1 2 1 2\n" * 4,
        "1\tAAPL\t0\t100\n2\tACGT\t0\t200\n" * 10,
        "BEGIN_SEQUENCE of a protocol\n",
        ">q\n" + "40 40 38 20 " * 20 + "\n",
        "<?xml version='1.0'?><LOCUSNAME>TH01</LOCUSNAME>",
    ],
)
def test_texts_that_only_look_like_it(text):
    assert genome_of(text.encode()) is None


def test_random_and_ordinary_bytes():
    rng = random.Random(1)
    assert not any(genome_of(rng.randbytes(rng.randrange(1, 300))) for _ in range(3_000))
    words = ["the", "cat", "sat", "at", "a", "tag", "act", "gag", "tact", "attack"]
    texts = (" ".join(rng.choices(words, k=30)) for _ in range(300))
    assert not any(genome_of(text.encode()) for text in texts)
