"""The files that a scan of some sources would read, each with its digest."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from privscan.model.manifest import FileDigest
from privscan.sources._address import scheme, shown
from privscan.sources._files import expanded, walked


def inputs(sources: Iterable[str], folder: Path) -> tuple[FileDigest, ...]:
    """Every file in the sources once, in order of path; paths as seen from `folder`."""
    return tuple(digested(path, folder) for path in listed(sources))


def listed(sources: Iterable[str]) -> list[Path]:
    """The files themselves, under whatever names they are met; `UsageError` where nothing is.

    What stands at an address is no file: it has none.
    """
    return [Path(path) for path in sorted({os.path.realpath(path) for path in _files(sources)})]


def _files(sources: Iterable[str]) -> Iterator[str]:
    for source in sources:
        for path in expanded(source):
            if os.path.isdir(path):  # noqa: PTH112  a source is a text
                every = walked(path, whole=True)
                yield from (item for item in every if isinstance(item, str))
            elif not scheme(path):
                yield path


def digested(file: Path, folder: Path) -> FileDigest:
    """The file's digest, read as a stream; an empty one if it cannot be read or is no file."""
    try:
        status = file.stat()
        with open(file, "rb", opener=_regular) as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return FileDigest(placed(file, folder), 0, "", "")
    modified = datetime.fromtimestamp(status.st_mtime, UTC).isoformat(timespec="seconds")
    return FileDigest(placed(file, folder), status.st_size, modified, digest)


def _regular(path: str, flags: int) -> int:
    """Opens a regular file only: a pipe would wait for its writer."""
    number = os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        raise OSError(path)
    return number


def named(source: str, folder: Path) -> str:
    """A source as a manifest in `folder` names it: a path, or an address without its secrets."""
    return shown(source) if scheme(source) else placed(Path(source), folder)


def placed(path: Path, folder: Path) -> str:
    """The path as a manifest in `folder` names it: a folder moved as a whole stays right."""
    whole, root = Path(os.path.abspath(path)), folder.resolve()  # noqa: PTH100  a link keeps its name
    for one in (whole, whole.resolve()):
        if one.is_relative_to(root):
            return one.relative_to(root).as_posix()
    return str(whole)
