"""FASTA (Pearson and Lipman, 1988): descriptions behind `>`, letters of molecules below them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from privscan.formats.genomes.genome import Genome, Organism, Substance, several
from privscan.formats.genomes.letters import substance_of
from privscan.formats.genomes.organisms import first, most, of_text

_RECORDS = 2_000
"""Records that are looked at: what comes behind them is alike."""

_LEAST = 20
"""Letters that make a file: three lines of ACG behind quotation marks are none."""

_FEW, _SEVERAL = 12, 3
"""Letters that suffice where so many records have them."""

_STRANGE = 0.1
"""Share of records that may be neither nucleic nor protein: lines that a file broke in."""

_COMMENT = ("#", ";", "!")
_BREAK = re.compile(r"\r\n|\r|\n")
_PUBLISHED = re.compile(r"^(?:gi\|\d+\|)?(?:ref\|)?(?:N[CGMRTWZ]|X[MR])_\d{4,}")
"""Accessions of RefSeq, the reference sequences of NCBI."""

_WHOLE_CHROMOSOME = 1_000_000
_CHROMOSOME = re.compile(r"^(?:chr)?(?:\d{1,2}|[XYM]|MT)\b", re.IGNORECASE)

_MITOCHONDRION = "GATCACAGGTCTATCACCC"
"""The begin of the revised Cambridge reference of human mitochondria, which hardly varies."""


def fasta(text: str) -> Genome | None:
    """The FASTA file that the text is, or None."""
    start = text[:4096].lstrip("\ufeff \t\r\n")
    if not start.startswith((">", *_COMMENT)):
        return None
    found = list(islice(_records(text), _RECORDS))
    what = [substance_of(letters) for _, letters in found]
    size = sum(len(letters) for _, letters in found)
    if size < _LEAST and not (size >= _FEW and len(found) >= _SEVERAL):
        return None
    if not found or what.count(None) > _STRANGE * len(found):
        return None
    said = several([description for description, _ in found])
    if what.count(Substance.PROTEIN) * 2 > len(found):
        return Genome("protein FASTA", Substance.PROTEIN, most(map(of_text, said)), len(found))
    organism = first(most(map(of_text, said)), _by_letters(found))
    published = all(map(_is_published, found))
    substance = Substance.REFERENCE if published else Substance.SEQUENCE
    return Genome("FASTA", substance, organism, len(found), texts={"description": said})


def _records(text: str) -> Iterator[tuple[str, str]]:
    """Description and letters of each record; nothing where a line is neither."""
    description: str | None = None
    letters: list[str] = []
    for match in _lines(text):
        line = match.strip()
        if line.startswith(">"):
            if description is not None and letters:
                yield description, "".join(letters)
            description, letters = line[1:], []
        elif line and not line.startswith(_COMMENT):
            if description is None:
                return
            letters.append(line.replace(" ", ""))
    if description is not None and letters:
        yield description, "".join(letters)


def _lines(text: str) -> Iterator[str]:
    start = 0
    for match in _BREAK.finditer(text):
        yield text[start : match.start()]
        start = match.end()
    yield text[start:]


def _is_published(record: tuple[str, str]) -> bool:
    description, letters = record
    whole = len(letters) >= _WHOLE_CHROMOSOME and _CHROMOSOME.match(description)
    return bool(whole or _PUBLISHED.match(description))


def _by_letters(found: list[tuple[str, str]]) -> Organism:
    human = any(_MITOCHONDRION in letters[:64].upper() for _, letters in found)
    return Organism.HUMAN if human else Organism.UNKNOWN
