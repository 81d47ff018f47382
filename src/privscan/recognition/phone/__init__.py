"""Telephone numbers: what PhoneRecognizer finds, for whole columns.

A gate leaves the cells with digits enough; runs of digits are cut out in one pass; each distinct
run is judged by rules made from the metadata of `phonenumbers`, or by that library itself.
"""

from __future__ import annotations

from privscan.recognition.phone.numbers import REGIONS, SCORE, VALID, PhoneNumbers, PhoneSpans

__all__ = ["REGIONS", "SCORE", "VALID", "PhoneNumbers", "PhoneSpans"]
