"""What a store at an address asks of its bucket: put, get, list and delete below one prefix."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime

from privscan.errors import UnreadableError, UsageError
from privscan.sources._address import scheme, shown
from privscan.sources._object_stores import SCHEMES, WEB, split, store, told

AT_A_TIME = 16
"""Requests under way together."""

_WRITABLE = tuple(name for name in SCHEMES if name not in WEB)


class Objects:
    """The objects below an address; an answer that is none is a `UsageError`."""

    def __init__(self, address: str) -> None:
        if scheme(address) not in _WRITABLE:
            hint = f"a folder, or an address of {', '.join(_WRITABLE)}"
            raise UsageError("no store can be there", where=shown(address), hint=hint)
        root, prefix = split(address)
        self.address, self._prefix = address, f"{prefix.strip('/')}/".removeprefix("/")
        with self._asking():
            self._store = store(root)

    def put(self, name: str, data: bytes) -> None:
        """Write an object; it is there whole or not at all."""
        import obstore

        with self._asking():
            obstore.put(self._store, self._prefix + name, data)

    def made(self, name: str, data: bytes) -> bytes:
        """What the object holds: of two that make it at a time, both have what the first wrote."""
        import obstore
        from obstore.exceptions import AlreadyExistsError

        held = self.get(name)
        if held is not None:
            return held
        with self._asking():
            try:
                obstore.put(self._store, self._prefix + name, data, mode="create")
            except AlreadyExistsError:
                return bytes(obstore.get(self._store, self._prefix + name).bytes())
        return data

    def get(self, name: str) -> bytes | None:
        """What the object holds, None if there is none."""
        import obstore

        with self._asking():
            try:
                return bytes(obstore.get(self._store, self._prefix + name).bytes())
            except FileNotFoundError:
                return None

    def every(self, names: Sequence[str]) -> Iterator[bytes | None]:
        """What the objects hold, in their order, some asked for at a time."""
        with ThreadPoolExecutor(AT_A_TIME) as pool:
            for first in range(0, len(names), 2 * AT_A_TIME):
                yield from pool.map(self.get, names[first : first + 2 * AT_A_TIME])

    def listed(self, folder: str) -> dict[str, datetime]:
        """The names below a folder, and when each was written, in the order of names."""
        import obstore

        with self._asking():
            found = [
                one for some in obstore.list(self._store, self._prefix + folder) for one in some
            ]
        start = len(self._prefix)
        return dict(sorted((one["path"][start:], one["last_modified"]) for one in found))

    def delete(self, names: Sequence[str]) -> None:
        """Delete those that are still there."""
        import obstore

        for name in names:
            with self._asking():
                try:
                    obstore.delete(self._store, self._prefix + name)
                except FileNotFoundError:
                    continue

    @contextmanager
    def _asking(self) -> Iterator[None]:
        try:
            with told(self.address):
                yield
        except UnreadableError as error:
            what = f"cannot be used as a store: {error.what}"
            raise UsageError(what, where=error.where, hint=error.hint) from None
