"""E-mail: the parts of a message (RFC 5322 and 2045), words and files apart."""

from __future__ import annotations

import binascii
import email
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.header import decode_header
from email.message import Message
from email.policy import Compat32
from email.utils import getaddresses, parsedate_to_datetime

from privscan.formats.documents.charsets import decoded, is_text
from privscan.formats.documents.document import Document
from privscan.formats.documents.markup import lines

_FIELD = re.compile(rb"[!-9;-~]{1,76}:[ \t]?[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n")
_KNOWN = re.compile(
    rb"^(from|to|cc|subject|date|message-id|received|return-path|mime-version|delivered-to|reply-to"
    rb"|content-type|x-originating-ip|dkim-signature|x-mailer|sender):",
    re.IGNORECASE | re.MULTILINE,
)
_SEPARATOR = re.compile(rb"From [^\r\n]{1,200}\r?\n")
_FEWEST = 3
"""Different fields that only a message has."""

_PEOPLE = ("from", "to", "cc", "bcc", "reply-to")
_SAYING = frozenset({*_PEOPLE, "subject", "date", "content-type", "mime-version",
                     "content-transfer-encoding", "dkim-signature"})  # fmt: skip
_MIME = "content-"
_LONGEST = 8_192
_ENCODED = re.compile(r"=\?[^?\s]{1,60}\?[bBqQ]\?[^?]{0,4000}\?=(?:\s+(?==\?))?")
_RUN = re.compile(f"(?:{_ENCODED.pattern}){{1,64}}")
"""Neighbours, as a character may be cut in two between them; the library takes them in quadratic time."""

_PACKED = re.compile(rb"^begin [0-7]{3,4} ([^\r\n]{1,200})\r?\n((?:[ -`]{1,90}\r?\n)*?)(?:`|[ ])?\r?\n?end\r?$", re.MULTILINE)  # fmt: skip
"""A file within a text, as uuencode writes it."""

_DEEPEST = 60
"""Parts within parts; the library's parser is not deeper either."""

TROUBLE = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError)
"""What the parsers of the standard library raise on hostile headers."""


class _Bounded(Compat32):
    """Cuts fields that say what a part is: the parser takes quadratic time for their parameters."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """The name of a field and its value."""
        name, value = super().header_source_parse(sourcelines)
        return name, value[:_LONGEST] if name.lower().startswith(_MIME) else value


_BOUNDED = _Bounded()


@dataclass(slots=True)
class Letter:
    """A message: addresses as (name, address), `others` header lines, `files` as (name, bytes)."""

    addresses: dict[str, list[tuple[str, str]]]
    subject: str = ""
    date: str = ""
    body: str = ""
    others: list[str] = field(default_factory=list)
    files: list[tuple[str, bytes]] = field(default_factory=list)
    lost: int = 0


def is_mail(head: bytes) -> bool:
    """Whether the bytes begin with header fields, and with at least three that only mail has."""
    if separator := _SEPARATOR.match(head):
        head = head[separator.end() :]
    end, fields = 0, set()
    while found := _FIELD.match(head, end):
        if known := _KNOWN.match(found[0]):
            fields.add(known[1].lower())
        end = found.end()
    whole = head[end : end + 1] in {b"\r", b"\n", b""} or len(head) - end < len(head) // 2
    return len(fields) >= _FEWEST and whole


def letter(content: bytes) -> Letter:
    """The message taken apart; broken parts are counted in `lost`, never raised."""
    found = Letter({key: [] for key in _PEOPLE})
    try:
        message = email.message_from_bytes(content, policy=_BOUNDED)
    except TROUBLE:
        return Letter(found.addresses, body=decoded(content), lost=1)
    if envelope := message.get_unixfrom():
        found.others.append(_raw(envelope))
    for key, value in _fields(message):
        if key in found.addresses:
            found.addresses[key] += _people(value)
        elif key == "subject":
            found.subject = f"{found.subject} {value}".strip()
        elif key == "date":
            found.date = found.date or _date(value)
        elif key not in _SAYING:
            found.others.append(f"{key}: {value}")
    body: list[str] = []
    for part in _leaves(message):
        try:
            _add(found, body, part, inner=part is not message)
        except TROUBLE:
            found.lost += 1
    found.body = "\n".join(text for text in body if text)
    return found


def mail(content: bytes) -> Document:
    """The message as a document: every header and the body as texts, its files."""
    found = letter(content)
    people = [f"{name} <{address}>" for some in found.addresses.values() for name, address in some]
    names = [name for name, _ in found.files]
    texts = (*people, found.subject, *found.others, *found.body.split("\n"), *names)
    lost = (f"{found.lost} parts of the message are damaged",) if found.lost else ()
    return Document(tuple(t for t in texts if t.strip()), {}, (), tuple(f for _, f in found.files), lost)  # fmt: skip


def _leaves(message: Message, depth: int = 0) -> Iterator[Message]:
    """Parts that hold something; a message inside a message is one of them, whole."""
    inner = message.get_payload()
    if isinstance(inner, list) and message.get_content_type() != "message/rfc822" and depth < _DEEPEST:  # fmt: skip
        for part in inner:
            if isinstance(part, Message):
                yield from _leaves(part, depth + 1)
        # What stands before the first and behind the last part is shown by no program.
        for beside in (message.preamble, message.epilogue):
            if beside and beside.strip():
                more: Message = Message()
                more.set_payload(beside)
                yield more
    else:
        yield message


def _add(found: Letter, body: list[str], part: Message, *, inner: bool) -> None:
    """The part's words to the body, of HTML what is written there; or its bytes to the files."""
    if inner:
        found.others += (f"{k}: {v}" for k, v in _fields(part) if not k.startswith(_MIME))
    kind, name = part.get_content_type(), _name(part)
    if isinstance(part.get_payload(), list):
        found.files += ((name, one.as_bytes()) for one in part.get_payload() if isinstance(one, Message))  # fmt: skip
        return
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    known = content.startswith((b"{\\rtf", b"%PDF-", b"-----BEGIN PGP MESSAGE"))
    if known or not (part.get_content_maintype() in {"text", "multipart"} or is_text(content)):
        found.files.append((name, content))
        return
    text = decoded(content, str(part.get_content_charset() or ""))
    body += [name] if name else []
    body.append("\n".join(lines(text)) if kind == "text/html" else text)
    if b"begin " in content:
        for packed in _PACKED.finditer(content):
            found.files.append((_raw(packed[1].decode("latin-1")), _unpacked(packed[2])))


def _unpacked(rows: bytes) -> bytes:
    return b"".join(binascii.a2b_uu(row) for row in rows.splitlines())


def _fields(message: Message) -> Iterator[tuple[str, str]]:
    """Header fields with their words decoded, in order."""
    for key, value in message.raw_items():
        yield key.lower(), _said(_raw(str(value)))


def _raw(text: str) -> str:
    """A header as it was sent, be it in bytes beyond ASCII, on one line."""
    return " ".join(decoded(text.encode("utf-8", "surrogateescape")).split())


def _said(text: str) -> str:
    """The text with its encoded words read (RFC 2047); neighbours in one charset are one word."""
    if "=?" not in text:
        return text
    return _RUN.sub(lambda found: _words(found[0]), text)


def _words(encoded: str) -> str:
    try:
        parts = decode_header(encoded)
    except TROUBLE:
        return encoded
    return "".join(
        decoded(data, charset or "") if isinstance(data, bytes) else data for data, charset in parts
    )


def _name(part: Message) -> str:
    try:
        return _said(_raw(part.get_filename() or ""))
    except TROUBLE:
        return ""


def _people(text: str) -> list[tuple[str, str]]:
    """Names and addresses; a field with something else in it is a name, whole."""
    try:
        found = [pair for pair in getaddresses([text]) if any(pair)]
    except TROUBLE:
        found = []
    plain = [(name, address) for name, address in found if "@" in address or address == text]
    return plain if plain == found and found else [*plain, (text, "")] if text else []


def _date(text: str) -> str:
    """ISO 8601, or as it stands."""
    try:
        return parsedate_to_datetime(text).isoformat()
    except TROUBLE:
        return text
