"""Genotypes as DNA testing companies export them: 23andMe, AncestryDNA, MyHeritage, FamilyTreeDNA, Living DNA."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from privscan.formats.genomes.genome import Genome, Organism, Substance, several

_ROWS = 20_000
_BEGIN, _COMMENTS, _FIRST = 1 << 16, 200, 30
"""Letters, lines and rows that must show the layout before all is read."""
_LEAST, _LEAST_NAMED = 8, 3
"""Rows that make an export, and that suffice where the company names itself."""

_MOST_OTHER = 0.05
"""Share of rows that may be something else: a line cut off, an indel's own notation."""

_MARKER = re.compile(
    r"(?:rs|i|kgp|VG|exm|AX-|GSA-|SNP|seq-|ilmnseq_|psy_|JHU_)[\w.:-]*\d[\w.:,-]*|[\w.]{1,12}:\d+[\w:.-]*|rs\w+",
    re.IGNORECASE,
)
_CHROMOSOME = re.compile(r"(?:chr)?(?:\d{1,2}|X|Y|XY|MT?|PAR|--)", re.IGNORECASE)
_GENOTYPE = re.compile(r"(?:[ACGTDI]{1,2}|--?|00?|[ACGTDI0-][/|][ACGTDI0-]|NC|\?\?)", re.IGNORECASE)
_ALLELE = re.compile(r"[ACGTDI0?-]|--", re.IGNORECASE)
_SEPARATED = re.compile(r"[\t,;]| {2,}")

_NAMES = {
    "id": r"(?:#?\s*)(?:rs ?id|snp(?:[ ._]?(?:name|id))?|marker ?name|marker|name)",
    "chromosome": r"chr|chrom|chromosome",
    "position": r"pos|position|bp",
    "genotype": r"genotype|result|gt",
    "first": r"allele[ _.]?(?:1|a)(?:\W.*)?",
    "second": r"allele[ _.]?(?:2|b)(?:\W.*)?",
}
_COLUMNS = {key: re.compile(form, re.IGNORECASE) for key, form in _NAMES.items()}

_COMPANIES = tuple(
    (re.compile(form, re.IGNORECASE), name)
    for form, name in (
        (r"23andme", "23andMe"),
        (r"ancestry\s?dna", "AncestryDNA"),
        (r"my\s?heritage", "MyHeritage"),
        (r"family\s?tree\s?dna|famfinder|ftdna", "FamilyTreeDNA"),
        (r"living\s?dna", "Living DNA"),
        (r"23mofang", "23Mofang"),
        (
            r"dna\.?land|genes for good|selfdecode|mapmygenome|tellmegen|circle|codigo46|\bsano\b",
            "genotype",
        ),
        (r"text version of your data|genotyp", "genotype"),
    )
)

THRESHOLD = 40
"""Single-nucleotide variants from which data identify a person (PPC Guideline, General, 2-2)."""


def array(text: str) -> Genome | None:
    """The export that the text is, or None: columns of marker, place and genotype, and no other."""
    # What has no such rows at its begin is not cut into lines as a whole.
    begin = text.splitlines() if len(text) <= _BEGIN else text[:_BEGIN].splitlines()[:-1]
    head, comments = _header(begin)
    if head < 0 or not _begins(begin[head:]):
        return None
    lines = begin if len(text) <= _BEGIN else text.splitlines()
    company = next((name for form, name in _COMPANIES if form.search("\n".join(comments))), "")
    columns, start = _columns(lines[head])
    rows = [_fields(line) for line in islice(lines[head + start :], _ROWS) if line.strip()]
    if columns is None:
        columns = _guessed(rows)
    if columns is None:
        return None
    if not company and not {"chromosome", "position"} <= {*columns}:
        return None
    fitting = [row for row in rows if _fits(row, columns)]
    least = _LEAST_NAMED if company or start else _LEAST
    if len(fitting) < least or len(fitting) < (1 - _MOST_OTHER) * len(rows) - 1:
        return None
    markers = len({row[columns["id"]] for row in fitting})
    substance = Substance.GENOTYPES if company or markers >= THRESHOLD else Substance.MARKERS
    texts = {"header": found} if (found := several(comments)) else {}
    name = f"{company or 'genotype'} export"
    return Genome(name, substance, Organism.HUMAN, markers, 1, texts)


def _begins(lines: Sequence[str]) -> bool:
    """Whether most of the first rows begin with a marker."""
    rows = [fields for line in lines[1:_FIRST] if (fields := _fields(line))]
    marked = sum(any(map(_MARKER.fullmatch, fields[:3])) for fields in rows)
    return marked * 2 > len(rows)


def _header(lines: Sequence[str]) -> tuple[int, list[str]]:
    """The line of the columns (the last comment may be it), and the comments before it."""
    comments: list[str] = []
    inside = False
    for at, line in enumerate(lines[:_COMMENTS]):
        text = line.strip("\ufeff \t")
        if text.startswith("[Header]"):
            inside = True
        if inside or text.startswith("#") or not text:
            inside = inside and not text.startswith("[Data]")
            if _columns(text)[0] is not None:
                return at, comments
            comments.append(text.lstrip("# "))
            continue
        return at, comments
    return -1, comments


def _fields(line: str) -> list[str]:
    fields = (field.strip('" ') for field in _SEPARATED.split(line.strip()))
    return [field for field in fields if field]


def _columns(line: str) -> tuple[dict[str, int] | None, int]:
    """Where each column stands, and how many lines their names take; None where they have none."""
    fields = _fields(line.lstrip("#\ufeff "))
    found: dict[str, int] = {}
    for key, form in _COLUMNS.items():
        at = next(
            (i for i, f in enumerate(fields) if form.fullmatch(f) and i not in found.values()), None
        )
        if at is not None:
            found[key] = at
    genotypes = "genotype" in found or {"first", "second"} <= {*found}
    few = len(fields) <= len(found) + 2
    return (found, 1) if "id" in found and genotypes and few else (None, 0)


def _guessed(rows: Sequence[list[str]]) -> dict[str, int] | None:
    """The columns of a file without names, as companies order them."""
    widths = {len(row) for row in rows[:50]}
    if widths == {4}:
        return {"id": 0, "chromosome": 1, "position": 2, "genotype": 3}
    if widths == {5}:
        return {"id": 0, "chromosome": 1, "position": 2, "first": 3, "second": 4}
    return None


def _fits(row: Sequence[str], columns: dict[str, int]) -> bool:
    if len(row) <= max(columns.values()) or not _MARKER.fullmatch(row[columns["id"]]):
        return False
    forms = {"chromosome": _CHROMOSOME, "genotype": _GENOTYPE, "first": _ALLELE, "second": _ALLELE}
    fits = all(form.fullmatch(row[columns[key]]) for key, form in forms.items() if key in columns)
    place = row[columns["position"]] if "position" in columns else "0"
    return fits and (place.isdigit() or place == "--")
