"""Cells as cipher text and back: AES-GCM, or AES-SIV where equal values must stay equal.

A cell is `ENC[` base64url( version, nonce and cipher text with its tag ) `]`; in columns of bytes it
is those bytes after a mark of their own. What is encrypted is one letter for the kind of value,
then its text.
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pyarrow as pa

from privscan.errors import UsageError
from privscan.protect.cells import decoded, exact_texts, is_nested, is_text

MARK = b"privscan-enc-1\0"
"""What an encrypted cell of a column of bytes begins with."""

OPEN, CLOSE = "ENC[", "]"
_GCM, _SIV = b"\x01", b"\x02"
_NONCE = 12
_BOUND = b"privscan encrypt 1"
"""Authenticated with every cell, so that another program's cipher text is refused."""

TEXT, NUMBER, TRUTH, TIME, BYTES = b"s", b"n", b"t", b"d", b"b"
_CUT = b"\x1f"
"""Between the number that a time is in its column's unit, and how it reads."""


def packed(array: pa.Array) -> list[bytes | None]:
    """Each cell as a letter for its kind and its text."""
    plain = decoded(array)
    kind, types = plain.type, pa.types
    if is_nested(kind):
        raise UsageError("a column with parts is not encrypted whole", hint="name its parts: a.b")
    if is_text(kind) or types.is_null(kind):
        return [None if cell is None else TEXT + cell.encode() for cell in plain.to_pylist()]
    if types.is_temporal(kind) and not types.is_interval(kind):
        numbers = plain.cast(pa.int32() if kind.bit_width == _SHORT else pa.int64()).to_pylist()
        said = exact_texts(plain).to_list()
        return [
            None if n is None else TIME + str(n).encode() + _CUT + str(t).encode()
            for n, t in zip(numbers, said, strict=True)
        ]
    letter = TRUTH if types.is_boolean(kind) else NUMBER
    return [None if c is None else letter + c.encode() for c in plain.cast(pa.string()).to_pylist()]


_SHORT = 32


def as_kind(cells: list[bytes | None], kind: pa.DataType | None) -> pa.Array:
    """What `packed` made of an array of that type, as that array; as text without a type."""
    if kind is None or is_text(kind):
        said = [None if c is None else _read(c) for c in cells]
        return pa.array(said, kind or pa.string())
    if pa.types.is_dictionary(kind):
        return as_kind(cells, kind.value_type).dictionary_encode().cast(kind)
    if pa.types.is_temporal(kind):
        whole = pa.int32() if kind.bit_width == _SHORT else pa.int64()
        numbers = [None if c is None else int(c[1:].partition(_CUT)[0]) for c in cells]
        return pa.array(numbers, whole).cast(kind)
    return pa.array([None if c is None else c[1:].decode() for c in cells], pa.string()).cast(kind)


def as_values(cells: list[bytes | None]) -> list[Any]:
    """What `packed` made of values of JSON, as those values."""
    read = {NUMBER: json.loads, TRUTH: json.loads}
    return [None if c is None else read.get(c[:1], str)(_read(c)) for c in cells]


def _read(cell: bytes) -> str:
    return (cell[1:].partition(_CUT)[2] if cell[:1] == TIME else cell[1:]).decode()


class Seal:
    """Encrypts and decrypts cells under one key; `sub` gives the key for a purpose."""

    def __init__(self, sub: Callable[..., bytes], *, deterministic: bool = False) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM, AESSIV

        self._gcm = AESGCM(sub("encrypt"))
        self._siv = AESSIV(sub("encrypt deterministic", 64))
        self._deterministic = deterministic

    def texts(self, cells: Iterable[bytes | None]) -> list[str | None]:
        """Cipher text as text."""
        code = base64.urlsafe_b64encode
        return [
            None if cell is None else f"{OPEN}{code(self._sealed(cell)).decode()}{CLOSE}"
            for cell in cells
        ]

    def raw(self, cells: Iterable[bytes | None]) -> list[bytes | None]:
        """Cipher text as bytes."""
        return [None if cell is None else MARK + self._sealed(BYTES + cell) for cell in cells]

    def _sealed(self, cell: bytes) -> bytes:
        if self._deterministic:
            return _SIV + self._siv.encrypt(cell, [_BOUND])
        nonce = os.urandom(_NONCE)
        return _GCM + nonce + self._gcm.encrypt(nonce, cell, _BOUND)

    def opened(self, cells: Sequence[Any]) -> list[bytes | None]:
        """Letter and content of each cell; a cell that the key does not open is a `UsageError`."""
        return [None if cell is None else self._opened(cell) for cell in cells]

    def _opened(self, cell: str | bytes) -> bytes:
        from cryptography.exceptions import InvalidTag

        try:
            sealed = _taken(cell)
            if sealed[:1] == _SIV:
                return self._siv.decrypt(sealed[1:], [_BOUND])
            if sealed[:1] == _GCM:
                return self._gcm.decrypt(sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :], _BOUND)
        except (InvalidTag, ValueError):
            pass
        raise UsageError("the key does not open the cells of this column", hint=_HINT)


_HINT = "give the key that protect was given; cells that protect did not encrypt are not revealed"


def _taken(cell: str | bytes) -> bytes:
    """The bytes of a sealed cell, none if it is not one."""
    if isinstance(cell, bytes):
        return cell.removeprefix(MARK) if cell.startswith(MARK) else b""
    if cell.startswith(OPEN) and cell.endswith(CLOSE):
        return base64.urlsafe_b64decode(cell[len(OPEN) : -len(CLOSE)])
    return b""
