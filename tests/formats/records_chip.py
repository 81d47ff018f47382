"""Made-up chip files, templates, ISO/IEC 39794 blocks and card containers: of nobody."""

from __future__ import annotations

import random
import struct

from records_iso import fac_2005, fir_2005, fmr_2005, iir_2005, picture

ZONE = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<L898902C36UTO7408122F1204159ZE184226B<<<<<10"
"""The specimen of ICAO Doc 9303 part 4, of Utopia."""

CARD = "I<UTOD231458907<<<<<<<<<<<<<<<7408122F1204159UTO<<<<<<<<<<<6ERIKSSON<<ANNA<MARIA<<<<<<<<<<"
"""The specimen of part 5."""


def tlv(tag, *values):
    """A tag as a number, then its length and value in DER."""
    value = b"".join(values)
    size = len(value)
    if size < 0x80:
        length = bytes((size,))
    else:
        digits = size.to_bytes((size.bit_length() + 7) // 8)
        length = bytes((0x80 | len(digits),)) + digits
    return tag.to_bytes((tag.bit_length() + 7) // 8) + length + value


def template(block, kind=2, owner=0x101, form=8, tag=0x5F2E):
    header = tlv(0xA1, tlv(0x80, b"\1\1"), tlv(0x81, bytes((kind,))), tlv(0x87, struct.pack(">H", owner)),
                 tlv(0x88, struct.pack(">H", form)))  # fmt: skip
    return tlv(0x7F60, header, tlv(tag, block))


def group(*templates):
    return tlv(0x7F61, tlv(0x02, bytes((len(templates),))), *templates)


def dg1(zone=ZONE):
    return tlv(0x61, tlv(0x5F1F, zone.encode()))


def dg2(block=None):
    return tlv(0x75, group(template(fac_2005() if block is None else block)))


def dg3():
    return tlv(0x63, group(*(template(fir_2005(), 8, form=7) for _ in range(2))))


def dg4():
    return tlv(0x76, group(template(iir_2005(), 0x10, form=9)))


def dg5():
    return tlv(0x65, tlv(0x02, b"\1"), tlv(0x5F40, picture()))


def dg7():
    return tlv(0x67, tlv(0x02, b"\1"), tlv(0x5F43, picture("JPEG2000")))


def dg11(name="ERIKSSON<<ANNA<MARIA", number="19740812-3003", place="ZENITH"):
    tags = b"\x5f\x0e\x5f\x10\x5f\x11"
    return tlv(0x6B, tlv(0x5C, tags), tlv(0x5F0E, name.encode()), tlv(0x5F10, number.encode()),
               tlv(0x5F11, place.encode()))  # fmt: skip


def com():
    return tlv(0x60, tlv(0x5F01, b"0107"), tlv(0x5F36, b"040000"), tlv(0x5C, b"\x61\x75\x63"))


def sod():
    signed = tlv(0x06, bytes.fromhex("2a864886f70d010702"))
    return tlv(0x77, tlv(0x30, signed, tlv(0xA0, tlv(0x30, random.Random(2).randbytes(300)))))


def dump():
    """A chip's files one after another, as some readers write them."""
    return com() + dg1() + dg2() + dg3() + sod() + bytes(16)


def on_card():
    """Minutiae in the compact card format inside a template."""
    points = random.Random(4).randbytes(3 * 24)
    return template(tlv(0x81, points), 8, form=5, tag=0x7F2E)


def iso_39794(part=5, image=None, year=2019, representations=1):
    image = picture("JPEG2000") if image is None else image
    version = tlv(0xA0, tlv(0x80, b"\3"), tlv(0x81, struct.pack(">H", year)))
    one = tlv(
        0x30, tlv(0x80, b"\0"), tlv(0xA1, tlv(0xA0, tlv(0x80, image), tlv(0xA1, tlv(0x80, b"\1"))))
    )
    return tlv(0x60 + part, version, tlv(0xA1, one * representations))


def dg2_of_39794():
    return tlv(0x75, group(template(iso_39794(), form=0x2A, tag=0x7F2E)))


def sourceafis(count=30, *, open_ended=False):
    """A template of SourceAFIS 3 in CBOR."""
    chance = random.Random(8)

    def text(said):
        return (
            bytes((0x60 | len(said),)) + said.encode()
            if len(said) < 24
            else bytes((0x78, len(said))) + said.encode()
        )

    def numbers(most):
        found = (chance.randrange(256, most) for _ in range(count))
        items = b"".join(b"\x19" + struct.pack(">H", n) for n in found)
        return b"\x9f" + items + b"\xff" if open_ended else bytes((0x98, count)) + items

    fields = {"version": text("3.18.1-java"), "width": b"\x19\x01\x84", "height": b"\x19\x01\xde",
              "positionsX": numbers(388), "positionsY": numbers(478), "directions": numbers(60_000),
              "types": text("".join(chance.choice("eb") for _ in range(count)))}  # fmt: skip
    body = b"".join(text(name) + value for name, value in fields.items())
    return b"\xbf" + body + b"\xff" if open_ended else b"\xa7" + body


def libfprint():
    return b"FP3" + random.Random(3).randbytes(300) + b"\0(a(aiaiai))" + bytes(range(10))


def piv(block=None, kind=0x0201, *, tags=False, signature=64):
    block = fmr_2005() if block is None else block
    header = struct.pack(">BBIHHH", 3, 0x0D, len(block), signature, 0x1B, kind)
    header += bytes(8 + 16) + b"\0\0\x08" + struct.pack(">Bb", 0x80, 80) + bytes(18 + 25 + 4)
    found = header + block + random.Random(6).randbytes(signature)
    return tlv(0x53, tlv(0xBC, found), b"\xfe\0") if tags else found


def bioapi(block=None):
    block = fmr_2005() if block is None else block
    return struct.pack("<IBBHHBBI", len(block) + 16, 1, 1, 0x1B, 0x201, 80, 1, 8) + block


def behind_header(block=None, size=77):
    block = iir_2005() if block is None else block
    return random.Random(7).randbytes(size) + block
