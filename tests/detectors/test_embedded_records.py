"""Records amid other text, in several packings, and in lists of bytes with a sign."""

import base64
import io
import json
import lzma
import sys
import zipfile
import zlib
from pathlib import Path

import polars as pl
import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "formats"))
from records_made import EVERY

from privscan.api import scan
from privscan.detectors import records
from privscan.formats.records.embedded import embedded
from privscan.model.data import Column, Hits
from privscan.model.kinds import Kind

FMR, FIR = EVERY["fmr_2005"].content, EVERY["fir_2005"].content
CODED = base64.b64encode(FMR).decode()


def archive(content):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("one.fmr", content)
    return held.getvalue()


def entities(*cells, kind=Kind.TEXT):
    column = Column("x", kind, pl.Series("x", list(cells)))
    return [(h.entity, h.mask.to_list()) for h in records.find(column) if isinstance(h, Hits)]


@pytest.mark.parametrize(
    "text",
    [
        json.dumps({"finger": 1, "template": CODED}),
        json.dumps({"template": CODED}).replace("/", "\\/"),
        f"<enrol><finger>{CODED}</finger></enrol>",
        f'<?xml version="1.0"?><enrol><finger>{CODED}</finger></enrol>',
        f"2024-01-01 INFO enrolled, template={CODED} ok",
        f"FMR:{CODED}",
        f"base64:{CODED}",
        f"template: 0x{FMR.hex().upper()} of finger 1",
        base64.b64encode(CODED.encode()).decode(),
        base64.b64encode(FMR.hex().encode()).decode(),
        CODED.encode().hex(),
        base64.b64encode(zlib.compress(FMR)).decode(),
        base64.b64encode(archive(FMR)).decode(),
    ],
)
def test_amid_text_and_in_writings_of_writings(text):
    assert entities(text, "an ordinary sentence without any code") == [
        ("fingerprint", [True, False])
    ]


@pytest.mark.parametrize("pack", [zlib.compress, lzma.compress, archive])
def test_packed_bytes(pack):
    assert entities(pack(FIR), b"x\x9c and so on: no packing", kind=Kind.BYTES) == [
        ("fingerprint", [True, False])
    ]


def test_bytes_with_a_sign():
    signed = [float(b - 256 if b > 127 else b) for b in FMR]
    other = [*signed, 200.0]
    assert entities(signed, other, kind=Kind.VECTOR) == [("fingerprint", [True, False])]


@pytest.mark.parametrize(
    "text",
    [
        "Rk1SACAyM is how templates begin in base64",
        json.dumps({"token": base64.b64encode(bytes(range(7, 99))).decode()}),
        "iVBORw0KGgo is how pictures begin, and no more of it follows here",
        f"<a>{'Rk1TACAyMDAw' * 9}</a>",
        "commit 464d5a0020 of 2024, see also ffa0aa0ffaa0",
    ],
)
def test_other_texts_are_nothing(text):
    assert not entities(text)


def test_a_picture_amid_text_goes_on_as_a_picture():
    picture = b"\x89PNG\r\n\x1a\n" + bytes(60)
    text = json.dumps({"photo": f"data:image/png;base64,{base64.b64encode(picture).decode()}"})
    assert list(embedded(text)) == [picture]


def test_words_beside_a_record_are_looked_at_as_ever():
    rows = [json.dumps({"mail": f"a.person{i}@example.com", "t": CODED}) for i in range(30)]
    (dataset,) = scan(pl.DataFrame({"payload": rows})).datasets
    (column,) = dataset.columns
    assert {"fingerprint", "email"} <= {e.entity for e in column.entities}
