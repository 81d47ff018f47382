"""Folders of recordings: WAV, FLAC, MP3, Ogg, Opus, AIFF, AU, M4A, AAC, AMR, SPHERE, WebM."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from privscan.formats.audio import is_audio
from privscan.model.data import Batch, Part, Unread
from privscan.model.kinds import Kind
from privscan.sources._media import BATCH_FILES, media_batches, media_parts

PLUGIN = True
SUFFIXES = (".wav", ".flac", ".mp3", ".ogg", ".oga", ".opus", ".spx", ".aif", ".aiff", ".aifc",
            ".au", ".snd", ".m4a", ".m4b", ".aac", ".amr", ".awb", ".sph", ".caf", ".weba", ".mka")  # fmt: skip
PRIORITY = 21
MEDIA = True
"""A folder of such files is one dataset, and `parts` is given all of them."""


def sniff(sample: bytes) -> bool:
    """Headers of a recording of sound, without a film."""
    return is_audio(sample)


def schema(_uri: str) -> tuple[str, ...]:
    """Always the recording and its path."""
    return ("audio", "path")


def parts(uri: str, dataset: str, files: Sequence[str] = ()) -> Iterator[Part | Unread]:
    """Some recordings a part; `files` are relative to the folder `uri`, without them it is one."""
    return media_parts("audio", uri, dataset, files)


def read(part: Part, *, batch_rows: int = BATCH_FILES) -> Iterator[Batch | Unread]:
    """Batches of a few recordings with their paths."""
    return media_batches(part, "audio", Kind.AUDIO, "audio file", batch_rows=batch_rows)
