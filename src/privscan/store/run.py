"""A scan with a store: what is known of its parts is taken from there, the rest is read and kept."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from privscan.evidence.dataset import Evidence, Header
from privscan.model.data import Part
from privscan.scan.plan import UNREAD, Plan
from privscan.scan.tasks import Task
from privscan.sources._files import printable
from privscan.sources._stores import VERSION
from privscan.sources.discover import NAMED_IN_MEMORY, NO_ROWS
from privscan.store.fingerprints import Fingerprints, identity
from privscan.store.index import Row, Scan
from privscan.store.kept import Store
from privscan.store.remote import Remote

BATCH = 64
"""Parts that are entered into the index together; a kill costs no more than those."""

NEW, CHANGED, OTHERWISE, UNKNOWN, LOST = "new", "changed", "seen otherwise", "unknown", "lost"
"""Why a part is read: it is new, its files changed, it was seen by other detectors, recognizers,
libraries or under another key, nobody can tell whether it changed, or its evidence is gone."""

UNREADABLE = "unreadable"
"""Nothing of such a part is read, now or before."""

PASSING = re.compile(
    r"cannot be opened|worker that read it died|failed with|is not read without|pip install"
    r"|took longer|more than \d+ s|connection|timed? ?out",
    re.IGNORECASE,
)
"""Reasons for unread parts that the next run may not meet: such evidence is not kept."""


def made(header: Header) -> str:
    """A digest of all that evidence depends on besides the data."""
    said = f"{header.plan}|{header.libraries}|{header.key_id}"
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def scope(sources: Iterable[object]) -> str:
    """The sources by their names, for a history of the same ones; an object is one in memory."""
    named = (str(s) if isinstance(s, (str, Path)) else NAMED_IN_MEMORY for s in sources)
    return " ".join(printable(name) for name in named)


class Run:
    """One scan of a scope, the sources as they were named; parts it does not meet leave the store."""

    def __init__(
        self, store: Store | Remote, plan: Plan, scope: str, fingerprints: Fingerprints
    ) -> None:
        self._store, self._plan, self._scope = store, plan, scope
        self._made = made(plan.header)
        self._fingerprints = fingerprints
        self._settled: list[Row] = []
        self._rows: dict[int, Row] = {}
        self._met: list[str] = []
        self._reasons: Counter[str] = Counter()
        began = datetime.now(UTC).isoformat(timespec="seconds")
        header = plan.header
        self._id = store.index.began(scope, began, header.plan, header.rules)

    def known(self) -> Iterator[Evidence]:
        """The evidence of the parts that are as they were; `to_read` tells the others afterwards."""
        parts = self._plan.parts
        for first in range(0, len(parts), BATCH):
            states = [(part, *self._state(part)) for part in parts[first : first + BATCH]]
            held = self._store.every([row for _, row, why in states if not why])
            for number, (part, row, why) in enumerate(states, first):
                evidence = None if why else next(held)
                if evidence is None or _empty(evidence):
                    self._rows[number] = row
                    self._reasons[why or LOST] += 1
                    continue
                self._met.append(row.id)
                yield self._today(evidence, part)

    def _today(self, evidence: Evidence, part: Part) -> Evidence:
        """Under the rules of this plan, which may judge otherwise, and of this table's version."""
        told = part.options.get(VERSION, "")
        datasets = {n: replace(data, version=told) for n, data in evidence.datasets.items()}
        return Evidence(self._plan.header, datasets)

    def _state(self, part: Part) -> tuple[Row, str]:
        """The part as it is now, and why it has to be read; no reason if it has not."""
        fingerprint = self._fingerprints.of(part)
        name = identity(part)
        content = hashlib.sha256(f"{name} {fingerprint} {self._made}".encode()).hexdigest()[:40]
        row = Row(name, fingerprint, self._made, content)
        old = self._store.index.known(name)
        if not fingerprint:
            return row, UNREADABLE if part.source == UNREAD else UNKNOWN
        if old is None:
            return row, NEW
        if not self._fingerprints.same(part, old.fingerprint):
            return row, CHANGED
        if old.made != self._made:
            return row, OTHERWISE
        if old.fingerprint != fingerprint:  # it was touched just before it was read, and settled
            self._settled.append(replace(row, evidence=old.evidence))
        return old, ""

    def to_read(self) -> Plan:
        """The plan of the parts whose evidence is not known."""
        parts = tuple(self._plan.parts[number] for number in self._rows)
        return replace(self._plan, parts=parts)

    def kept(self, results: Iterable[tuple[Task, Evidence]]) -> Iterator[tuple[Task, Evidence]]:
        """The results, each kept on its way; what may pass, or changed under the reader, is not."""
        rows = {row.id: row for row in self._rows.values()}
        waiting: list[Row] = []
        for parts, evidence in results:
            row = rows[identity(parts[0])]
            whole = row.fingerprint and not _passing(evidence)
            if whole and self._fingerprints.still(parts[0], row.fingerprint):
                self._store.keep(row, evidence)
                waiting.append(row)
            if len(waiting) >= BATCH:
                self._store.index.put(self._scope, self._id, waiting)
                waiting = []
            yield parts, evidence
        self._store.index.put(self._scope, self._id, waiting)

    def end(self, report: str) -> Scan:
        """Enter the scan into the history, with its report as JSON."""
        ended = datetime.now(UTC).isoformat(timespec="seconds")
        reasons = ", ".join(f"{count} {why}" for why, count in sorted(self._reasons.items()))
        header, parts = self._plan.header, len(self._plan.parts)
        scan = Scan(
            self._id, self._scope, ended, header.plan, header.rules, parts, len(self._met), reasons,
            report,
        )  # fmt: skip
        self._store.index.put(self._scope, self._id, self._settled)
        self._store.index.met(self._id, self._met)
        self._store.index.ended(scan)
        self._store.sweep()
        return scan


def _empty(evidence: Evidence) -> bool:
    """Whether there was nothing to look at: what that means depends on what else its dataset has."""
    every = evidence.datasets.values()
    told = all(one.reason == NO_ROWS for data in every for one in data.unread)
    return told and not any(data.rows and data.columns for data in every)


def _passing(evidence: Evidence) -> bool:
    unread = (one for data in evidence.datasets.values() for one in data.unread)
    return any(PASSING.search(one.reason) for one in unread)
