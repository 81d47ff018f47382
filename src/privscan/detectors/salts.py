"""Digests and the salts that stand beside them: what a table of passwords is without its headers.

Alone either is any code; `together` in rules/weights.yaml says what both are with each other.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from privscan.evidence.characters import DIGIT, HEX, LETTER, OTHER, SIGN, holding, kinds_in, masked
from privscan.model.data import Column, Hits
from privscan.rulebook.numbers import THING
from privscan.rulebook.text import bytes_of, taken

PLUGIN = True
KINDS = ("text",)

_MARKER = f"{THING}marker"

_DIGEST = r"^(?:[A-Za-z0-9+/]{43}=|[A-Za-z0-9+/]{27}=|[A-Za-z0-9+/]{86}==|[A-Za-z0-9+/]{64}|[0-9a-fA-F]{40}|[0-9a-fA-F]{64}|[0-9a-fA-F]{128})$"
"""SHA-1, -256, -384 and -512 in base64 or hexadecimal."""

_SALT = r"^[A-Za-z0-9+/]{5,30}={1,2}$"
"""Bytes in base64 whose padding tells them from words and numbers."""

_BYTES = range(7, 129)
_CODES = holding(DIGIT | HEX | LETTER, only=DIGIT | HEX | LETTER | SIGN | OTHER)


def find(column: Column) -> Iterator[Hits]:
    """Cells of either form, as `salts/digest` and `salts/salt`; a short digest is no salt."""
    kinds = kinds_in(column)
    sizes = bytes_of(column.cells)
    rows = np.flatnonzero(_CODES.table[kinds] & (sizes >= _BYTES.start) & (sizes < _BYTES.stop))
    if not len(rows):
        return
    some = taken(column.cells, rows)
    digest = some.str.contains(_DIGEST)
    for name, fits in (("digest", digest), ("salt", some.str.contains(_SALT) & ~digest)):
        found = rows[fits.to_numpy()]
        if len(found):
            yield Hits(_MARKER, masked(found, len(column.cells)), 1.0, f"salts/{name}")
