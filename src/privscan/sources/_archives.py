"""Members of ZIP and tar archives: listed and opened in place, never unpacked to disk.

A member has the uri `archive!/name`, and an archive within one `outer.zip!/inner.tar!/name`.
"""

from __future__ import annotations

import io
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import IO, Any, cast

from privscan.errors import UnreadableError
from privscan.model.data import Unread
from privscan.sources import _place as place
from privscan.sources._place import MEMBER

DEEPEST = 3
"""Archives inside archives that are opened; deeper ones are unread."""

HELD = 64 << 20
"""A member of a ZIP up to so many bytes is held in memory, so that seeking costs nothing."""

UNPACKED = 512 << 20
"""Bytes of the largest compressed tar that is read: it is held unpacked, since it has no index."""

BOMB, RATIO = 4 << 30, 1_000
"""An archive that unpacks to gigabytes and to so many times its size is a bomb."""

_TROUBLE = (zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, NotImplementedError, RuntimeError,
            ValueError, KeyError)  # fmt: skip
"""What the readers raise on damaged archives, unknown methods and passwords."""

_DAMAGED = "the archive is damaged"
_LOCKED = "the archive has a password"
_ENCRYPTED = 1
"""Bit 0 of a member's flags (APPNOTE 6.3, 4.4.4)."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A member: bytes unpacked, what changes with them, and the library's own record of it."""

    name: str
    size: int
    stamp: str
    locked: bool
    info: Any


class _Archive:
    """An open archive with its index."""

    def __init__(self, uri: str) -> None:
        self.uri = uri
        raw = place.raw(uri)
        magic = raw.read(4)
        raw.seek(0)
        if magic.startswith(b"PK"):
            self._zip: zipfile.ZipFile | None = zipfile.ZipFile(raw)
            found = [_of_zip(info) for info in self._zip.infolist() if not info.is_dir()]
        else:
            self._zip = None
            self._tar = tarfile.open(fileobj=_unpacked(uri, raw))  # noqa: SIM115  kept open
            found = [_of_tar(info) for info in self._tar if info.isfile() or info.islnk()]
        self.entries = {entry.name: entry for entry in found}
        total = sum(entry.size for entry in found)
        if total > max(BOMB, RATIO * place.size(uri)):
            raise UnreadableError("the archive unpacks to too much", where=uri)

    def opened(self, entry: _Entry) -> IO[bytes]:
        """The member's bytes from their start."""
        if self._zip is None:
            return cast("IO[bytes]", self._tar.extractfile(entry.info))
        if entry.size > HELD:
            return self._zip.open(entry.info)
        return io.BytesIO(self._zip.read(entry.info))


def _of_zip(info: zipfile.ZipInfo) -> _Entry:
    locked = bool(info.flag_bits & _ENCRYPTED)
    return _Entry(info.filename, info.file_size, f"{info.CRC:08x}-{info.file_size}", locked, info)


def _of_tar(info: tarfile.TarInfo) -> _Entry:
    name = info.name.removeprefix("./")
    return _Entry(name, info.size, f"{info.size}-{int(info.mtime)}", locked=False, info=info)


def _unpacked(uri: str, raw: IO[bytes]) -> IO[bytes]:
    """The tar itself; a compressed one is held in memory."""
    from privscan.sources._bytes import opened, packed

    if not packed(uri):
        return raw
    with opened(uri) as stream:
        content = stream.read(UNPACKED + 1)
    if len(content) > UNPACKED:
        raise UnreadableError("the compressed tar is over 512 MB: unpack it first", where=uri)
    return io.BytesIO(content)


@lru_cache(maxsize=2)
def _kept(uri: str, _stamp: str) -> _Archive:
    try:
        return _Archive(uri)
    except _TROUBLE:
        raise UnreadableError(_DAMAGED, where=uri) from None


def _archive(uri: str) -> _Archive:
    return _kept(uri, place.stamp(uri))


def members(uri: str) -> Iterator[str | Unread]:
    """The members' uris in name order, and those that nobody may open."""
    if uri.count(MEMBER) >= DEEPEST:
        yield Unread(uri, "", f"archives inside archives are opened {DEEPEST} deep: unpack it first", place.size(uri))  # fmt: skip
        return
    for name, entry in sorted(_archive(uri).entries.items()):
        if entry.locked:
            yield Unread(f"{uri}{MEMBER}{name}", "", _LOCKED, entry.size)
        else:
            yield f"{uri}{MEMBER}{name}"


class _Members:
    """Opens members of archives by their uri."""

    def size(self, uri: str) -> int:
        return self._entry(uri)[1].size

    def stamp(self, uri: str) -> str:
        archive, entry = self._entry(uri)
        return f"{place.stamp(archive.uri)}:{entry.stamp}"

    def raw(self, uri: str) -> IO[bytes]:
        archive, entry = self._entry(uri)
        try:
            return archive.opened(entry)
        except _TROUBLE:
            raise UnreadableError(_LOCKED if entry.locked else _DAMAGED, where=uri) from None

    def _entry(self, uri: str) -> tuple[_Archive, _Entry]:
        archive = place.archive_of(uri)
        found = _archive(archive)
        entry = found.entries.get(uri[len(archive) + len(MEMBER) :])
        if entry is None:
            raise UnreadableError("the archive has no such member", where=uri)
        return found, entry


MEMBERS = _Members()
