"""Letters of molecules: nucleotides with their codes of ambiguity, amino acids, and neither."""

from __future__ import annotations

from collections import Counter

from privscan.formats.genomes.genome import Substance

_PLAIN = frozenset("ACGTU")
_NUCLEIC = frozenset("ACGTURYKMSWBDHVN-.*")
_AMINO = frozenset("ABCDEFGHIKLMNPQRSTVWXYZUOJ*-.")

_DNA = 0.9
"""Share of plain bases from which letters are nucleic; proteins have a fourth of such letters."""

_UNREAD = 0.7
"""Share of N from which a sequence of N and bases is still nucleic: gaps of assemblies."""

_PROTEIN_LETTERS = 7
"""Different letters that proteins have at least, those beyond nucleotides among them."""

_BEYOND = frozenset("EFILPQ")
"""Amino acids whose letters are no codes of nucleotides."""


def substance_of(letters: str) -> Substance | None:
    """Nucleotides (SEQUENCE), PROTEIN, or None for letters that are neither."""
    counts = Counter(letters.upper())
    total = counts.total()
    if not total:
        return None
    if counts.keys() <= _NUCLEIC:
        plain = sum(counts[base] for base in _PLAIN)
        gaps = counts["N"] + counts["-"] + counts["."] + counts["*"]
        if plain >= _DNA * (total - gaps) and (plain or gaps == total):
            return Substance.SEQUENCE if gaps <= _UNREAD * total or plain else None
    if counts.keys() <= _AMINO and len(counts) >= _PROTEIN_LETTERS and counts.keys() & _BEYOND:
        return Substance.PROTEIN
    return None
