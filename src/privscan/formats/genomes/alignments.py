"""SAM, BAM and CRAM: reads of a sequencer laid along a genome (hts-specs: SAMv1, CRAMv3)."""

from __future__ import annotations

import re
import struct
import zlib
from itertools import islice

from privscan.formats.genomes.genome import Genome, Substance, several
from privscan.formats.genomes.organisms import first, of_contigs, of_text

_RECORDS = 1_000
_HEADER = re.compile(r"@(?:HD|SQ|RG|PG)\t|@CO(?:\t|$)")
_CIGAR = re.compile(r"\*|(?:\d+[MIDNSHPX=B])+")
_NUMBERS = (1, 3, 4, 7)
"""Columns of a read that are whole numbers: flags, place, quality, place of the mate."""
_FIRST = 4_096
_COLUMNS = 11
_FLAGS = 1 << 16

_BAM = b"BAM\1"
_INT = struct.Struct("<i")
_LEAST_BLOCK = 32
_MOST_CONTIGS = 1 << 20

_CRAM_START, _CRAM_HEAD = 26, 1 << 17


def sam(text: str) -> Genome | None:
    """The SAM file that the text is, or None."""
    if "\t" not in text[:_FIRST]:
        return None
    lines = text.splitlines()
    header = []
    for line in lines:
        if not _HEADER.match(line):
            break
        header.append(line)
    rows = [line for line in islice(lines[len(header) :], _RECORDS) if line]
    reads = sum(map(_is_read, rows))
    contigs = any(
        line.startswith("@SQ\tSN:") or "\tSN:" in line for line in header if "\tLN:" in line
    )
    if not (reads or (contigs and not rows)) or reads * 2 < len(rows):
        return None
    damage = "" if reads >= len(rows) - 1 else "lines that are no reads"
    version = next((m[1] for line in header if (m := re.match(r"@HD\t.*?VN:([\d.]+)", line))), "")
    return _genome(f"SAM {version}".strip(), header, reads, damage)


def _is_read(line: str) -> bool:
    row = line.split("\t")
    if len(row) < _COLUMNS or not all(row[i].isdigit() for i in _NUMBERS):
        return False
    length = row[8].removeprefix("-")
    same = "*" in {row[9], row[10]} or len(row[9]) == len(row[10])
    return (
        length.isdigit() and int(row[1]) < _FLAGS and _CIGAR.fullmatch(row[5]) is not None and same
    )


def _genome(name: str, header: list[str], reads: int, damage: str = "") -> Genome:
    fields = [
        dict(part.split(":", 1) for part in line.split("\t")[1:] if ":" in part) for line in header
    ]
    contigs = [(one.get("SN", ""), int(one["LN"])) for one in fields if one.get("LN", "").isdigit()]
    samples = several(
        [
            one.get("SM", "")
            for line, one in zip(header, fields, strict=True)
            if line.startswith("@RG")
        ]
    )
    said = [one[key] for one in fields for key in ("SP", "AS", "UR") if key in one]
    # A program's call names the file that the reads were laid along.
    said += [one["CL"] for one in fields if "CL" in one]
    comments = [line[4:] for line in header if line.startswith("@CO")]
    told = several(
        [*comments, *(one[key] for one in fields for key in ("CN", "DS", "LB") if key in one)]
    )
    organism = first(of_contigs(contigs), of_text("\n".join(several(said))))
    texts = {kind: found for kind, found in (("sample", samples), ("header", told)) if found}
    return Genome(name, Substance.READS, organism, reads, max(1, len(samples)), texts, damage)


def bam(content: bytes) -> Genome | None:
    """The BAM file that unpacked bytes are, or None."""
    if not content.startswith(_BAM) or len(content) < 12:  # noqa: PLR2004  magic and two lengths
        return None
    (size,) = _INT.unpack_from(content, 4)
    if size < 0:
        return None
    header = content[8 : 8 + size].rstrip(b"\0").decode("utf-8", "replace").splitlines()
    if header and not all(map(_HEADER.match, filter(None, header[:5]))):
        return None
    if len(content) < 12 + size:
        return _genome("BAM", header, 0, "a header that breaks off")
    contigs, at, damage = _bam_contigs(content, 8 + size)
    if at < 0:
        return None
    reads, broken = (0, "") if damage else _bam_reads(content, at)
    lines = header if any(line.startswith("@SQ") for line in header) else [*header, *contigs]
    return _genome("BAM", lines, reads, damage or broken)


def _bam_contigs(content: bytes, at: int) -> tuple[list[str], int, str]:
    """Its contigs as lines of a header, where they end (-1: they are none), and what breaks."""
    (count,) = _INT.unpack_from(content, at)
    at += 4
    if not 0 <= count <= _MOST_CONTIGS:
        return [], -1, ""
    lines: list[str] = []
    for _ in range(count):
        if at + 4 > len(content):
            return lines, at, "a list of contigs that breaks off"
        (size,) = _INT.unpack_from(content, at)
        name, end = content[at + 4 : at + 4 + max(size, 0)], at + 4 + size
        if end + 4 > len(content):
            return lines, at, "a list of contigs that breaks off"
        if size < 1 or not name.endswith(b"\0"):
            return [], -1, ""
        (length,) = _INT.unpack_from(content, end)
        lines.append(f"@SQ\tSN:{name[:-1].decode('utf-8', 'replace')}\tLN:{length}")
        at = end + 4
    return lines, at, ""


def _bam_reads(content: bytes, at: int) -> tuple[int, str]:
    reads = 0
    while at + 4 <= len(content):
        (size,) = _INT.unpack_from(content, at)
        if size < _LEAST_BLOCK:
            return reads, "a read whose length lies"
        at += 4 + size
        reads += at <= len(content)
    return reads, ""


def cram(content: bytes) -> Genome | None:
    """The CRAM file that bytes are, or None; its header may be packed in itself."""
    if not content.startswith(b"CRAM") or len(content) < _CRAM_START + 4:
        return None
    major, minor = content[4], content[5]
    (size,) = _INT.unpack_from(content, _CRAM_START)
    if major not in {1, 2, 3, 4} or minor > 2 or size < 0:  # noqa: PLR2004  versions there are
        return None
    text = _cram_header(content[_CRAM_START : _CRAM_START + min(size + 64, _CRAM_HEAD)])
    if text is None:
        return None
    whole = len(content) > _CRAM_START + size
    damage = "" if whole else "a header that breaks off"
    return _genome(f"CRAM {major}.{minor}", text.splitlines(), 0, damage)


def _cram_header(block: bytes) -> str | None:
    """The lines of SAM in the first container, or None if there are none."""
    packed = block.find(b"\x1f\x8b\x08")
    if packed >= 0:
        try:
            block = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(block[packed:], 1 << 22)
        except zlib.error:
            return None
    match = re.search(rb"@(?:HD|SQ|RG|PG|CO)\t", block)
    if match is None:
        return None
    return block[match.start() :].split(b"\0")[0].decode("utf-8", "replace")
