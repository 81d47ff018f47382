"""What recognizers say of the texts that their patterns matched, for whole columns at once."""

from __future__ import annotations

from collections.abc import Mapping

from privscan.recognition.checks import africa_americas, asia_pacific, europe, generic, national
from privscan.recognition.checks import digits as checkdigits
from privscan.recognition.checks.buffers import WHITESPACE
from privscan.recognition.checks.email import email
from privscan.recognition.checks.iban import iban
from privscan.recognition.checks.verdicts import DROP, Validator, number

_BY_CLASS: Mapping[str, Validator] = {
    "AbaRoutingRecognizer": africa_americas.us_aba,
    "AuAbnRecognizer": asia_pacific.au_abn,
    "AuAcnRecognizer": asia_pacific.au_acn,
    "AuMedicareRecognizer": asia_pacific.au_medicare,
    "AuTfnRecognizer": asia_pacific.au_tfn,
    "CaSinRecognizer": africa_americas.ca_sin,
    "CreditCardRecognizer": generic.credit_card,
    "CryptoRecognizer": generic.crypto,
    "DeBsnrRecognizer": europe.de_bsnr,
    "DeHealthInsuranceRecognizer": europe.de_health_insurance,
    "DeIdCardRecognizer": europe.de_id_card,
    "DeLanrRecognizer": europe.de_lanr,
    "DePassportRecognizer": europe.de_passport,
    "DeSocialSecurityRecognizer": europe.de_social_security,
    "DeTaxIdRecognizer": europe.de_tax_id,
    "DeVatIdRecognizer": europe.de_vat_id,
    "EmailRecognizer": email,
    "EsNieRecognizer": europe.es_nie,
    "EsNifRecognizer": europe.es_nif,
    "FiPersonalIdentityCodeRecognizer": europe.fi_personal_identity_code,
    "IbanRecognizer": iban,
    "InAadhaarRecognizer": asia_pacific.in_aadhaar,
    "InGstinRecognizer": asia_pacific.in_gstin,
    "IpRecognizer": generic.ip,
    "ItFiscalCodeRecognizer": europe.it_fiscal_code,
    "ItVatCodeRecognizer": europe.it_vat_code,
    "KrBrnRecognizer": asia_pacific.kr_brn,
    "KrDriverLicenseRecognizer": asia_pacific.kr_driver_license,
    "KrFrnRecognizer": asia_pacific.kr_frn,
    "KrRrnRecognizer": asia_pacific.kr_rrn,
    "MacAddressRecognizer": generic.mac_address,
    "MedicalLicenseRecognizer": generic.medical_license,
    "NgNinRecognizer": africa_americas.ng_nin,
    "NhsRecognizer": generic.nhs,
    "PhTinRecognizer": asia_pacific.ph_tin,
    "PlPeselRecognizer": europe.pl_pesel,
    "SeOrganisationsnummerRecognizer": europe.se_organisationsnummer,
    "SePersonnummerRecognizer": europe.se_personnummer,
    "SgUenRecognizer": asia_pacific.sg_uen,
    "ThTninRecognizer": asia_pacific.th_tnin,
    "TrLicensePlateRecognizer": europe.tr_license_plate,
    "TrNationalIdRecognizer": europe.tr_national_id,
    "UkDrivingLicenceRecognizer": europe.uk_driving_licence,
    "UkVehicleRegistrationRecognizer": europe.uk_vehicle_registration,
    "UsNpiRecognizer": africa_americas.us_npi,
    "UsSsnRecognizer": generic.us_ssn,
    "UuidRecognizer": generic.uuid,
    "ZaCompanyRegistrationRecognizer": africa_americas.za_company_registration,
    "ZaDriverLicenseRecognizer": africa_americas.za_driver_license,
    "ZaIdNumberRecognizer": africa_americas.za_id_number,
    "ZaIncomeTaxNumberRecognizer": africa_americas.za_income_tax_number,
    "ZaLicensePlateRecognizer": africa_americas.za_license_plate,
    "ZaPassportRecognizer": africa_americas.za_passport,
    "ZaTrafficRegisterNumberRecognizer": africa_americas.za_traffic_register_number,
    "ZaVatNumberRecognizer": africa_americas.za_vat_number,
}

# What rulebook.recognizers takes out before it asks python-stdnum.
_REMOVED = WHITESPACE + b"-"
_BY_MODULE: Mapping[str, Validator] = {
    "jp.in_": number(national.my_number, (12,), removed=_REMOVED, otherwise=DROP),
    "luhn": number(checkdigits.luhn, range(1, 65), removed=_REMOVED),
}


def validator(name: str) -> Validator | None:
    """Presidio's verdicts for one of its classes, made with its defaults; None for other names.

    Takes ASCII texts without nulls. Verdicts: 1 confirmed, 0 dropped, -1 keeps the pattern's
    score, 2 not decided: ask the class itself.
    """
    return _BY_CLASS.get(name)


def stdnum_check(module: str) -> Validator | None:
    """A python-stdnum module's `is_valid` on texts rid of white space and hyphens, as verdicts.

    Takes ASCII texts without nulls; 1 valid, 0 not, 2 not decided; None for other modules.
    """
    return _BY_MODULE.get(module)
