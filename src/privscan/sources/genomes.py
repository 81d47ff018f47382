"""Folders of genome files: FASTA, FASTQ, VCF, BCF, SAM, BAM, CRAM, PLINK, exports, traces, and more.

Of each file the first 4 MB, unpacked, are the cell: they say the format, whose it is, and who.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from privscan.errors import UnreadableError
from privscan.formats.genomes import PACKING, WINDOW, genome_of
from privscan.model.data import Batch, Part, Unread
from privscan.model.kinds import Kind
from privscan.sources._bytes import head, packed
from privscan.sources._media import BATCH_FILES, media_batches, media_parts
from privscan.sources._place import raw

PLUGIN = True
SUFFIXES = (".fa", ".fasta", ".fna", ".ffn", ".fq", ".fastq", ".vcf", ".bcf", ".sam", ".bam", ".cram", ".ped",
            ".bed", ".2bit", ".ab1", ".scf", ".sff", ".gb", ".gbk", ".embl", ".cmf")  # fmt: skip
PRIORITY = 30
MEDIA = True
COMPRESSED = True

COLUMN = "molecule"
"""Says nothing of persons by itself, so that the cells decide."""


def sniff(sample: bytes) -> bool:
    """Whether the bytes are parsed as a genome file: tables with other columns stay tables."""
    return genome_of(sample) is not None


def schema(_uri: str) -> tuple[str, ...]:
    """Always the file's begin and its path."""
    return (COLUMN, "path")


def parts(uri: str, dataset: str, files: Sequence[str] = ()) -> Iterator[Part | Unread]:
    """Some files a part; `files` are relative to the folder `uri`, without them it is one."""
    return media_parts("genomes", uri, dataset, files)


def read(part: Part, *, batch_rows: int = BATCH_FILES) -> Iterator[Batch | Unread]:
    """Batches of the begins of a few files, with their paths."""
    return media_batches(
        part, COLUMN, Kind.BYTES, "genome file", batch_rows=batch_rows, content=_begin
    )


def _begin(uri: str, _what: str) -> bytes | Unread:
    """Bytes that unpack to at least 4 MB, or all; those of gzip stay packed, to tell if they break."""
    try:
        if packed(uri) in {"zstd", "bz2"}:
            found = head(uri, WINDOW)
        else:
            with raw(uri) as file:
                found = file.read(WINDOW + PACKING)
    except UnreadableError as error:
        return Unread(uri, "", error.what, rows=1)
    except OSError as error:
        return Unread(uri, "", f"cannot be opened: {error.strerror}", rows=1)
    return found or Unread(uri, "", "empty file", rows=1)
