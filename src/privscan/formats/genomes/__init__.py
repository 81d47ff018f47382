"""Genomes by their structure: what format bytes are in, what they hold, and of which organism."""

from __future__ import annotations

from dataclasses import replace

from privscan.formats.genomes.alignments import bam, cram, sam
from privscan.formats.genomes.arrays import array
from privscan.formats.genomes.assemblies import assembly
from privscan.formats.genomes.fasta import fasta
from privscan.formats.genomes.fastq import fastq
from privscan.formats.genomes.flatfiles import flatfile
from privscan.formats.genomes.genome import Genome, Organism, Substance
from privscan.formats.genomes.packing import PACKING, WINDOW, is_packed, unpacked
from privscan.formats.genomes.plink import bed, markers, ped
from privscan.formats.genomes.profiles import cmf
from privscan.formats.genomes.traces import abif, idat, scf, sff, ztr
from privscan.formats.genomes.twobit import nib, twobit
from privscan.formats.genomes.vcf import bcf, vcf

__all__ = [
    "PACKING",
    "WINDOW",
    "Genome",
    "Organism",
    "Substance",
    "genome_of",
    "text_genome",
    "unpacked",
]

_BINARY = (bam, bcf, cram, twobit, nib, abif, scf, ztr, sff, idat, bed)
_TEXTS = (vcf, sam, fastq, fasta, flatfile, assembly, array, ped, markers, cmf)

_CONTROL = bytes({*range(9), 11, *range(14, 27), *range(28, 32), 127})
"""Bytes that no text has."""

_SEEN = 4_096
_ODD = 0.01


def genome_of(content: bytes) -> Genome | None:
    """What genome the content is, packed or not, judged from its first 4 MB; None if it is none."""
    data, whole = unpacked(content)
    if is_packed(data):  # a BAM file in an archive
        data, inside = unpacked(data)
        whole = whole and inside
    found = next((g for form in _BINARY if (g := form(data))), None)
    if found is None and _is_text(data):
        found = text_genome(data.decode("utf-8", "replace"))
    if found is None or whole or found.damage:
        return found
    return replace(found, damage="packing that breaks off")


def text_genome(text: str) -> Genome | None:
    """What genome the text is, or None."""
    return next((g for form in _TEXTS if (g := form(text))), None)


def _is_text(data: bytes) -> bool:
    start = data[:_SEEN]
    odd = len(start) - len(start.translate(None, _CONTROL))
    return bool(start) and odd <= _ODD * len(start)
