"""PLINK 1 and 2: genotypes of many persons as text (ped) or bits (bed, pgen), markers (map, bim).

Purcell et al., "PLINK: a tool set for whole-genome association", 2007.
"""

from __future__ import annotations

import math
import re
import struct
from itertools import islice

import numpy as np

from privscan.formats.genomes.genome import Genome, Organism, Substance, several

_BED = (b"\x6c\x1b\x01", b"\x6c\x1b\x00")
_LEAST_BYTES = 8
_MISSING = 1
"""The code for no genotype; of random bytes each of the four codes has a fourth."""
_EVEN, _SURPRISE = 0.25, 4.0
"""So many standard deviations fewer than that show that bytes are not drawn."""
_LOOKED_AT = 1 << 16

_PGEN = struct.Struct("<2sBII")
_PGEN_MODES = frozenset({0x01, 0x02, 0x03, 0x04, 0x10, 0x11})
_MOST_PERSONS = 10_000_000

_BEFORE = 6
"""Columns before the alleles: family, individual, father, mother, sex, phenotype."""
_LEAST_ALLELES, _LEAST_DIGITS = 8, 40
_ROWS = 500
_LETTERS, _DIGITS = frozenset("ACGT0-ID"), frozenset("01234-")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?|NA|-9")
_ALNUM = re.compile(r"[\w#.-]+[ \t]+[\w:.-]+[ \t]")
_MARKERS = 8
_RSID = re.compile(r"rs\d+")
_CHROMOSOME = re.compile(r"(?:chr)?(?:\d{1,2}|X|Y|XY|MT?)")
_MAP = {3: 2, 4: 3, 6: 3}
"""Columns of map and bim, and which is the place."""


def bed(content: bytes) -> Genome | None:
    """The PLINK bed or pgen file that bytes are, or None."""
    if content.startswith(_BED) and len(content) >= _LEAST_BYTES:
        codes = np.frombuffer(content[3:_LOOKED_AT], np.uint8)
        missing = sum(int(np.count_nonzero((codes >> bit) & 3 == _MISSING)) for bit in (0, 2, 4, 6))
        total = 4 * len(codes)
        surprise = (_EVEN * total - missing) / math.sqrt(_EVEN * (1 - _EVEN) * total)
        return Genome("PLINK bed", Substance.GENOTYPES) if surprise >= _SURPRISE else None
    if content.startswith(b"\x6c\x1b") and len(content) > _PGEN.size:
        _, mode, markers, persons = _PGEN.unpack_from(content)
        if mode in _PGEN_MODES and 0 < markers < 1 << 31 and 0 < persons < _MOST_PERSONS:
            return Genome("PLINK pgen", Substance.GENOTYPES, records=markers, samples=persons)
    return None


def ped(text: str) -> Genome | None:
    """The PLINK ped file that the text is, or None: every row has two alleles a marker."""
    rows = _rows(text)
    width = len(rows[0]) if rows else 0
    # Of a row that is cut off the last allele may have no second.
    width -= len(rows) == 1 and width % 2
    alleles = width - _BEFORE
    if alleles < _LEAST_ALLELES or alleles % 2 or any(len(row) != width for row in rows[:-1]):
        return None
    whole = [row[:width] for row in rows if len(row) >= width]
    seen = {allele for row in whole for allele in row[_BEFORE:]}
    letters = seen <= _LETTERS and len(seen & {*"ACGT"}) > 1
    digits = seen <= _DIGITS and alleles >= _LEAST_DIGITS and {"1", "2"} <= seen
    headed = all(
        row[4] in {"0", "1", "2", "-9", "other"} and _NUMBER.fullmatch(row[5]) for row in whole
    )
    if not headed or not (letters or digits):
        return None
    people = several([" ".join(dict.fromkeys(row[:2])) for row in whole])
    texts = {"individual": people}
    return Genome(
        "PLINK ped", Substance.GENOTYPES, Organism.UNKNOWN, alleles // 2, len(whole), texts
    )


def markers(text: str) -> Genome | None:
    """The PLINK map or bim file that the text is, or None: chromosome, rs number, place."""
    rows = _rows(text)[:-1]
    place = _MAP.get(len(rows[0])) if rows else None
    if place is None or len(rows) < _MARKERS:
        return None
    numbered = 0
    for row in rows:
        if (
            len(row) != len(rows[0])
            or not row[place].isdigit()
            or not _CHROMOSOME.fullmatch(row[0])
        ):
            return None
        numbered += _RSID.fullmatch(row[1]) is not None
    if numbered * 2 < len(rows) or (len(rows[0]) == 6 and not _alleles(rows)):  # noqa: PLR2004  those of bim
        return None
    name = "PLINK bim" if len(rows[0]) == 6 else "PLINK map"  # noqa: PLR2004  as above
    return Genome(name, Substance.VARIANTS, Organism.HUMAN, len(rows))


def _alleles(rows: list[list[str]]) -> bool:
    return all({*row[4], *row[5]} <= {*"ACGT0123456-ID."} for row in rows)


def _rows(text: str) -> list[list[str]]:
    """The first rows in columns; the last of them may be cut off."""
    if not _ALNUM.match(text):
        return []
    return [line.split() for line in islice(text.splitlines(), _ROWS) if line and line[0] != "#"]
