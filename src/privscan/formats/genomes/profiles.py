"""STR profiles as forensic laboratories keep them: names of loci, alleles, and CODIS's CMF files."""

from __future__ import annotations

import re
from collections.abc import Iterable

from privscan.formats.genomes.genome import Genome, Organism, Substance, several

LEAST = 9
"""Loci from which a profile identifies a person (PPC Guideline, General, 2-2)."""

LOCI = frozenset(
    """
    CSF1PO FGA TH01 TPOX VWA D3S1358 D5S818 D7S820 D8S1179 D13S317 D16S539 D18S51 D21S11
    D1S1656 D2S441 D2S1338 D10S1248 D12S391 D19S433 D22S1045 SE33 PENTAD PENTAE
    D6S1043 D2S1360 D4S2366 D5S2500 D5S2800 D7S1517 D8S1132 D10S2325 D21S2055 F13A01 F13B FESFPS
    LPL PENTAC D1GATA113 D9S1122 D14S1434 D17S1301 D20S482 D6S474 D3S4529 D11S4463 D4S2408
    DYS19 DYS385 DYS385A DYS385B DYS389I DYS389II DYS390 DYS391 DYS392 DYS393 DYS437 DYS438
    DYS439 DYS448 DYS456 DYS458 DYS481 DYS533 DYS549 DYS570 DYS576 DYS635 DYS643 YGATAH4
    DYF387S1 DYS449 DYS460 DYS518 DYS627 DYS388 DYS426 DYS447 DYS454 DYS455
    DXS10135 DXS8378 DXS7132 DXS10074 HPRTB DXS10101 DXS10134 DXS7423 DXS10103 DXS10079 DXS10146 DXS10148
    """.split()  # noqa: SIM905  a list of names reads as a table
)
"""Loci of CODIS, the European Standard Set, Y and X chromosome kits, as `locus` writes them."""

_COPY = re.compile(r"(?:[ _./-]*(?:allele)?[ _./-]*(?:[12]|[AB]))?$", re.IGNORECASE)
_MARKS = re.compile(r"[\s_./()-]")

ALLELES = r"^\s*(?:(?:[1-9]|[1-5]\d)(?:\.[1-3])?|OL|[<>]\d\d?)(?:\s*[,/;|-]\s*(?:(?:[1-9]|[1-5]\d)(?:\.[1-3])?|OL))*\s*$"
"""One or more alleles: whole repeats, and those of a repeat that is not whole, `9.3`."""

_CMF = re.compile(r"<(?:\w+:)?CODISImportFile\b|<(?:\w+:)?SPECIMEN\b")
_LOCUS_NAME = re.compile(r"<(?:\w+:)?LOCUSNAME>\s*([^<]{2,20}?)\s*<", re.IGNORECASE)
_SPECIMEN = re.compile(r"<(?:\w+:)?SPECIMENID>\s*([^<]{1,80}?)\s*<", re.IGNORECASE)


def locus(name: str) -> str:
    """The locus that a header or cell names, without the number of its allele; empty if none."""
    bare = _MARKS.sub("", name).upper().removeprefix("STR")
    if bare in LOCI:
        return bare
    cut = _MARKS.sub("", _COPY.sub("", name.strip())).upper()
    return cut if cut in LOCI else ""


def loci(names: Iterable[str]) -> set[str]:
    """The different loci among the names."""
    return {found for name in names if (found := locus(name))}


def cmf(text: str) -> Genome | None:
    """The CODIS import file (CMF 3, XML) that the text is, or None."""
    if not _CMF.search(text[:65_536]):
        return None
    found = loci(_LOCUS_NAME.findall(text))
    if not found:
        return None
    substance = Substance.GENOTYPES if len(found) >= LEAST else Substance.MARKERS
    specimens = several(_SPECIMEN.findall(text))
    texts = {"sample": specimens} if specimens else {}
    return Genome("CODIS CMF", substance, Organism.HUMAN, len(found), max(1, len(specimens)), texts)
