"""Signals of bodies: recordings by their structure, tables by what several headers are together."""

from __future__ import annotations

import base64
import sys
from pathlib import Path

import numpy as np
import polars as pl
import pytest

import privscan as ps
from privscan.detectors import signals
from privscan.formats.signals import signal_of
from privscan.formats.signals.headers import measured
from privscan.model.data import Column, Hits, Unread
from privscan.model.kinds import Kind

sys.path.append(str(Path(__file__).parents[1] / "formats"))
import made_signals as made

RANDOM = np.random.default_rng(8)
ROWS = 50
KEYS = [f"S{i % 9:03d}" for i in range(ROWS)]

RECORDINGS = {
    "EDF+": (made.edf(), "health_signal"),
    "EDF": (made.edf(plus="", patient="Erika Musterfrau"), "health_signal"),
    "BDF": (made.edf(plus="24BIT", start=b"\xffBIOSEMI"), "health_signal"),
    "WFDB": (made.wfdb(), "health_signal"),
    "SCP-ECG": (made.scp(), "health_signal"),
    "BrainVision": (made.VHDR, "health_signal"),
    "XDF": (made.XDF, "health_signal"),
    "HL7 aECG": (made.AECG, "health_signal"),
    "ECG XML": (made.MUSE, "health_signal"),
    "Apple Health": (made.APPLE, "health_signal"),
    "FIT": (made.fit(), "gps"),
    "GPX": (made.gpx(), "gps"),
    "TCX": (made.TCX, "health_signal"),
    "InkML": (made.INK, "signature"),
    "pen strokes": (made.pen(), "signature"),
    "BVH": (made.BVH, "gait"),
    "C3D": (made.c3d(), "gait"),
}


@pytest.mark.parametrize("name", RECORDINGS)
def test_recordings_are_known_by_their_structure(name):
    content, entity = RECORDINGS[name]
    found = signal_of(content)
    assert found is not None
    assert found.format == name
    assert entity in found.entities


def test_headers_name_the_patient():
    assert signal_of(made.edf()).texts == {
        "patient_id": ("MCH-0234567",), "sex": ("F",), "date_of_birth": ("02-MAY-1951",),
        "patient_name": ("Haagse Harry",), "recording": ("Startdate 02-MAR-2002 X X X",),
    }  # fmt: skip
    assert signal_of(made.wfdb()).texts == {
        "age": ("69",),
        "sex": ("M",),
        "diagnosis": ("Healthy control",),
    }
    assert signal_of(made.scp()).texts == {
        "family_name": ("Musterfrau",), "given_name": ("Erika",), "patient_id": ("PAT-77123",), "date_of_birth": ("1951-03-02",),
    }  # fmt: skip
    assert signal_of(made.APPLE).texts == {"date_of_birth": ("1984-07-09",), "sex": ("Female",)}
    assert signal_of(made.AECG).texts["family_name"] == ("Musterfrau",)
    assert signal_of(made.AECG).texts["date_of_birth"] == ("1951-03-02",)
    assert "patient_name" not in signal_of(made.edf(patient="X X X X")).texts


def test_tracks_need_times_and_files_of_watches_need_bodies():
    assert signal_of(made.gpx(times=False)).entities == {"gps": 0.4}
    assert signal_of(made.gpx(times=False).replace(b"trkpt", b"rtept")).entities == {}
    assert set(signal_of(made.gpx(pulses=True)).entities) == {"gps", "health_signal"}
    assert set(signal_of(made.fit(places=False)).entities) == {"health_signal"}
    assert signal_of(made.fit(pulses=False, places=False)) is None


@pytest.mark.parametrize(
    "content",
    [
        b"0       " + b" " * 400,
        made.edf().replace(b"02.03.02", b"of March"),
        made.edf()[:200],
        b"100 2 360 650000\nis not a header\nof anything\n",
        b"name 3 10\nblue 4\n",
        b"12 2\n1 2\n3 4\n",
        made.pen(down=7),
        b"40\n" + b"1 2 3\n" * 40,
        b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'><path d='M 1 2'/></svg>",
        b"<html><body>Heart rate <hr></body></html>",
        b"<ink><cartridge colour='blue'/></ink>",
        b"HIERARCHY\nROOT Door\n{\nJOINT Hinge\n}\nMOTION\n",
        b"HIERARCHY of needs, after Maslow " * 9,
        b"\x0e\x10\x5c\x08\x00\x00\x00\x00.FIT\0\0\0\0",
        b"XDR: external data representation",
        *(RANDOM.bytes(2_000) for _ in range(40)),
    ],
)
def test_other_content_is_none(content):
    assert signal_of(content) is None


@pytest.mark.parametrize("name", RECORDINGS)
def test_truncated_and_mutated_recordings_raise_nothing(name):
    content = RECORDINGS[name][0]
    for size in RANDOM.integers(0, len(content), 40):
        signal_of(content[:size])
        changed = bytearray(content)
        changed[size] = int(RANDOM.integers(256))
        signal_of(bytes(changed))


def hits(kind, cells):
    return [*signals.find(Column("x", kind, cells))]


def test_recordings_in_cells_of_bytes_and_text():
    whole = [content for content, _ in RECORDINGS.values()]
    found = hits(Kind.BYTES, pl.Series([*whole, b"", RANDOM.bytes(900)], dtype=pl.Binary))
    assert sum(int(h.mask.sum()) for h in found if isinstance(h, Hits)) >= len(whole)
    assert not any(h.mask[-1] or h.mask[-2] for h in found if isinstance(h, Hits))
    assert "x[].patient_name" in [c.path for c in found if isinstance(c, Column)]
    texts = [
        made.gpx().decode(),
        base64.b64encode(made.edf()).decode(),
        made.edf().hex(),
        "a short text " * 30,
    ]
    [track, *recorded] = [h for h in hits(Kind.TEXT, pl.Series(texts)) if isinstance(h, Hits)]
    assert (track.entity, track.mask.to_list()) == ("gps", [True, False, False, False])
    assert [h.mask.to_list() for h in recorded] == [[False, True, True, False]]


def test_a_header_that_breaks_off_is_unread():
    (lost,) = [
        u
        for u in hits(Kind.BYTES, pl.Series([made.edf()[:400]], dtype=pl.Binary))
        if isinstance(u, Unread)
    ]
    assert lost.reason == "malformed EDF+ record: it ends within the header"


def test_folders_of_recordings_are_one_dataset_with_its_patients(tmp_path):
    for i, name in enumerate(("Erika_Musterfrau", "John_Smith", "Maria_Garcia")):
        (tmp_path / f"n{i}.edf").write_bytes(made.edf(patient=f"MCH-{i} F 02-MAY-195{i} {name}"))
    report = ps.scan(tmp_path, detectors=["signals", "names", "dates", "lexicon"])
    (dataset,) = report.datasets
    classes = {c.path: c.entity for c in dataset.columns}
    assert dataset.kind == "media"
    assert classes["trace"] == "health_signal"
    assert classes["trace[].patient_name"] == "name_full"
    assert classes["trace[].date_of_birth"] == "dob"
    assert "Musterfrau" not in str(report)


def table(*headers, **others):
    numbers = {h: RANDOM.normal(size=ROWS).round(4) for h in headers}
    report = ps.scan(pl.DataFrame({**others, **numbers}), detectors=["signals", "lexicon", "names"])
    return {c.path: c for c in report.datasets[0].columns}


def axes(*names, style="{}_{}"):
    return [style.format(name, axis) for name in names for axis in "xyz"]


IMU = axes("acc", "gyro")
LEGS = ("left_hip", "right_hip", "left_knee", "right_knee", "left_ankle", "right_ankle")
CMU = ["H.period", "DD.period.t", "UD.period.t", "H.t", "DD.t.i", "UD.t.i", "H.i"]


@pytest.mark.parametrize(
    ("entity", "headers", "others"),
    [
        ("gait", axes("nose", *LEGS), {}),
        ("gait", axes("KneeLeft", "KneeRight", "AnkleLeft", "Head", style="{}{}"), {}),
        ("gait", axes("LKNE", "RKNE", "LANK", "RANK", style="{}:{}"), {}),
        ("gait", IMU, {"subject_id": KEYS}),
        ("gait", IMU, {"user": KEYS, "activity": ["Walking", "Sitting"] * 25}),
        ("keystroke", CMU, {"subject": KEYS}),
        ("keystroke", ["press_time", "release_time"], {"user_id": KEYS}),
        ("signature", ["x", "y", "pressure", "azimuth", "pen_status"], {"user_id": KEYS}),
        ("eye_movement", ["gaze_x", "gaze_y", "pupil_diameter"], {"participant": KEYS}),
        ("health_signal", ["AF3", "F7", "F3", "FC5", "T7", "P7", "O1", "O2", "P8", "T8", "FC6", "F4", "F8", "AF4"], {}),
        ("health_signal", ["I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2"], {"patient_id": KEYS}),
    ],
)  # fmt: skip
def test_several_headers_together_say_what_a_table_is(entity, headers, others):
    found = table(*headers, **others)
    classes = [found[header].entity for header in headers]
    assert classes.count(entity) >= 0.6 * len(headers), classes
    assert all(0.55 <= found[h].confidence < 0.99 for h in headers if found[h].entity == entity)


MACHINES = ["WT-1", "WT-2", "WT-3", "WT-4", "WT-5"] * 10


@pytest.mark.parametrize(
    ("headers", "others"),
    [
        (IMU, {"turbine": MACHINES}),
        (IMU, {"machine_id": MACHINES, "rpm": [*range(ROWS)]}),
        (["temperature", "pressure", "humidity", "azimuth", "altitude"], {"station": MACHINES}),
        (["x", "y", "z", "timestamp"], {"sensor": MACHINES}),
        (["keypoint_1_x", "keypoint_1_y", "board_corner_x"], {"square": MACHINES}),
        (
            ["price", "key_count", "weight"],
            {"keyboard": ["K380", "MX Keys", "G915", "Anne", "Q1"] * 10},
        ),
        (["price", "pen_length"], {"pen": ["Lamy", "Pilot", "Parker", "Bic", "Uni"] * 10}),
        ([f"V{i}" for i in range(1, 29)], {"amount": [*range(ROWS)]}),
        ([f"T{i}" for i in range(1, 9)], {"line": MACHINES}),
        (["Fx", "Fy", "Fz", "Mx", "My", "Mz", "pz", "Cz"], {}),
        (["hip_x", "hip_y"], {"roof": MACHINES}),
        (["dwell_time", "bounce_rate"], {"page": MACHINES}),
        (["F1", "F2", "F3", "F4", "C3", "C4"], {}),
    ],
)
def test_machines_weather_and_goods_are_nobody(headers, others):
    found = table(*headers, **others)
    wrong = {
        "gait",
        "keystroke",
        "signature",
        "eye_movement",
        "health_signal",
        "biometric_template",
    }
    assert not {h: found[h].entity for h in headers if found[h].entity in wrong}


@pytest.mark.parametrize(
    "header",
    ["knees", "price_x", "x1", "acc", "accuracy_x", "head_office", "typing", "eyewear_z", ""],
)
def test_headers_that_measure_no_body(header):
    assert measured(header) is None
