"""JSON lines and JSON documents: late fields, repeated keys and mixed types are kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from privscan.errors import UnreadableError
from privscan.model.data import Batch, Part, Unread
from privscan.sources._bytes import BROKEN, Text, head
from privscan.sources._encoding import encoding_of, sampled
from privscan.sources._json_cells import fast, slow
from privscan.sources._json_elements import Document, is_lines, looks_like_json
from privscan.sources._json_maps import is_value
from privscan.sources._json_wrapped import Wrapped, table_key
from privscan.sources._place import size
from privscan.sources._records import line_end, pieces

PLUGIN = True
SUFFIXES = (".json", ".jsonl", ".ndjson", ".geojson")
PRIORITY = 80
COMPRESSED = True

UNCLOSED = "the JSON document has no end: the file is truncated or damaged"


def sniff(sample: bytes) -> bool:
    """Text that begins like an object or array of JSON, or most of whose lines are such."""
    if b"\0" in sample[:4].rstrip(b"\0") and sample[:2] not in {b"\xff\xfe", b"\xfe\xff"}:
        return False
    return looks_like_json(_decoded(sample, encoding_of(sample)))


def _decoded(start: bytes, encoding: str) -> str:
    return start.decode(encoding, "replace").removeprefix("\ufeff")


def schema(uri: str) -> tuple[str, ...]:
    """Top-level names in the first part of the file; fields can come late, so more may follow."""
    start = head(uri)
    text = _decoded(start, encoding_of(sampled(uri, start)))
    for prefix, lines in _Records([text.encode()], text):
        batch = _under(prefix, slow(lines)[0])
        if batch.rows:
            names = (c.path.partition(".")[0].partition("[")[0] for c in batch.columns)
            return tuple(dict.fromkeys(names))
    return ()


def parts(uri: str, dataset: str) -> Iterator[Part | Unread]:
    """One part a file."""
    yield Part("json", dataset, uri, bytes=size(uri))


class _Records:
    """The records of the text in pieces, one a line, with the path that leads to them.

    `start` is how the text begins. After it, `closed` says whether a document has its end.
    """

    def __init__(self, text: Iterable[bytes], start: str) -> None:
        self._text, self._main = text, table_key(start)
        self._document: Document | Wrapped | None = None
        if self._main is not None:
            self._document = Wrapped(text)
        elif not is_lines(start):
            self._document = Document(text, array=start.lstrip().startswith("["))

    @property
    def closed(self) -> bool:
        return self._document is None or self._document.closed

    def __iter__(self) -> Iterator[tuple[str, bytes]]:
        match self._document:
            case None:
                yield from (("", piece.data) for piece in pieces(self._text, line_end))
            case Document():
                yield from (("", lines) for lines in self._document)
            case Wrapped():
                yield from self._unwrapped(self._document)

    def _unwrapped(self, document: Wrapped) -> Iterator[tuple[str, bytes]]:
        """The table's elements are the records; other arrays keep their path, if it is a name."""
        for key, lines in document:
            if key is None and not slow(lines)[0].columns:
                continue  # nothing stands beside the arrays
            if key is None or key == self._main:
                yield "", lines
            else:
                yield f"{'entry[].value' if is_value(key) else key}[]", lines


def _under(prefix: str, batch: Batch) -> Batch:
    """The batch with its columns below a path."""
    if not prefix:
        return batch
    columns = (
        replace(c, path=prefix if c.path == "value" else f"{prefix}.{c.path}")
        for c in batch.columns
    )
    return replace(batch, columns=tuple(columns))


def read(part: Part, *, batch_rows: int = 65_536) -> Iterator[Batch | Unread]:
    """Batches with the fields that their rows have; bad lines are counted in an `Unread`."""
    bad = 0
    try:
        start = head(part.uri)
        encoding = encoding_of(sampled(part.uri, start))
        text = Text(part.uri, encoding)
        records = _Records(text, _decoded(start, encoding))
        for prefix, lines in records:
            if not lines.strip():
                continue
            found = fast(lines, batch_rows)
            if found is None:
                one, refused = slow(lines)
                found, bad = [one] if one.rows else [], bad + refused
            yield from (_under(prefix, batch) for batch in found)
    except UnreadableError as error:
        yield Unread(part.uri, part.span, error.what, part.bytes)
        return
    if bad:
        yield Unread(part.uri, part.span, f"{bad} records are not JSON", rows=bad)
    if not records.closed:
        yield Unread(part.uri, part.span, UNCLOSED)
    if text.bad:
        reason = f"{text.bad} places are not valid {encoding} and were replaced"
        yield Unread(part.uri, part.span, reason, rows=text.bad)
    if text.broken:
        yield Unread(part.uri, part.span, BROKEN, part.bytes)
