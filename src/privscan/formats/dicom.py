"""DICOM files (PS3.10): their pictures, and what they say of the patient."""

from __future__ import annotations

import io
import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_DEFLATED = b"1.2.840.10008.1.2.1.99"
_META = 4_096
"""The transfer syntax is named among the first bytes."""

FIELDS = (
    *("PatientName", "OtherPatientNames", "PatientBirthName", "PatientMotherBirthName"),
    *("PatientID", "OtherPatientIDs", "PatientBirthDate", "PatientAge", "PatientSex"),
    *("PatientAddress", "PatientTelephoneNumbers", "EthnicGroup", "Occupation"),
    *("MedicalAlerts", "Allergies", "AdditionalPatientHistory", "PatientComments"),
    *("AdmittingDiagnosesDescription", "ReasonForStudy", "StudyDescription"),
    *("ReferringPhysicianName", "PerformingPhysicianName", "OperatorsName"),
    *("PatientIdentityRemoved", "Manufacturer"),
)
"""Keywords of the attributes that `patient` gives."""


def frames(content: bytes, most_pixels: int, most_frames: int) -> tuple[list[Any], int]:
    """Samples of up to `most_frames`, grey or RGB, and how many the file declares.

    A file without pixels has no frames. A ValueError for a broken file, for compression that is
    not read, and for more than `most_pixels` in a frame.
    """
    with _quiet():
        data = _opened(content, pixels=True)
        if "PixelData" not in data:
            return [], 0
        if int(data.Rows) * int(data.Columns) > most_pixels:
            raise ValueError("too many pixels")
        declared = int(data.get("NumberOfFrames") or 1)
        return [_samples(data, number) for number in range(min(declared, most_frames))], declared


def patient(content: bytes) -> dict[str, str]:
    """What the file says of the patient and of persons around them, by keyword; see `frames`."""
    with _quiet():
        data = _opened(content, pixels=False)
        said = ((name, str(data.get(name, "") or "")) for name in FIELDS)
        return {
            name: " ".join(value.replace("^", " ").split())
            for name, value in said
            if any(map(str.isalnum, value))
        }


@contextmanager
def _quiet() -> Iterator[None]:
    """No warning and no line in the log while pydicom reads: both quote values."""
    logger = logging.getLogger("pydicom")
    before, logger.disabled = logger.disabled, True
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except Exception as error:  # noqa: BLE001  pydicom and its plugins raise of every kind
        raise ValueError(type(error).__name__) from None
    finally:
        logger.disabled = before


def _opened(content: bytes, *, pixels: bool) -> Any:
    """The file's data set; deflated ones are refused, for their size is unknown until unpacked."""
    from pydicom import dcmread

    if _DEFLATED in content[:_META]:
        raise ValueError("deflated")
    return dcmread(io.BytesIO(content), stop_before_pixels=not pixels)


def _samples(data: Any, number: int) -> Any:
    from pydicom.pixels.processing import apply_color_lut
    from pydicom.pixels.utils import pixel_array

    samples = pixel_array(data, index=number)
    match data.PhotometricInterpretation:
        case "PALETTE COLOR":
            return apply_color_lut(samples, data)
        case "MONOCHROME1":
            return samples.max() - samples
        case _:
            return samples
