"""What recognizers say of the texts that their patterns matched, for whole columns at once."""

from __future__ import annotations

from collections.abc import Mapping

from privscan.recognition import validators_generic as generic
from privscan.recognition.validators_email import email
from privscan.recognition.validators_iban import iban
from privscan.recognition.verdicts import Validator

_BY_CLASS: Mapping[str, Validator] = {
    "CreditCardRecognizer": generic.credit_card,
    "CryptoRecognizer": generic.crypto,
    "EmailRecognizer": email,
    "IbanRecognizer": iban,
    "IpRecognizer": generic.ip,
    "MacAddressRecognizer": generic.mac_address,
    "MedicalLicenseRecognizer": generic.medical_license,
    "NhsRecognizer": generic.nhs,
    "UsSsnRecognizer": generic.us_ssn,
    "UuidRecognizer": generic.uuid,
}


def validator(name: str) -> Validator | None:
    """Presidio's verdicts for one of its classes, made with its defaults; None for other names.

    Takes ASCII texts without nulls. Verdicts: 1 confirmed, 0 dropped, -1 keeps the pattern's
    score, 2 not decided: ask the class itself.
    """
    return _BY_CLASS.get(name)
