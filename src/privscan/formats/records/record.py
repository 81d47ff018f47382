"""What a biometric record says of itself, and a cursor that never leaves its bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NoReturn

_OPEN = 0xFF
"""A part of a time that is left open."""

SLACK = 4
"""Bytes by which real records declare their length wrongly."""


class RecordEndError(Exception):
    """The bytes end before the structure does."""


class RecordShapeError(Exception):
    """Values that cannot stand in such a record; its text says which, never their content."""


@dataclass(frozen=True, slots=True)
class View:
    """One sample of one trait: its entity, what was measured of it, its picture if it is a file.

    `standard` names the record it stands in, where that is inside another one.
    """

    entity: str
    measures: Mapping[str, int] = field(default_factory=dict)
    picture: bytes = b""
    standard: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """A record whose structure agrees; `broken` says where it stops to do so, after some views.

    `texts` are what it says in words, by the name of the field.
    """

    standard: str
    views: tuple[View, ...]
    texts: tuple[tuple[str, str], ...] = ()
    broken: str = ""


@dataclass(frozen=True, slots=True)
class Malformed:
    """Bytes that begin as a record of a standard and are none, or none that can be read."""

    standard: str
    reason: str


Parsed = Record | Malformed | None

ENDS = "it ends early"
LENGTH = "its declared length does not fit"


class Cursor:
    """Reads big-endian numbers and pieces; `RecordEndError` where there are none left."""

    __slots__ = ("at", "data", "end")

    def __init__(self, data: bytes, at: int = 0, end: int | None = None) -> None:
        self.data, self.at = data, at
        self.end = len(data) if end is None else min(end, len(data))

    @property
    def left(self) -> int:
        """Bytes not yet read."""
        return max(0, self.end - self.at)

    def take(self, size: int) -> bytes:
        """The next bytes."""
        if size > self.left:
            raise RecordEndError
        self.at += size
        return self.data[self.at - size : self.at]

    def number(self, size: int) -> int:
        """The next bytes as a number."""
        return int.from_bytes(self.take(size))

    def numbers(self, *sizes: int) -> tuple[int, ...]:
        """The next bytes as numbers of these sizes."""
        return tuple(map(self.number, sizes))

    def skip(self, size: int) -> None:
        """Pass over so many bytes."""
        self.take(size)


def need(holds: bool, reason: str) -> None:  # noqa: FBT001  reads as an assertion
    """`RecordShapeError` unless it holds."""
    if not holds:
        raise RecordShapeError(reason)


def no(reason: str) -> NoReturn:
    """The record is none, for this reason."""
    raise RecordShapeError(reason)


def walked(standard: str, views: Iterator[View]) -> Record | Malformed:
    """The record of all views up to where the walk breaks off; malformed if there are none."""
    found: list[View] = []
    broken = ""
    try:
        found.extend(views)
    except RecordEndError:
        broken = ENDS
    except RecordShapeError as error:
        broken = str(error)
    if found:
        return Record(standard, tuple(found), broken=broken)
    return Malformed(standard, broken or "it holds nothing")


def best(readings: Iterable[Record | Malformed]) -> Record | Malformed:
    """The first whole record among ways to read it, else the first that holds anything."""
    every: list[Record | Malformed] = []
    for one in readings:
        if isinstance(one, Record) and not one.broken:
            return one
        every.append(one)
    return next((one for one in every if isinstance(one, Record)), every[0])


def declared(length: int, used: int, size: int) -> None:
    """Whether a length fits what was walked through: `RecordShapeError` if it does not.

    Bytes may follow that nobody declared, and a length may count up to them.
    """
    if length > size + SLACK:
        raise RecordEndError
    need(length >= used - SLACK, LENGTH)


def dated(moment: bytes) -> bool:
    """Whether nine bytes are a date and time of ISO/IEC 19794-1:2011, or left open."""
    if moment in {bytes(9), b"\xff" * 9} or moment[:2] == b"\xff\xff":
        return True
    year, month, day = int.from_bytes(moment[:2]), moment[2], moment[3]
    clock = zip(moment[4:7], (24, 60, 61), strict=True)
    timed = all(part <= most or part == _OPEN for part, most in clock)
    return (year == 0 or 1980 <= year <= 2100) and month <= 12 and day <= 31 and timed  # noqa: PLR2004  a calendar
