"""What the text of a machine-readable code is: licence, boarding pass, business card, secret.

AAMVA DL/ID Card Design Standard 2020 (annex D), IATA Resolution 792, RFC 6350, the otpauth and
WIFI schemes as their makers publish them, EU Digital COVID Certificate 1.3, EPC069-12, JAHIS.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

STARTS = (
    r"^(?:[^A-Za-z0-9]{0,4}(?:ANSI |AAMVA)[0-9]|M[1-4][A-Z]|BEGIN:V|MECARD:|BIZCARD:|WIFI:|otpauth"
    r"|HC[0-9]:|shc:/|BCD\r?\n|SPC\r?\n|JAHIS|<\?xml|<PrintLetter|[0-9]{99}|[A-Z0-9 ]+[@|])"
)
"""Where a text does not begin so it is none of them; in the syntax of both engines."""


@dataclass(frozen=True, slots=True)
class Code:
    """Kind of document, and the entities that its fields hold."""

    kind: str
    entities: tuple[str, ...]


def code(text: str) -> Code | None:
    """The document that the text of a code is, where its structure is whole."""
    for kind, reader in _READERS.items():
        entities = tuple(dict.fromkeys(reader(text)))
        if entities:
            return Code(kind, entities)
    return None


_AAMVA = re.compile(r"\W{0,4}(?:ANSI |AAMVA)\d{6}")
_ELEMENT = re.compile(r"(?:^|(?<=[\n\r\x1e])|(?<=DL|ID|EN))(D[A-D][A-Z])([^\n\r]+)")
_AAMVA_FIELDS = {
    **dict.fromkeys(("DCS", "DAC", "DCT", "DAA", "DAB"), "name_full"),
    "DBB": "dob",
    "DBC": "gender",
    "DAG": "address",
}
_EMPTY = frozenset({"", "NONE", "N", "UNAVL"})
_FEWEST_FIELDS = 2


def _licence(text: str) -> Iterator[str]:
    if not _AAMVA.match(text):
        return
    fields = {name for name, value in _ELEMENT.findall(text) if value.strip().upper() not in _EMPTY}
    found = [entity for name, entity in _AAMVA_FIELDS.items() if name in fields]
    if "DAQ" in fields and len(found) >= _FEWEST_FIELDS:
        yield "national_id" if re.search(r"(?<![A-Z])ID(?:\d{8}|DAQ)", text) else "driving_licence"
        yield from found


_PASS = re.compile(
    r"M[1-4](?=[A-Z .'-]*/)[A-Z /.'-]{20}[E ][A-Z0-9 ]{7}[A-Z]{3}[A-Z]{3}[A-Z0-9 ]{3}[0-9 ]{4}[A-Z0-9 ]"
    r"[0-3 ][0-9 ]{2}[A-Z ][0-9A-Z ]{4}[0-9A-Z ]{5}[0-9 ][0-9A-F]{2}"
)


def _boarding_pass(text: str) -> Iterator[str]:
    if _PASS.match(text):
        yield from ("name_full", "travel_history")


_CARD_FIELDS = {
    "FN": "name_full",
    "N": "name_full",
    "TEL": "phone",
    "EMAIL": "email",
    "ADR": "address",
    "BDAY": "dob",
}
_FOLDED = re.compile(r"\r?\n[ \t]")


def _vcard(text: str) -> Iterator[str]:
    if text[:11].upper() != "BEGIN:VCARD":
        return
    for line in _FOLDED.sub("", text).splitlines():
        name, _, value = line.partition(":")
        field = name.partition(";")[0].rpartition(".")[2].upper()
        if field in _CARD_FIELDS and value.strip("; "):
            yield _CARD_FIELDS[field]


def _pairs(text: str, scheme: str) -> dict[str, str]:
    """Fields of `SCHEME:K:value;K:value;;`, where a backslash saves the next character."""
    if text[: len(scheme)].upper() != scheme:
        return {}
    fields = re.split(r"(?<!\\);", text[len(scheme) :])
    pairs = (field.partition(":") for field in fields)
    return {key.strip().upper(): value for key, _, value in pairs if value.strip()}


def _business_card(text: str) -> Iterator[str]:
    for scheme in ("MECARD:", "BIZCARD:"):
        found = _pairs(text, scheme)
        if "N" in found:
            yield from (_CARD_FIELDS[key] for key in found if key in _CARD_FIELDS)


def _network(text: str) -> Iterator[str]:
    found = _pairs(text, "WIFI:")
    if "S" in found and "P" in found and found.get("T", "").casefold() != "nopass":
        yield "password"


_ONE_TIME = re.compile(
    r"otpauth://(?:totp|hotp)/[^?]*\?(?:.*&)?secret=[A-Z2-7]{8,}|otpauth-migration://offline\?data=.{16}",
    re.IGNORECASE,
)


def _one_time(text: str) -> Iterator[str]:
    if _ONE_TIME.match(text):
        yield "secret_key"


_BASE45 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_CERTIFICATE_BYTES = 65_536
_CBOR = {
    b"\x61v": "treatment",
    b"\x61t": "checkup_result",
    b"\x61r": "health_condition",
    b"\x63nam": "name_full",
    b"\x63dob": "dob",
}


def _certificate(text: str) -> Iterator[str]:
    """A COSE message of CBOR, packed, in base 45."""
    if not re.match(r"HC\d:", text) or not set(text[4:]) <= set(_BASE45):
        return
    try:
        packed = _base45(text[4:])
        content = zlib.decompressobj().decompress(packed, _CERTIFICATE_BYTES)
    except (ValueError, OverflowError, zlib.error):
        return
    found = [entity for key, entity in _CBOR.items() if key in content]
    if "name_full" in found:
        yield from found


def _base45(text: str) -> bytes:
    digits = [_BASE45.index(c) for c in text]
    out = bytearray()
    for at in range(0, len(digits), 3):
        group = digits[at : at + 3]
        number = sum(digit * 45**power for power, digit in enumerate(group))
        out += number.to_bytes(len(group) - 1)
    return bytes(out)


_HEALTH_CARD = re.compile(r"shc:/(?:\d/\d/)?\d{120,}")


def _health_card(text: str) -> Iterator[str]:
    if _HEALTH_CARD.fullmatch(text):
        yield from ("health_condition", "name_full", "dob")


_PAYMENT = re.compile(
    r"BCD\r?\n00[12]\r?\n[1-8]\r?\n(?:SCT|INST)\r?\n[A-Z0-9]*\r?\n[^\n]+\n[A-Z]{2}\d{2}[A-Z0-9]{11,30}"
    r"|SPC\r?\n\d{4}\r?\n\d\r?\n(?:CH|LI)\d{2}[A-Z0-9]{17}\r?\n"
)


def _payment(text: str) -> Iterator[str]:
    if _PAYMENT.match(text):
        yield "iban"


_JAHIS = re.compile(r"JAHIS(?:TC)?\d{1,2}(?:,\d)?\r?\n")
_NOTEBOOK = re.compile(r"(?:^|\n)1,[^,\n]+,[12],(?:[MTSHR]\d{6}|\d{8})")
_PRESCRIPTION = re.compile(r"\n11,[^,\n]*,[^\n]+\n(?:.*\n)*?13,(?:[MTSHR]\d{6}|\d{8})")


def _prescription(text: str) -> Iterator[str]:
    """A prescription or a page of a medicine notebook, as Japan's pharmacies print them."""
    if _JAHIS.match(text) and (_NOTEBOOK.search(text) or _PRESCRIPTION.search(text)):
        yield from ("treatment", "name_full", "dob", "gender")


_AADHAAR = re.compile(r"(?:<\?xml[^>]*>\s*)?<PrintLetterBarcodeData\s[^>]*\buid=.\d{12}")
_SECURE = re.compile(r"\d{1000,8000}")
_ARGENTINA = re.compile(
    r"@?\d{9,11}\s*@[^@]{2,60}@[^@]{2,60}@[MFX]@[MF]?\d{6,8}\s*@[A-Z]@\d\d/\d\d/\d{4}@\d\d/\d\d/\d{4}"
)
_SOUTH_AFRICA = re.compile(r"[^|]{1,60}\|[^|]{1,80}\|[MF]\|[A-Z]{3}\|\d{13}\|\d\d [A-Z]{3} \d{4}\|")
_IDENTITY = ("national_id", "name_full", "dob", "gender")


def _identity_card(text: str) -> Iterator[str]:
    """The codes on identity cards of India (both kinds), Argentina and South Africa."""
    written = (_AADHAAR, _ARGENTINA, _SOUTH_AFRICA)
    if any(pattern.match(text) for pattern in written) or _is_secure(text):
        yield from _IDENTITY


def _is_secure(text: str) -> bool:
    """India's signed code is gzip written as one number."""
    if not _SECURE.fullmatch(text):
        return False
    number, digits = 0, 4_000
    for at in range(0, len(text), digits):
        part = text[at : at + digits]
        number = number * 10 ** len(part) + int(part)
    return number.to_bytes((number.bit_length() + 7) // 8).startswith(b"\x1f\x8b\x08")


_READERS = {
    "AAMVA": _licence,
    "IATA boarding pass": _boarding_pass,
    "vCard": _vcard,
    "MeCard": _business_card,
    "WIFI": _network,
    "otpauth": _one_time,
    "EU health certificate": _certificate,
    "SMART health card": _health_card,
    "payment": _payment,
    "JAHIS": _prescription,
    "identity card": _identity_card,
}
