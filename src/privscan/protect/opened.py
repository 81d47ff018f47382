"""Encrypted columns as they were before: every cell or none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from privscan.errors import UsageError
from privscan.protect.cells import decoded, is_bytes, is_text
from privscan.protect.sealed import Seal, as_kind, as_values


@dataclass(frozen=True, slots=True)
class Opened:
    """Opens the cells of one column; `kind` is the type that it had, if the file says so."""

    seal: Seal
    kind: pa.DataType | None = None

    def __call__(self, array: pa.Array) -> pa.Array:
        """The column's values; a cell that the key does not open is a `UsageError`."""
        plain = decoded(array)
        if is_bytes(plain.type):
            cells = [None if c is None else c[1:] for c in self.seal.opened(plain.to_pylist())]
            return pa.array(cells, self.kind if self.kind and is_bytes(self.kind) else plain.type)
        if not is_text(plain.type) and len(plain):
            raise UsageError("the column is not encrypted", hint="name one that protect encrypted")
        return as_kind(self.seal.opened(plain.to_pylist()), self.kind or plain.type)

    def values(self, cells: list[Any]) -> list[Any]:
        """Values of JSON."""
        if not all(isinstance(cell, str) for cell in cells):
            raise UsageError("the column is not encrypted", hint="name one that protect encrypted")
        return as_values(self.seal.opened(cells))
