"""Whose a genome is: names and lengths of chromosomes, assemblies, and species in descriptions."""

from __future__ import annotations

import re
from collections.abc import Iterable

from privscan.formats.genomes.genome import Organism

_NAMES = (*map(str, range(1, 23)), "X", "Y")

# Chromosomes 1 to 22, X and Y: GRCh38, GRCh37, NCBI36 and T2T-CHM13v2.0.
_BUILDS = (
    (248956422, 242193529, 198295559, 190214555, 181538259, 170805979, 159345973, 145138636,
     138394717, 133797422, 135086622, 133275309, 114364328, 107043718, 101991189, 90338345,
     83257441, 80373285, 58617616, 64444167, 46709983, 50818468, 156040895, 57227415),
    (249250621, 243199373, 198022430, 191154276, 180915260, 171115067, 159138663, 146364022,
     141213431, 135534747, 135006516, 133851895, 115169878, 107349540, 102531392, 90354753,
     81195210, 78077248, 59128983, 63025520, 48129895, 51304566, 155270560, 59373566),
    (247249719, 242951149, 199501827, 191273063, 180857866, 170899992, 158821424, 146274826,
     140273252, 135374737, 134452384, 132349534, 114142980, 106368585, 100338915, 88827254,
     78774742, 76117153, 63811651, 62435964, 46944323, 49691432, 154913754, 57772954),
    (248387328, 242696752, 201105948, 193574945, 182045439, 172126628, 160567428, 146259331,
     150617247, 134758134, 135127769, 133324548, 113566686, 101161492, 99753195, 96330374,
     84276897, 80542538, 61707364, 66210255, 45090682, 51324926, 154259566, 62460029),
)  # fmt: skip
_LENGTHS = {(name, size) for build in _BUILDS for name, size in zip(_NAMES, build, strict=True)}
_LENGTHS |= {(name, size) for name in ("M", "MT") for size in (16569, 16571)}

_SIZES = {size for _, size in _LENGTHS}
_ACCESSION = re.compile(
    r"NC_0000(?:0[1-9]|1\d|2[0-4])\.\d+$|NC_012920\.1$|NC_007605(?:\.1)?$|NC_0609\d\d\.1$"
)
"""RefSeq's numbers of human chromosomes and mitochondria, and of the virus that stands beside them."""

_REFSEQ = re.compile(r"N[CZ]_\w+\.\d+$")
_LARGEST_PIECE = 60_000_000
"""Bases of more than any human sequence has that is no chromosome: decoys have 35 million."""

_OTHER_FIRST = frozenset({195471971, 195154279, 197195432, 282763074, 260522016})
"""Lengths of chromosome 1 of mouse and rat."""

_PREFIX = re.compile(r"^(?:chromosome|chrom|chr)[_ ]?", re.IGNORECASE)

_NO_HUMAN = re.compile(
    r"virus|phage\b|viridae|\bplasmid|\bvector\b|bacteri|\bcoli\b|chloroplast|\bmouse\b|\bmurine\b|\brat\b|yeast|zebrafish"
    r"|\bHIV\b|SARS-?CoV|\bEBV\b|phix|lambda|\bGRCm\d|\bmm(?:9|10|39)\b|\brn[4-7]\b|\bdm[36]\b"
    r"|\bce1[01]\b|\bsacCer\d|\bdanRer\d+|\bgalGal\d|\bbosTau\d|\bTAIR\d|\bcanFam\d|(?:synthetic|artificial) (?:DNA )?(?:construct|sequence)|\bcloning\b",
    re.IGNORECASE,
)
_HUMAN = re.compile(
    r"\bhomo[ _]sapiens|\bhuman(?![a-z])|(?<![a-z])GRCh3[678]|(?<![a-z])hg(?:1[789]|38)(?!\d)|(?<![a-z])hs37d5|human_g1k"
    r"|(?<![a-z])NCBI3[67]|b3[78]\.fa|CHM13|taxon:9606\b|1000 ?genomes|\bH\.sapiens",
    re.IGNORECASE,
)
_BINOMIAL = re.compile(
    r"(?<![\w-])[A-Z](?:\.|[a-z]*(?:us|a|um|is|es|on|ix|ax|ox|ys|as|os|er|io|ops|ex|yx)) ?"
    r"(?:[a-z]{2,}(?:us|a|um|is|i|ae|ens|ans)|melanogaster|rerio|pombe|mays|vivax)(?![\w-])"
)
"""Genus and species as descriptions have them, by their Latin endings."""
_NO_GENUS = re.compile(r"^(?:The|This|These|Data|Alpha|Beta|Gamma|Delta|Chain|Crystal|Formula)\b")


def of_text(text: str) -> Organism:
    """What a description says: `Human papillomavirus` is no human."""
    if _NO_HUMAN.search(text):
        return Organism.OTHER
    if _HUMAN.search(text):
        return Organism.HUMAN
    species = (m.group() for m in _BINOMIAL.finditer(text))
    named = any(not _NO_GENUS.match(name) for name in species)
    return Organism.OTHER if named else Organism.UNKNOWN


def of_contigs(contigs: Iterable[tuple[str, int]]) -> Organism:
    """What names and lengths of chromosomes say; a length of 0 is unknown and says nothing."""
    other = False
    for name, size in contigs:
        bare = _PREFIX.sub("", name).upper()
        if (bare, size) in _LENGTHS or (_ACCESSION.match(name) and size in _SIZES):
            return Organism.HUMAN
        chromosome = _ACCESSION.match(name) is None and _REFSEQ.match(name) is not None
        other |= size in _OTHER_FIRST or chromosome
        other |= size > _LARGEST_PIECE and size not in _SIZES
    return Organism.OTHER if other else Organism.UNKNOWN


def most(said: Iterable[Organism]) -> Organism:
    """One answer of several: human where any is, else another's where most that say it agree."""
    every = list(said)
    if Organism.HUMAN in every:
        return Organism.HUMAN
    others = every.count(Organism.OTHER)
    return Organism.OTHER if others and others * 2 >= len(every) else Organism.UNKNOWN


def first(*said: Organism) -> Organism:
    """The first answer that is one."""
    return next((one for one in said if one is not Organism.UNKNOWN), Organism.UNKNOWN)
