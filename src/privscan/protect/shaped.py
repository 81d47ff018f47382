"""Tokens in the shape of what they stand for: a digit for a digit, a letter for a letter.

A cell whose digits, small letters and capitals are each none or many goes through FF1, which maps
no two values of a shape to one; cards, My Numbers and IBANs that pass their check become tokens that
fail it. Others get characters from a keyed stream: values may then share a token, the more the
shorter they are. A cell with letters beyond ASCII has no such shape.
"""

from __future__ import annotations

import hmac
import string
from collections.abc import Callable

import numpy as np
import polars as pl
import pyarrow as pa
from numpy.typing import NDArray

from privscan.protect.apart import IBAN_CHECK, iban_due, is_iban, number_check, tokens
from privscan.protect.ff1 import Ff1, Numbers, fits

CLASSES = (string.digits, string.ascii_lowercase, string.ascii_uppercase)
"""Characters that stand for one another; all others stay."""

_PLAIN = rf"^[\x00-\x7f]*[{string.digits}{string.ascii_letters}][\x00-\x7f]*$"

_IBAN = r"^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$"
_IBAN_DIGITS = 6 + IBAN_CHECK
"""Digits from which the others are enough for FF1."""

_FIRST = [np.uint64(ord(characters[0])) for characters in CLASSES]

_CLASS = np.full(256, -1, np.int8)
for _number, _characters in enumerate(CLASSES):
    _CLASS[list(_characters.encode())] = _number


class Shapes:
    """Makes such tokens under two keys; what has no shape goes to `other`."""

    def __init__(
        self, cipher: bytes, stream: bytes, other: Callable[[pl.Series], pl.Series]
    ) -> None:
        self._ff1, self._stream, self._other = Ff1(cipher), stream, other

    def tokens(self, cells: pl.Series) -> pl.Series:
        """A token for each distinct cell."""
        shaped = cells.str.contains(_PLAIN)
        kept = pl.DataFrame({"cell": cells, "shaped": shaped}).with_row_index("row")
        parts = []
        for some, make in (
            (kept.filter("shaped"), self._shaped),
            (kept.filter(~shaped), self._other),
        ):
            if some.height:
                parts.append(some.select("row", token=make(some["cell"])))
        if not parts:
            return cells
        return pl.concat(parts).sort("row")["token"]

    def _shaped(self, cells: pl.Series) -> pl.Series:
        array = pa.array(cells.to_list(), pa.large_string())
        offsets = np.frombuffer(array.buffers()[1], np.int64, len(array) + 1)
        values = np.frombuffer(array.buffers()[2], np.uint8, int(offsets[-1])).copy()
        place = _CLASS[values]
        whose = np.repeat(np.arange(len(array)), np.diff(offsets))
        counts = np.array([np.bincount(whose[place == c], minlength=len(array)) for c in range(3)])
        good = np.all((counts == 0) | np.array([_good(n, c) for c, n in enumerate(counts)]), axis=0)
        forms, given = _forms(cells), values.copy()
        # Letters first: the check digits of an account number are due to them too.
        for number in (1, 2, 0):
            row = np.where(good, counts[number], 0)
            same = forms if number == 0 else np.zeros_like(forms)
            for form, size in np.unique(np.stack([same, row])[:, row > 0], axis=1).T.tolist():
                some = ((row == size) & (same == form))[whose]
                at = np.flatnonzero(some & (place == number))
                numerals = values[at].reshape(-1, size).astype(np.uint64) - _FIRST[number]
                if form:
                    whole = some & (place >= 0)
                    made = self._checked(numerals, given[whole], values[whole])
                else:
                    made = self._ff1.encrypted(numerals, len(CLASSES[number]))
                values[at] = (made + _FIRST[number]).astype(np.uint8).reshape(-1)
        self._streamed(values, np.flatnonzero(~good), offsets, cells)
        built = [array.buffers()[0], array.buffers()[1], pa.py_buffer(values.tobytes())]
        return pl.Series(pa.Array.from_buffers(pa.large_string(), len(array), built))

    def _checked(
        self, numerals: Numbers, given: NDArray[np.uint8], made: NDArray[np.uint8]
    ) -> Numbers:
        """The digits of cells of one form; `given` are all characters, `made` has the new letters."""
        rows, size = numerals.shape
        given, made = given.reshape(rows, -1), made.reshape(rows, -1)
        digits = _CLASS[given[0]] == 0
        if digits.all():
            due = number_check(size)
            return tokens(self._ff1, numerals, 1, due) if due else self._ff1.encrypted(numerals, 10)
        dues = iban_due(given, digits), iban_due(made, digits)
        rolled = tokens(self._ff1, np.roll(numerals, -IBAN_CHECK, axis=1), IBAN_CHECK, *dues)
        return np.roll(rolled, IBAN_CHECK, axis=1)

    def _streamed(
        self,
        values: NDArray[np.uint8],
        rows: NDArray[np.int64],
        offsets: NDArray[np.int64],
        cells: pl.Series,
    ) -> None:
        """Characters from a stream that is keyed with the whole cell."""
        for row in rows.tolist():
            some = values[offsets[row] : offsets[row + 1]]
            kinds, made, turn = _CLASS[some], some.copy(), 0
            while not turn or is_iban(made.tobytes()):
                stream = self._bytes(cells[row].encode(), 2 * len(some), turn)
                for number, characters in enumerate(CLASSES):
                    at = np.flatnonzero(kinds == number)
                    made[at] = ord(characters[0]) + stream[at] % len(characters)
                turn += 1
            values[offsets[row] : offsets[row + 1]] = made

    def _bytes(self, cell: bytes, size: int, turn: int) -> NDArray[np.uint16]:
        blocks = range(turn * -(-size // 32), (turn + 1) * -(-size // 32))
        stream = b"".join(
            hmac.digest(self._stream, bytes([i % 256, i // 256]) + cell, "sha256") for i in blocks
        )
        return np.frombuffer(stream[:size], np.uint16)


def _forms(cells: pl.Series) -> NDArray[np.int64]:
    """A number for cells with check digits at the same places: 1 without letters, 0 for no such cell."""
    cell = pl.col("cell")
    bare = cell.str.replace_all("[ -]", "")
    form = bare.str.replace_all("[0-9]", "9").str.replace_all("[A-Z]", "A").rank("dense")
    iban = bare.str.contains(_IBAN) & (bare.str.count_matches("[0-9]") >= _IBAN_DIGITS)
    number = pl.when(iban).then(1 + form).when(~cell.str.contains("[A-Za-z]")).then(1).otherwise(0)
    forms: NDArray[np.int64] = (
        cells.alias("cell").to_frame().select(number.cast(pl.Int64)).to_series().to_numpy()
    )
    return forms


def _good(counts: NDArray[np.int64], number: int) -> NDArray[np.bool_]:
    sizes = np.unique(counts)
    safe = [size for size in sizes.tolist() if size and fits(size, len(CLASSES[number]))]
    return np.isin(counts, safe)
