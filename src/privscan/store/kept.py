"""A store: evidence and reports kept between runs, in one folder that only its owner can enter.

`key` keys the hashes, `index.sqlite` knows the parts and the scans, `evidence/` holds a file for
each state of a part, never changed once it is there.
"""

from __future__ import annotations

import os
import re
import secrets
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from privscan.errors import UnreadableError, UsageError
from privscan.evidence.codec import decode, encode
from privscan.evidence.dataset import Evidence
from privscan.scan.private import OWNER_ONLY, OWNER_ONLY_FOLDER, write_private
from privscan.store.index import Index, Row

KEY_BYTES = 32

ORPHAN_SECONDS = 86_400
"""Evidence that stands for nothing is deleted at this age: younger, it may be another writer's."""


class Store:
    """A store in a folder, made if it is not there; `key` is its own, for the hashes of values."""

    def __init__(self, folder: Path) -> None:
        try:
            folder.mkdir(mode=OWNER_ONLY_FOLDER, exist_ok=True)
            (folder / "evidence").mkdir(mode=OWNER_ONLY_FOLDER, exist_ok=True)
            _checked(folder)
            self.key = _key(folder / "key")
            index = folder / "index.sqlite"
            os.close(os.open(index, os.O_RDWR | os.O_CREAT, OWNER_ONLY))
        except OSError as error:
            what = f"cannot be used as a store: {error.strerror}"
            raise UsageError(what, where=str(folder), hint="name a folder you may write") from None
        self._folder, self.index = folder, Index(index)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.index.close()

    def keep(self, row: Row, evidence: Evidence) -> None:
        """Write the evidence of a part; the index does not know it yet."""
        file = self._file(row.evidence)
        file.parent.mkdir(mode=OWNER_ONLY_FOLDER, exist_ok=True)
        write_private(file, encode(evidence))

    def every(self, rows: Iterable[Row]) -> Iterator[Evidence | None]:
        """What each row stands for; None if it is not there any more, or damaged."""
        for row in rows:
            try:
                yield decode(self._file(row.evidence).read_bytes())
            except (OSError, UnreadableError):
                yield None

    def sweep(self) -> None:
        """Delete evidence that stands for no part."""
        known, now = self.index.evidence(), time.time()
        for file in (self._folder / "evidence").rglob("*"):
            old = file.is_file() and now - file.stat().st_mtime > ORPHAN_SECONDS
            if old and file.stem not in known:
                file.unlink(missing_ok=True)

    def _file(self, name: str) -> Path:
        return self._folder / "evidence" / name[:2] / f"{name}.evidence"


def _checked(folder: Path) -> None:
    """Refuse a folder that others can enter, and one that holds other things."""
    if os.name == "posix" and folder.stat().st_mode & 0o077:
        hint = f"chmod -R go= {folder}"
        raise UsageError("others can read this store", where=str(folder), hint=hint)
    every = (file.name for file in folder.iterdir())
    own = re.compile(r"\..*|key|evidence|index\.sqlite(-\w+)?")
    strange = [name for name in every if not own.fullmatch(name)]
    if strange:
        what = "this folder holds other things than a store"
        raise UsageError(what, where=str(folder), hint="name a new folder")


def _key(file: Path) -> bytes:
    """The key in the store; of two that make one at a time, both take the first."""
    if not file.exists():
        new = file.with_name(f".key.{os.getpid()}.{secrets.token_hex(4)}")
        write_private(new, secrets.token_bytes(KEY_BYTES))
        with suppress(FileExistsError):
            os.link(new, file)
        new.unlink()
    return file.read_bytes()
