"""Arrow files and streams rewritten: record batches, compression and dictionaries as they were."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa

from privscan.errors import UnreadableError
from privscan.protect._parquet import metadata
from privscan.protect.cells import scrubbed
from privscan.protect.columns import Treated, schema_paths

NAME = "arrow_ipc"

_FILE = b"ARROW1"
_LZ4, _ZSTD = 0, 1


def _reader(file: Any) -> tuple[Any, bool]:
    is_file = file.read(len(_FILE)) == _FILE
    file.seek(0)
    return (pa.ipc.open_file(file) if is_file else pa.ipc.open_stream(file)), is_file


def schema(uri: str) -> pa.Schema:
    """The schema; `UnreadableError` if the file is damaged."""
    try:
        with pa.OSFile(uri) as file:
            return _reader(file)[0].schema
    except (pa.ArrowException, OSError, ValueError):
        raise UnreadableError("the Arrow file is damaged", where=uri) from None


def paths(uri: str) -> Iterator[str]:
    """Every path that may be treated."""
    yield from schema_paths(schema(uri))


def batches(uri: str, _wanted: Iterable[str]) -> Iterator[pa.RecordBatch]:
    """The record batches as they stand in the file."""
    with pa.OSFile(uri) as file:
        reader, is_file = _reader(file)
        yield from map(reader.get_batch, range(reader.num_record_batches)) if is_file else reader


def rewrite(uri: str, target: Path, treated: Treated, most: int | None = None) -> int:
    """Write the treated file to `target`; the number of its rows, at most `most`."""
    given = schema(uri)
    made = treated.schema(given)
    made = made.with_metadata(metadata(given, treated))
    words = {i: _Words() for i, f in enumerate(made) if pa.types.is_dictionary(f.type)}
    rows = 0
    with pa.OSFile(uri) as file:
        is_file = _reader(file)[1]
    new = pa.ipc.new_file if is_file else pa.ipc.new_stream
    options = pa.ipc.IpcWriteOptions(compression=_codec(uri), emit_dictionary_deltas=True)
    with pa.OSFile(str(target), "wb") as out, new(out, made, options=options) as writer:
        for batch in batches(uri, ()):
            one = treated.batch(batch if most is None else batch.slice(0, most - rows))
            columns = [
                words[i].grown(c, f.type) if i in words else scrubbed(c)
                for i, (c, f) in enumerate(zip(one.columns, made, strict=True))
            ]
            writer.write_batch(pa.RecordBatch.from_arrays(columns, schema=made))
            rows += len(one)
            if most is not None and rows >= most:
                break
    return rows


class _Words:
    """A dictionary that only grows from batch to batch, and holds only words that are used."""

    def __init__(self) -> None:
        self._words: pa.Array | None = None

    def grown(self, array: pa.Array, kind: pa.DataType) -> pa.Array:
        """The array with its indices into the dictionary as it is now."""
        used = array.dictionary.take(array.indices).drop_null().unique()
        if self._words is None:
            self._words = used
        else:
            import pyarrow.compute as pc

            new = used.filter(pc.invert(pc.is_in(used, self._words)))
            self._words = pa.concat_arrays([self._words, new])
        import pyarrow.compute as pc

        codes = pc.index_in(array.dictionary.take(array.indices), self._words, skip_nulls=True)
        return pa.DictionaryArray.from_arrays(
            codes.cast(kind.index_type), self._words, ordered=kind.ordered
        )


def _codec(uri: str) -> str | None:
    """How bodies are compressed, by the first message that says so."""
    with pa.OSFile(uri) as file:
        start = file.read(1 << 20)
    return (
        "zstd" if b"\x28\xb5\x2f\xfd" in start else "lz4" if b"\x04\x22\x4d\x18" in start else None
    )
