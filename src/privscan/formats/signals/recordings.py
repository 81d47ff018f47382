"""Recordings of brain, heart, muscles and sleep: EDF and BDF, WFDB, BrainVision, XDF."""

from __future__ import annotations

import re

from privscan.formats.signals.signal import Signal, said

_FIXED = 256
"""Bytes of the header of EDF before that of its signals, which have as many each."""

_LABEL = 16
_BDF = b"\xffBIOSEMI"
_MOST = 4_096
_DAY = re.compile(r"[0-3 ]?\d[.:/-][01 ]?\d[.:/-]\d\d")
_BODIES = re.compile(
    r"EEG|E[CK]G|EMG|EOG|RESP|SPO2|SAO2|PULSE|PLETH|HEART|THOR|ABDO|SNOR|NASAL|AIRFLOW|TEMP|EDA|GSR"
    r"|BVP|FP[12Z]|\b[FCPOT]\d|\b[FCPO]Z\b|\bAV[RLF]\b|STATUS|ANNOTATIONS",
    re.IGNORECASE,
)
_MACHINES = re.compile(
    r"VIBRAT|MOTOR|ENGINE|TURBIN|BEARING|\bRPM\b|TORQUE|GEARBOX|\bPUMP|COMPRESSOR|VOLTAGE|CURRENT|\bGRID\b"
    r"|SEISM|STRAIN",
    re.IGNORECASE,
)


def edf(content: bytes) -> Signal | None:
    """EDF, EDF+ and BDF, whose header says its own length; the patient is a line of it."""
    start = content[:8]
    if start not in {b"0       ", _BDF} or len(content) < _FIXED:
        return None
    field = content[8:_FIXED].decode("latin-1")
    patient, recording, day = field[:80], field[80:160], field[160:168]
    try:
        size, channels = int(field[176:184]), int(field[244:248])
        records, seconds = int(field[228:236]), float(field[236:244])
    except ValueError:
        return None
    if (
        not _DAY.fullmatch(day.strip())
        or not 0 < channels <= _MOST
        or size != _FIXED * (channels + 1)
    ):
        return None
    labels = content[_FIXED : _FIXED + _LABEL * channels].decode("latin-1")
    kind = "BDF" if start == _BDF else "EDF"
    plus = field[184:188] if field[184:187] in {"EDF", "BDF"} and field[187:188] == "+" else kind
    texts = _patient(patient) if "+" in plus else {"patient": patient}
    ranges = {"channels": channels, "seconds": max(0, int(records * seconds))}
    score = 0.95 if _BODIES.search(labels) else 0.2 if _MACHINES.search(labels) else 0.6
    damage = "" if len(content) >= size else "it ends within the header"
    return Signal(
        plus, {"health_signal": score}, said({**texts, "recording": recording}), ranges, damage
    )


def _patient(line: str) -> dict[str, str]:
    """Code, sex, birth date and name, with blanks between and underscores in them."""
    code, sex, born, name, *more = [*line.split(), "", "", "", ""][: max(4, len(line.split()))]
    return {
        "patient_id": code,
        "sex": sex,
        "date_of_birth": born,
        "patient_name": name.replace("_", " "),
        "patient": " ".join(more).replace("_", " "),
    }


_RECORD = re.compile(rb"(?:#.*\r?\n)*[\w.-]{1,60}(?:/\d+)? (\d{1,4})(?: [\d.]+(?:/[\d.]+)?(?:\([^)]*\))?(?: (\d+).*)?)?\r?\n")  # fmt: skip
_SIGNAL = re.compile(rb"(?:\S+\.\w{1,4}|~|-) \d{1,4}(?:x\d+)?(?::\d+)?(?:\+\d+)?(?: .*)?")
_REMARK = re.compile(r"^#\s*(.+?)\s*$", re.MULTILINE)
_NAMED = re.compile(r"<?(age|sex|gender|diagnos\w+|dx|name|reason for admission|medications?)>?\s*:\s*([^:<]+?)(?=\s+<?\w+>?:|$)", re.IGNORECASE)  # fmt: skip


def wfdb(content: bytes) -> Signal | None:
    """The header (.hea) of a PhysioNet record: a line on all, one a signal, remarks on the patient."""
    found = _RECORD.match(content[:65_536])
    if not found:
        return None
    channels = int(found[1])
    lines = [line.rstrip() for line in content[found.end() :].split(b"\n")]
    signals = [line for line in lines if line and not line.startswith(b"#")]
    if not 0 < channels == len(signals) or not all(map(_SIGNAL.fullmatch, signals)):
        return None
    text = content.decode("utf-8", "replace")
    remarks = [remark for line in _REMARK.findall(text) for remark in _NAMED.findall(line)]
    texts = {name.lower().replace(" ", "_"): value for name, value in remarks}
    score = 0.95 if _BODIES.search(b" ".join(signals).decode("latin-1")) or texts else 0.8
    return Signal("WFDB", {"health_signal": score}, said(texts), {"channels": channels})


def brain_vision(content: bytes) -> Signal | None:
    """The header (.vhdr) or markers (.vmrk) of BrainVision: EEG."""
    start = content[:100].lstrip(b"\xef\xbb\xbf")
    if not re.match(rb"(?:Brain ?Vision|BrainVision) Data Exchange (?:Header|Marker) File", start):
        return None
    text = content.decode("utf-8", "replace")
    number = re.search(r"^NumberOfChannels=(\d{1,5})\s*$", text, re.MULTILINE)
    return Signal(
        "BrainVision", {"health_signal": 0.95}, {}, {"channels": int(number[1])} if number else {}
    )


def xdf(content: bytes) -> Signal | None:
    """XDF of the Lab Streaming Layer; its streams say their type."""
    if not content.startswith(b"XDF:"):
        return None
    kinds = {
        kind.decode("latin-1").upper()
        for kind in re.findall(rb"<type>([\w ]{1,40})</type>", content)
    }
    gaze = any("GAZE" in kind or "EYE" in kind for kind in kinds)
    body = any(_BODIES.search(kind) for kind in kinds) or not kinds
    scores = {"health_signal": 0.95 if body and kinds else 0.5} if body else {}
    return Signal(
        "XDF", {**scores, **({"eye_movement": 0.9} if gaze else {})}, {}, {"streams": len(kinds)}
    )
