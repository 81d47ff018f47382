"""Encrypt each cell by AES-256-GCM with a nonce of its own; `deterministic` by AES-SIV."""

from __future__ import annotations

import pyarrow as pa

from privscan.protect.cells import decoded, from_bytes, is_bytes
from privscan.protect.sealed import Seal, packed
from privscan.protect.treating import Apply, Asked

PLUGIN = True
OPTIONS = ("deterministic",)
KEYED = True
UNDONE = True
"""`reveal` gives the values back, so the column keeps a mark of its type."""


def made(asked: Asked) -> Apply:
    """`ENC[...]` for each value, bytes for bytes; `reveal` with the key gives the values back."""
    seal = Seal(asked.sub, deterministic="deterministic" in asked.options)

    def encrypted(array: pa.Array) -> pa.Array:
        if is_bytes(decoded(array).type):
            return from_bytes(seal.raw(decoded(array).to_pylist()), array.type)
        return pa.array(seal.texts(packed(array)), _text(array.type))

    return encrypted


def _text(kind: pa.DataType) -> pa.DataType:
    return kind if pa.types.is_large_string(kind) or pa.types.is_string_view(kind) else pa.string()
