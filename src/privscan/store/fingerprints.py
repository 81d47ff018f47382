"""Whether a part is still what was read: its identity, and the state of the files it is read from."""

from __future__ import annotations

import hashlib
import os
import pickle
import time
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from privscan.errors import UnreadableError
from privscan.model.data import Part
from privscan.scan.inventory import HINT
from privscan.scan.plan import UNREAD
from privscan.sources import _place as place
from privscan.sources._address import scheme
from privscan.sources._bytes import CHUNK
from privscan.sources._media import FILES
from privscan.sources._stores import VERSION
from privscan.sources.discover import ALONE

FOOTER_BYTES = 1 << 20
_MAGIC = b"PAR1"

SETTLES_SECONDS = 3
"""A file touched that recently may change again within one tick of its clock: on FAT that is two."""

MARK = "="
"""Before the digest of a content, where times alone could not tell."""

UNTOLD = (HINT, VERSION, ALONE, "plan")
"""Options that change what is read first, or what is said of it, and not what is seen in it.

That a part is alone is said where it has no rows: such evidence is never taken from a store.
"""


def identity(part: Part) -> str:
    """A digest of what the part is: source, dataset, place, span and all that its reader is told."""
    told = {name: value for name, value in part.options.items() if name not in UNTOLD}
    said = "\0".join((part.source, part.dataset, part.uri, part.span, _text(told)))
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _text(value: object) -> str:
    """All of a value as text: `repr` leaves out the middle of a long array."""
    match value:
        case dict():
            return repr(sorted((str(k), _text(v)) for k, v in value.items()))
        case list() | tuple():
            return repr([_text(one) for one in value])
        case None | str() | bytes() | int() | float():
            return repr(value)
        case _:
            return pickle.dumps(value).hex()


class State(NamedTuple):
    """Of a file: what it is known by, empty if it cannot be looked at, and when it was touched last."""

    said: str
    touched: int


class Fingerprints:
    """The state of files as this run met them first, so that a later change is seen."""

    def __init__(self) -> None:
        self._met = cache(_of_file)
        self._stems = cache(_stems)
        self._settled = time.time_ns() - SETTLES_SECONDS * 10**9

    def of(self, part: Part) -> str:
        """A digest of size and times of all files of the part; empty where nobody can know.

        Times are of content and of the entry: an edit that sets the old time back shows in the
        latter. Files of one name but for the suffix count: some formats are several files. A file
        that was touched just now may be touched again without another time: its content counts.
        """
        if part.source == UNREAD or "object" in part.options:
            return ""
        files = self._files(part)
        if not files:  # its etag, or the snapshot of a table
            return part.fingerprint
        whole, settled = self._digest(part, files, self._met)
        if settled or not whole:
            return whole
        return f"{whole}{MARK}{_content(files)}" if place.local(part.uri) else ""

    def same(self, part: Part, kept: str) -> bool:
        """Whether the part was as it is `kept` when this run met it first."""
        return self._equal(part, kept, self._met)

    def still(self, part: Part, kept: str) -> bool:
        """Whether it is so now."""
        return self._equal(part, kept, _of_file)

    def of_file(self, uri: str) -> str:
        """As `of` of a file of this machine; empty where it was touched just now."""
        states = [self._met(name) for name in self._siblings(uri)]
        known = all(state.said and state.touched < self._settled for state in states)
        return _digested([state.said for state in states]) if known else ""

    def _equal(self, part: Part, kept: str, of_file: Callable[[str], State]) -> bool:
        files = self._files(part)
        if not files:
            return part.fingerprint == kept
        before, _, content = kept.partition(MARK)
        whole, _ = self._digest(part, files, of_file)
        return whole == before and (not content or content == _content(files))

    def _digest(
        self, part: Part, files: Sequence[str], of_file: Callable[[str], State]
    ) -> tuple[str, bool]:
        """The digest, and whether no file was touched just now."""
        states = [of_file(name) for name in files]
        settled = all(state.touched < self._settled for state in states)
        if not all(state.said for state in states):
            return "", settled
        named = zip(files, (state.said for state in states), strict=True)
        return _digested([part.fingerprint, *map(list, named)]), settled

    def _files(self, part: Part) -> list[str]:
        """The files of this machine, or the objects, that hold the part."""
        names = part.options.get(FILES)
        if names is not None:
            return [place.inside(part.uri, name) for name in names]
        uri = part.uri
        while archive := place.archive_of(uri):
            uri = archive
        if scheme(uri) or not os.path.isfile(uri):  # noqa: PTH113  uri is a text
            return []
        return self._siblings(uri)

    def _siblings(self, uri: str) -> list[str]:
        return self._stems(os.path.dirname(uri)).get(_stem(uri), [uri])  # noqa: PTH120  uri is a text


def _digested(said: Sequence[object]) -> str:
    whole = repr(said).encode("utf-8", "surrogatepass")
    return hashlib.sha256(whole).hexdigest()[:32]


def _content(files: Iterable[str]) -> str:
    """A digest of all that stands in the files; of one that cannot be read, none that is equal."""
    digest = hashlib.sha256()
    for name in files:
        try:
            with place.raw(name) as file:
                for piece in place.chunks(file, CHUNK):
                    digest.update(piece)
        except (OSError, UnreadableError):
            digest.update(os.urandom(16))
    return digest.hexdigest()[:32]


def _stem(name: str) -> str:
    return os.path.splitext(os.path.basename(name))[0]  # noqa: PTH119, PTH122  uri is a text


def _stems(folder: str) -> dict[str, list[str]]:
    """The files of a folder by their names without the last suffix."""
    stems: dict[str, list[str]] = {}
    for name in sorted(os.listdir(folder or ".")):  # noqa: PTH208  names as texts
        stems.setdefault(_stem(name), []).append(os.path.join(folder, name))  # noqa: PTH118  as above
    return stems


def _of_file(name: str) -> State:
    """Size, times, and of Parquet the footer; empty if it cannot be looked at."""
    try:
        if not place.local(name):
            return State(place.stamp(name), 0)
        status = os.stat(name)  # noqa: PTH116  uri is a text
        footer = _footer(name, status.st_size) if name.endswith((".parquet", ".pq")) else b""
    except (OSError, UnreadableError):
        return State("", 0)
    times = f"{status.st_size}-{status.st_mtime_ns}-{status.st_ctime_ns}"
    said = f"{times}-{hashlib.sha256(footer).hexdigest()[:16]}"
    return State(said, max(status.st_mtime_ns, status.st_ctime_ns))


def _footer(name: str, size: int) -> bytes:
    with Path(name).open("rb") as file:
        file.seek(max(0, size - 8))
        end = file.read(8)
        if end[4:] != _MAGIC:
            return end
        length = min(int.from_bytes(end[:4], "little"), FOOTER_BYTES, size)
        file.seek(max(0, size - 8 - length))
        return file.read(length)
