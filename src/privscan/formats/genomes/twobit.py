"""2bit and nib: sequences of whole chromosomes in two or four bits a base, as UCSC keeps them."""

from __future__ import annotations

import struct

from privscan.formats.genomes.genome import Genome, Organism, Substance, several
from privscan.formats.genomes.organisms import first, most, of_contigs, of_text

_TWOBIT, _NIB = 0x1A412743, 0x6BE93D3A
_HEADER = 16
_LOOKED_AT = 10_000
_NIB_HEADER = 8


def twobit(content: bytes) -> Genome | None:
    """The 2bit file that bytes are, or None: its index must lead to sequences of some length."""
    if len(content) < _HEADER + 6:
        return None
    for order in "<>":
        magic, version, count, reserved = struct.unpack_from(f"{order}4I", content)
        if magic == _TWOBIT and version in {0, 1} and count and not reserved:
            return _twobit(content, order, count)
    return None


def _twobit(content: bytes, order: str, count: int) -> Genome | None:
    at, contigs = _HEADER, []
    begin = _HEADER
    for _ in range(min(count, _LOOKED_AT)):
        size = content[at] if at < len(content) else 0
        end = at + 1 + size
        if not size or end + 4 > len(content):
            break
        (offset,) = struct.unpack_from(f"{order}I", content, end)
        if offset < begin:
            return None
        length = (
            struct.unpack_from(f"{order}I", content, offset)[0] if offset + 4 <= len(content) else 0
        )
        contigs.append((content[at + 1 : end].decode("utf-8", "replace"), length))
        at, begin = end + 4, offset
    if not contigs:
        return None
    names = several([name for name, _ in contigs])
    organism = first(of_contigs(contigs), most(map(of_text, names)))
    damage = "" if len(contigs) in {count, _LOOKED_AT} else "an index that breaks off"
    texts = {"description": names}
    return Genome("2bit", Substance.REFERENCE, organism, len(contigs), texts=texts, damage=damage)


def nib(content: bytes) -> Genome | None:
    """The nib file that bytes are, or None: two bases a byte, and no more bytes than that."""
    if len(content) <= _NIB_HEADER:
        return None
    for order in "<>":
        magic, bases = struct.unpack_from(f"{order}II", content)
        if magic == _NIB and (len(content) - _NIB_HEADER) * 2 - 1 <= bases:
            return Genome("nib", Substance.REFERENCE, Organism.UNKNOWN, 1)
    return None
