"""Electrocardiograms in SCP-ECG (EN 1064): the patient's fields of section 1."""

from __future__ import annotations

from collections.abc import Iterator

from privscan.formats.signals.signal import Signal, said

_SECTION = 16
"""Bytes of a section's header: checksum, number, length, versions, and six reserved."""

_POINTER = 10
_NAMES = {
    0: "family_name",
    1: "given_name",
    2: "patient_id",
    3: "second_family_name",
    20: "referring_physician",
    21: "physician",
    22: "technician",
    30: "remark",
}
_BORN, _END = 5, 255


def scp(content: bytes) -> Signal | None:
    """The record, if its first section is one; of the leads nothing is read."""
    if content[16:22] != b"SCPECG" and not (
        content[8:10] == b"\0\0" and content[16:21] == b"SCPEC"
    ):
        return None
    length = int.from_bytes(content[10:14], "little")
    if not _SECTION < length < len(content):
        return Signal("SCP-ECG", {"health_signal": 0.95}, damage="it ends within the first section")
    pointers = content[6 + _SECTION : 6 + length]
    texts: dict[str, str] = {}
    for at in range(0, len(pointers) - _POINTER + 1, _POINTER):
        number, size, index = (
            int.from_bytes(pointers[at + first : at + last], "little")
            for first, last in ((0, 2), (2, 6), (6, 10))
        )
        if number == 1 and size > _SECTION:
            texts = dict(_fields(content[index - 1 + _SECTION : index - 1 + size]))
    return Signal("SCP-ECG", {"health_signal": 0.98}, said(texts))


def _fields(section: bytes) -> Iterator[tuple[str, str]]:
    """Tag, length and value, until the last tag."""
    at = 0
    while at + 3 <= len(section) and section[at] != _END:
        tag, size = section[at], int.from_bytes(section[at + 1 : at + 3], "little")
        value = section[at + 3 : at + 3 + size]
        if tag in _NAMES:
            yield _NAMES[tag], value.split(b"\0")[0].decode("latin-1")
        if tag == _BORN and len(value) >= 4 and any(value[:4]):  # noqa: PLR2004  year, month, day
            yield (
                "date_of_birth",
                f"{int.from_bytes(value[:2], 'little'):04}-{value[2]:02}-{value[3]:02}",
            )
        at += 3 + size
