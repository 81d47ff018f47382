"""E-mail: messages (eml) and mailboxes (mbox), a row a message, streamed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

import pyarrow as pa

from privscan.errors import UnreadableError
from privscan.formats.documents.mail import Letter, is_mail, letter
from privscan.model.data import Batch, Part, Unread
from privscan.sources._bytes import BROKEN, TROUBLE, _some, opened
from privscan.sources._cells import batches
from privscan.sources._place import size

PLUGIN = True
SUFFIXES = (".eml", ".mbox", ".mbx")
PRIORITY = 60
COMPRESSED = True

LARGEST = 256 << 20
"""Bytes of a message beyond which it is unread: it would not fit in bounded memory."""

LINE = 1 << 20
BATCH_BYTES = 32 << 20

_PERSON = pa.struct([("name", pa.string()), ("address", pa.string())])
_FILE = pa.struct([("name", pa.string()), ("content", pa.large_binary())])
_PEOPLE = ("to", "cc", "bcc", "reply_to")
_SCHEMA = pa.schema(
    [
        ("from", _PERSON),
        *((key, pa.list_(_PERSON)) for key in _PEOPLE),
        ("date", pa.string()),
        ("subject", pa.string()),
        ("body", pa.large_string()),
        ("headers", pa.list_(pa.string())),
        ("attachments", pa.list_(_FILE)),
    ]
)


def sniff(sample: bytes) -> bool:
    """Header fields that only a message has, behind a mailbox's separator or not."""
    return is_mail(sample)


def schema(_uri: str) -> tuple[str, ...]:
    """The fields of a message, always the same."""
    return tuple(_SCHEMA.names)


def parts(uri: str, dataset: str) -> Iterator[Part | Unread]:
    """One part a file."""
    yield Part("mail", dataset, uri, bytes=size(uri))


def read(part: Part, *, batch_rows: int = 1_024) -> Iterator[Batch | Unread]:
    """Batches of messages; a message that is too large, or damaged, is counted in an `Unread`."""
    lost: dict[str, int] = {"over 256 MB": 0, "damaged in some part": 0}
    try:
        with opened(part.uri) as stream:
            yield from batches(_rows(stream, lost, batch_rows), part, batch_rows)
    except UnreadableError as error:
        yield Unread(part.uri, part.span, error.what, part.bytes)
    except TROUBLE:
        yield Unread(part.uri, part.span, BROKEN, part.bytes)
    for what, count in lost.items():
        if count:
            yield Unread(part.uri, part.span, f"{count} messages are {what}", rows=count)


def _rows(stream: IO[bytes], lost: dict[str, int], most: int) -> Iterator[pa.RecordBatch]:
    rows: list[dict[str, object]] = []
    size = 0
    for content in _messages(stream):
        if len(content) > LARGEST:
            lost["over 256 MB"] += 1
            continue
        found = letter(content)
        lost["damaged in some part"] += bool(found.lost)
        rows.append(_row(found))
        size += len(content)
        if len(rows) >= most or size >= BATCH_BYTES:
            yield pa.RecordBatch.from_pylist(rows, _SCHEMA)
            rows, size = [], 0
    if rows:
        yield pa.RecordBatch.from_pylist(rows, _SCHEMA)


def _messages(stream: IO[bytes]) -> Iterator[bytes]:
    """Messages as they end: a line `From …` behind an empty line begins the next (RFC 4155)."""
    held = bytearray()
    mailbox, empty, starts, first = False, True, True, True
    for line in _lines(stream):
        begins = starts and empty and line.startswith(b"From ")
        mailbox, first = (begins if first else mailbox), False
        if begins and mailbox and held:
            yield bytes(held)
            held.clear()
        if len(held) <= LARGEST:
            held += line[1:] if mailbox and starts and line.startswith(b">From ") else line
        empty = starts and line in {b"\n", b"\r\n"}
        starts = line.endswith(b"\n")
    if held:
        yield bytes(held)


def _lines(stream: IO[bytes]) -> Iterator[bytes]:
    """Lines with their ends; one that is longer than LINE, as a whole file may be, in pieces."""
    left = b""
    while piece := _some(stream, LINE):
        *lines, left = (left + piece).split(b"\n")
        yield from (line + b"\n" for line in lines)
        if len(left) > LINE:
            yield left
            left = b""
    if left:
        yield left


def _row(found: Letter) -> dict[str, object]:
    people = {key: [_person(p) for p in found.addresses[key.replace("_", "-")]] for key in _PEOPLE}
    senders = found.addresses["from"]
    return {
        "from": _person(senders[0]) if senders else None,
        **people,
        "date": found.date or None,
        "subject": found.subject or None,
        "body": found.body or None,
        "headers": [*found.others, *(f"from: {name} <{at}>" for name, at in senders[1:])],
        "attachments": [
            {"name": name or None, "content": content} for name, content in found.files
        ],
    }


def _person(pair: tuple[str, str]) -> dict[str, str | None]:
    name, address = pair
    return {"name": name or None, "address": address or None}
