"""FIT, the format of watches and bicycle computers: whether it holds a pulse or a way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from privscan.formats.signals.signal import Signal

_DEFINES, _COMPRESSED, _DEVELOPER = 0x40, 0x80, 0x20
_RECORD, _BEATS = 20, 78
"""Messages of one moment, and of times between heart beats."""

_LATITUDE, _PULSE = 0, 3
_HEADERS = {12, 14}
_UNSET = {b"\xff\xff\xff\x7f", b"\x7f\xff\xff\xff", b"\xff"}


def fit(content: bytes) -> Signal | None:
    """What moments the file holds; a file without any (settings, a course) is none of a body."""
    if content[8:12] != b".FIT" or content[0] not in _HEADERS:
        return None
    size = content[0] + int.from_bytes(content[4:8], "little")
    pulses = places = 0
    for message, number, value in _values(content[content[0] : size]):
        known = value not in _UNSET
        pulses += known and (message == _BEATS or (message, number) == (_RECORD, _PULSE))
        places += known and (message, number) == (_RECORD, _LATITUDE)
    found = {"gps": (places, 0.95), "health_signal": (pulses, 0.95)}
    entities = {entity: score for entity, (times, score) in found.items() if times > 1}
    return Signal("FIT", entities, {}, {"moments": max(pulses, places)}) if entities else None


def _values(content: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Message, field and value of each field, as far as the messages are defined and whole."""
    defined: dict[int, tuple[int, list[tuple[int, int]]]] = {}
    at = 0
    while at < len(content):
        head = content[at]
        at += 1
        if head & _DEFINES and not head & _COMPRESSED:
            if at + 5 > len(content):
                return
            order: Literal["big", "little"] = "big" if content[at + 1] else "little"
            message = int.from_bytes(content[at + 2 : at + 4], order)
            many = content[at + 4]
            at += 5
            fields = [
                (content[i], content[i + 1])
                for i in range(at, min(at + 3 * many, len(content) - 2), 3)
            ]
            at += 3 * many
            if head & _DEVELOPER and at < len(content):
                extra = range(at + 1, min(at + 1 + 3 * content[at], len(content) - 2), 3)
                fields += [(_COMPRESSED, content[i + 1]) for i in extra]
                at += 1 + 3 * content[at]
            defined[head & 0x0F] = message, fields
            continue
        local = (head >> 5) & 3 if head & _COMPRESSED else head & 0x0F
        if local not in defined:
            return
        message, fields = defined[local]
        for number, size in fields:
            yield message, number, content[at : at + size]
            at += size
