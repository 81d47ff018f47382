"""An index that many share without locks: in memory, made of the logs that each of them wrote.

A log is one object, never changed: what a scan entered, in order. Whoever opens the index reads
the newest snapshot and the logs that it does not cover; nobody waits for anybody.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
import time
import zlib
from collections.abc import Callable, Collection, Iterable
from dataclasses import astuple
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from privscan.errors import UsageError
from privscan.sources._address import shown
from privscan.store.index import VERSION, Index, Learned, Row, Scan
from privscan.store.objects import Objects

FOLDER = f"index/v{VERSION}/"
_LOG, _SNAPSHOT = ".log", ".snapshot"

_SQLITE = b"SQLite format 3\0"
"""What each database begins with (sqlite.org/fileformat)."""

MOST_LOGS = 32
"""With more logs than this a scan ends with a snapshot of all of them."""


class LoggedIndex(Index):
    """As `Index`; what is entered is written with the next `put`, `learn` or `ended`."""

    def __init__(self, objects: Objects) -> None:
        super().__init__(Path(":memory:"))
        self._objects = objects
        self._runs: dict[int, str] = {}
        self._waiting: list[Any] = []
        self.covered: list[str] = []
        """Logs and snapshots that the newest snapshot replaces."""
        self._load()

    def _load(self) -> None:
        names = [*self._objects.listed("index/")]
        if strange := [name for name in names if not name.startswith(FOLDER)]:
            what = f"a store of another version ({strange[0]}), this privscan reads {VERSION}"
            hint = "use another address"
            raise UsageError(what, where=shown(self._objects.address), hint=hint)
        snapshots = [name for name in names if name.endswith(_SNAPSHOT)]
        try:
            self._replayed(snapshots, [name for name in names if name.endswith(_LOG)])
        except (sqlite3.Error, zlib.error, ValueError, TypeError, KeyError) as error:
            what = f"the index of the store cannot be used ({type(error).__name__})"
            hint = "use another address"
            raise UsageError(what, where=shown(self._objects.address), hint=hint) from None

    def _replayed(self, snapshots: list[str], logs: list[str]) -> None:
        for data in self._objects.every(snapshots[-1:]):
            head, _, base = zlib.decompress(data or b"").partition(b"\0")
            self.covered = [*json.loads(head), *snapshots[:-1]]
            if not base.startswith(_SQLITE):
                raise ValueError
            self._sql.deserialize(base)
        self._logs = [name for name in logs if name not in {*self.covered}]
        enter: dict[str, Callable[..., object]] = {
            "began": super().began,
            "put": self._put,
            "met": self._met,
            "learn": self._learn,
            "forget": super().forget,
            "ended": self._ended,
        }
        for data in self._objects.every(self._logs):
            for name, *said in json.loads(zlib.decompress(data)) if data is not None else ():
                enter[name](*said)

    def began(self, scope: str, at: str, plan: str, rules: str) -> int:
        """A new scan; of several that begin at a time each has a name of its own."""
        run = f"{at} {secrets.token_hex(8)}"
        number = super().began(scope, run, plan, rules)
        self._runs[number] = run
        self._waiting.append(("began", scope, run, plan, rules))
        return number

    def put(self, scope: str, scan: int, rows: Iterable[Row]) -> None:
        """As `Index`; a kill later costs none of them."""
        rows = list(rows)
        super().put(scope, scan, rows)
        if rows:
            self._waiting.append(("put", scope, self._runs[scan], [astuple(row) for row in rows]))
            self._write()

    def met(self, scan: int, parts: Iterable[str]) -> None:
        """As `Index`."""
        parts = list(parts)
        super().met(scan, parts)
        self._waiting.append(("met", self._runs[scan], parts))

    def learn(self, scope: str, seen: Iterable[Learned]) -> None:
        """As `Index`."""
        seen = list(seen)
        super().learn(scope, seen)
        if seen:
            self._waiting.append(("learn", scope, [astuple(one) for one in seen]))
            self._write()

    def forget(self, scope: str, met: Collection[str]) -> None:
        """As `Index`."""
        super().forget(scope, met)
        self._waiting.append(("forget", scope, sorted(met)))

    def ended(self, scan: Scan) -> None:
        """As `Index`; where there are many logs, a snapshot takes their place."""
        super().ended(scan)
        self._waiting.append(("ended", self._runs[scan.id], astuple(scan)))
        self._write()
        if len(self._logs) > MOST_LOGS:
            head = json.dumps([*self._logs, *self.covered]).encode()
            data = zlib.compress(head + b"\0" + self._sql.serialize())
            self._objects.put(_name(_SNAPSHOT), data)

    def sweep(self, older: timedelta) -> None:
        """Delete what a snapshot has replaced for that long: nobody reads it any more."""
        written, now = self._objects.listed(FOLDER), datetime.now(UTC)
        gone = [name for name in self.covered if name in written and now - written[name] > older]
        self._objects.delete(gone)

    def _write(self) -> None:
        name = _name(_LOG)
        self._objects.put(name, zlib.compress(json.dumps(self._waiting).encode()))
        self._logs.append(name)
        self._waiting = []

    def _number(self, run: str) -> int:
        """The scan of that name; none is older than all, so that what it met is only read again."""
        found = self._sql.execute("select id from scans where began = ?", (run,)).fetchone()
        return int(found[0]) if found else 0

    def _put(self, scope: str, run: str, rows: Iterable[Iterable[str]]) -> None:
        super().put(scope, self._number(run), [Row(*row) for row in rows])

    def _met(self, run: str, parts: Iterable[str]) -> None:
        super().met(self._number(run), parts)

    def _learn(self, scope: str, seen: Iterable[Iterable[str]]) -> None:
        super().learn(scope, [Learned(*one) for one in seen])

    def _ended(self, run: str, said: Iterable[Any]) -> None:
        _, *rest = said
        super().ended(Scan(self._number(run), *rest))


def _name(suffix: str) -> str:
    """Names are in the order of writing, as far as clocks agree."""
    return f"{FOLDER}{time.time_ns():020}-{secrets.token_hex(4)}{suffix}"
