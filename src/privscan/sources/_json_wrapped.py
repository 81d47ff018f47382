"""One JSON object around the table, `{"type": …, "features": [{…}, …]}`, as its elements."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt

from privscan.sources._json_elements import depths, outside
from privscan.sources._records import LARGEST, pieces

_KEY = re.compile(rb'"((?:[^"\\]|\\.)*)"\s*:\s*\[$', re.DOTALL)
_SPACE = re.compile(rb"\s*")

MOST = 0.8
"""Share of an object's bytes from which on an array in it is the table, not one field of many."""

_OBJECT, _ARRAY, _ELEMENT = 0, 1, 2  # depth after the bracket that closes or opens them


def table_key(text: str) -> str | None:
    """The key of the array of objects that nearly all of the one object `text` begins is."""
    data = text.lstrip().encode()
    if not data.startswith(b"{"):
        return None
    codes, free = outside(data)
    depth = depths(codes, free)
    if len(ends := np.flatnonzero(free & (codes == ord("}")) & (depth == _OBJECT))):
        if data[ends[0] + 1 :].strip():
            return None  # one object of several
        size = int(ends[0]) + 1
        data, codes, free, depth = data[:size], codes[:size], free[:size], depth[:size]
    for start in np.flatnonzero(free & (codes == ord("[")) & (depth == _ELEMENT)).tolist():
        stops = np.flatnonzero(depth[start:] < _ELEMENT)
        size = int(stops[0]) if len(stops) else len(data) - start
        commas = free[start : start + size] & (codes[start : start + size] == ord(","))
        between = start + np.flatnonzero(commas & (depth[start : start + size] == _ELEMENT))
        every = [_after(data, at) for at in (start, *between.tolist())]
        # What is seen of the text may end before its last element begins.
        objects = every[0] == b"{" and {*every} <= {b"{", b""}
        if objects and size >= MOST * len(data) and (len(between) or not len(stops)):
            return _key(data[: start + 1])
    return None


def _after(data: bytes, at: int) -> bytes:
    """The sign that follows, past blanks."""
    blanks = _SPACE.match(data, at + 1)
    return data[blanks.end() : blanks.end() + 1] if blanks else b""


def _key(before: bytes) -> str:
    match = _KEY.search(before)
    return match[1].decode("utf-8", "replace") if match else ""


class Wrapped:
    """The elements of the object's arrays, `(key, lines)`, and last what stands beside them.

    `text` is read once. After it, `closed` says whether the object ended as it should.
    """

    def __init__(self, text: Iterable[bytes]) -> None:
        self._text, self._rest = text, bytearray()
        self._level, self._listed, self._key = 0, False, ""
        self._held = True
        self._codes: npt.NDArray[np.uint8] = np.empty(0, np.uint8)
        self._depth: npt.NDArray[np.int32] = np.empty(0, np.int32)
        self._commas: npt.NDArray[np.int64] = np.empty(0, np.int64)
        self._free: npt.NDArray[np.bool_] = np.empty(0, np.bool_)

    @property
    def closed(self) -> bool:
        """Whether the outermost bracket was closed and nothing was too large to hold."""
        return self._level == 0 and self._held

    def __iter__(self) -> Iterator[tuple[str | None, bytes]]:
        """Elements, one a line, with the key of their array; at last the rest with key None."""
        for piece in pieces(self._text, self._end):
            if not piece.data.strip():
                continue
            if piece.torn:
                self._held = False
                yield self._key, b" ".join(piece.data.splitlines())
            else:
                yield from self._cut(piece.data)
        rest = bytes(self._rest)
        if self._level:
            rest = rest.rstrip(b", \t\r\n") + (b"]}" if self._listed else b"}")
        yield None, rest

    def _end(self, data: bytes) -> int:
        self._codes, self._free = outside(data)
        self._depth = depths(self._codes, self._free) + self._level
        codes, depth = self._codes, self._depth
        self._commas = self._between_elements()
        ends = (codes == ord(",")) & (depth == _ARRAY)
        ends |= (codes == ord("[")) & (depth == _ELEMENT)
        ends |= (codes == ord("]")) & (depth == _ARRAY)
        ends |= (codes == ord("}")) & (depth == _OBJECT)
        found = [*np.flatnonzero(ends & self._free)[-1:], *self._commas[-1:]]
        return int(max(found)) + 1 if found else 0

    def _between_elements(self) -> npt.NDArray[np.int64]:
        """The commas for which the bracket opened last on their level is one of an array."""
        codes, inside = self._codes, self._free & (self._depth == _ELEMENT)
        commas = np.flatnonzero(inside & (codes == ord(",")))
        opened = np.flatnonzero(inside & ((codes | 32) == ord("{")))
        if not len(opened):
            return commas if self._listed else commas[:0]
        last = np.searchsorted(opened, commas) - 1
        return commas[np.where(last < 0, self._listed, codes[opened[last]] == ord("["))]

    def _cut(self, data: bytes) -> Iterator[tuple[str, bytes]]:
        size = len(data)
        codes, depth, free = self._codes[:size], self._depth[:size], self._free[:size]
        turns = ((codes == ord("[")) & (depth == _ELEMENT)) | (
            (codes == ord("]")) & (depth == _ARRAY)
        )
        cuts = self._commas[self._commas < size]
        plain = np.frombuffer(data, np.uint8).copy()
        plain[((plain == ord("\n")) | (plain == ord("\r"))) & (depth > _OBJECT)] = ord(" ")
        plain[cuts] = ord("\n")
        at = 0
        for turn in [*np.flatnonzero(turns & free).tolist(), size]:
            if self._listed:
                yield self._key, plain[at:turn].tobytes()
                at = turn
            else:
                self._beside(plain[at : turn + 1].tobytes())
                at = turn + 1
            if turn < size:
                self._listed = codes[turn] == ord("[")
                self._key = _key(bytes(self._rest[-1024:])) if self._listed else self._key
        self._level = int(depth[-1])

    def _beside(self, data: bytes) -> None:
        self._rest += data
        if len(self._rest) > LARGEST:
            self._held = False
            self._rest.clear()
