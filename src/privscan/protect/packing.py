"""Compressed files written as their source is compressed."""

from __future__ import annotations

import bz2
import gzip
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Any

import pyarrow as pa

from privscan.sources._bytes import packed


@contextmanager
def compressed(uri: str, target: Path) -> Iterator[IO[bytes]]:
    """A new file `target`, compressed as `uri` is, with no name or time of the source in it."""
    with ExitStack() as stack:
        file: Any = stack.enter_context(target.open("xb"))
        match packed(uri):
            case "gzip":
                file = stack.enter_context(gzip.GzipFile("", "wb", fileobj=file, mtime=0))
            case "bz2":
                file = stack.enter_context(bz2.BZ2File(file, "wb"))
            case "zstd":
                out = stack.enter_context(pa.PythonFile(file, "w"))
                file = stack.enter_context(pa.CompressedOutputStream(out, "zstd"))
        yield file
