"""The index of a store: which evidence stands for which state of which part, and every scan.

SQLite with a write-ahead log and full synchronisation: a kill at any moment leaves the last
complete state, and several writers wait for each other.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from privscan.errors import UsageError

VERSION = 1
WAIT_SECONDS = 60

_TABLES = """
create table if not exists scans(
  id integer primary key, scope text not null, began text not null, ended text,
  plan text not null, rules text not null, parts integer, reused integer, reasons text,
  report blob);
create table if not exists parts(
  id text primary key, scope text not null, scan integer not null, fingerprint text not null,
  made text not null, evidence text not null) without rowid;
create table if not exists looks(
  uri text not null, what text not null, under text not null, said text not null,
  scope text not null, primary key(uri, what)) without rowid;
create index if not exists by_scope on parts(scope, scan);
create index if not exists by_evidence on parts(evidence);
"""


@dataclass(frozen=True, slots=True)
class Row:
    """A part as the index knows it; `made` is a digest of what its evidence depends on."""

    id: str
    fingerprint: str
    made: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Learned:
    """What a plan saw of a file; `under` is the state of the file and a digest of what saw it."""

    uri: str
    what: str
    under: str
    said: str


@dataclass(frozen=True, slots=True)
class Scan:
    """A complete scan; of its parts some were `reused`, the rest were read for `reasons`."""

    id: int
    scope: str
    ended: str
    plan: str
    rules: str
    parts: int
    reused: int
    reasons: str
    report: str


class Index:
    """One connection; every method is one transaction."""

    def __init__(self, file: Path) -> None:
        try:
            self._sql = sqlite3.connect(file, timeout=WAIT_SECONDS, isolation_level=None)
            self._sql.execute("pragma journal_mode=wal")
            self._sql.execute("pragma synchronous=full")
            version = self._sql.execute("pragma user_version").fetchone()[0]
            if version not in {0, VERSION}:
                what = f"a store of version {version}, this privscan reads {VERSION}"
                raise UsageError(what, where=str(file), hint="use another folder")
            with self._sql:
                self._sql.execute("begin immediate")
                for statement in _TABLES.split(";\n"):
                    self._sql.execute(statement)
                self._sql.execute(f"pragma user_version={VERSION}")
        except sqlite3.Error as error:
            what = f"the index of the store cannot be used ({type(error).__name__})"
            raise UsageError(what, where=str(file), hint="use another folder") from None

    def close(self) -> None:
        """Give the file back; what was done stays."""
        self._sql.close()

    def began(self, scope: str, at: str, plan: str, rules: str) -> int:
        """A new scan of a scope; it stands in no history before it has ended."""
        done = self._sql.execute(
            "insert into scans(scope, began, plan, rules) values(?, ?, ?, ?)",
            (scope, at, plan, rules),
        )
        return int(done.lastrowid or 0)

    def known(self, part: str) -> Row | None:
        """What is kept of a part."""
        found = self._sql.execute(
            "select id, fingerprint, made, evidence from parts where id = ?", (part,)
        ).fetchone()
        return Row(*found) if found else None

    def put(self, scope: str, scan: int, rows: Iterable[Row]) -> None:
        """Keep parts, in place of what was kept of them."""
        values = [(r.id, scope, scan, r.fingerprint, r.made, r.evidence) for r in rows]
        with self._sql:
            self._sql.execute("begin immediate")
            self._sql.executemany("insert or replace into parts values(?, ?, ?, ?, ?, ?)", values)

    def met(self, scan: int, parts: Iterable[str]) -> None:
        """These parts are still there, unchanged."""
        with self._sql:
            self._sql.execute("begin immediate")
            self._sql.executemany(
                "update parts set scan = ? where id = ?", ((scan, part) for part in parts)
            )

    def learned(self, uri: str, what: str, under: str) -> str | None:
        """What was seen of a file, if it was seen under this."""
        asked = "select said from looks where uri = ? and what = ? and under = ?"
        found = self._sql.execute(asked, (uri, what, under)).fetchone()
        return str(found[0]) if found else None

    def learn(self, scope: str, seen: Iterable[Learned]) -> None:
        """Keep what was seen, in place of what was seen before."""
        values = [(one.uri, one.what, one.under, one.said, scope) for one in seen]
        with self._sql:
            self._sql.execute("begin immediate")
            self._sql.executemany("insert or replace into looks values(?, ?, ?, ?, ?)", values)

    def forget(self, scope: str, met: Collection[str]) -> None:
        """Of a scope, what was seen of files that were not met."""
        every = self._sql.execute("select distinct uri from looks where scope = ?", (scope,))
        gone = [(scope, uri) for (uri,) in every if uri not in met]
        with self._sql:
            self._sql.execute("begin immediate")
            self._sql.executemany("delete from looks where scope = ? and uri = ?", gone)

    def ended(self, scan: Scan) -> None:
        """The scan is complete; parts of its scope that it did not meet are gone."""
        report = zlib.compress(scan.report.encode())
        with self._sql:
            self._sql.execute("begin immediate")
            self._sql.execute(
                "update scans set ended = ?, parts = ?, reused = ?, reasons = ?, report = ?"
                " where id = ?",
                (scan.ended, scan.parts, scan.reused, scan.reasons, report, scan.id),
            )
            gone = "delete from parts where scope = ? and scan < ?"
            self._sql.execute(gone, (scan.scope, scan.id))

    def evidence(self) -> set[str]:
        """The names of all evidence that stands for a part."""
        return {name for (name,) in self._sql.execute("select evidence from parts")}

    def scans(self) -> Iterator[Scan]:
        """The complete scans, oldest first."""
        rows = self._sql.execute(
            "select id, scope, ended, plan, rules, parts, reused, reasons, report from scans"
            " where ended is not null order by id"
        )
        for number, where, ended, plan, rules, parts, reused, reasons, report in rows:
            text = zlib.decompress(report).decode()
            yield Scan(number, where, ended, plan, rules, parts, reused, reasons, text)
