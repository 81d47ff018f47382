"""Hashed records in chunks that belong together: in memory while few, else in a private folder."""

from __future__ import annotations

import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

import polars as pl

IN_MEMORY = 2_000_000
"""Rows that wait in memory before they are written, and up to which all are one chunk."""

HOLES = -1
"""The chunk of rows that lack a quasi-identifier and may match rows of every other chunk."""


class Chunks:
    """Rows by chunk; a folder that only the owner can open holds what memory should not.

    The folder goes at the end, whatever happens. Only keyed hashes are ever written to it.
    """

    def __init__(self, in_memory: int = IN_MEMORY) -> None:
        self._most, self._waiting, self._rows = in_memory, 0, 0
        self._buffers: dict[int, list[pl.DataFrame]] = defaultdict(list)
        self._files: dict[int, list[Path]] = defaultdict(list)
        self._folder: Path | None = None

    def __enter__(self) -> Self:
        """Itself: it holds nothing yet."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """Remove what was written."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def add(self, frame: pl.DataFrame, chunk: int) -> None:
        """Keep rows of a chunk."""
        self._buffers[chunk].append(frame)
        self._waiting += frame.height
        self._rows += frame.height
        if self._waiting > self._most:
            self._write()

    def _write(self) -> None:
        folder = self._folder = self._folder or Path(tempfile.mkdtemp(prefix="privscan-"))
        for chunk, frames in self._buffers.items():
            file = folder / f"{chunk}-{len(self._files[chunk])}.arrow"
            pl.concat(frames).write_ipc(file)
            self._files[chunk].append(file)
        self._buffers.clear()
        self._waiting = 0

    def read(self, chunk: int) -> pl.DataFrame | None:
        """All rows of a chunk, None if it has none."""
        frames = [pl.read_ipc(f) for f in self._files[chunk]]
        frames += self._buffers.get(chunk, [])
        return pl.concat(frames) if frames else None

    @property
    def written(self) -> bool:
        """Whether rows wait in files."""
        return self._folder is not None

    def names(self) -> list[int]:
        """The chunks of rows without holes."""
        return sorted({*self._files, *self._buffers} - {HOLES})

    def complete(self) -> Iterator[pl.DataFrame]:
        """The chunks of rows without holes, one after another; few rows are one chunk."""
        if not self.written:
            frames = [frame for name in self.names() for frame in self._buffers[name]]
            if frames:
                yield pl.concat(frames)
            return
        for name in self.names():
            frame = self.read(name)
            if frame is not None:
                yield frame

    def beside(self, other: Chunks) -> Iterator[tuple[pl.DataFrame | None, pl.DataFrame | None]]:
        """The chunks of rows without holes with the other's of the same classes."""
        if not (self.written or other.written):
            yield next(self.complete(), None), next(other.complete(), None)
            return
        for name in sorted({*self.names(), *other.names()}):
            yield self.read(name), other.read(name)

    def every(self) -> Iterator[pl.DataFrame]:
        """All chunks, that of the holes last."""
        yield from self.complete()
        holes = self.read(HOLES)
        if holes is not None:
            yield holes
