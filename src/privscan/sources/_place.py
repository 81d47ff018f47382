"""Where the bytes of a uri stand, and how to open them: a file, a member of an archive, an object.

Sources open what they read here and nowhere else, so each reads all of these.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import IO, Protocol

import pyarrow as pa

from privscan.sources._address import scheme

MEMBER = "!/"
"""Between an archive and the name of a member, as in `lake.zip!/2026/staff.csv`."""


class Opener(Protocol):
    """How the bytes of one sort of uri are reached; each raises `OSError` or `UnreadableError`."""

    def size(self, uri: str) -> int:
        """Bytes of its content."""

    def stamp(self, uri: str) -> str:
        """What changes when the content does."""

    def raw(self, uri: str) -> IO[bytes]:
        """A seekable stream from its start."""


class _Files:
    """Files of this machine."""

    def size(self, uri: str) -> int:
        return os.stat(uri).st_size  # noqa: PTH116  uri is a text

    def stamp(self, uri: str) -> str:
        found = os.stat(uri)  # noqa: PTH116  as above, and asked for each member of an archive
        return f"{found.st_size}-{found.st_mtime_ns}"

    def raw(self, uri: str) -> IO[bytes]:
        return Path(uri).open("rb")


def archive_of(uri: str) -> str:
    """The archive that the uri is a member of, the innermost; empty for anything else."""
    archive, mark, _ = uri.rpartition(MEMBER)
    while mark and not scheme(uri) and _is_folder(f"{archive}!"):
        archive, mark, _ = archive.rpartition(MEMBER)
    return archive if mark else ""


@lru_cache(maxsize=64)
def _is_folder(path: str) -> bool:
    """Whether a folder has such a name; asked several times for each member of an archive."""
    return os.path.isdir(path)  # noqa: PTH112  path is a text


def _opener(uri: str) -> Opener:
    if archive_of(uri):
        from privscan.sources import _archives

        return _archives.MEMBERS
    if scheme(uri):
        from privscan.sources import _objects

        return _objects.OBJECTS
    return _Files()


def local(uri: str) -> bool:
    """Whether the uri is a file of this machine."""
    return not scheme(uri) and not archive_of(uri)


def size(uri: str) -> int:
    """Bytes of the content; `OSError` or `UnreadableError` if it does not open."""
    return _opener(uri).size(uri)


def stamp(uri: str) -> str:
    """What changes when the content does: size and time, or an object's etag; errors as `size`."""
    return _opener(uri).stamp(uri)


def raw(uri: str) -> IO[bytes]:
    """The bytes as they are, seekable; errors as `size`."""
    return _opener(uri).raw(uri)


def arrow(uri: str) -> pa.NativeFile:
    """The same for readers of Arrow."""
    if local(uri):
        return pa.OSFile(uri)
    file = raw(uri)
    # Arrow reads ahead itself: a buffer between would ask for bytes twice.
    return pa.PythonFile(file.detach() if isinstance(file, io.BufferedReader) else file, mode="r")


def inside(folder: str, name: str) -> str:
    """The uri of what stands under that name in a folder."""
    return name if folder in {"", "."} else f"{folder.rstrip('/')}/{name}"


def ending(uri: str, count: int) -> bytes:
    """The last bytes of the content; errors as `size`."""
    with raw(uri) as file:
        file.seek(max(0, size(uri) - count))
        return file.read(count)


def chunks(file: IO[bytes], step: int) -> Iterator[bytes]:
    """What is left of a stream, some bytes at a time."""
    while piece := file.read(step):
        yield piece
