"""Flat files of the sequence archives: GenBank and EMBL, with the organism that they name."""

from __future__ import annotations

import re

from privscan.formats.genomes.genome import Genome, Organism, Substance, several
from privscan.formats.genomes.organisms import of_text

_LOCUS = re.compile(r"^LOCUS {2,}\S.*?\s(\d+) (bp|aa|rc)\b", re.MULTILINE)
_ID = re.compile(r"^ID {3}\S.*?(\d+) (BP|AA)\.", re.MULTILINE)
_KEYS = re.compile(r"^(?:DEFINITION|ACCESSION|VERSION|FEATURES|ORIGIN)\b", re.MULTILINE)
_CODES = re.compile(r"^(?:AC|DE|OS|SQ|FH|DT|XX)(?:   |$)", re.MULTILINE)
_ORGANISM = re.compile(r"^(?: {2}ORGANISM  |SOURCE {6}|OS {3}|.*/organism=\")(.+)$", re.MULTILINE)
_SAID = re.compile(
    r"^(?:DEFINITION  |DE   |  AUTHORS   |RA   |.*/(?:isolate|note|collected_by|clone)=\")(.+)$",
    re.MULTILINE,
)
_PUBLISHED = re.compile(r"^VERSION     N[CGMRTW]_\d", re.MULTILINE)
"""Accessions of RefSeq, the reference sequences of NCBI."""
_LEAST_KEYS = 2
_START = 2_048
"""Letters before the first record: releases of GenBank begin with a page of text."""


def flatfile(text: str) -> Genome | None:
    """The GenBank or EMBL file that the text is, or None."""
    for name, begin, keys in (("GenBank", _LOCUS, _KEYS), ("EMBL", _ID, _CODES)):
        found = begin.search(text[: _START * 2])
        if found is None or found.start() > _START:
            continue
        if len({*keys.findall(text[: 64 * 1024])}) >= _LEAST_KEYS:
            protein = found[2].lower() == "aa"
            return _genome(name, text, len(begin.findall(text)), protein=protein)
    return None


def _genome(name: str, text: str, records: int, *, protein: bool) -> Genome:
    organisms = [_of_species(one) for one in _ORGANISM.findall(text)]
    known = [one for one in organisms if one is not Organism.UNKNOWN]
    organism = known[0] if known else Organism.UNKNOWN
    if Organism.HUMAN in known:
        organism = Organism.HUMAN
    if protein:
        return Genome(f"protein {name}", Substance.PROTEIN, organism, records)
    said = several([one.rstrip('"') for one in _SAID.findall(text)])
    texts = {"description": said} if said else {}
    substance = Substance.REFERENCE if _PUBLISHED.search(text) else Substance.SEQUENCE
    return Genome(name, substance, organism, records, texts=texts)


def _of_species(line: str) -> Organism:
    """A field for the species holds one, whatever its ending; `unknown` is none."""
    said = of_text(line)
    if said is Organism.UNKNOWN and re.match(r"[A-Z][a-z]+ [a-z]+", line):
        return Organism.OTHER
    return said
