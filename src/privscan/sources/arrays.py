"""NumPy files, .npy and .npz: rows of vectors, pictures, numbers and texts, streamed.

Members of an .npz are columns; those of as many rows stand in the same batches. Arrays of Python
objects are never loaded: to load them runs code.
"""

from __future__ import annotations

import warnings
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import numpy as np

from privscan.formats.vectors.packed import MAGIC
from privscan.model.data import Batch, Column, Part, Unread
from privscan.rulebook.names import header_entities
from privscan.sources._array_cells import columns, rows_of
from privscan.sources._place import raw, size

PLUGIN = True
SUFFIXES = (".npy", ".npz")
PRIORITY = 25

BATCH_BYTES = 32 << 20
WHOLE = 256 << 20
"""Bytes of the largest array that is read at once, where its first axis is not the slowest."""

PACKED = 2_000
"""An array that unpacks to so many times its size, and to gigabytes, is a bomb."""

BOMB = 4 << 30
_NPY = ".npy"
_ZIP_NAME = 30
_HEADER = 10_000
"""Characters of the longest header that is read."""

_TROUBLE = (OSError, ValueError, EOFError, zipfile.BadZipFile, zlib.error, NotImplementedError,
            RuntimeError, SyntaxError, MemoryError)  # fmt: skip
"""What numpy and zipfile raise on broken, encrypted and unknown files."""


@dataclass(frozen=True, slots=True)
class _Array:
    """An array in a file: where its data begin to be read, and how they are laid out."""

    name: str
    stream: IO[bytes]
    shape: tuple[int, ...]
    kind: np.dtype[Any]
    columnwise: bool

    @property
    def rows(self) -> int:
        return self.shape[0]

    @property
    def row_bytes(self) -> int:
        return self.kind.itemsize * int(np.prod(self.shape[1:], dtype=np.int64))


def sniff(sample: bytes) -> bool:
    """NumPy's magic bytes, or a ZIP whose first member is such a file."""
    if sample.startswith(MAGIC):
        return True
    size = int.from_bytes(sample[26:28], "little")
    return sample.startswith(b"PK\x03\x04") and sample[_ZIP_NAME : _ZIP_NAME + size].endswith(
        b".npy"
    )


def schema(uri: str) -> tuple[str, ...]:
    """Names of the members, or of the one array: that of its file where it says what it holds."""
    try:
        if not zipfile.is_zipfile(uri):
            return (_stem(uri),)
        with zipfile.ZipFile(uri) as archive:
            return tuple(name.removesuffix(_NPY) for name in archive.namelist())
    except _TROUBLE:
        return ()


def _stem(uri: str) -> str:
    stem = Path(uri).stem
    return stem if any(bits > 0 for _, bits in header_entities(stem)) else "vector"


def parts(uri: str, dataset: str) -> Iterator[Part | Unread]:
    """The file, which is read from its start to its end."""
    yield Part("arrays", dataset, uri, bytes=size(uri))


def read(part: Part, *, batch_rows: int = 131_072) -> Iterator[Batch | Unread]:
    """Batches of the arrays' rows; what is damaged or would run code is `Unread`."""
    with ExitStack() as stack:
        try:
            arrays = [*_arrays(part, stack)]
        except _TROUBLE:
            yield Unread(part.uri, part.span, "the NumPy file is damaged", part.bytes)
            return
        together: dict[int, list[_Array]] = defaultdict(list)
        for found in arrays:
            if isinstance(found, Unread):
                yield found
            else:
                together[found.rows].append(found)
        for some in together.values():
            yield from _batches(part, some, batch_rows)


def _arrays(part: Part, stack: ExitStack) -> Iterator[_Array | Unread]:
    file = stack.enter_context(raw(part.uri))
    if file.read(len(MAGIC)) == MAGIC:
        file.seek(0)
        yield _opened(part, _stem(part.uri), file)
        return
    archive = stack.enter_context(zipfile.ZipFile(file))
    for member in archive.infolist():
        name = member.filename.removesuffix(_NPY)
        size = max(1, member.compress_size)
        if member.is_dir():
            continue
        if member.file_size > max(BOMB, PACKED * size):
            yield Unread(part.uri, name, f"array {name!r} unpacks to too much", size)
            continue
        try:
            yield _opened(part, name, stack.enter_context(archive.open(member)))
        except _TROUBLE:
            yield Unread(part.uri, name, f"array {name!r} is damaged or no array", size)


def _opened(part: Part, name: str, stream: IO[bytes]) -> _Array | Unread:
    version = np.lib.format.read_magic(stream)
    wide = version >= (2, 0)
    header = np.lib.format.read_array_header_2_0 if wide else np.lib.format.read_array_header_1_0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of headers that Python 2 wrote
        shape, columnwise, kind = header(stream, max_header_size=_HEADER)
    found = _Array(name, stream, rows_of(shape, kind), kind, columnwise and len(shape) > 1)
    if kind.hasobject:
        reason = f"array {name!r} holds Python objects, which are never loaded: save it as numbers"
        return Unread(part.uri, name, reason, rows=found.rows)
    if kind.kind not in "fiubUSMm" and not kind.names:
        return Unread(
            part.uri, name, f"array {name!r} is of a type that is not read", rows=found.rows
        )
    if found.columnwise and found.rows * found.row_bytes > WHOLE:
        return Unread(part.uri, name, f"array {name!r} is laid out by columns and over 256 MB", rows=found.rows)  # fmt: skip
    return found


def _batches(part: Part, arrays: Sequence[_Array], most: int) -> Iterator[Batch | Unread]:
    """The rows of arrays of equal length, side by side; where one breaks off all of them end."""
    rows = arrays[0].rows
    widest = sum(array.row_bytes for array in arrays)
    step = rows if any(array.columnwise for array in arrays) else BATCH_BYTES // max(1, widest)
    step = max(1, min(step, most))
    pending = [_pieces(array, step) for array in arrays]
    for start in range(0, rows, step):
        found: list[Column] = []
        for array, pieces in zip(arrays, pending, strict=True):
            try:
                found += columns(array.name, next(pieces), start)
            except (*_TROUBLE, StopIteration):
                reason = f"array {array.name!r} breaks off after row {start}: the file is damaged"
                yield Unread(part.uri, array.name, reason, rows=rows - start)
                return
        yield Batch(min(step, rows - start), tuple(found))


def _pieces(array: _Array, step: int) -> Iterator[np.ndarray[Any, Any]]:
    """The array by `step` rows."""
    shape = array.shape
    if array.columnwise:
        content = _exactly(array.stream, array.rows * array.row_bytes)
        whole = np.frombuffer(content, array.kind).reshape(shape, order="F")
        for start in range(0, array.rows, step):
            yield np.ascontiguousarray(whole[start : start + step])
        return
    for start in range(0, array.rows, step):
        here = min(step, array.rows - start)
        content = _exactly(array.stream, here * array.row_bytes)
        yield np.frombuffer(content, array.kind).reshape(here, *shape[1:])


def _exactly(stream: IO[bytes], size: int) -> bytes:
    content = bytearray()
    while len(content) < size:
        piece = stream.read(size - len(content))
        if not piece:
            raise EOFError
        content += piece
    return bytes(content)
