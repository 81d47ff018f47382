"""Films by samples: pictures at fixed steps, the sound, and what the file says of itself.

A step of 2 s up to 10 minutes, at which 40 pictures a film are looked at; the column's name has it.
The sound is heard as recordings are. Needs the extra `media` (docs/decisions/0017).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import polars as pl

from privscan.errors import UnreadableError
from privscan.formats.audio_tags import named
from privscan.formats.decoding.installed import INSTALL, can_decode
from privscan.formats.decoding.process import DecodingError, decoder
from privscan.formats.films import breaks_off, film_format
from privscan.model.data import FRAMES, Batch, Column, Part, Unread
from privscan.model.kinds import Kind
from privscan.sources._bytes import HEAD
from privscan.sources._files import printable
from privscan.sources._media import FILES, LARGEST, media_parts
from privscan.sources._place import inside, local, raw, size

PLUGIN = True
SUFFIXES = (".mp4", ".m4v", ".mov", ".3gp", ".webm", ".mkv", ".avi", ".mpg", ".mpeg", ".ts", ".flv",
            ".wmv", ".asf", ".ogv")  # fmt: skip
PRIORITY = 22
MEDIA = True
"""A folder of such files is one dataset, and `parts` is given all of them."""

BATCH = 8
"""Pictures, or pieces of sound, that are in memory at a time."""


def sniff(sample: bytes) -> bool:
    """Headers of a film."""
    return bool(film_format(sample))


def schema(_uri: str) -> tuple[str, ...]:
    """Always the path; pictures and sound stand in lists."""
    return ("path",)


def parts(uri: str, dataset: str, files: Sequence[str] = ()) -> Iterator[Part | Unread]:
    """Some films a part; `files` are relative to the folder `uri`, without them it is one."""
    return media_parts("video", uri, dataset, files)


def read(part: Part, *, batch_rows: int = BATCH) -> Iterator[Batch | Unread]:
    """Each film's path, then its pictures, sound and tags a few at a time."""
    for name in part.options[FILES]:
        yield _row(name)
        uri = inside(part.uri, name)
        try:
            length = size(uri)
            if can_decode():
                yield from _film(uri, printable(name), min(batch_rows, BATCH), length)
            else:
                yield Unread(uri, "", f"video is not read without: {INSTALL}", length, 1)
        except UnreadableError as error:
            yield Unread(uri, "", error.what, rows=1)
        except OSError as error:
            yield Unread(uri, "", f"cannot be opened: {error.strerror}", rows=1)


def _whole(uri: str, length: int) -> str | bytes:
    """What the decoder opens: the file itself, or the bytes of one that stands elsewhere."""
    if local(uri):
        return uri
    if length > LARGEST:
        raise UnreadableError("a film over 256 MB is read from a folder only", where=uri)
    with raw(uri) as file:
        return file.read()


def _row(name: str) -> Batch:
    labels = pl.Series("path", [printable(name)], pl.String)
    return Batch(1, (Column("path", Kind.TEXT, labels),))


def _film(uri: str, name: str, most: int, length: int) -> Iterator[Batch | Unread]:
    with raw(uri) as file:
        form = film_format(file.read(HEAD))
        cut = breaks_off(file, length, form)
    if cut:
        yield Unread(uri, "", "malformed video: it breaks off", length, 1)
    column, kind = "", Kind.IMAGE
    labels: list[str] = []
    cells: list[bytes] = []
    try:
        for facts, content in decoder("film").watch(_whole(uri, length), form):
            if "tags" in facts:
                column = f"{FRAMES}{facts['step']}s[]"
                yield from _tags(facts["tags"], name)
            elif facts.get("broken") and not cut:
                yield Unread(uri, "", f"malformed video: {facts['broken']}", length, 1)
            elif content:
                if ("sound" in facts and kind is Kind.IMAGE) or len(cells) >= most:
                    yield from _batch(column, kind, cells, labels)
                    cells, labels = [], []
                if "sound" in facts:
                    column, kind = "sound[]", Kind.AUDIO
                cells.append(content)
                labels.append(f"{name}#{_at(facts)}")
    except DecodingError as error:
        yield Unread(uri, "", f"video: {error}", length, 1)
    yield from _batch(column, kind, cells, labels)


def _at(facts: dict[str, Any]) -> str:
    if "sound" in facts:
        return f"sound={facts['sound']:.0f}-{facts['until']:.0f}s"
    return f"t={facts['frame']:.0f}s"


def _tags(pairs: list[list[str]], name: str) -> Iterator[Batch]:
    texts: dict[str, list[str]] = {}
    for kind, text in named((key, value) for key, value in pairs):
        texts.setdefault(kind, []).append(text)
    columns = [
        Column(f"tags[].{kind}", Kind.TEXT, pl.Series(kind, some), pl.Series([name] * len(some)))
        for kind, some in sorted(texts.items())
    ]
    if columns:
        yield Batch(0, tuple(columns))


def _batch(column: str, kind: Kind, cells: list[bytes], labels: list[str]) -> Iterator[Batch]:
    if cells:
        content = pl.Series(column, cells, pl.Binary)
        yield Batch(0, (Column(column, kind, content, pl.Series("path", labels, pl.String)),))
