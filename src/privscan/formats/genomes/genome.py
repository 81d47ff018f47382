"""What a genome file was recognised as: its format, what it holds, and of which organism."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Substance(StrEnum):
    """What the records are, from what singles a person out to what is of no person."""

    GENOTYPES = "genotypes"
    """What was found in a sample at known places of the genome: VCF with samples, arrays, STR."""
    MARKERS = "markers"
    """Genotypes at fewer places than identify a person."""
    READS = "reads"
    """What a sequencer read of a sample."""
    SEQUENCE = "sequence"
    """Letters of a molecule; whose, the file may say."""
    VARIANTS = "variants"
    """Places at which genomes differ, without a sample."""
    REFERENCE = "reference"
    """Sequences that are published as the reference of a species."""
    PROTEIN = "protein"
    """Amino acids: no genome."""


class Organism(StrEnum):
    """Whose the molecule is, where the file tells."""

    HUMAN = "human"
    OTHER = "other"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Genome:
    """A recognised file; `records` and `samples` are those in the bytes that were looked at.

    `texts` are what people wrote in it, by kind: sample names, descriptions, header lines.
    `damage` names what breaks off or lies, without any content.
    """

    format: str
    substance: Substance
    organism: Organism = Organism.UNKNOWN
    records: int = 0
    samples: int = 0
    texts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    damage: str = ""


MOST_TEXTS = 256
"""Descriptions or header lines that are kept of one file."""


def several(texts: list[str]) -> tuple[str, ...]:
    """The first different texts that are not empty."""
    return tuple(dict.fromkeys(text for text in map(str.strip, texts) if text))[:MOST_TEXTS]
