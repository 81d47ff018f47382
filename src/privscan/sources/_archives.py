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
from threading import RLock
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

_LINK = "it is a hard link to a file outside of the archive"
_BLOCKS = 1 << 20
_LOCK = RLock()
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
        self.unread: list[Unread] = []
        self._last: tuple[_Entry | None, bytes] = (None, b"")
        raw = place.raw(uri)
        magic = raw.read(4)
        raw.seek(0)
        if magic.startswith(b"PK"):
            self._zip: zipfile.ZipFile | None = zipfile.ZipFile(raw)
            found = [_of_zip(info) for info in self._zip.infolist() if not info.is_dir()]
        else:
            self._zip = None
            found = list(self._tarred(_unpacked(uri, raw)))
        self.entries: dict[str, _Entry] = {}
        self._again: dict[str, int] = {}
        for entry in found:
            self.entries[self._name(entry.name)] = entry
        total = sum(entry.size for entry in found)
        if total > max(BOMB, RATIO * place.size(uri)):
            raise UnreadableError("the archive unpacks to too much", where=uri)

    def opened(self, entry: _Entry) -> IO[bytes]:
        """The member's bytes from their start."""
        if self._zip is None:
            tar, info = entry.info
            return cast("IO[bytes]", io.BufferedReader(_Locked(tar.extractfile(info))))
        if entry.size > HELD:
            return self._zip.open(entry.info)
        # Its format, its schema and its rows are asked for one after the other.
        last = self._last
        if last[0] is not entry:
            self._last = last = (entry, self._zip.read(entry.info))
        return io.BytesIO(last[1])

    def _name(self, name: str) -> str:
        """A name within the archive that no other member has: the second of a name is data too."""
        steps = name.replace("\\", "/").replace(MEMBER, "!-").split("/")
        safe = "/".join(step for step in steps if step not in {"", ".", ".."}) or "unnamed"
        number, unique = 1, safe
        while unique in self.entries:
            number = self._again[safe] = self._again.get(safe, 1) + 1
            unique = f"{safe} ({number})"
        return unique

    def _tarred(self, raw: IO[bytes]) -> Iterator[_Entry]:
        """The files of a tar, and of others that were appended to it behind its end."""
        known: set[str] = set()
        at, more = 0, True
        while more:
            tar = None
            try:
                tar = tarfile.TarFile(fileobj=raw)
                for info in tar:
                    known.add(info.name)
                    if info.isfile():
                        yield _of_tar(tar, info)
                    elif info.islnk() and info.linkname not in known:
                        self.unread.append(Unread(f"{self.uri}{MEMBER}{info.name}", "", _LINK))
            except _TROUBLE:
                if not known:
                    raise
            more = _more(raw, tar.offset if tar else at)
            if more and (tar is None or tar.offset == at):
                self.unread.append(Unread(self.uri, "", f"{_DAMAGED} behind {len(known)} members"))
                return
            at = raw.tell()


def _more(raw: IO[bytes], at: int) -> bool:
    """Goes to the next block that is not empty; whether there is one."""
    raw.seek(at)
    while piece := raw.read(_BLOCKS):
        if piece.strip(b"\0"):
            filled = len(piece) - len(piece.lstrip(b"\0"))
            raw.seek(at + filled // tarfile.BLOCKSIZE * tarfile.BLOCKSIZE)
            return True
        at += len(piece)
    return False


class _Locked(io.RawIOBase):
    """A member of a tar: all of them move in one file, and Arrow reads in threads of its own."""

    def __init__(self, member: Any) -> None:
        self._member = member

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Always."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """As files do."""
        with _LOCK:
            return int(self._member.seek(offset, whence))

    def readinto(self, buffer: Any) -> int:
        """As files do."""
        with _LOCK:
            try:
                return int(self._member.readinto(buffer))
            except tarfile.TarError:
                raise EOFError from None


def _of_zip(info: zipfile.ZipInfo) -> _Entry:
    locked = bool(info.flag_bits & _ENCRYPTED)
    return _Entry(info.filename, info.file_size, f"{info.CRC:08x}-{info.file_size}", locked, info)


def _of_tar(tar: tarfile.TarFile, info: tarfile.TarInfo) -> _Entry:
    stamp = f"{info.size}-{int(info.mtime)}-{info.offset_data}"
    return _Entry(info.name, info.size, stamp, locked=False, info=(tar, info))


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


@lru_cache(maxsize=DEEPEST)
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
    archive = _archive(uri)
    yield from archive.unread
    for name, entry in sorted(archive.entries.items()):
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
