"""E-mail: the parts of a message (RFC 5322 and 2045), words and files apart."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage, Message
from email.utils import getaddresses, parsedate_to_datetime

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

_SAYING = frozenset({"from", "to", "cc", "bcc", "reply-to", "subject", "date", "content-type", "mime-version",
                     "content-transfer-encoding", "dkim-signature"})  # fmt: skip
TROUBLE = (ValueError, LookupError, TypeError, AttributeError, IndexError)
"""What the parsers of the standard library raise on hostile headers."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A message: addresses as (name, address), `others` header lines, `files` as (name, bytes)."""

    addresses: dict[str, list[tuple[str, str]]]
    subject: str
    date: str
    body: str
    others: list[str]
    files: list[tuple[str, bytes]]
    lost: int = 0


def is_mail(head: bytes) -> bool:
    """Whether the bytes begin with header fields, and with at least three that only mail has."""
    if found := _SEPARATOR.match(head):
        head = head[found.end() :]
    end, fields = 0, set()
    while field := _FIELD.match(head, end):
        if known := _KNOWN.match(field[0]):
            fields.add(known[1].lower())
        end = field.end()
    whole = head[end : end + 1] in {b"\r", b"\n", b""} or len(head) - end < len(head) // 2
    return len(fields) >= _FEWEST and whole


def letter(content: bytes) -> Letter:
    """The message taken apart; broken parts are counted in `lost`, never raised."""
    message = email.message_from_bytes(content, policy=email.policy.default)
    addresses = {key: _addresses(message, key) for key in ("from", "to", "cc", "bcc", "reply-to")}
    others = [f"{key}: {_text(message, key)}" for key in dict.fromkeys(k.lower() for k in message.keys()) if key not in _SAYING]  # noqa: SIM118  a message is no mapping  # fmt: skip
    body: list[str] = []
    files: list[tuple[str, bytes]] = []
    lost = 0
    for part in _leaves(message):
        try:
            words = _words(part)
            if words is None:
                files.append((part.get_filename() or "", _bytes(part)))
            else:
                body.append(words)
        except TROUBLE:
            lost += 1
    return Letter(addresses, _text(message, "subject"), _date(_text(message, "date")), "\n".join(body), others, files, lost)  # fmt: skip


def mail(content: bytes) -> Document:
    """The message as a document: every header and the body as texts, its files."""
    found = letter(content)
    people = [f"{name} <{address}>" for some in found.addresses.values() for name, address in some]
    texts = (*people, found.subject, *found.others, *found.body.split("\n"))
    lost = (f"{found.lost} parts of the message are damaged",) if found.lost else ()
    return Document(tuple(t for t in texts if t.strip()), {}, (), tuple(f for _, f in found.files), lost)  # fmt: skip


def _leaves(message: Message) -> Iterator[Message]:
    """Parts that hold something; a message inside a message is one of them, whole."""
    if message.is_multipart() and message.get_content_type() != "message/rfc822":
        for part in message.get_payload():
            if isinstance(part, Message):
                yield from _leaves(part)
    else:
        yield message


def _words(part: Message) -> str | None:
    """The part's text, of HTML what is written there; None if it is a file."""
    kind = part.get_content_type()
    if part.get_content_maintype() != "text" or not isinstance(part, EmailMessage):
        return None
    text = part.get_content()
    return "\n".join(lines(text)) if kind == "text/html" else str(text)


def _bytes(part: Message) -> bytes:
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload()
        first = inner[0] if isinstance(inner, list) and inner else None
        return first.as_bytes() if isinstance(first, Message) else b""
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _text(message: Message, key: str) -> str:
    try:
        return " ".join(str(value) for value in message.get_all(key, []))
    except TROUBLE:
        return ""


def _addresses(message: Message, key: str) -> list[tuple[str, str]]:
    try:
        return [pair for pair in getaddresses([_text(message, key)]) if any(pair)]
    except TROUBLE:
        return []


def _date(text: str) -> str:
    """ISO 8601, or as it stands."""
    try:
        return parsedate_to_datetime(text).isoformat()
    except TROUBLE:
        return text
