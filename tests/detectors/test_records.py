"""Records in cells, raw and written as text; what stands inside them; what broken ones are called."""

from __future__ import annotations

import base64
import bz2
import gzip
import io
import random
import sys
import wave
from pathlib import Path

import polars as pl
import pyarrow as pa
import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "formats"))
import records_chip as chip
import records_iso as iso
import records_nist as nist
from records_made import EVERY

from privscan.api import scan
from privscan.detectors import records
from privscan.model.data import Column, Hits, Unread
from privscan.model.kinds import Kind
from privscan.sources import records as source
from privscan.sources._files import recognised

FMR, FACE, WSQ, DUMP = (EVERY[n].content for n in ("fmr_2005", "fac_2005", "wsq", "dump"))


def column(*cells, labels=None):
    kind = Kind.BYTES if isinstance(cells[0], bytes) else Kind.TEXT
    dtype = pl.Binary if kind is Kind.BYTES else pl.String
    return Column("x", kind, pl.Series("x", cells, dtype), labels and pl.Series(labels))


def seen(*cells, **more):
    """What is found, by kind: hits as (entity, detector, rows, score), columns by path, reasons."""
    found = list(records.find(column(*cells, **more)))
    hits = {(h.entity, h.detector, tuple(h.mask.arg_true())) for h in found if isinstance(h, Hits)}
    inner = {c.path: c.cells.to_list() for c in found if isinstance(c, Column)}
    return hits, inner, [u for u in found if isinstance(u, Unread)]


def coded(content):
    return base64.b64encode(content).decode()


@pytest.mark.parametrize("name", sorted(EVERY))
def test_every_format_as_bytes_base64_and_hex(name):
    made = EVERY[name]
    wanted = {entity for entity in made.entities if entity}
    texts = (
        ()
        if "header" in name or name in {"bioapi", "piv_encrypted"}
        else (coded(made.content), made.content.hex())
    )
    for cell in (made.content, gzip.compress(made.content), *texts):
        hits, _, unread = seen(cell)
        assert {entity for entity, _, _ in hits} == wanted
        assert all(detector.startswith("records/") for _, detector, _ in hits)
        assert unread == []


@pytest.mark.parametrize(
    "write",
    [
        coded, base64.encodebytes, base64.urlsafe_b64encode, bytes.hex,
        lambda c: base64.urlsafe_b64encode(c).decode().rstrip("="),
        lambda c: base64.encodebytes(c).decode(), lambda c: f"data:application/octet-stream;base64,{coded(c)}",
        lambda c: f" {coded(c)}\n", lambda c: f"'{coded(c)}'", lambda c: c.hex().upper(), lambda c: "0x" + c.hex(),
        lambda c: "\\x" + c.hex(), lambda c: c.hex(" "), lambda c: c.hex(":").upper(), lambda c: coded(gzip.compress(c)),
        bz2.compress, lambda c: gzip.compress(coded(c).encode()), lambda c: gzip.compress(gzip.compress(c)), repr,
    ],
    ids=range(19),
)  # fmt: skip
def test_writings_are_undone(write):
    assert seen(write(FMR))[0] == {("fingerprint", "records/ISO 19794-2:2005", (0,))}


def vectors(*cells):
    return Column("x", Kind.VECTOR, pl.Series("x", cells, pl.List(pl.Float64)))


def test_lists_of_bytes_are_read_as_bytes():
    found = list(
        records.find(vectors(list(FMR), [0.5] * 40, list(FACE), list(FACE[:-50]), [], [1.0]))
    )
    hits = {(h.entity, h.score): h.mask.arg_true().to_list() for h in found if isinstance(h, Hits)}
    assert hits == {
        ("fingerprint", records.WHOLE): [0], ("face_image", records.WHOLE): [2], ("face_image", records.BROKEN): [3],
    }  # fmt: skip
    assert [(u.bytes, u.rows) for u in found if isinstance(u, Unread)] == [(len(FACE) - 50, 1)]


@pytest.mark.parametrize(
    "numbers",
    [[70.0, 77.0, 82.5, 0.0] * 20, [70.0, 77.0, 82.0, 0.0, 300.0] * 20, [70.0, 77.0, float("nan")] * 20, [-1.0] * 50,
     [255.0] * 200, [70.0, float("inf")] * 20],
)  # fmt: skip
def test_other_lists_of_numbers_are_nothing(numbers):
    assert list(records.find(vectors(numbers))) == []


def test_a_picture_in_a_list_becomes_a_picture():
    [found] = records.find(vectors(list(iso.picture())))
    assert (found.path, found.kind, found.cells.to_list()) == (
        "x[].picture",
        Kind.IMAGE,
        [iso.picture()],
    )


@pytest.mark.parametrize("name", ["an2k_words", "cbeff_xml", "niem_xml_face", "iso_39794_xml"])
def test_records_that_are_texts_stand_in_texts(name):
    made = EVERY[name]
    hits, inner, unread = seen(made.content.decode(), "<p>" + "words " * 40 + "</p>")
    assert {entity for entity, _, _ in hits} == set(made.entities)
    assert all(rows == (0,) for _, _, rows in hits)
    assert ("x[].full_name" in inner) == (name == "an2k_words")
    assert unread == []


def test_zstandard_is_unfolded():
    stream = pa.BufferOutputStream()
    with pa.CompressedOutputStream(stream, "zstd") as out:
        out.write(WSQ)
    assert seen(stream.getvalue().to_pybytes())[0] == {("fingerprint", "records/WSQ", (0,))}


def test_hits_count_and_measure():
    found = [
        h
        for h in records.find(column(FMR, b"no record" * 9, iso.fmr_2005((40, 7))))
        if isinstance(h, Hits)
    ]
    assert [(h.count, h.score, h.mask.to_list()) for h in found] == [
        (2, records.WHOLE, [True, False, True])
    ]
    assert found[0].ranges == {
        "views": (2, 2),
        "minutiae": (7, 40),
        "width": (96, 96),
        "height": (120, 120),
    }


def test_portraits_and_words_go_on_under_the_label_of_their_cell():
    found = [c for c in records.find(column(FMR, DUMP, labels=["a", "b"])) if isinstance(c, Column)]
    assert {c.path: (c.kind, c.labels.to_list()) for c in found} == {
        "x[].portrait": (Kind.IMAGE, ["b"]), "x[].mrz": (Kind.TEXT, ["b"]),
    }  # fmt: skip
    assert next(c for c in found if c.kind is Kind.IMAGE).cells.to_list() == [iso.picture()]


@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF", "BMP", "TIFF", "WEBP", "JPEG2000"])
def test_pictures_in_text_become_pictures(form):
    content = iso.picture(form)
    for text in (
        coded(content),
        f"data:image/x;base64,{coded(content)}",
        content.hex(),
        "\\x" + content.hex(),
    ):
        assert seen(text) == (set(), {"x[].picture": [content]}, [])


def test_sound_in_text_becomes_sound():
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setparams((1, 2, 8_000, 0, "NONE", ""))
        sound.writeframes(random.Random(1).randbytes(4_000))
    content = out.getvalue()
    for text in (coded(content), content.hex()):
        found = [c for c in records.find(column(text)) if isinstance(c, Column)]
        assert [(c.path, c.kind) for c in found] == [("x[].audio", Kind.AUDIO)]
        assert found[0].cells.to_list() == [content]


def test_a_broken_record_is_said_with_its_file_or_column():
    cut = FACE[:-50]
    hits, _, unread = seen(cut, cut, b"\1" * 40)
    assert hits == {("face_image", "records/ISO 19794-5:2005", (0, 1))}
    assert unread == [
        Unread("", "", "malformed ISO 19794-5:2005 record: it ends early", 2 * len(cut), 2)
    ]
    _, _, unread = seen(b"FMR\x00 20\0" + bytes(8) + b"\x0f" * 32, labels=["dir/a.fmr"])
    assert unread == [
        Unread(
            "dir/a.fmr", "", "malformed ISO 19794-2:2005 record: its resolution cannot be", 48, 1
        )
    ]


def test_a_broken_record_scores_less_than_a_whole_one():
    scores = [h.score for h in records.find(column(FACE, FACE[:-50])) if isinstance(h, Hits)]
    assert sorted(scores) == [records.BROKEN, records.WHOLE]


@pytest.mark.parametrize(
    "cells",
    [
        [random.Random(i).randbytes(i % 300) for i in range(3_000)],
        [random.Random(i).randbytes(20 + i % 90).hex() for i in range(3_000)],
        [coded(random.Random(i).randbytes(30 + i % 90)) for i in range(3_000)],
        [iso.picture("PNG")[8:], b"", b"\0" * 500, b"\xff" * 500, b"plain text, long enough to be looked at" * 4],
        ["", "x", "Rk1SA", "an address: 0x464d5200203230", "FMR 20 " * 20, "<BIR>" * 20, "/6D/" * 30, "1.001:" * 12],
        ['<?xml version="1.0"?><note xmlns="urn:x">' + "word " * 50 + "</note>", "data:text/html;base64," + "A" * 99],
    ],
    ids=["bytes", "hex", "base64", "other bytes", "other texts", "other markup"],
)  # fmt: skip
def test_what_is_no_record_gives_nothing(cells):
    assert seen(*cells) == (set(), {}, [])


def test_no_cells_and_short_cells():
    for kind, dtype in ((Kind.BYTES, pl.Binary), (Kind.TEXT, pl.String)):
        assert list(records.find(Column("x", kind, pl.Series([], dtype=dtype)))) == []
    assert seen(b"", b"F", b"FM", b"FMR\0")[0] == set()


def test_files_are_known_by_their_structure(tmp_path):
    for name, made in EVERY.items():
        (tmp_path / name).write_bytes(made.content)
        assert recognised(str(tmp_path / name)).source == "records", name
    for name, content in (("hex", FMR.hex(" ")), ("base64", base64.encodebytes(WSQ).decode())):
        (tmp_path / name).write_text(content)
        assert recognised(str(tmp_path / name)).source == "records"
    (tmp_path / "packed").write_bytes(gzip.compress(DUMP))
    assert recognised(str(tmp_path / "packed")).source == "records"


@pytest.mark.parametrize(
    ("content", "other"),
    [
        (f"id,print\n1,{coded(FMR)}\n", "delimited"), (f"{coded(FMR)}\n{coded(FMR)}\n", "delimited"),
        ("1.001: one\n1.002: two\n" * 9, "delimited"), (f'{{"bdb": "{coded(FMR)}"}}', "json"),
        ('<?xml version="1.0"?><a xmlns="urn:b"/>', ""), ("FMR is a word\n" * 5, "delimited"),
    ],
)  # fmt: skip
def test_other_files_are_left_to_their_readers(tmp_path, content, other):
    (tmp_path / "f").write_text(content)
    assert recognised(str(tmp_path / "f")).source == other
    assert not source.sniff(content.encode())


def profile(report, path):
    [column] = [c for d in report.datasets for c in d.columns if c.path == path]
    return {e.entity: e for e in column.entities}


def test_hidden_in_a_table_they_are_found(tmp_path):
    chance = random.Random(4)
    blobs = [chance.randbytes(chance.randrange(10, 200)) for _ in range(400)]
    raw, text, hexes = blobs.copy(), [coded(b) for b in blobs], [b.hex() for b in blobs]
    raw[17], raw[200], text[90], hexes[3] = FMR, iso.iir_2011(), coded(nist.ten_prints()), FMR.hex()
    frame = pl.DataFrame({"id": range(400), "data": raw, "note": text, "code": hexes})
    frame.write_parquet(tmp_path / "t.parquet")
    report = scan(tmp_path / "t.parquet")
    assert {"fingerprint", "iris"} <= set(profile(report, "data"))
    assert {"fingerprint", "face_image"} <= set(profile(report, "note"))
    found = profile(report, "code")["fingerprint"]
    assert (found.cells, found.confidence > 0.9) == (1, True)
    assert [f.name for f in found.forms] == ["records/ISO 19794-2:2005"]
    assert report.unread == ()


def test_nothing_that_a_record_says_leaves_it(tmp_path):
    name, born, place = "QUIXOTTE,ZEBULON", "19610717", "XANADUPOLIS"
    (tmp_path / "a.an2").write_bytes(
        nist.transaction(nist.descriptive(name.encode(), born.encode()), nist.binary())
    )
    (tmp_path / "b.bin").write_bytes(chip.dg11("ZWIEBEL<<OTTOKAR", "77-QX-12345", place))
    (tmp_path / "c.bin").write_bytes(chip.dg1())
    (tmp_path / "d.an2").write_bytes(
        nist.transaction(nist.descriptive(name.encode(), born.encode()))[:-9]
    )
    report = scan(tmp_path)
    paths = {c.path for d in report.datasets for c in d.columns}
    assert {"record[].full_name", "record[].mrz"} <= paths
    report.save(tmp_path / "r.json")
    report.save(tmp_path / "r.html")
    said = (
        (tmp_path / "r.json").read_text("utf-8")
        + (tmp_path / "r.html").read_text("utf-8")
        + repr(report)
    )
    for secret in ("QUIXOTTE", "ZEBULON", born, place, "ZWIEBEL", "12345", "ERIKSSON", "L898902C"):
        assert secret not in said
    assert [u.reason for u in report.unread if "d.an2" in u.uri]


def scanned(cells, name="note"):
    [data] = scan(pl.DataFrame({name: cells}), workers=1).datasets
    return next(one for one in data.columns if one.path == name)


def test_no_number_is_read_out_of_the_letters_of_a_record():
    """The code is long enough to hold a valid number of every country by chance."""
    code = "RSSMRA85T10A562S"  # an Italian tax number, as chance would put it into base64
    held = base64.b64encode(iso.fmr_2005()).decode()
    spot = base64.b64encode(iso.fmr_2005((12, 30), more=base64.b64decode(code))).decode()
    assert code in spot
    texts = [f"ordered {n} chairs and a desk, to be sent on Monday" for n in range(30)]
    entities = {one.entity for one in scanned([*texts, held, spot]).entities}
    assert "fingerprint" in entities
    assert "national_id" not in entities
    said = {one.entity for one in scanned([*texts, f"tax code {code}"]).entities}
    assert "national_id" in said or "tax_id" in said


def test_bytes_in_hex_are_no_rows_of_telephone_numbers():
    cell = iso.fmr_2005((60, 60)).hex(" ")
    report = scan(pl.DataFrame({"blob": [cell] * 3}), workers=1)
    assert report.complete, report.unread
    assert "phone" not in {e.entity for c in report.datasets[0].columns for e in c.entities}
