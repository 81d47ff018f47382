"""Records in XML: CBEFF (ISO/IEC 19785-3, OASIS BIAS), ANSI/NIST-ITL in NIEM, ISO/IEC 39794."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from xml.parsers import expat

from privscan.formats.records import pictures
from privscan.formats.records.coded import from_base64
from privscan.formats.records.nist import ENTITIES
from privscan.formats.records.record import ENDS, Malformed, Parsed, Record, View

Inner = Callable[[bytes], Parsed]

START = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\0]*<")
HEAD = 4_096
"""Bytes within which the root element and its namespaces stand."""

_ROOTS = (
    (
        "CBEFF XML",
        re.compile(
            rb"<(?:[\w.-]+:)?BIR[\s>][^>]*(?:iso-iec/19785|biaspatronformat|cbeff)", re.IGNORECASE
        ),
    ),
    (
        "ANSI/NIST-ITL XML",
        re.compile(rb"<(?:[\w.-]+:)?NISTBiometricInformationExchangePackage[\s>]"),
    ),
    (
        "ISO 39794",
        re.compile(
            rb"<(?:[\w.-]+:)?(?:finger|face|iris|vascular)\w*Data\w*[\s>][^>]*iso-iec/39794",
            re.IGNORECASE,
        ),
    ),
)
ROOTS = r"(?i)\bBIR[\s>]|NISTBiometricInformationExchangePackage|iso-iec/39794"
"""What stands in all of them: for Polars."""

_TEXTS = {"PersonGivenName": "given_name", "PersonMiddleName": "middle_name",
          "PersonSurName": "family_name", "PersonFullName": "full_name",
          "PersonSSNIdentification": "social_security_number", "StreetFullText": "address",
          "PersonBirthDate": "date_of_birth"}  # fmt: skip
_TYPES = {"finger": "fingerprint", "face": "face_image", "iris": "iris", "voice": "voiceprint",
          "palm": "palm_print", "vein": "palm_vein", "retina": "retina", "signature": "signature",
          "gait": "gait", "dna": "dna_sequence"}  # fmt: skip
"""Kinds of CBEFF by how their name begins or ends: HandVein, FingerPalm, KeystrokeDynamics."""

_PARTS = {"fingerminutiae": "fingerprint", "fingerimage": "fingerprint", "faceimage": "face_image",
          "irisimage": "iris", "vascularimage": "palm_vein"}  # fmt: skip
_WHOLE = re.compile(r"\d{1,5}", re.ASCII)
_DEEPEST = 200


def read(data: bytes, inner: Inner) -> Record | Malformed | None:
    """The record; None for all other XML."""
    head = data[:HEAD].replace(b"\0", b"")
    standard = next((name for name, root in _ROOTS if root.search(head)), None)
    if standard is None:
        return None
    seen = _Document(standard, inner)
    broken = seen.read(data)
    views, texts = tuple(seen.views), tuple(seen.texts)
    if broken and not views:
        return Malformed(standard, broken)
    return Record(standard, views, texts, broken)


class _Document:
    """What the elements of one document hold, read in one pass; entities are not expanded."""

    def __init__(self, standard: str, inner: Inner) -> None:
        self.views: list[View] = []
        self.texts: list[tuple[str, str]] = []
        self._inner = inner
        self._ending = {"CBEFF XML": self._cbeff, "ANSI/NIST-ITL XML": self._nist}.get(
            standard, self._part
        )
        self._path: list[str] = []
        self._said: dict[str, str] = {}
        self._pieces: list[str] = []
        self._broken = ""

    def read(self, data: bytes) -> str:
        """Why the document is broken, if it is."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._pieces.append
        parser.StartDoctypeDeclHandler = self._refused
        try:
            parser.Parse(data, True)  # noqa: FBT003  the last piece
        except (expat.ExpatError, LookupError, ValueError):  # the latter of its encoding
            self._flush()
            return ENDS if _unclosed(data) else "it is no well-formed XML"
        except _RefusedError:
            return self._broken
        return self._broken

    def _start(self, name: str, _attributes: dict[str, str]) -> None:
        if len(self._path) > _DEEPEST:
            self._broken = "its elements are nested too deep"
            raise _RefusedError
        self._path.append(name.rpartition(" ")[2])
        self._pieces.clear()

    def _end(self, _name: str) -> None:
        name, text = self._path.pop(), "".join(self._pieces).strip()
        self._pieces.clear()
        self._ending(name, text)

    def _refused(self, *_: object) -> None:
        self._broken = "it declares a document type"
        raise _RefusedError

    def _flush(self) -> None:
        """The element that the document breaks off in, if it is one of a sample."""
        text = "".join(self._pieces).strip()
        if self._path and len(text) > 64:  # noqa: PLR2004  less tells nothing
            self._ending(self._path[-1], text)

    def _cbeff(self, name: str, text: str) -> None:
        if name == "Type" and self._path[-1:] == ["BDBInfo"]:
            self._said["type"] = text
        elif name == "BDB" and text:
            self.views += self._block(text, _kind(self._said.pop("type", "")))

    def _block(self, text: str, entity: str) -> Iterator[View]:
        content = from_base64(text)
        found = self._inner(content)
        if isinstance(found, Record):
            for view in found.views:
                said = f"CBEFF XML ({view.standard or found.standard})"
                yield replace(view, standard=said)
        elif entity and content:
            yield View(entity, pictures.size(content), pictures.shown(content))
        reason = found.broken if isinstance(found, Record) else getattr(found, "reason", "")
        self._broken = self._broken or (reason and f"a block in it is broken: {reason}")

    def _nist(self, name: str, text: str) -> None:
        if name == "RecordCategoryCode":
            self._said["kind"] = text
        elif name == "BinaryBase64Object" and text:
            self._said["picture"] = text
        elif name in {"ImageCategoryCode", "FaceImageCategoryCode"}:
            self._said["category"] = text
        elif name in {
            "ImageHorizontalLineLengthPixelQuantity",
            "ImageVerticalLineLengthPixelQuantity",
        }:
            self._said["width" if "Horizontal" in name else "height"] = text
        elif name in _TEXTS and text:
            self.texts.append((_TEXTS[name], text))
        elif (
            name in {"Date", "IdentificationID"}
            and text
            and self._path[-1:]
            and self._path[-1] in _TEXTS
        ):
            self.texts.append((_TEXTS[self._path[-1]], text))
        elif name.startswith("Package") and name.endswith("Record"):
            said, self._said = self._said, {}
            self.views += _record(said)

    def _part(self, name: str, text: str) -> None:
        """Of ISO/IEC 39794: each base64 text that is a picture or long, in a block of a known kind."""
        kinds = (_PARTS[k] for p in self._path for k in _PARTS if p.lower().startswith(k))
        entity = next(kinds, "")
        content = from_base64(text) if entity and len(text) > 64 else b""  # noqa: PLR2004  less is no image
        if pictures.starts(content):
            self.views.append(View(entity, pictures.size(content), pictures.shown(content)))
        elif entity and name.lower() in {"minutia", "minutiadata"}:
            self.views.append(View(entity))


def _record(said: dict[str, str]) -> Iterator[View]:
    """The sample of a record of a NIEM package, by its number."""
    kind = _number(said, "kind") or 0
    content = from_base64(said.get("picture", ""))
    sides = {name: _number(said, name) for name in ("width", "height")}
    measures = {name: side for name, side in sides.items() if side is not None}
    if kind == 10:  # noqa: PLR2004  faces, scars, marks and tattoos
        face = said.get("category", "FACE").upper().startswith("FACE")
        yield View("face_image" if face else "", measures, pictures.shown(content))
    elif kind in ENTITIES:
        yield View(ENTITIES[kind], measures, pictures.shown(content))


def _number(said: dict[str, str], name: str) -> int | None:
    return int(said[name]) if _WHOLE.fullmatch(said.get(name, "")) else None


def _kind(said: str) -> str:
    """The entity of a kind of CBEFF; several are written in one list."""
    words = said.lower().split()
    fits = (e for w in words for k, e in _TYPES.items() if w.startswith(k) or w.endswith(k))
    return next(fits, "biometric_template" if said else "")


def _unclosed(data: bytes) -> bool:
    return not data.rstrip(b"\0 \t\r\n").endswith(b">")


class _RefusedError(Exception):
    """The document asks for what no record needs."""
