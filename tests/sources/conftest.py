"""What the tests of sources share: a source's answer as plain Python values."""

from __future__ import annotations

from collections import defaultdict

import pytest

from privscan.model.data import Unread
from privscan.sources.discover import discover, read_part


class Answer:
    def __init__(self, *sources):
        self.found = list(discover(sources))
        self.unread = [u for f in self.found for u in f.unread]
        self.rows = 0
        self.cells = defaultdict(list)
        self.kinds = defaultdict(set)
        for part in (p for f in self.found for p in f.parts):
            for item in read_part(part):
                if isinstance(item, Unread):
                    self.unread.append(item)
                    continue
                self.rows += item.rows
                for column in item.columns:
                    coded = column.codes is not None
                    cells = column.cells.gather(column.codes) if coded else column.cells
                    self.cells[column.path] += cells.to_list()
                    self.kinds[column.path].add(column.kind.value)

    @property
    def reasons(self):
        return sorted(u.reason for u in self.unread)

    @property
    def every(self):
        """All cells that are not missing."""
        return [c for cells in self.cells.values() for c in cells if c is not None]

    @property
    def names(self):
        return sorted(f.name for f in self.found)


@pytest.fixture
def answer():
    return Answer


@pytest.fixture
def read(tmp_path):
    """Scan bytes as a file; the suffix must not matter."""

    def scanned(data, name="data.bin"):
        path = tmp_path / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return Answer(path)

    return scanned
