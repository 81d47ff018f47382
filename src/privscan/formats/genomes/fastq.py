"""FASTQ (Cock et al., 2010): reads of a sequencer, each with a quality for each base."""

from __future__ import annotations

import re
from itertools import islice

from privscan.formats.genomes.genome import Genome, Organism, Substance, several
from privscan.formats.genomes.letters import substance_of
from privscan.formats.genomes.organisms import most, of_text

_RECORDS = 500
_LINES = 4
_QUALITY = re.compile(r"[!-~]+")
_WRAPPED = re.compile(r"@([^\n]*)\n((?:[A-Za-z.*-]+\n)+)\+([^\n]*)\n((?:[!-~]+\n?)+)")
_SPOT = re.compile(r"^(?:[SED]RR\d+|[\w-]+(?::\w+){3,6}|\S+[_:/]\d)")


def fastq(text: str) -> Genome | None:
    """The FASTQ file that the text begins as, or None; records that break later are damage."""
    text = text.lstrip("\ufeff \t\r\n").replace("\r\n", "\n")
    if not text.startswith("@"):
        return None
    lines = text.split("\n")
    titles: list[str] = []
    damage = ""
    for at in islice(range(0, len(lines) - 3, _LINES), _RECORDS):
        if not _is_record(*lines[at : at + _LINES]):
            damage = "a record whose bases and qualities disagree"
            break
        titles.append(lines[at][1:])
    if titles:
        return _genome(titles, damage)
    if len(lines) >= _LINES - 1 and _repeats_title(*lines[: _LINES - 1]):
        return _genome([lines[0][1:]], damage)
    return _wrapped(text)


def _is_record(title: str, bases: str, plus: str, quality: str) -> bool:
    if not (title.startswith("@") and plus.startswith("+") and len(bases) == len(quality)):
        return False
    if plus[1:] and plus[1:] != title[1:]:
        return False
    return not bases or (_is_nucleic(bases) and _QUALITY.fullmatch(quality) is not None)


def _repeats_title(title: str, bases: str, plus: str) -> bool:
    """Whether the title stands again below the bases, which says enough of a broken record."""
    bases = "".join(bases.split())
    return len(title) > 1 and plus == f"+{title[1:]}" and bool(bases) and _is_nucleic(bases)


def _is_nucleic(bases: str) -> bool:
    return bases.isascii() and (
        {*bases.upper()} <= {"N", "."} or substance_of(bases) is Substance.SEQUENCE
    )


def _wrapped(text: str) -> Genome | None:
    """Records of several lines each, as the format allows."""
    match = _WRAPPED.match(text)
    if match is None:
        return None
    bases, quality = (match[i].replace("\n", "") for i in (2, 4))
    named = not match[3] or match[3] == match[1]
    begins = len(quality) >= len(bases) or len(match[0]) == len(text)
    return _genome([match[1]], "") if named and begins and _is_nucleic(bases) and bases else None


def _genome(titles: list[str], damage: str) -> Genome:
    said = several([title.partition(" ")[2] for title in titles if not _SPOT.match(title)])
    organism = most(of_text(one) for one in said) if said else Organism.UNKNOWN
    texts = {"description": said} if said else {}
    return Genome("FASTQ", Substance.READS, organism, len(titles), 1, texts, damage)
