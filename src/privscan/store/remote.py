"""A store at an address: as in a folder, with objects in place of files and logs for the index."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from privscan.errors import UnreadableError
from privscan.evidence.codec import decode, encode
from privscan.evidence.dataset import Evidence
from privscan.sources._address import scheme
from privscan.store.index import Row
from privscan.store.kept import KEY_BYTES, ORPHAN_SECONDS, Store
from privscan.store.logged import LoggedIndex
from privscan.store.objects import Objects


class Remote:
    """A store below an address, made if it is not there; who may enter it the bucket decides."""

    def __init__(self, address: str) -> None:
        self._objects = Objects(address)
        self.key = self._objects.made("key", secrets.token_bytes(KEY_BYTES))
        self.index = LoggedIndex(self._objects)

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
        self._objects.put(_file(row), encode(evidence))

    def every(self, rows: Sequence[Row]) -> Iterator[Evidence | None]:
        """What each row stands for; None if it is not there any more, or damaged."""
        for data in self._objects.every([_file(row) for row in rows]):
            try:
                yield decode(data) if data is not None else None
            except UnreadableError:
                yield None

    def sweep(self) -> None:
        """Delete evidence that stands for no part, and logs that a snapshot has replaced."""
        known, older = self.index.evidence(), timedelta(seconds=ORPHAN_SECONDS)
        written, now = self._objects.listed("evidence/"), datetime.now(UTC)
        gone = [n for n, at in written.items() if now - at > older and Path(n).stem not in known]
        self._objects.delete(gone)
        self.index.sweep(older)


def opened(place: str | Path) -> Store | Remote:
    """The store in a folder or at an address."""
    return Remote(str(place)) if scheme(str(place)) else Store(Path(place))


def _file(row: Row) -> str:
    return f"evidence/{row.evidence[:2]}/{row.evidence}.evidence"
