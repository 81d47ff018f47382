"""Whether a part is still what was read: its identity, and the state of the files it is read from."""

from __future__ import annotations

import hashlib
import os
import pickle
from collections.abc import Callable
from functools import cache
from pathlib import Path

from privscan.errors import UnreadableError
from privscan.model.data import Part
from privscan.scan.inventory import HINT
from privscan.scan.plan import UNREAD
from privscan.sources import _place as place
from privscan.sources._media import FILES
from privscan.sources._stores import VERSION

FOOTER_BYTES = 1 << 20
_MAGIC = b"PAR1"


UNTOLD = (HINT, VERSION, "plan")
"""Options that change what is read first, or what is said of it, and not what is seen in it."""


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


class Fingerprints:
    """The state of files as this run met them first, so that a later change is seen."""

    def __init__(self) -> None:
        self._known = cache(_of_file)
        self._stems = cache(_stems)

    def of(self, part: Part) -> str:
        """A digest of size and times of all files of the part; empty where nobody can know.

        Times are of content and of the entry: an edit that sets the old time back shows in the
        latter. Files of one name but for the suffix count: some formats are several files.
        """
        return self._digest(part, self._known)

    def now(self, part: Part) -> str:
        """The same of the files as they are now."""
        return self._digest(part, _of_file)

    def _digest(self, part: Part, of_file: Callable[[str], str]) -> str:
        if part.source == UNREAD or "object" in part.options:
            return ""
        names = part.options.get(FILES)
        if names is not None:
            every = [place.inside(part.uri, name) for name in names]
        elif place.local(part.uri) and os.path.isfile(part.uri):  # noqa: PTH113  uri is a text
            every = self._stems(os.path.dirname(part.uri)).get(_stem(part.uri), [part.uri])  # noqa: PTH120  uri is a text
        else:  # its etag, the state of its archive, or the snapshot of a table
            return part.fingerprint
        states = [(name, of_file(name)) for name in every]
        if not all(state for _, state in states):
            return ""
        whole = repr((part.fingerprint, states)).encode("utf-8", "surrogatepass")
        return hashlib.sha256(whole).hexdigest()[:32]


def _stem(name: str) -> str:
    return os.path.splitext(os.path.basename(name))[0]  # noqa: PTH119, PTH122  uri is a text


def _stems(folder: str) -> dict[str, list[str]]:
    """The files of a folder by their names without the last suffix."""
    stems: dict[str, list[str]] = {}
    for name in sorted(os.listdir(folder or ".")):  # noqa: PTH208  names as texts
        stems.setdefault(_stem(name), []).append(os.path.join(folder, name))  # noqa: PTH118  as above
    return stems


def _of_file(name: str) -> str:
    """Size, times, and of Parquet the footer; empty if it cannot be looked at."""
    try:
        if not place.local(name):
            return place.stamp(name)
        status = os.stat(name)  # noqa: PTH116  uri is a text
        footer = _footer(name, status.st_size) if name.endswith((".parquet", ".pq")) else b""
    except (OSError, UnreadableError):
        return ""
    times = f"{status.st_size}-{status.st_mtime_ns}-{status.st_ctime_ns}"
    return f"{times}-{hashlib.sha256(footer).hexdigest()[:16]}"


def _footer(name: str, size: int) -> bytes:
    with Path(name).open("rb") as file:
        file.seek(max(0, size - 8))
        end = file.read(8)
        if end[4:] != _MAGIC:
            return end
        length = min(int.from_bytes(end[:4], "little"), FOOTER_BYTES, size)
        file.seek(max(0, size - 8 - length))
        return file.read(length)
