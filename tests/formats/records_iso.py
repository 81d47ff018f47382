"""Made-up records of ISO/IEC 19794 and ANSI INCITS 378, 381: valid to the byte, of nobody."""

from __future__ import annotations

import io
import random
import struct
from functools import cache

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 96, 120
DATE = struct.pack(">HBBBBBH", 2021, 4, 30, 12, 5, 59, 120)


@cache
def picture(form="JPEG", size=(WIDTH, HEIGHT)):
    """A few ellipses in one of the codings that records hold."""
    image = Image.new("L", size, 200)
    pen = ImageDraw.Draw(image)
    for step in range(4, 44, 6):
        pen.ellipse((step, step, size[0] - step, size[1] - step), outline=40, width=2)
    out = io.BytesIO()
    image.save(out, form)
    return out.getvalue()


def pixels():
    return bytes(random.Random(5).randrange(256) for _ in range(WIDTH * HEIGHT))


def minutiae(count, seed=1):
    chance = random.Random(seed)
    found = b""
    for _ in range(count):
        across, down = chance.randrange(WIDTH), chance.randrange(HEIGHT)
        kind = chance.choice((0, 1, 2))
        found += struct.pack(
            ">HHBB", kind << 14 | across, down, chance.randrange(180), chance.randrange(101)
        )
    return found


SIZES = struct.pack(">HHHH", WIDTH, HEIGHT, 197, 197)


def fmr_2005(counts=(12, 30), more=b""):
    views = b"".join(
        struct.pack(">BBBB", 1 + i, 0, 80, n) + minutiae(n, i) + struct.pack(">H", len(more)) + more
        for i, n in enumerate(counts)
    )
    body = struct.pack(">H", 0) + SIZES + struct.pack(">BB", len(counts), 0) + views
    return b"FMR\0 20\0" + struct.pack(">I", len(body) + 12) + body


def ansi_378_2004(counts=(20,), *, wide=False, version=b" 20\0"):
    views = b"".join(
        struct.pack(">BBBB", 1 + i, 0, 80, n) + minutiae(n, i) + b"\0\0"
        for i, n in enumerate(counts)
    )
    body = (
        struct.pack(">HHH", 0x42, 0x11, 0xB5) + SIZES + struct.pack(">BB", len(counts), 0) + views
    )
    size = 14 if wide else 10
    length = (
        struct.pack(">HI", 0, len(body) + size) if wide else struct.pack(">H", len(body) + size)
    )
    return b"FMR\0" + version + length + body


def captured(certified):
    quality = b"\x01" + struct.pack(">BHH", 80, 0x40, 0x0F)
    return DATE + bytes(5) + quality + (b"\x01" + struct.pack(">HB", 0x40, 2) if certified else b"")


def fmr_2011(counts=(14, 9), *, certified=False):
    found = b""
    for i, n in enumerate(counts):
        body = captured(certified) + struct.pack(
            ">BBHHBHHBB", 1 + i, 0, 197, 197, 0, WIDTH, HEIGHT, 0x60, n
        )
        body += minutiae(n, i) + b"\0\0"
        found += struct.pack(">I", len(body) + 4) + body
    header = struct.pack(">HB", len(counts), certified)
    return b"FMR\x00030\0" + struct.pack(">I", len(found) + 15) + header + found


def ansi_378_2009(counts=(11,), *, certified=True, version=b"030\0"):
    views = b"".join(
        struct.pack(">BBBBHH", 1 + i, 0, 0, 80, 6, 55)
        + SIZES
        + bytes((n,))
        + minutiae(n, i)
        + b"\0\0"
        for i, n in enumerate(counts)
    )
    body = struct.pack(">HH", 0x42, 0x11) + b"\0" * certified
    body += struct.pack(">HBB", 0xB5, len(counts), 0) + views
    return b"FMR\0" + version + struct.pack(">I", len(body) + 12) + body


def fir_2005(image=None, *, compression=4, position=1, product=b"", fingers=1):
    """`product` of four bytes makes it ANSI 381-2004."""
    image = picture("JPEG2000") if image is None else image
    view = struct.pack(">BBBBBHHB", position, 1, 1, 80, 0, WIDTH, HEIGHT, 0) + image
    block = struct.pack(">I", len(view) + 4) + view
    body = product + struct.pack(">HHBB4H", 0, 30, fingers, 1, *[500] * 4)
    body += struct.pack(">BBH", 8, compression, 0) + block * fingers
    return b"FIR\x00010\0" + (len(body) + 14).to_bytes(6) + body


def fir_2011(image=None, *, compression=4, certified=False, position=2):
    image = picture("JPEG2000") if image is None else image
    body = captured(certified) + struct.pack(">BBB4H", position, 0, 1, *[500] * 4)
    body += struct.pack(">BBBHHI", 8, compression, 0, WIDTH, HEIGHT, len(image)) + image
    block = struct.pack(">I", len(body) + 4) + body
    header = struct.pack(">HBB", 1, certified, 1)
    return b"FIR\x00020\0" + struct.pack(">I", len(block) + 16) + header + block


def ansi_381_2009():
    image = picture("PNG")
    body = bytes(40) + struct.pack(">I", len(image)) + image
    return b"FIR\x00020\0" + struct.pack(">I", len(body) + 12) + body


def fac_2005(image=None, *, points=0, images=1):
    image = picture() if image is None else image
    body = struct.pack(">HBBB", points, 1, 0, 0) + bytes(11) + bytes(8 * points)
    body += struct.pack(">BBHHBBHH", 1, 0, WIDTH, HEIGHT, 1, 2, 0, 0) + image
    block = struct.pack(">I", len(body) + 4) + body
    found = block * images
    return b"FAC\x00010\0" + struct.pack(">IH", len(found) + 14, images) + found


def fac_2011(image=None, *, points=0):
    image = picture("JPEG2000") if image is None else image
    body = DATE + bytes(5) + b"\x01" + struct.pack(">BHH", 80, 1, 1)
    body += struct.pack(">H", points) + bytes(19) + bytes(8 * points) + struct.pack(">BBB", 0, 1, 1)
    body += struct.pack(">HHHHBI", WIDTH, HEIGHT, 0, 0, 1, len(image)) + image
    block = struct.pack(">I", len(body) + 4) + body
    return b"FAC\x00030\0" + struct.pack(">IHBH", len(block) + 17, 1, 0, 0) + block


def iir_2005(image=None, *, coding=14, eyes=1):
    image = picture("JPEG2000") if image is None else image
    found = b""
    for eye in range(eyes):
        found += struct.pack(">BHHBHHI", eye + 1, 1, 1, 80, 0xFFFF, 0xFFFF, len(image)) + image
    header = struct.pack(">HBHHHHHHBB", 0, eyes, 45, 16, 210, coding, WIDTH, HEIGHT, 8, 0) + bytes(
        16
    )
    return b"IIR\x00010\0" + struct.pack(">I", len(found) + 45) + header + found


def irex(image=None, *, coding=14, boundary=b"\x12\x34"):
    image = picture("JPEG2000") if image is None else image
    found = struct.pack(">BHI", 1, 1, len(image)) + bytes(50)
    found += (struct.pack(">H", len(boundary)) + boundary) * 2 + image
    header = struct.pack(">HBHHHHHHBB", 0, 1, 46, 16, 210, coding, WIDTH, HEIGHT, 8, 0) + bytes(16)
    return b"IIR\x00020\0\1" + struct.pack(">I", len(found) + 46) + header + found


def iir_2011(image=None, *, coding=10):
    image = picture("JPEG2000") if image is None else image
    body = captured(0) + struct.pack(">HBBBBHHB", 1, 1, 7, coding, 0, WIDTH, HEIGHT, 8) + bytes(18)
    body += struct.pack(">I", len(image)) + image
    block = struct.pack(">I", len(body) + 4) + body
    return b"IIR\x00020\0" + struct.pack(">IHBB", len(block) + 16, 1, 0, 1) + block


def vein_record():
    body = random.Random(3).randbytes(200)
    return b"VIR\x00010\0" + struct.pack(">I", len(body) + 12) + body
