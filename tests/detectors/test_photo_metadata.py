"""What photographs say beside their pixels: position, persons, serial numbers, captions, thumbnails."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from PIL import ExifTags, Image, ImageDraw, ImageFilter, ImageOps, PngImagePlugin

from privscan.detectors import photo_metadata
from privscan.model.data import Column, Hits
from privscan.model.kinds import Kind

DEV = Path(__file__).parents[3] / "shared" / "data" / "bio_dev" / "exif"
BASE, GPS = ExifTags.Base, ExifTags.GPS


def seen(*contents):
    return list(
        photo_metadata.find(Column("image", Kind.IMAGE, pl.Series(contents, dtype=pl.Binary)))
    )


def entities(*contents):
    return {hit.entity for hit in seen(*contents) if isinstance(hit, Hits)}


def said(*contents):
    inner = (one for one in seen(*contents) if isinstance(one, Column) and one.kind is Kind.TEXT)
    return {one.path.removeprefix("image[].metadata."): one.cells.to_list() for one in inner}


def scene(seed=3, size=(160, 120)):
    blocks = np.random.default_rng(seed).integers(0, 255, (6, 8, 3), np.uint8)
    return Image.fromarray(blocks).resize(size, Image.Resampling.BICUBIC)


def saved(picture=None, form="JPEG", **options):
    out = io.BytesIO()
    (picture or scene()).save(out, form, **options)
    return out.getvalue()


def tagged(base=None, exif_ifd=None, gps=None, form="JPEG"):
    exif = Image.Exif()
    exif.update({BASE.Software: "made", **(base or {})})
    for ifd, tags in ((ExifTags.IFD.Exif, exif_ifd), (ExifTags.IFD.GPSInfo, gps)):
        exif.get_ifd(ifd).update(tags or {})
    return saved(form=form, exif=exif)


TOKYO = {1: "N", 2: (35.0, 40.0, 52.0), 3: "E", 4: (139.0, 46.0, 1.0)}


@pytest.mark.parametrize(
    ("picture", "entity"),
    [
        (tagged(gps=TOKYO), "gps"),
        (tagged(gps=TOKYO, form="WEBP"), "gps"),
        (tagged(gps=TOKYO, form="PNG"), "gps"),
        (tagged(gps=TOKYO, form="AVIF"), "gps"),
        (tagged({BASE.Artist: "A. Person"}), "name_full"),
        (tagged({BASE.Artist: "A. Person"}, form="TIFF"), "name_full"),
        (tagged({0x9C9D: "A. Person\0".encode("utf-16-le")}), "name_full"),
        (tagged(exif_ifd={BASE.CameraOwnerName: "A. Person"}), "name_full"),
        (tagged(exif_ifd={BASE.BodySerialNumber: "0123456"}), "device_id"),
        (tagged(exif_ifd={BASE.LensSerialNumber: "A01"}), "device_id"),
    ],
)
def test_tags_that_speak_of_the_maker(picture, entity):
    assert entities(picture) == {entity}


@pytest.mark.parametrize(
    "picture",
    [
        saved(form="PNG"),
        saved(),
        tagged({BASE.Make: "Canon", BASE.DateTime: "2024:01:01 00:00:00"}),
        tagged({BASE.Artist: "   "}),
        tagged({BASE.Artist: "unknown"}),
        tagged({BASE.Artist: "Picasa 2.7"}),
        tagged({BASE.Artist: "Example Studios Ltd."}),
        tagged(exif_ifd={BASE.BodySerialNumber: "0000000"}),
        tagged(gps={2: (0.0, 0.0, 0.0), 4: (0.0, 0.0, 0.0)}),
        tagged(gps={1: "N", 2: (35.0, 40.0, 52.0)}),
        tagged(gps={**TOKYO, GPS.GPSStatus: "V"}),
        tagged(gps={**TOKYO, 2: (95.0, 0.0, 0.0)}),
        tagged(gps={29: "2024:01:01"}),
        b"no picture",
        b"",
    ],
)
def test_tags_that_do_not(picture):
    assert entities(picture) == set()


def xmp(inside):
    spaces = {
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "dc": "http://purl.org/dc/elements/1.1/",
        "exif": "http://ns.adobe.com/exif/1.0/",
        "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
        "mwg-rs": "http://www.metadataworkinggroup.com/schemas/regions/",
        "MP": "http://ns.microsoft.com/photo/1.2/",
        "MPReg": "http://ns.microsoft.com/photo/1.2/t/Region#",
        "aux": "http://ns.adobe.com/exif/1.0/aux/",
    }
    names = " ".join(f'xmlns:{key}="{value}"' for key, value in spaces.items())
    packet = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF {names}>{inside}</rdf:RDF></x:xmpmeta>'
    return saved(xmp=packet.encode())


def described(inside="", attributes=""):
    return xmp(f'<rdf:Description rdf:about="" {attributes}>{inside}</rdf:Description>')


def listed(*values):
    return f"<rdf:Bag>{''.join(f'<rdf:li>{value}</rdf:li>' for value in values)}</rdf:Bag>"


def region(kind, name):
    return f"""<mwg-rs:Regions rdf:parseType="Resource"><mwg-rs:RegionList><rdf:Bag><rdf:li>
        <rdf:Description mwg-rs:Name="{name}" mwg-rs:Type="{kind}"/>
        </rdf:li></rdf:Bag></mwg-rs:RegionList></mwg-rs:Regions>"""


SHOWN = [
    described(f"<Iptc4xmpExt:PersonInImage>{listed('Ana Example')}</Iptc4xmpExt:PersonInImage>"),
    described(region("Face", "Ana Example")),
    described(
        '<MP:RegionInfo rdf:parseType="Resource"><MPReg:Regions><rdf:Bag><rdf:li>'
        '<rdf:Description MPReg:PersonDisplayName="Ana Example"/>'
        "</rdf:li></rdf:Bag></MPReg:Regions></MP:RegionInfo>"
    ),
]


@pytest.mark.parametrize("picture", SHOWN)
def test_who_is_shown(picture):
    assert entities(picture) == {"name_full"}
    assert said(picture) == {"person_shown": ["Ana Example"]}


def test_a_region_that_is_no_face_names_nobody():
    picture = described(region("Pet", "Rex"))
    assert entities(picture) == set()
    assert said(picture) == {"region": ["Rex"]}


def test_a_position_in_xmp():
    at = 'exif:GPSLatitude="35,40.87N" exif:GPSLongitude="139,46.02E"'
    assert entities(described(attributes=at)) == {"gps"}
    assert entities(described(attributes='exif:GPSLatitude="35,40.87N"')) == set()
    nowhere = 'exif:GPSLatitude="0,0.0N" exif:GPSLongitude="0,0.0E"'
    assert entities(described(attributes=nowhere)) == set()


def test_captions_and_keywords_are_handed_on():
    creator = f"<dc:creator>{listed('Ana Example')}</dc:creator>"
    about = (
        "<dc:description><rdf:Alt><rdf:li xml:lang='ja'>運動会</rdf:li></rdf:Alt></dc:description>"
    )
    picture = described(f"{creator}{about}<dc:subject>{listed('school', 'Bo')}</dc:subject>")
    assert said(picture) == {
        "creator": ["Ana Example"],
        "description": ["運動会"],
        "keywords": ["school", "Bo"],
    }


def test_xmp_that_is_hostile_or_broken_says_nothing():
    bomb = b'<x:xmpmeta xmlns:x="a"><!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a></x:xmpmeta>'
    assert seen(saved() + bomb) == []
    assert seen(saved() + b"<x:xmpmeta><a></x:xmpmeta>") == []
    assert seen(saved() + b"<x:xmpmeta>" * 99) == []


def iptc(*datasets):
    data = b"".join(struct.pack(">BBBH", 0x1C, 2, n, len(v)) + v for n, v in datasets)
    block = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(data)) + data + b"\0" * (len(data) % 2)
    body = b"Photoshop 3.0\0" + block
    picture = saved()
    return picture[:2] + b"\xff\xed" + struct.pack(">H", len(body) + 2) + body + picture[2:]


def test_iptc():
    picture = iptc((80, b"A. Person"), (120, b"Ana and Bo"), (25, b"one"), (25, b"two"))
    assert entities(picture) == {"name_full"}
    assert said(picture) == {
        "creator": ["A. Person"],
        "description": ["Ana and Bo"],
        "keywords": ["one", "two"],
    }


def test_comments_and_text_chunks():
    chunks = PngImagePlugin.PngInfo()
    chunks.add_text("Author", "A. Person")
    chunks.add_itxt("Comment", "for Ana, 東京")
    chunks.add_text("Client", "Bo Example")
    chunks.add_text("Software", "a program")
    chunks.add_text("date:create", "2024-01-01")
    assert said(saved(form="PNG", pnginfo=chunks)) == {
        "creator": ["A. Person"],
        "comment": ["for Ana, 東京"],
        "text": ["Bo Example"],
    }
    assert said(saved(comment=b"for Ana")) == {"comment": ["for Ana"]}


def canon(owner):
    text = owner.ljust(32, b"\0")
    note = struct.pack("<HHHIIHHIII", 2, 0x0009, 2, 32, 0, 0x000C, 4, 1, 560018150, 0) + text
    exif = Image.Exif()
    exif.endian = "<"
    exif[BASE.Make] = "Canon"
    exif.get_ifd(ExifTags.IFD.Exif)[BASE.MakerNote] = note
    block = bytearray(exif.tobytes())
    at = block.index(note)
    struct.pack_into("<I", block, at + 10, at - 6 + 30)
    return saved(exif=bytes(block))


def test_the_notes_of_a_maker():
    assert entities(canon(b"A. Person")) == {"name_full", "device_id"}
    assert said(canon(b"A. Person")) == {"owner": ["A. Person"], "device_serial": ["560018150"]}
    assert entities(canon(b"")) == {"device_id"}


def with_thumbnail(picture, thumbnail):
    small = saved(thumbnail)
    first = struct.pack("<2sHIHI", b"II", 42, 8, 0, 14)
    second = struct.pack("<HHHIIHHIII", 2, 0x0201, 4, 1, 44, 0x0202, 4, 1, len(small), 0)
    return saved(picture, exif=b"Exif\0\0" + first + second + small)


def thumbnails(*contents):
    return [
        c for one in seen(*contents) if getattr(one, "kind", "") is Kind.IMAGE for c in one.cells
    ]


def test_a_thumbnail_that_shows_more_than_the_picture_is_looked_at():
    whole = scene(7)
    painted = whole.copy()
    ImageDraw.Draw(painted).rectangle((20, 0, 160, 120), fill="black")
    small = whole.resize((80, 60))
    assert len(thumbnails(with_thumbnail(whole.crop((0, 0, 60, 50)), small))) == 1
    assert len(thumbnails(with_thumbnail(painted, small))) == 1
    assert len(thumbnails(with_thumbnail(scene(8), small), with_thumbnail(whole, small))) == 1
    assert "hidden_thumbnail" in entities(with_thumbnail(painted, small))
    assert "hidden_thumbnail" not in entities(with_thumbnail(whole, small))


def street(size=(640, 480)):
    """Fine and coarse detail everywhere, as in a photograph."""
    rng = np.random.default_rng(11)
    fields = (
        Image.fromarray(rng.integers(0, 256, (high, high * 4 // 3), np.uint8)).resize(
            size, Image.Resampling.BICUBIC
        )
        for high in (6, 30, 120)
    )
    coarse, middle, fine = (np.asarray(field, np.float32) - 128 for field in fields)
    return Image.fromarray(
        np.clip(128 + coarse * 0.5 + middle * 0.3 + fine * 0.2, 0, 255).astype("u1")
    )


def bar(picture):
    ImageDraw.Draw(picture).rectangle((260, 180, 380, 240), fill=0)


def mosaic(picture):
    part = picture.crop((200, 120, 400, 320))
    picture.paste(part.resize((5, 5)).resize((200, 200), Image.Resampling.NEAREST), (200, 120))


def blur(picture):
    picture.paste(
        picture.crop((200, 120, 400, 320)).filter(ImageFilter.GaussianBlur(14)), (200, 120)
    )


def paint(picture):
    picture.paste(255, (0, 0, *picture.size))


@pytest.mark.parametrize("edit", [bar, mosaic, blur, paint])
def test_what_was_covered_stands_in_the_thumbnail(edit):
    whole, edited = street(), street()
    edit(edited)
    small = whole.resize((160, 120))
    assert len(thumbnails(with_thumbnail(edited, small))) == 1
    assert thumbnails(with_thumbnail(edited, edited.resize((160, 120)))) == []


@pytest.mark.parametrize(
    "change",
    [
        ImageOps.autocontrast,
        lambda picture: picture.filter(ImageFilter.GaussianBlur(2)),
        lambda picture: picture.filter(ImageFilter.SHARPEN),
        lambda picture: picture.point(lambda level: int(255 * (level / 255) ** 1.3)),
        lambda picture: picture.resize((1600, 1200)),
        lambda picture: picture.resize((200, 150)),
    ],
)
def test_what_a_camera_or_an_editor_does_to_all_of_a_picture_hides_nothing(change):
    small = street().resize((160, 120))
    assert thumbnails(with_thumbnail(change(street()), small)) == []
    assert thumbnails(with_thumbnail(street(), change(street()).resize((160, 120)))) == []


def test_a_thumbnail_of_the_picture_is_not():
    whole = scene(7)
    small = whole.resize((80, 60))
    boxed = Image.new("RGB", (80, 80))
    boxed.paste(small, (0, 10))
    flat = Image.new("RGB", (80, 60), "gray")
    for other in (small, boxed, small.rotate(90, expand=True), small.convert("L"), flat):
        assert thumbnails(with_thumbnail(whole, other)) == []
    assert thumbnails(with_thumbnail(whole.rotate(90, expand=True), small)) == []


def test_cut_metadata_break_nothing():
    whole = tagged({BASE.Artist: "A. Person"}, {BASE.BodySerialNumber: "123"}, TOKYO)
    assert entities(whole) == {"gps", "name_full", "device_id"}
    for cut in range(20, 260, 7):
        assert entities(whole[:cut]) <= {"gps", "name_full", "device_id"}
    mixed = np.random.default_rng(2)
    for _ in range(60):
        changed = bytearray(whole)
        for at in mixed.integers(20, 260, 6):
            changed[at] = mixed.integers(256)
        assert entities(bytes(changed)) <= {"gps", "name_full", "device_id"}


@pytest.mark.skipif(not DEV.is_dir(), reason="the development pictures are not here")
def test_public_photographs():
    found = {p.name: entities(p.read_bytes()) for p in sorted(DEV.iterdir())}
    assert sum("gps" in one for one in found.values()) == 3
    assert sum("name_full" in one for one in found.values()) == 2
