"""Genetic data in bytes, texts and columns: whole files by their structure, sequences, genotypes, STR.

What a column alone leaves open (two letters a cell) is said weakly: `together` in
`rules/weights.yaml` weighs it with the columns beside it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import polars as pl

from privscan.evidence.characters import (
    DIGIT,
    HEX,
    LETTER,
    OTHER,
    POINT,
    SIGN,
    holding,
    kinds_in,
    masked,
)
from privscan.formats.genomes import Genome, Organism, Substance, genome_of
from privscan.formats.genomes.profiles import ALLELES, LOCI, locus
from privscan.formats.genomes.written import FIRST, START, uncoded
from privscan.model.data import Column, Hits, Unread
from privscan.model.kinds import Kind
from privscan.rulebook.numbers import THING
from privscan.rulebook.text import bytes_of, matching, taken

if TYPE_CHECKING:
    from numpy.typing import NDArray

PLUGIN = True
KINDS = ("bytes", "text")
MEASUREMENTS = True
"""Alleles of a profile have decimals: `9.3`."""

LEAST = 40
"""Bytes of the shortest file that says anything."""

_SCORES = {
    (Substance.GENOTYPES, Organism.HUMAN): 0.97,
    (Substance.GENOTYPES, Organism.UNKNOWN): 0.5,
    (Substance.MARKERS, Organism.HUMAN): 0.8,
    (Substance.READS, Organism.HUMAN): 0.9,
    (Substance.READS, Organism.UNKNOWN): 0.35,
    (Substance.SEQUENCE, Organism.HUMAN): 0.4,
    (Substance.SEQUENCE, Organism.UNKNOWN): 0.3,
    (Substance.REFERENCE, Organism.HUMAN): 0.2,
    (Substance.REFERENCE, Organism.UNKNOWN): 0.2,
    (Substance.VARIANTS, Organism.HUMAN): 0.2,
    (Substance.VARIANTS, Organism.UNKNOWN): 0.2,
}
"""How sure it is that a person's genome is in such a file; of another organism NOT_HUMAN (decision 16)."""

NOT_HUMAN = 0.1


_BASES = 50
"""Letters of a sequence: primers and probes, which are of no person, have fewer."""

_SEQUENCES = holding(HEX | LETTER, only=HEX | LETTER | SIGN)
_LETTERS = r"^(?:[ACGTUNRYKMSWBDHV-]+|[acgtunrykmswbdhv-]+)$"
_PLAIN, _MOST = 0.9, 0.7
"""Least share of plain bases, and most of any one of them."""

_MARKER = f"{THING}marker"
"""No person's data by itself; what it says of the columns beside it `together` weighs."""

_NUMBERED = r"^rs\d{3,10}$"
_SNP = re.compile(r"rs\d{3,10}")
_GENOTYPE = r"^(?:[ACGT]{2}|--|II|DD|DI|ID|[ACGTDI0-][/|;][ACGTDI0-]|[01.][/|][01.](?::.*)?)$"
_ALLELE = r"^(?:[ACGTDI0-]|--)$"
_NAMED_ALLELE = re.compile(r"allele", re.IGNORECASE)
_LEAF = re.compile(r"[^.\[\]]+$")
_LONGEST_LOCUS, _LONGEST_GENOTYPE = 14, 80
_SHORT = 3
_CALLED = holding(OTHER, DIGIT | POINT)
"""Genotypes of VCF, `0/1:35`; those of exports are SHORT."""
_CODES = holding(DIGIT, HEX | LETTER)
_LOCI = sorted(
    {
        *LOCI,
        "vWA",
        "vwa",
        "th01",
        "Penta D",
        "Penta E",
        "D8S1179",
        "Y-GATA-H4",
        "YGATA-H4",
        "DYS385a/b",
    }
)


class _Kept(NamedTuple):
    entity: str
    detector: str
    score: float


def find(column: Column) -> Iterator[Hits | Unread | Column]:
    """Cells that hold a genome, what people wrote inside, and why some are broken."""
    if column.kind is Kind.TEXT:
        yield from _files(column, dict(_in_texts(column.cells)))
        yield from sequences(column)
        yield from markers(column)
        return
    long = np.flatnonzero(column.cells.bin.size().to_numpy() >= LEAST)
    cells = zip(long.tolist(), taken(column.cells, long), strict=True)
    yield from _files(column, {row: found for row, c in cells if (found := genome_of(c))})


def _in_texts(cells: pl.Series) -> Iterator[tuple[int, Genome]]:
    """Genomes that stand in texts as they are, or in base64 or hexadecimal."""
    long = np.flatnonzero(bytes_of(cells) >= LEAST)
    if not len(long):
        return
    heads = taken(cells, long).str.slice(0, FIRST)
    rows = long[heads.str.contains(START).to_numpy()]
    for row, text in zip(rows.tolist(), taken(cells, rows), strict=True):
        found = genome_of(uncoded(text))
        if found:
            yield row, found


def _files(column: Column, found: Mapping[int, Genome]) -> Iterator[Hits | Unread | Column]:
    rows: dict[_Kept, list[int]] = defaultdict(list)
    texts: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for row, genome in found.items():
        if genome.substance is Substance.PROTEIN:
            continue
        few = genome.substance is Substance.MARKERS
        entity = "genetic_variant" if few else "dna_sequence"
        score = _SCORES.get((genome.substance, genome.organism), NOT_HUMAN)
        rows[_Kept(entity, f"genomes/{genome.format}", score)].append(row)
        for name, said in genome.texts.items():
            texts[name] += ((row, text) for text in said)
    for kept, some in rows.items():
        mask = masked(np.array(some), len(column.cells))
        ranges = _ranges(found[row] for row in some)
        yield Hits(kept.entity, mask, kept.score, kept.detector, ranges=ranges)
    for name, inside in texts.items():
        yield _column(column, f"{column.path}[].{name}", inside)
    yield from _damaged(column, found)


def _ranges(genomes: Iterable[Genome]) -> dict[str, tuple[int, int]]:
    """Records and samples of these files, as far as they were looked at."""
    ranges: dict[str, tuple[int, int]] = {}
    for genome in genomes:
        for name, value in (("records", genome.records), ("samples", genome.samples)):
            if value:
                low, high = ranges.get(name, (value, value))
                ranges[name] = min(low, value), max(high, value)
    return ranges


def _column(column: Column, path: str, inside: list[tuple[int, str]]) -> Column:
    rows, texts = zip(*inside, strict=True)
    labels = None if column.labels is None else column.labels.gather(list(rows))
    return Column(path, Kind.TEXT, pl.Series(path, texts, pl.String), labels)


def _damaged(column: Column, found: Mapping[int, Genome]) -> Iterator[Unread]:
    text = column.kind is Kind.TEXT
    for row, genome in found.items():
        if genome.damage:
            cell = column.cells[row]
            label = "" if column.labels is None else column.labels[row]
            size = len(cell.encode()) if text else len(cell)
            reason = f"malformed {genome.format} record: {genome.damage}"
            yield Unread(label, "", reason, size, 1)


def sequences(column: Column) -> Iterator[Hits]:
    """Cells that are nothing but a sequence of bases; whose, they do not say."""
    sizes = bytes_of(column.cells)
    rows = np.flatnonzero(_SEQUENCES.table[kinds_in(column)] & (sizes >= _BASES))
    if not len(rows):
        return
    some = taken(column.cells, rows)
    kept = some.str.contains(_LETTERS).to_numpy()
    rows, some = (
        rows[kept],
        some.filter(kept).str.to_uppercase().str.replace_all("U", "T", literal=True),
    )
    length = bytes_of(some)
    bases = np.array([some.str.count_matches(base, literal=True).to_numpy() for base in "ACGT"])
    plain = (bases.sum(0) >= _PLAIN * length) & (bases.max(0) <= _MOST * length)
    found = rows[plain & ((bases > 0).sum(0) >= 3)]  # noqa: PLR2004  of four bases
    if len(found):
        sizes = sizes[found]
        ranges = {"letters": (int(sizes.min()), int(sizes.max()))}
        mask = masked(found, len(column.cells))
        yield Hits("dna_sequence", mask, 0.3, "genomes/sequence", ranges=ranges)


def markers(column: Column) -> Iterator[Hits]:
    """Numbers of single-nucleotide variants, genotypes, names of STR loci and their alleles."""
    leaf = _LEAF.search(column.path)
    header = leaf[0].strip() if leaf else ""
    cells = column.cells
    for detector, seen in _kinds_of_marker(cells, header, kinds_in(column)):
        if seen.any():
            yield Hits(_MARKER, pl.Series(seen), 1.0, f"genomes/{detector}")


def _kinds_of_marker(
    cells: pl.Series, header: str, kinds: NDArray[np.uint8]
) -> Iterator[tuple[str, NDArray[np.bool_]]]:
    sizes = bytes_of(cells)
    short = sizes <= _LONGEST_LOCUS
    codes = _CODES.table[kinds] & short
    if codes.any():
        yield (
            "rs number",
            _fitting(cells, codes & cells.str.starts_with("rs").to_numpy(), _NUMBERED),
        )
    if short.any():
        yield "locus name", short & cells.is_in(_LOCI).to_numpy()
    called = (sizes <= _SHORT) | (_CALLED.table[kinds] & (sizes <= _LONGEST_GENOTYPE))
    genotypes = _fitting(cells, called, _GENOTYPE)
    yield "genotype", genotypes
    if _SNP.fullmatch(header):
        yield f"SNP/{header}", genotypes
    named = _NAMED_ALLELE.search(header)
    if named:
        yield "allele", _fitting(cells, sizes <= 2, _ALLELE)  # noqa: PLR2004  `--` is none
    if name := locus(header):
        yield f"STR/{name}", _fitting(cells, sizes <= _LONGEST_LOCUS, ALLELES)
    elif named:
        yield "repeats", _fitting(cells, sizes <= _LONGEST_LOCUS, ALLELES)


def _fitting(cells: pl.Series, some: NDArray[np.bool_], form: str) -> NDArray[np.bool_]:
    """Those of some cells that have the form."""
    found = np.zeros(len(cells), bool)
    found[matching(cells, np.flatnonzero(some), form)] = True
    return found
