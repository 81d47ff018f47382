"""A stream of JSON in any layout as lines of one value each, cut without parsing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt

from privscan.sources._bytes import HEAD
from privscan.sources._records import pieces

_ESCAPED = re.compile(rb"\\.", re.DOTALL)
_STARTS = re.compile(r"\{\s*[\"}]|\[\s*[\[{\"\]]|\[\s*(?:-?\d|true|false|null)")


def looks_like_json(text: str) -> bool:
    """Whether text begins like a JSON object or array, or most of its first lines do."""
    start = text.lstrip()
    if (found := _STARTS.match(start)) is not None:
        sure = not re.match(r"\[\s*[\w-]", found.group())
        return sure or _parses(start.splitlines()[0]) or _parses(start)
    lines = [line for line in text.splitlines() if line.strip()][:20]
    return len(lines) > 1 and sum(map(_parses, lines)) > len(lines) / 2


def is_lines(text: str) -> bool:
    """Whether each line is a value, rather than one value spread over lines."""
    whole = text.splitlines()
    lines = [line for line in (whole[:-1] if len(text) >= HEAD else whole) if line.strip()][:20]
    return bool(lines) and sum(map(_parses, lines)) >= len(lines) / 2 and not _one_array(lines)


def _one_array(lines: list[str]) -> bool:
    """One line that is an array: its elements are the records."""
    return len(lines) == 1 and lines[0].lstrip().startswith("[")


def _parses(line: str) -> bool:
    try:
        return isinstance(json.loads(line), (dict, list))
    except (ValueError, RecursionError):
        return False


def outside(data: bytes) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.bool_]]:
    """The bytes as codes, and which of them stand outside strings."""
    plain = _ESCAPED.sub(b"__", data) if b"\\" in data else data
    codes = np.frombuffer(plain, np.uint8)
    return codes, ~np.bitwise_xor.accumulate(codes == ord('"'))


def nesting(data: bytes) -> npt.NDArray[np.int32]:
    """Depth of brackets after each byte; those in strings do not count."""
    return depths(*outside(data))


def depths(codes: npt.NDArray[np.uint8], free: npt.NDArray[np.bool_]) -> npt.NDArray[np.int32]:
    """Depth of brackets after each byte, of what `outside` gave."""
    folded = codes | 32  # [ and { fall together, and so do ] and }
    step = (folded == ord("{")).astype(np.int8) - (folded == ord("}")).astype(np.int8)
    return np.cumsum(step * free, dtype=np.int32)


class Document:
    """A document whose elements are the records: an array, or objects spread over lines.

    `text` is read once. After it, `closed` says whether the document ended as it should.
    """

    def __init__(self, text: Iterable[bytes], *, array: bool) -> None:
        self._text, self._array = text, array
        self._level = self._next = -1 if array else 0
        self._ends = np.empty(0, np.int64)

    @property
    def closed(self) -> bool:
        """Whether the outermost bracket was closed."""
        return self._level == (-1 if self._array else 0)

    def __iter__(self) -> Iterator[bytes]:
        """The elements, one a line, in pieces."""
        for piece in pieces(self._text, self._end):
            yield self._lines(piece.data)

    def _end(self, data: bytes) -> int:
        codes, free = outside(data)
        depth = depths(codes, free) + self._level
        ends = (codes == ord(",")) & (depth == 0)
        if self._array:
            ends |= ((codes == ord("]")) & (depth == -1)) | ((codes == ord("[")) & (depth == 0))
        else:
            ends |= (codes == ord("}")) & (depth == 0)
        self._ends = np.flatnonzero(ends & free)
        if not len(self._ends):
            return 0
        self._next = int(depth[self._ends[-1]])
        return int(self._ends[-1]) + 1

    def _lines(self, data: bytes) -> bytes:
        codes = np.frombuffer(data, np.uint8).copy()
        codes[(codes == ord("\n")) | (codes == ord("\r"))] = ord(" ")
        ends, self._ends, self._level = self._ends, self._ends[:0], self._next
        objects = ends[codes[ends] == ord("}")] + 1
        codes[ends[codes[ends] != ord("}")]] = ord("\n")
        return np.insert(codes, objects, ord("\n")).tobytes()
