"""DICOM files: their pictures decode, and what they say of patients is found."""

from __future__ import annotations

import io

import numpy as np
import polars as pl
import pytest
from pydicom.dataset import FileDataset, FileMetaDataset
from pydicom.uid import DeflatedExplicitVRLittleEndian, ExplicitVRLittleEndian

from privscan.detectors import dicom
from privscan.formats.dicom import patient
from privscan.formats.pictures import is_picture
from privscan.formats.pixels import decoded
from privscan.model.data import Column, Hits
from privscan.model.kinds import Kind


def made(pixels=None, syntax=ExplicitVRLittleEndian, photometric="MONOCHROME2", **said):
    meta = FileMetaDataset()
    meta.TransferSyntaxUID = syntax
    meta.MediaStorageSOPClassUID = "1.2.840.10008.5.1.4.1.1.7"
    meta.MediaStorageSOPInstanceUID = "1.2.3"
    data = FileDataset("", {}, file_meta=meta, preamble=b"\0" * 128)
    for name, value in said.items():
        setattr(data, name, value)
    if pixels is not None:
        bits = 8 * pixels.dtype.itemsize
        data.Rows, data.Columns = pixels.shape[-2:]
        data.NumberOfFrames = len(pixels) if pixels.ndim > 2 else 1
        data.SamplesPerPixel, data.PhotometricInterpretation = 1, photometric
        data.BitsAllocated = data.BitsStored = bits
        data.HighBit, data.PixelRepresentation = bits - 1, 0
        data.PixelData = pixels.tobytes()
    out = io.BytesIO()
    data.save_as(out, enforce_file_format=True)
    return out.getvalue()


GREY = np.arange(64 * 48, dtype=np.uint16).reshape(48, 64) * 20


def test_pixels_of_sixteen_bits_become_a_picture():
    picture = decoded(made(GREY), 640)
    assert (picture.width, picture.height, picture.declared) == (64, 48, 1)
    [frame] = picture.frames
    assert frame.shape == (48, 64, 3)
    assert frame[0, 0, 0] < 5
    assert frame[-1, -1, 0] > 250


def test_white_may_be_the_least_value():
    [frame] = decoded(made(GREY, photometric="MONOCHROME1"), 640).frames
    assert frame[0, 0, 0] > 250
    assert frame[-1, -1, 0] < 5


def test_several_frames_reduced():
    picture = decoded(made(np.stack([GREY] * 12)), 32)
    assert picture.declared == 12
    assert [frame.shape for frame in picture.frames] == [(24, 32, 3)] * 8


def test_a_file_without_pixels_is_whole_and_has_no_frames():
    assert decoded(made(PatientID="7"), 640).frames == ()


@pytest.mark.parametrize(
    "content",
    [
        made(GREY)[:400],
        made(GREY)[:-100],
        made(GREY, syntax=DeflatedExplicitVRLittleEndian),
        b"\0" * 128 + b"DICM",
    ],
)
def test_broken_or_packed_files_do_not_decode(content):
    assert is_picture(content[:256])
    picture = decoded(content, 640)
    assert picture is None or picture.frames == ()


def seen(*contents):
    cells = pl.Series(contents, dtype=pl.Binary)
    return list(dicom.find(Column("image", Kind.IMAGE, cells)))


def entities(*contents):
    return {hit.entity for hit in seen(*contents) if isinstance(hit, Hits)}


FULL = {
    "PatientName": "Example^Ana",
    "PatientID": "1234567",
    "PatientBirthDate": "19800505",
    "PatientSex": "F",
    "PatientAge": "045Y",
}


def test_what_is_said_of_the_patient():
    assert entities(made(**FULL)) == {"name_full", "medical_record_no", "dob", "gender", "age"}
    assert entities(made(ReferringPhysicianName="Curie^Marie")) == {"name_full"}
    [inner] = seen(made(PatientComments="Tel. 090-1234-5678"))
    assert (inner.path, inner.cells.to_list()) == (
        "image[].dicom.PatientComments",
        ["Tel. 090-1234-5678"],
    )


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"PatientName": ""},
        {"PatientName": "Anonymous"},
        {"PatientName": "CompressedSamples^CT1"},
        {"PatientName": "ANON^0012"},
        {"PatientName": "P0017"},
        {"PatientID": "ANON-12"},
        {"Manufacturer": "Example Scanners"},
    ],
)
def test_what_names_nobody(said):
    assert entities(made(**said)) == set()


def test_a_patient_taken_out_leaves_a_pseudonym():
    found = entities(made(**FULL, PatientIdentityRemoved="YES"))
    assert found == {"pseudonym", "gender", "age"}


def test_other_pictures_and_broken_files_say_nothing():
    whole = made(**FULL)
    assert seen(b"\xff\xd8\xff\xe0", b"", b"\0" * 128 + b"DICM") == []
    for cut in range(133, len(whole), 11):
        assert entities(whole[:cut]) <= {"name_full", "medical_record_no", "dob", "gender", "age"}


def test_values_are_not_logged(caplog, recwarn):
    content = made(PatientBirthDate="19800505").replace(b"19800505", b"canary!!")
    assert patient(content) == {"PatientBirthDate": "canary!!"}
    assert not recwarn.list
    assert not caplog.records
