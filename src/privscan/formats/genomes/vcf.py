"""VCF 3 and 4, and BCF 2: what was found where, with a column for each sample or without any.

Danecek et al., "The variant call format and VCFtools", 2011; the specification of hts-specs.
"""

from __future__ import annotations

import re
import struct
from dataclasses import replace
from itertools import islice

from privscan.formats.genomes.genome import Genome, Organism, Substance, several
from privscan.formats.genomes.organisms import first, of_contigs, of_text

_RECORDS = 2_000
_FIXED = 8
"""Columns before FORMAT and the samples."""

_VERSION = re.compile(r"##(?:file)?format=VCFv?(\d+(?:\.\d+)?)", re.IGNORECASE)
_CONTIG = re.compile(r"##contig=<(.*)>")
_ID, _LENGTH = re.compile(r"\bID=([^,>]+)"), re.compile(r"\blength=(\d+)")
_ALLELE = re.compile(
    r"[ACGTUNRYKMSWBDHVacgtn.*]+|<[^>]+>|[\[\]ACGTNacgtn:\w.<>]+[\[\]][\w.:<>\[\]ACGTN]*"
)
_RSID = re.compile(r"rs\d+")
_ROW = re.compile(
    r"\S+\t\d+\t\S+\t[ACGTN]+\t[^\t]+\t(?:\.|[\d.e+-]+)\t[^\t]+\t(?:\.|[\w.]+(?:[=;][^\t]*)?)\t(?:GT|PL|[A-Z]{2}:)[\w:]*\t"
)
_BEGIN, _LEAST = 1 << 20, 3
"""Letters that are looked at of a file without a header, and rows that it must have."""

_DECLARES = ("##contig", "##INFO", "##FORMAT", "##FILTER", "##ALT", "##fileformat", "##format")
"""Lines that declare fields; the others say who made the file of what."""

_BCF = b"BCF\2"
_LENGTH_OF_TEXT = struct.Struct("<I")
_RECORD = struct.Struct("<IIiiif")


def vcf(text: str) -> Genome | None:
    """The VCF file that the text is, or None."""
    if not text.lstrip("\ufeff").startswith("#"):
        return _without_header(text)
    version = _VERSION.match(text.lstrip("\ufeff")[:64])
    lines = text.splitlines()
    at = next((i for i, line in enumerate(lines) if line.startswith("#CHROM\tPOS\t")), None)
    if at is None or any(not line.startswith("#") for line in lines[:at]):
        if version and "\n##" in text:
            return _header_only(version[1], lines)
        return None
    columns = lines[at].split("\t")
    if columns[3:5] != ["REF", "ALT"]:
        return None
    rows = [line.split("\t") for line in islice(lines[at + 1 :], _RECORDS) if line]
    # The last row may be cut off where only the begin of the file is at hand.
    whole = [row for row in rows if _is_row(row)]
    if rows and not whole and len(rows) > 1:
        return None
    name = f"VCF {version[1]}" if version else "VCF"
    ids = any(_RSID.fullmatch(row[2]) for row in whole)
    return _genome(
        name,
        lines[:at],
        columns[_FIXED + 1 :],
        len(whole),
        Organism.HUMAN if ids else Organism.UNKNOWN,
    )


def _without_header(text: str) -> Genome | None:
    """Rows that a header was cut from: alleles, facts, and at least one sample's genotypes."""
    if not _ROW.match(text):
        return None
    rows = [line.split("\t") for line in islice(text[:_BEGIN].splitlines(), _RECORDS) if line]
    width = len(rows[0])
    whole = [row for row in rows if len(row) == width and _is_row(row)]
    if len(whole) < _LEAST or len(whole) < len(rows) - 1:
        return None
    ids = any(_RSID.fullmatch(row[2]) for row in whole)
    organism = Organism.HUMAN if ids else Organism.UNKNOWN
    return Genome("VCF", Substance.GENOTYPES, organism, len(whole), width - _FIXED - 1)


def _is_row(row: list[str]) -> bool:
    if len(row) < 5 or not row[1].isdigit():  # noqa: PLR2004  as far as the alleles
        return False
    return all(map(_ALLELE.fullmatch, (row[3] or ".", *row[4].split(","))))


def _header_only(version: str, lines: list[str]) -> Genome:
    header = [line for line in lines if line.startswith("##")]
    found = _genome(f"VCF {version}", header, [], 0, Organism.UNKNOWN)
    return replace(found, damage="a header without columns")


def _genome(
    name: str, header: list[str], samples: list[str], records: int, ids: Organism
) -> Genome:
    contigs = [
        (match[1], int(size[1]) if (size := _LENGTH.search(line[0])) else 0)
        for line in map(_CONTIG.match, header)
        if line and (match := _ID.search(line[0]))
    ]
    free = [line.lstrip("#") for line in header if not line.startswith(_DECLARES)]
    spoken = [
        line
        for line in header
        if line.startswith(("##reference", "##species", "##assembly", "##source", "##contig"))
    ]
    organism = first(of_contigs(contigs), ids, of_text("\n".join(spoken)))
    substance = Substance.GENOTYPES if samples else Substance.VARIANTS
    texts = {"sample": several(samples), "header": several(free)}
    texts = {kind: found for kind, found in texts.items() if found}
    return Genome(name, substance, organism, records, len(samples), texts)


def bcf(content: bytes) -> Genome | None:
    """The BCF file that unpacked bytes are, or None."""
    if not content.startswith(_BCF):
        return None
    if len(content) < 9 or content[4] not in {0, 1, 2}:  # noqa: PLR2004  magic, minor version, length
        return None
    (size,) = _LENGTH_OF_TEXT.unpack_from(content, 5)
    text = content[9 : 9 + size].rstrip(b"\0").decode("utf-8", "replace")
    if not text.startswith("##fileformat=VCF"):
        return None
    name = f"BCF 2.{content[4]}"
    if len(content) < 9 + size:
        return Genome(name, Substance.GENOTYPES, damage="a header that breaks off")
    found = vcf(text)
    if found is None:
        return None
    records, damage = _bcf_records(content[9 + size :])
    return replace(found, format=name, records=records, damage=damage)


def _bcf_records(data: bytes) -> tuple[int, str]:
    """Records by their declared lengths, as far as they go."""
    count, at = 0, 0
    while at + _RECORD.size <= len(data):
        shared, each, chromosome, *_ = _RECORD.unpack_from(data, at)
        if shared < _RECORD.size or chromosome < 0:
            return count, "a record whose length lies"
        at += 8 + shared + each
        count += at <= len(data)
    return count, ""
