"""FF1, the format-preserving encryption of NIST SP 800-38G, on whole columns at once.

FF3-1 was withdrawn, and libraries of FF1 work cell by cell; here one call of AES serves all
cells of a length. The samples that NIST publishes are the test.
"""

from __future__ import annotations

import numpy as np
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from numpy.typing import NDArray

LEAST = 1_000_000
"""Values that a text must be able to take (SP 800-38G revision 1)."""

_ROUNDS = 10
_BLOCK = 16
_HALF_BITS = 56
"""Bits of half a text, at most: its arithmetic fits in 64 with 8 more."""

Numbers = NDArray[np.uint64]


def fits(size: int, radix: int) -> bool:
    """Whether a text of so many characters is long enough to be safe, and short enough for here."""
    half: int = radix ** (size - size // 2)
    return radix**size >= LEAST and half <= 1 << _HALF_BITS


class Ff1:
    """FF1 under one key of AES."""

    def __init__(self, key: bytes) -> None:
        # FF1 chains single blocks by itself.
        self._aes = Cipher(algorithms.AES(key), modes.ECB())  # noqa: S305  see above

    def encrypted(self, texts: Numbers, radix: int, tweak: bytes = b"") -> Numbers:
        """Rows of numerals below `radix`, each row a text."""
        left, right, turn = self._halves(texts, radix, tweak)
        for i in range(_ROUNDS):
            size = turn.size(i)
            left, right = right, (left + self._number(turn, i, right, size)) % size
        return turn.joined(left, right)

    def decrypted(self, texts: Numbers, radix: int, tweak: bytes = b"") -> Numbers:
        """The rows that `encrypted` made these of."""
        left, right, turn = self._halves(texts, radix, tweak)
        for i in reversed(range(_ROUNDS)):
            size = turn.size(i)
            left, right = (right + size - self._number(turn, i, left, size)) % size, left
        return turn.joined(left, right)

    def _halves(self, texts: Numbers, radix: int, tweak: bytes) -> tuple[Numbers, Numbers, _Turn]:
        turn = _Turn(texts.shape[1], radix, tweak)
        u = texts.shape[1] // 2
        return _number(texts[:, :u], radix), _number(texts[:, u:], radix), turn

    def _number(self, turn: _Turn, i: int, half: Numbers, size: np.uint64) -> Numbers:
        """What the round function makes of half a text, below `size`."""
        given = turn.given(i, half)
        state = np.broadcast_to(np.frombuffer(turn.head, np.uint8), (len(half), _BLOCK))
        state = self._blocks(state)
        for at in range(0, given.shape[1], _BLOCK):
            state = self._blocks(state ^ given[:, at : at + _BLOCK])
        found = np.zeros(len(half), np.uint64)
        for byte in state[:, : turn.taken].T:
            found = ((found << np.uint64(8)) + byte) % size
        return found

    def _blocks(self, blocks: NDArray[np.uint8]) -> NDArray[np.uint8]:
        made = self._aes.encryptor().update(np.ascontiguousarray(blocks).tobytes())
        return np.frombuffer(made, np.uint8).reshape(-1, _BLOCK)


class _Turn:
    """What the rounds share for texts of one length: the names are those of the standard."""

    def __init__(self, n: int, radix: int, tweak: bytes) -> None:
        self._u, self._v, self._radix, self._tweak = n // 2, n - n // 2, radix, tweak
        # As Python's whole numbers: a logarithm would be wrong near a power of two.
        self._b = -(-(radix**self._v - 1).bit_length() // 8)
        self.taken = 4 * -(-self._b // 4) + 4
        head = bytes([1, 2, 1]) + radix.to_bytes(3, "big") + bytes([_ROUNDS, self._u % 256])
        self.head = head + n.to_bytes(4, "big") + len(tweak).to_bytes(4, "big")

    def size(self, i: int) -> np.uint64:
        """Numbers that the half which changes in round i can be."""
        return np.uint64(self._radix ** (self._v if i % 2 else self._u))

    def given(self, i: int, half: Numbers) -> NDArray[np.uint8]:
        """Q: tweak, zeros, the round, and the number in b bytes."""
        fixed = self._tweak + bytes(-(len(self._tweak) + self._b + 1) % _BLOCK) + bytes([i])
        number = half.astype(">u8").view(np.uint8).reshape(-1, 8)[:, 8 - self._b :]
        front = np.broadcast_to(np.frombuffer(fixed, np.uint8), (len(half), len(fixed)))
        return np.hstack([front, number])

    def joined(self, left: Numbers, right: Numbers) -> Numbers:
        """Both halves as numerals again."""
        return np.hstack(
            [_numerals(left, self._u, self._radix), _numerals(right, self._v, self._radix)]
        )


def _number(rows: Numbers, radix: int) -> Numbers:
    found = np.zeros(len(rows), np.uint64)
    for column in rows.T:
        found = found * np.uint64(radix) + column
    return found


def _numerals(numbers: Numbers, size: int, radix: int) -> Numbers:
    made = np.empty((len(numbers), size), np.uint64)
    for at in reversed(range(size)):
        made[:, at] = numbers % np.uint64(radix)
        numbers = numbers // np.uint64(radix)
    return made
