"""Reads as finishing tools keep them: PHD of phred, ACE of consed; Gordon et al., "Consed", 1998."""

from __future__ import annotations

import re

from privscan.formats.genomes.genome import Genome, Substance

_PHD = re.compile(
    r"BEGIN_SEQUENCE \S+.*?^BEGIN_DNA\s*\n[acgtnACGTN-] \d+ \d+", re.DOTALL | re.MULTILINE
)
_ACE = re.compile(r"AS (\d+) (\d+)\s+CO \S+ \d+ \d+ \d+ [UC]\s*\n[ACGTNacgtn*xX-]+\s*\n")
_START = 1 << 16


def assembly(text: str) -> Genome | None:
    """The PHD or ACE file that the text is, or None."""
    begin = text[:_START].lstrip()
    if begin.startswith("BEGIN_SEQUENCE ") and _PHD.match(begin):
        return Genome("PHD", Substance.READS, records=text.count("BEGIN_DNA"), samples=1)
    if begin.startswith("AS ") and (match := _ACE.match(begin)):
        return Genome("ACE", Substance.READS, records=int(match[2]), samples=1)
    return None
