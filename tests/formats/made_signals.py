"""Recordings of bodies, made up byte by byte after their specifications."""

from __future__ import annotations

import struct

EEG = ("EEG Fp1", "EEG Fp2", "EEG Cz", "EEG Annotations")


def edf(
    labels=EEG,
    patient="MCH-0234567 F 02-MAY-1951 Haagse_Harry",
    plus="EDF+C",
    start=b"0       ",
    more=b"",
):
    """A header of EDF and the numbers after it."""
    count = len(labels)
    fixed = f"{patient:<80}{'Startdate 02-MAR-2002 X X X':<80}02.03.0210.11.12{256 * (count + 1):<8}{plus:<44}{30:<8}{1:<8}{count:<4}"
    sizes = (80, 8, 8, 8, 8, 8, 80, 8, 32)
    fields = "".join(f"{label:<16}" for label in labels) + "".join(
        " " * size * count for size in sizes
    )
    return start + (fixed + fields).encode("latin-1") + bytes(500) + more


def wfdb(remarks="# Age: 69  Sex: M  Diagnosis: Healthy control\n"):
    """The header of a record of two signals."""
    return ("100 2 360 650000\n100.dat 212 200 11 1024 995 -22131 0 MLII\n"
            "100.dat 212 200 11 1024 1011 20052 0 V5\n" + remarks).encode()  # fmt: skip


def scp(family=b"Musterfrau", given=b"Erika"):
    """A record whose section 1 names the patient, born on the second of March 1951."""
    tags = b"".join(struct.pack("<BH", tag, len(v)) + v for tag, v in
                    ((0, family + b"\0"), (1, given + b"\0"), (2, b"PAT-77123\0"),
                     (5, struct.pack("<HBB", 1951, 3, 2)), (255, b"")))  # fmt: skip
    first = struct.pack("<HHIBB", 0, 1, 16 + len(tags), 20, 20) + bytes(6) + tags
    length = 16 + 10 * 2
    pointers = struct.pack("<HII", 0, length, 7) + struct.pack("<HII", 1, len(first), 7 + length)
    zeroth = struct.pack("<HHIBB", 0, 0, length, 20, 20) + b"SCPECG" + pointers
    return struct.pack("<HI", 0, 6 + length + len(first)) + zeroth + first


def fit(*, pulses=True, places=True, moments=5):
    """Moments of a run; without either they hold a speed only."""
    fields = (
        [(253, 4, 0x86), (6, 2, 0x84)]
        + [(3, 1, 0x02)] * pulses
        + [(0, 4, 0x85), (1, 4, 0x85)] * places
    )
    data = bytes([0x40, 0, 0]) + struct.pack("<HB", 20, len(fields)) + b"".join(map(bytes, fields))
    for i in range(moments):
        row = struct.pack("<IH", 10**9 + i, 2_500) + bytes([120 + i]) * pulses
        data += b"\0" + row + struct.pack("<ii", 6 * 10**8 + i, 10**8 + i) * places
    return struct.pack("<BBHI4sH", 14, 0x10, 2_140, len(data), b".FIT", 0) + data + b"\0\0"


def gpx(*, times=True, pulses=False):
    """A track, or a route of places where there are no times."""
    at = "<time>2024-05-01T06:{:02}:00Z</time>" if times else ""
    pulse = "<extensions><gpxtpx:hr>131</gpxtpx:hr></extensions>" if pulses else ""
    points = "".join(
        f'<trkpt lat="52.1{i}" lon="13.4{i}">{at.format(i)}{pulse}</trkpt>' for i in range(9)
    )
    return (f'<?xml version="1.0"?><gpx version="1.1" creator="made" xmlns="http://www.topografix.com/GPX/1/1">'
            f"<trk><trkseg>{points}</trkseg></trk></gpx>").encode()  # fmt: skip


TCX = (b'<?xml version="1.0"?><TrainingCenterDatabase><Activities><Activity Sport="Running">'
       + b"<Trackpoint><Time>2024-05-01T06:00:00Z</Time><Position><LatitudeDegrees>52.1</LatitudeDegrees></Position>"
       b"<HeartRateBpm><Value>131</Value></HeartRateBpm></Trackpoint>" * 3
       + b"</Activity></Activities></TrainingCenterDatabase>")  # fmt: skip

APPLE = (b'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE HealthData [\n<!ELEMENT HealthData (Me)>\n]>\n'
         b'<HealthData locale="en_GB"><Me HKCharacteristicTypeIdentifierDateOfBirth="1984-07-09" '
         b'HKCharacteristicTypeIdentifierBiologicalSex="HKBiologicalSexFemale"/>'
         b'<Record type="HKQuantityTypeIdentifierHeartRate" value="61"/></HealthData>')  # fmt: skip

AECG = (b'<?xml version="1.0"?><AnnotatedECG xmlns="urn:hl7-org:v3"><subjectDemographicPerson><name><family>Musterfrau</family>'
        b'<given>Erika</given></name><birthTime value="19510302"/></subjectDemographicPerson></AnnotatedECG>')  # fmt: skip

MUSE = (b'<?xml version="1.0"?><!DOCTYPE RestingECG SYSTEM "restecg.dtd"><RestingECG><PatientDemographics>'
        b"<PatientID>77123</PatientID><PatientLastName>Musterfrau</PatientLastName></PatientDemographics></RestingECG>")  # fmt: skip

INK = (b'<ink xmlns="http://www.w3.org/2003/InkML"><annotation type="writer">w77</annotation>'
       b"<trace>10 0, 9 14, 8 28</trace><trace>1 0, 2 4</trace></ink>")  # fmt: skip

VHDR = b"Brain Vision Data Exchange Header File Version 1.0\r\n[Common Infos]\r\nNumberOfChannels=32\r\n"

XDF = (
    b"XDF:\x01\x90\x02\0<?xml version='1.0'?><info><name>Muse</name><type>EEG</type></info>"
    + bytes(90)
)

BVH = b"HIERARCHY\nROOT Hips\n{\n" + b"".join(
    b"JOINT %s\n{\nCHANNELS 3 Zrotation Xrotation Yrotation\n}\n" % name
    for name in (b"LeftUpLeg", b"LeftKnee", b"LeftFoot", b"RightUpLeg", b"RightKnee", b"RightFoot", b"Neck")
) + b"}\nMOTION\nFrames: 240\nFrame Time: 0.0083\n"  # fmt: skip


def pen(down=1, widths=7):
    """A signature of 40 points."""
    rows = (
        f"{2_900 + i * 7} {5_600 + i * i % 90} {i * 10} {down} {1_500 + i} 590 {300 + i}"
        for i in range(40)
    )
    return ("40\n" + "\n".join(" ".join(row.split()[:widths]) for row in rows) + "\n").encode()


def c3d():
    """A capture with markers on both legs."""
    head = bytes([2, 0x50]) + struct.pack("<HHHH", 8, 0, 1, 300) + bytes(502)
    return head + b"POINT LABELS LKNE RKNE LANK RANK LTOE RTOE C7 " + bytes(600)
