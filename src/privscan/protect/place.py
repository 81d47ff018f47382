"""A target that appears whole or not at all: written in a private folder beside, then renamed."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import fcntl
import glob
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from privscan.errors import UsageError

_SUFFIX = ".privscan-protect"
_EXCHANGE, _HERE = 2, -100
"""RENAME_EXCHANGE and AT_FDCWD of Linux."""

_LOCK = "lock"

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS})
"""What an output may meet half way, and no input: there is no room left, or no right to write any more."""


def checked(source: Path, out: Path, *, force: bool) -> None:
    """`UsageError` for a target that is, holds or lies in the source, or exists without `force`."""
    one, two = source.resolve(), out.resolve()
    if one == two or two.is_relative_to(one) or one.is_relative_to(two):
        said = "the output and the input may not hold one another"
        raise UsageError(said, where=str(out), hint="name another folder")
    if not out.parent.is_dir():
        raise UsageError("the folder of the output does not exist", where=str(out))
    if os.path.lexists(out) and not force:
        raise UsageError("the output exists already", where=str(out), hint="--force replaces it")
    if os.path.lexists(out) and out.is_symlink():
        raise UsageError("the output is a link", where=str(out), hint="name the place itself")


@contextmanager
def private(out: Path) -> Iterator[Path]:
    """A place for the output in a folder beside it that only its owner can open.

    The folder goes at the end. What a killed run left there goes with the next one.
    Where the disk is full meanwhile, a `UsageError` says so.
    """
    _swept(out)
    with ExitStack() as tidy:
        try:
            folder = _locked(out, tidy)
            yield folder / out.name
        except OSError as error:
            if error.errno not in FULL:
                raise
            raise _unwritten(error, out.parent) from None


def _unwritten(error: OSError, where: Path) -> UsageError:
    hint = "make room there, or name another place" if error.errno in FULL else ""
    return UsageError(f"cannot write: {error.strerror}", where=str(where), hint=hint)


def _locked(out: Path, tidy: ExitStack) -> Path:
    """A new folder, locked while we live; anew if another run sweeps it before it is locked."""
    while True:
        try:
            made = tempfile.mkdtemp(prefix=f".{out.name}.", suffix=_SUFFIX, dir=out.parent)
        except OSError as error:
            raise _unwritten(error, out.parent) from None
        tidy.callback(_emptied, Path(made))
        with contextlib.suppress(FileNotFoundError):
            lock = tidy.enter_context(Path(made, _LOCK).open("xb"))  # noqa: SIM115  the stack closes it
            fcntl.flock(lock, fcntl.LOCK_EX)
            return Path(made)


def _emptied(folder: Path) -> None:
    """Remove the folder, its lock last: what is left by a kill then is empty, or can be locked."""
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            elif path.name != _LOCK:
                path.unlink(missing_ok=True)
        (folder / _LOCK).unlink(missing_ok=True)
        folder.rmdir()


def _swept(out: Path) -> None:
    """Remove folders of this output whose process is gone: nobody holds their lock."""
    for folder in out.parent.glob(f".{glob.escape(out.name)}.*{_SUFFIX}"):
        with contextlib.suppress(OSError):
            folder.rmdir()  # only if it is empty: its run ended before it was locked
        with contextlib.suppress(OSError), (folder / _LOCK).open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            _emptied(folder)


def publish(made: Path, out: Path) -> None:
    """Put what was made in its place; a kill leaves the old or the new, never parts of both."""
    try:
        _settled(made)
        if out.is_dir() or (made.is_dir() and out.exists()):
            _exchanged(made, out)
        else:
            made.replace(out)
        _settled_entry(out.parent)
    except OSError as error:
        raise _unwritten(error, out) from None


def _exchanged(made: Path, out: Path) -> None:
    """Swap both; where the system cannot, the old goes aside first, and for a moment there is none."""
    swap = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    names = os.fsencode(made), os.fsencode(out)
    if swap is not None and swap(_HERE, names[0], _HERE, names[1], _EXCHANGE) == 0:
        return
    if swap is not None and ctypes.get_errno() not in {errno.EINVAL, errno.ENOSYS}:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    out.rename(made.with_name(f"{made.name}.old"))
    made.rename(out)


def _settled(made: Path) -> None:
    """On disk before the rename, so that no crash leaves a name without its content."""
    for path in [*made.rglob("*"), made] if made.is_dir() else [made]:
        _settled_entry(path)


def _settled_entry(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
