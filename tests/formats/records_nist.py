"""Made-up ANSI/NIST-ITL transactions, WSQ files and XML records: of nobody."""

from __future__ import annotations

import base64
import random
import struct
from xml.sax.saxutils import escape

from records_iso import HEIGHT, WIDTH, fac_2005, fir_2005, iir_2011, picture

FS, GS, RS, US = b"\x1c", b"\x1d", b"\x1e", b"\x1f"


def wsq(width=WIDTH, height=HEIGHT, *, comment=b"NIST_COM 1", end=True):
    chance = random.Random(9)

    def segment(mark, body):
        return struct.pack(">HH", mark, len(body) + 2) + body

    def block():
        bits = chance.randbytes(300).replace(b"\xff", b"\xff\0")
        return segment(0xFFA3, b"\0") + bits

    frame = struct.pack(">BBHH", 255, 0, height, width) + bytes(9)
    parts = (segment(0xFFA8, comment), segment(0xFFA4, bytes(56)), segment(0xFFA5, bytes(387)),
             segment(0xFFA2, frame), segment(0xFFA6, bytes(60)), block(), block())  # fmt: skip
    return b"\xff\xa0" + b"".join(parts) + b"\xff\xa1" * end


def tagged(kind, fields, data=b""):
    """A logical record whose first field is its own length, to the byte."""
    body = GS.join(b"%d.%03d:" % (kind, n) + value for n, value in fields)
    if data:
        body += GS + b"%d.999:" % kind + data
    size = len(body) + 1
    while True:
        first = b"%d.001:%d" % (kind, size)
        whole = first + GS + body + FS
        if len(whole) == size:
            return whole
        size = len(whole)


def transaction(*records, version=b"0501", domain=b"NORAM" + US, short=False):
    listed = RS.join([b"1" + US + b"%d" % len(records)] + [b"%d" % k + US + b"%02d" % i
                     for i, (k, _) in enumerate(records)])  # fmt: skip
    fields = [(2, version), (3, listed), (4, b"CRM"), (5, b"20240131"), (7, b"DAI"), (8, b"ORI"),
              (9, b"TCN0001")] + ([(13, domain)] if domain else [])  # fmt: skip
    first = tagged(1, fields)
    if short:
        body = first.replace(b"1.00", b"1.0")
        first = body.replace(b"1.01:%d" % len(first), b"1.01:%d" % len(body), 1)
    return first + b"".join(content for _, content in records)


def descriptive(name=b"DOE,JANE Q", born=b"19840229"):
    return 2, tagged(
        2, [(2, b"00"), (18, name), (22, born), (24, b"F"), (99, b"REMARKS OF OFFICER")]
    )


def binary(kind=4, data=None, position=1):
    data = wsq() if data is None else data
    size = len(data) + 18
    return kind, struct.pack(">IBB", size, 1, 0) + bytes((position,)) + b"\xff" * 5 + struct.pack(
        ">BHHB", 0, WIDTH, HEIGHT, 1) + data  # fmt: skip


def signature_record():
    data = picture("PNG")
    return 8, struct.pack(">IBBBBHH", len(data) + 12, 1, 0, 0, 1, WIDTH, HEIGHT) + data


def image(kind=14, data=None, category=b"FINGER"):
    data = picture() if data is None else data
    fields = [
        (2, b"01"),
        (3, category),
        (4, b"ORI"),
        (5, b"20240131"),
        (6, b"%d" % WIDTH),
        (7, b"%d" % HEIGHT),
    ]
    return kind, tagged(kind, fields, data)


def minutiae_record():
    return 9, tagged(
        9, [(2, b"02"), (3, b"4"), (4, b"S"), (10, b"37"), (12, b"1" + US + b"2" + US + b"3")]
    )


def dna_record():
    return 18, tagged(
        18, [(2, b"03"), (3, b"LAB"), (16, b"1" + US + b"D3S1358" + US + b"15" + US + b"16")]
    )


def cbeff_record():
    return 99, tagged(99, [(2, b"04"), (100, b"0101"), (101, b"00000002")], fac_2005())


def ten_prints():
    return transaction(descriptive(), binary(), image(14, wsq()), image(10, category=b"FACE"))


def cbeff_xml(blocks=None, namespace="http://standards.iso.org/iso-iec/19785/-3/ed-2/"):
    blocks = (
        [("Finger", fir_2005()), ("Face", fac_2005()), ("Iris", iir_2011())]
        if blocks is None
        else blocks
    )
    inner = "".join(
        f"<BIR><BDBInfo><Format><Organization>Mosip</Organization><Type>7</Type></Format><Type>{kind}"
        f"</Type><Level>Raw</Level></BDBInfo><BDB>{base64.b64encode(block).decode()}</BDB></BIR>"
        for kind, block in blocks
    )
    return (f'<?xml version="1.0" encoding="UTF-8"?>\n<BIR xmlns="{namespace}"><BIRInfo><Integrity>'
            f"false</Integrity></BIRInfo>{inner}</BIR>").encode()  # fmt: skip


def niem_xml(given="Jane", family="Doe", kind=14, category="FACE"):
    data = base64.encodebytes(picture()).decode()
    return f"""<?xml version="1.0"?>
<itl:NISTBiometricInformationExchangePackage xmlns:itl="http://biometrics.nist.gov/standard/2011"
 xmlns:biom="http://niem.gov/niem/biometrics/1.0" xmlns:nc="http://niem.gov/niem/niem-core/2.0">
<itl:PackageInformationRecord><biom:RecordCategoryCode>01</biom:RecordCategoryCode></itl:PackageInformationRecord>
<itl:PackageDescriptiveTextRecord><biom:RecordCategoryCode>02</biom:RecordCategoryCode>
<nc:PersonName><nc:PersonGivenName>{escape(given)}</nc:PersonGivenName>
<nc:PersonSurName>{escape(family)}</nc:PersonSurName></nc:PersonName>
<nc:PersonBirthDate><nc:Date>1984-02-29</nc:Date></nc:PersonBirthDate></itl:PackageDescriptiveTextRecord>
<itl:PackageImageRecord><biom:RecordCategoryCode>{kind:02}</biom:RecordCategoryCode><biom:Image>
<nc:BinaryBase64Object>{data}</nc:BinaryBase64Object><biom:ImageCategoryCode>{category}</biom:ImageCategoryCode>
<biom:ImageHorizontalLineLengthPixelQuantity>{WIDTH}</biom:ImageHorizontalLineLengthPixelQuantity>
<biom:ImageVerticalLineLengthPixelQuantity>{HEIGHT}</biom:ImageVerticalLineLengthPixelQuantity>
</biom:Image></itl:PackageImageRecord></itl:NISTBiometricInformationExchangePackage>""".encode()


def iso_39794_xml(kind="face", part=5):
    data = base64.b64encode(picture()).decode()
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<x:{kind}ImageData xmlns:x="http://standards.iso.org/iso-iec/39794/-{part}"><x:versionBlock>
<x:generation>3</x:generation><x:year>2019</x:year></x:versionBlock><x:representationBlocks>
<x:representation><x:imageRepresentation><x:imageData>{data}</x:imageData></x:imageRepresentation>
</x:representation></x:representationBlocks></x:{kind}ImageData>""".encode()
