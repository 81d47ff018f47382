"""What camera makers note in their own tags: owner's name and serial numbers.

The tags are those that ExifTool and Exiv2 document for these makers.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Literal

Said = Literal["owner", "device_serial"]

_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8}
_INLINE = 4
_ENTRY = 12
_MOST_ENTRIES = 512
_NUMBERS = {3: 2, 4: 4}


_NIKON, _PANASONIC, _FUJIFILM = b"Nikon\0\2", b"Panasonic\0\0\0", b"FUJIFILM"
_TAGS: dict[bytes, dict[int, Said]] = {
    _NIKON: {0x001D: "device_serial", 0x00A0: "device_serial"},
    _PANASONIC: {0x0025: "device_serial"},
    _FUJIFILM: {0x0010: "device_serial"},
    b"Canon": {0x0009: "owner", 0x000C: "device_serial", 0x0096: "device_serial"},
}


def notes(exif: bytes, note: bytes, make: str) -> Iterator[tuple[Said, str]]:
    """Owner and serial numbers in the maker's `note`, which stands in the TIFF block `exif`."""
    at = exif.find(note)
    if at < 0 or len(note) <= _ENTRY:
        return
    order: Literal["big", "little"] = "little" if exif[:2] == b"II" else "big"
    try:
        if note.startswith(_NIKON):
            inner = note[10:]
            order = "little" if inner[:2] == b"II" else "big"
            yield from _tags(inner, int.from_bytes(inner[4:8], order), order, _TAGS[_NIKON])
        elif note.startswith(_PANASONIC):
            yield from _tags(exif, at + len(_PANASONIC), order, _TAGS[_PANASONIC])
        elif note.startswith(_FUJIFILM):
            yield from _tags(note, int.from_bytes(note[8:12], "little"), "little", _TAGS[_FUJIFILM])
        elif make.casefold().startswith("canon"):
            yield from _tags(exif, at, order, _TAGS[b"Canon"])
    except (struct.error, IndexError):
        return


def _tags(
    block: bytes, at: int, order: Literal["big", "little"], wanted: dict[int, Said]
) -> Iterator[tuple[Said, str]]:
    """The wanted tags of the TIFF directory at that offset of the block."""
    mark = "<" if order == "little" else ">"
    (entries,) = struct.unpack_from(f"{mark}H", block, at)
    for number in range(min(entries, _MOST_ENTRIES)):
        here = at + 2 + number * _ENTRY
        tag, kind, count = struct.unpack_from(f"{mark}HHI", block, here)
        size = _SIZES.get(kind, 0) * count
        if tag not in wanted or not size:
            continue
        (offset,) = struct.unpack_from(f"{mark}I", block, here + 8)
        start = here + 8 if size <= _INLINE else offset
        value = block[start : start + size]
        if kind in _NUMBERS and count == 1:
            yield wanted[tag], str(int.from_bytes(value[: _NUMBERS[kind]], order))
        else:
            yield wanted[tag], value.partition(b"\0")[0].decode("latin-1").strip()
