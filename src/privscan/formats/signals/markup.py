"""Recordings in XML: electrocardiograms, tracks and workouts, Apple Health, handwriting."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping

from privscan.formats.signals.signal import Signal, said

_HEAD = 4_096
_ROOT = re.compile(
    r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*|<\?[^>]*\?>\s*|<!DOCTYPE\s+\w+[^\[<>]*(?:\[.*?\]\s*)?>\s*)*"
    r"<(?:\w+:)?(\w+)",
    re.DOTALL,
)

_FIELDS = {
    "family_name": r"PatientLastName|lastname|family",
    "given_name": r"PatientFirstName|firstname|given",
    "patient_name": r"PatientName|patientname",
    "patient_id": r"PatientID|patientid|PatientMRN",
    "date_of_birth": r"DateofBirth|PatientBirthDate|dateofbirth|birthdate",
    "sex": r"Gender|PatientSex|sex",
    "physician": r"OverreaderLastName|OrderingMDLastName|AttendingMDLastName|ReferringMDLastName",
}
"""Elements of electrocardiographs (GE Muse, Philips, HL7) that hold words on the patient."""


def marked(content: bytes) -> Signal | None:
    """What the root element says, if it is one of these."""
    head = content[:_HEAD].lstrip(b"\xef\xbb\xbf")
    if not head.lstrip().startswith(b"<"):
        return None
    text = content.decode(
        "utf-16" if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8", "replace"
    )
    root = _ROOT.match(text.lstrip("\ufeff"))
    way = _ROOTS.get(root[1].lower()) if root else None
    return way(text) if way else None


def _elements(text: str, name: str) -> list[str]:
    """The texts of elements of that name, with no element inside."""
    found = re.findall(rf"<(?:\w+:)?(?:{name})(?:\s[^<>]*)?>\s*([^<>]{{1,200}}?)\s*</", text)
    return [html.unescape(one) for one in found]


def _fields(text: str) -> dict[str, tuple[str, ...]]:
    return said({name: (_elements(text, of) or [""])[0] for name, of in _FIELDS.items()})


def _heart(text: str) -> Signal | None:
    texts = _fields(text)
    if born := re.search(r"<(?:\w+:)?birthTime\s[^<>]*value=\"(\d{4})(\d\d)(\d\d)", text):
        texts["date_of_birth"] = ("-".join(born.groups()),)
    kind = "HL7 aECG" if "AnnotatedECG" in text else "ECG XML"
    return Signal(kind, {"health_signal": 0.98}, texts)


_POINT = re.compile(r"<(?:\w+:)?trkpt\s[^<>]*lat=|<(?:\w+:)?LatitudeDegrees>")
_PULSE = re.compile(r"<(?:\w+:)?(?:hr|HeartRateBpm|heartrate)[\s>]")
_MOMENT = re.compile(r"<(?:\w+:)?[Tt]ime>\d{4}-\d\d-\d\dT")
_SAID = {"author": "author|Author", "name": "name|Name", "description": "desc|cmt|Notes"}
_MOST = 200
"""Texts of one kind that are taken from a file."""


def _track(text: str) -> Signal:
    """A way somebody went: surely with times. Places and routes are read, and are nobody's."""
    points, moments, pulses = (len(form.findall(text)) for form in (_POINT, _MOMENT, _PULSE))
    entities = {}
    if points > 1:
        entities["gps"] = 0.9 if moments > points // 2 else 0.4
    if pulses:
        entities["health_signal"] = 0.9
    kind = "GPX" if "<gpx" in text[:_HEAD] or ":gpx" in text[:_HEAD] else "TCX"
    texts = {name: tuple(_elements(text, of)[:_MOST]) for name, of in _SAID.items()}
    kept = {name: some for name, some in texts.items() if some}
    return Signal(kind, entities, kept, {"points": points})


_ME = re.compile(r"<Me\s([^<>]{1,2000})>")
_OWN = {
    "date_of_birth": "DateOfBirth",
    "sex": "BiologicalSex",
    "blood_type": "BloodType",
}


def _apple(text: str) -> Signal | None:
    """The export of Apple Health: a line on its owner, and one a measurement."""
    me = _ME.search(text)
    given = (
        dict(re.findall(r"HKCharacteristicTypeIdentifier(\w+)=\"([^\"]*)\"", me[1])) if me else {}
    )
    texts = said({name: given.get(key, "").removeprefix("HK" + key) for name, key in _OWN.items()})
    if not me and "HKQuantityTypeIdentifier" not in text:
        return None
    return Signal(
        "Apple Health", {"health_signal": 0.98}, texts, {"records": text.count("<Record ")}
    )


def _ink(text: str) -> Signal | None:
    """Strokes of a pen: writing, of which signatures are a part."""
    strokes = len(re.findall(r"<(?:\w+:)?trace[\s>]", text))
    if not strokes or "InkML" not in text[:_HEAD]:
        return None
    names = {"writer": (_elements(text, r'annotation\s+type="(?:writer|author|user)"') or [""])[0]}
    return Signal("InkML", {"signature": 0.4}, said(names), {"strokes": strokes})


_ROOTS: Mapping[str, Callable[[str], Signal | None]] = {
    "annotatedecg": _heart,
    "restingecg": _heart,
    "restingecgdata": _heart,
    "cardiologyxml": _heart,
    "gpx": _track,
    "trainingcenterdatabase": _track,
    "healthdata": _apple,
    "ink": _ink,
}
