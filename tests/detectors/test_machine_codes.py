"""Bar codes in pictures: read, told apart by the structure of their text, goods left alone."""

from __future__ import annotations

import gzip
import io
import zlib

import numpy as np
import polars as pl
import pytest
import zxingcpp
from PIL import Image

from privscan.detectors import machine_codes
from privscan.formats.codes import code
from privscan.model.data import Column, Hits
from privscan.model.kinds import Kind

LICENCE = (
    "@\n\x1e\rANSI 636026080102DL00410288ZA03290015DLDAQD12345678\nDCSEXAMPLE\nDDEN\nDACANA\n"
    "DDFN\nDADNONE\nDDGN\nDCAD\nDCBNONE\nDBD01012020\nDBB05051980\nDBA05052030\nDBC2\nDAU065 in\n"
    "DAG1 EXAMPLE ST\nDAIPHOENIX\nDAJAZ\nDAK850070000  \nDCF1234\nDCGUSA\r"
)
PASS = "M1EXAMPLE/ANA MS      EABC123 HNDFRAJL 0407 326J014A0025 100"
VCARD = (
    "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Example;Ana\r\nTEL;TYPE=cell:+81 90 1234 5678\r\nEND:VCARD\r\n"
)
BASE45 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"


def base45(data):
    out = ""
    for at in range(0, len(data), 2):
        part = data[at : at + 2]
        number = int.from_bytes(part)
        for _ in range(len(part) + 1):
            number, digit = divmod(number, 45)
            out += BASE45[digit]
    return out


HEALTH = "HC1:" + base45(
    zlib.compress(b"\xd2\x84\x61v\x81\x63nam\xa1\x62fnfExampl\x63dob\x6a1980-05-05")
)
AADHAAR = str(int.from_bytes(gzip.compress(np.random.default_rng(1).bytes(900))))

KNOWN = {
    LICENCE: ("driving_licence", "name_full", "dob", "gender", "address"),
    LICENCE.replace("DL00410288", "ID00410288").replace("DLDAQ", "IDDAQ"): (
        *("national_id", "name_full", "dob", "gender", "address"),
    ),
    PASS: ("name_full", "travel_history"),
    VCARD: ("name_full", "phone"),
    "MECARD:N:Example,Ana;TEL:+819012345678;;": ("name_full", "phone"),
    "WIFI:T:WPA;S:home;P:correct horse;;": ("password",),
    "otpauth://totp/Example:ana?secret=JBSWY3DPEHPK3PXP&issuer=Example": ("secret_key",),
    HEALTH: ("treatment", "name_full", "dob"),
    "shc:/" + "56762909" * 20: ("health_condition", "name_full", "dob"),
    "BCD\n002\n1\nSCT\nBPOTBEB1\nAna Example\nBE72000000001616\nEUR1": ("iban",),
    "JAHISTC08,1\r\n1,例 花子,2,S550505,,,,,,,\r\n5,20260101,1\r\n": (
        *("treatment", "name_full", "dob", "gender"),
    ),
    '<?xml version="1.0"?><PrintLetterBarcodeData uid="123456789012" name="Ana" yob="1980"/>': (
        *("national_id", "name_full", "dob", "gender"),
    ),
    AADHAAR: ("national_id", "name_full", "dob", "gender"),
    "00123456789@EXAMPLE@ANA MARIA@F@12345678@A@05/05/1980@05/05/2020": (
        *("national_id", "name_full", "dob", "gender"),
    ),
}


@pytest.mark.parametrize("text", KNOWN)
def test_what_a_text_is(text):
    assert code(text).entities == KNOWN[text]


NOBODY = [
    "https://example.com/menu",
    "4006381333931",
    "@\n\x1e\rANSI 636026080102DL00410288ZA03290015DL",
    "ANSI 636026 is the number of the issuer",
    "M1 MACBOOK AIR 2020 WITH A VERY LONG NAME AND MORE WORDS IN IT",
    "M1DESMARAIS/LUC",
    "BEGIN:VCARD\r\nVERSION:3.0\r\nEND:VCARD\r\n",
    "BEGIN:VEVENT\r\nSUMMARY:fair\r\nEND:VEVENT\r\n",
    "MECARD:TEL:+819012345678;;",
    "WIFI:T:nopass;S:cafe;P:none;;",
    "WIFI:T:WPA;S:home;;",
    "otpauth://totp/Example:ana?issuer=Example",
    "HC1:NCFOXN",
    "HC1:" + base45(zlib.compress(b"anything else")),
    "HC1:" + base45(b"no zlib"),
    "HC1:lower case",
    "shc:/12345",
    "BCD\n002\n1\nSCT",
    "JAHISTC08,1\r\n",
    "<PrintLetterBarcodeData/>",
    "9" * 1200,
    "ana@example.com|x|M|more",
    "",
]


@pytest.mark.parametrize("text", NOBODY)
def test_what_it_is_not(text):
    assert code(text) is None


def test_cut_and_changed_texts_break_nothing():
    mixed = np.random.default_rng(4)
    for text in KNOWN:
        for cut in range(0, min(len(text), 90), 7):
            code(text[:cut])
            changed = list(text)
            for at in mixed.integers(0, len(text), 3):
                changed[at] = chr(mixed.integers(1, 200))
            code("".join(changed))


def drawn(text, form="QRCode", *, turned=0, scale=4):
    kind = zxingcpp.barcode_format_from_str(form)
    symbol = Image.fromarray(np.array(zxingcpp.create_barcode(text, kind).to_image(scale=scale)))
    page = Image.new("L", (symbol.width + 200, symbol.height + 160), 230)
    page.paste(symbol, (80, 60))
    out = io.BytesIO()
    page.rotate(turned, Image.Resampling.BICUBIC, expand=True, fillcolor=230).save(out, "PNG")
    return out.getvalue()


def found(*contents):
    cells = pl.Series("image", contents, pl.Binary)
    labels = pl.Series([f"{i}.png" for i in range(len(contents))])
    return list(machine_codes.find(Column("image", Kind.IMAGE, cells, labels)))


def hits(*texts):
    column = Column("image[].code.qrcode", Kind.TEXT, pl.Series(texts, dtype=pl.String))
    rows = {}
    for hit in machine_codes.find(column):
        rows.setdefault(hit.entity, set()).update(hit.mask.arg_true())
    return rows


@pytest.mark.parametrize(
    ("form", "path", "text"),
    [
        ("QRCode", "image[].code.qrcode", VCARD),
        ("Aztec", "image[].code.aztec", PASS),
        ("DataMatrix", "image[].code.datamatrix", PASS),
        ("PDF417", "image[].code.pdf417", LICENCE),
        ("Code128", "image[].code.code128", "MRN-0012345"),
        ("Code39", "image[].code.code39", "EMP-00123"),
    ],
)
@pytest.mark.parametrize("turned", [0, 90, 180, 20, -35])
def test_codes_are_read_and_handed_on(form, path, text, turned):
    every = found(drawn("Nothing to see", "QRCode"), drawn(text, form, turned=turned))
    [inner] = [one for one in every if one.path == path]
    assert inner.cells.to_list()[-1] == text
    assert inner.labels.to_list()[-1] == "1.png"


def test_several_codes_in_a_picture():
    one, two = (Image.open(io.BytesIO(drawn(text))) for text in ("first text", "second text"))
    page = Image.new("L", (one.width + two.width, max(one.height, two.height)), 230)
    page.paste(one, (0, 0))
    page.paste(two, (one.width, 0))
    out = io.BytesIO()
    page.save(out, "JPEG")
    [inner] = found(out.getvalue())
    assert sorted(inner.cells.to_list()) == ["first text", "second text"]


def test_bytes_in_a_code_are_bytes():
    record = b"FMR\0 20\0" + bytes(range(40))
    [inner] = found(drawn(record))
    assert (inner.path, inner.kind) == ("image[].code.content", Kind.BYTES)
    assert inner.cells.to_list() == [record]


@pytest.mark.parametrize(
    "picture",
    [
        drawn("4006381333931", "EAN13"),
        drawn("036000291452", "UPCA"),
        drawn("00012345678905", "ITF"),
        drawn("0123456789012", "Code128"),
        drawn("https://example.com/menu"),
        b"no picture",
    ],
)
def test_goods_and_addresses_are_not(picture):
    assert found(picture) == []


def test_stripes_and_checks_are_no_codes():
    rows, columns = np.mgrid[0:300, 0:400]
    patterns = [columns // 3 % 2, (columns // 9 + rows // 9) % 2, (columns * rows) // 50 % 2]
    patterns.append(np.random.default_rng(1).integers(0, 2, (300, 400)))
    pictures = []
    for pattern in patterns:
        out = io.BytesIO()
        Image.fromarray((pattern * 255).astype(np.uint8)).save(out, "PNG")
        pictures.append(out.getvalue())
    assert found(*pictures) == []


def test_twelve_digits_that_pass_as_my_number_are_a_question():
    [_, hit] = found(drawn("123456789018"), drawn("123456789012"))
    assert isinstance(hit, Hits)
    assert (hit.entity, hit.mask.to_list()) == ("my_number", [True, False])
    assert hit.score == 0.5
    assert not [h for h in found(drawn("123456789018", "Code128")) if isinstance(h, Hits)]


def test_texts_are_classified_where_they_stand():
    assert hits(LICENCE, "nothing", PASS)["name_full"] == {0, 2}
    assert hits(LICENCE, "nothing", PASS)["driving_licence"] == {0}
    assert hits(*NOBODY) == {}
    assert hits() == {}
