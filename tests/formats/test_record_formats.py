"""Every format is read to its measures; what is cut, changed, random or something else is not."""

from __future__ import annotations

import gzip
import random
import zlib
from collections import Counter
from pathlib import Path

import pytest
import records_chip as chip
import records_iso as iso
import records_nist as nist
from hypothesis import given, settings
from hypothesis import strategies as st
from records_made import EVERY

from privscan.formats.records.coded import is_coded, uncoded, unpacked
from privscan.formats.records.parse import parse
from privscan.formats.records.record import Malformed, Record

DEV = Path(__file__).parents[3] / "shared" / "data" / "bio_dev"
NAMES = sorted(EVERY)


def entities(record):
    return dict(Counter(view.entity for view in record.views))


@pytest.mark.parametrize("name", NAMES)
def test_every_format_is_read(name):
    made = EVERY[name]
    found = parse(made.content)
    assert isinstance(found, Record), found
    assert found.broken == ""
    assert entities(found) == made.entities
    first = found.views[0] if found.views else None
    assert ((first and first.standard) or found.standard) == made.standard
    assert made.measures.items() <= dict(first.measures if first else {}).items()


@pytest.mark.parametrize("name", NAMES)
def test_bytes_that_follow_change_nothing(name):
    made = EVERY[name]
    if made.content.lstrip().startswith(b"<") or name in {"vir", "com", "sod", "libfprint"}:
        return
    found = parse(made.content + bytes(3))
    assert isinstance(found, Record)
    assert (entities(found), found.broken) == (made.entities, "")


@pytest.mark.parametrize(
    ("name", "at", "size"),
    [("fmr_2005", 8, 4), ("fmr_2011", 8, 4), ("fir_2005", 8, 6), ("fir_2011", 8, 4), ("fac_2005", 8, 4),
     ("iir_2005", 8, 4), ("iir_2011", 8, 4)],
)  # fmt: skip
@pytest.mark.parametrize("off", [-2, -1, 1, 2])
def test_a_length_off_by_a_byte_or_two_is_as_real_records_have_it(name, at, size, off):
    content = bytearray(EVERY[name].content)
    content[at : at + size] = (int.from_bytes(content[at : at + size]) + off).to_bytes(size)
    found = parse(bytes(content))
    assert isinstance(found, Record)
    assert found.broken == ""


@pytest.mark.parametrize("name", NAMES)
def test_truncated_anywhere_it_is_broken_or_none_and_never_more(name):
    made = EVERY[name]
    size = len(made.content)
    places = (
        range(size)
        if size < 600
        else sorted({*range(120), *range(0, size, size // 60), *range(size - 8, size)})
    )
    for stop in places:
        found = parse(made.content[:stop])
        if isinstance(found, Record):
            seen = entities(found)
            assert all(seen[e] <= made.entities[e] for e in seen if e in made.entities)
            assert set(seen) <= set(made.entities)
    early = parse(made.content[: size // 2])
    assert not isinstance(early, Record) or early.broken or name in {"com", "dump", "sod"}


@pytest.mark.parametrize(
    "name",
    [
        n
        for n in NAMES
        if EVERY[n].entities
        and n not in {"dump", "libfprint", "dg2_wrapped_39794"}
        and "an2k" not in n
        and "xml" not in n
    ],
)
def test_a_truncated_record_is_said_to_be_broken(name):
    content = EVERY[name].content
    found = parse(content[: len(content) - 10])
    reason = getattr(found, "broken", "") or getattr(found, "reason", "")
    assert reason


@settings(max_examples=300)
@given(
    st.sampled_from(NAMES),
    st.lists(st.tuples(st.integers(0, 1 << 16), st.integers(0, 255)), max_size=6),
    st.integers(0, 1 << 16),
)
def test_mutations_never_raise(name, changes, stop):
    content = bytearray(EVERY[name].content)
    for place, value in changes:
        content[place % min(len(content), 400)] = value
    parse(bytes(content))
    parse(bytes(content[: stop % (len(content) + 1)]))


@settings(max_examples=300)
@given(st.binary(max_size=400))
def test_random_bytes_are_nothing(content):
    assert parse(content) is None


MAGICS = [EVERY[name].content[:8] for name in ("fmr_2005", "fmr_2011", "fir_2005", "fir_2011", "fac_2005",
          "fac_2011", "iir_2005", "iir_2011", "vir", "ansi_378_2009_am1")]  # fmt: skip
STARTS = [*MAGICS, b"\xff\xa0\xff\xa2", b"\xff\xa0\xff\xa8\0\x0c", b"\x75\x82\x10\x00\x7f\x61\x82\x0f\xfa\x02\x01\x01", b"\x61\x5b\x5f\x1f\x58",
          b"\x03\x0d", b"1.001:00000200\x1d1.002:0400\x1d", b"\x65\x82\x10\0\xa0\x08\x80\x01\x03\x81\x02\x07\xe3", b"<?xml version='1.0'?>"]  # fmt: skip


@pytest.mark.parametrize("start", STARTS, ids=lambda s: s[:4].hex())
def test_a_magic_before_random_bytes_is_no_record(start):
    chance = random.Random(start)
    for _ in range(2_000):
        found = parse(start + chance.randbytes(chance.randrange(20, 300)))
        assert not isinstance(found, Record)


@pytest.mark.parametrize(
    "content",
    [
        b"", b"FMR", b"FMR\0", b"IIR is short for infinite impulse response, FIR for finite",
        b"%PDF-1.7\n" + bytes(400), b"PK\3\4" + bytes(300), zlib.compress(bytes(999)), gzip.compress(b"x" * 99, mtime=0),
        iso.picture("JPEG"), iso.picture("JPEG2000"), iso.picture("PNG"),
        b"<html><body>BIR</body></html>" * 20, b"<?xml version='1.0'?><BIR><a/></BIR>",
        b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>' + b" " * 99,
        b"1.001: a table of numbers\n1.002: another\n" * 9, b"1.01,2.02,3.03\n" * 30,
        chip.tlv(0x30, bytes(200)), chip.tlv(0x61, b"\x4f\x07\xa0\0\0\2\x47\x10\x01" + bytes(40)),
        chip.tlv(0x60, bytes(60)), chip.tlv(0x7F21, bytes(300)), b"\0" * 4_000, b"\xff" * 4_000,
    ],
    ids=lambda c: repr(c[:12]),
)  # fmt: skip
def test_look_alikes_are_nothing(content):
    assert parse(content) is None


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"FMR\x00 20\0" + bytes(60), "values that cannot be"),
        (b"FMR\x00 20\0" + bytes(8) + b"\x0f" * 60, "resolution"),
        (b"FMR\x00999\0" + bytes(60), "version"),
        (b"FIR\x00010\0" + b"\xff" * 60, "values that cannot be"),
        (iso.fac_2005(b"no picture at all" * 9), "coding"),
        (iso.iir_2005(b"neither is this" * 9), "coding"),
        (iso.fir_2005(b"short", compression=0), "size"),
        (iso.fmr_2005((20,))[:30], "ends early"),
        (chip.dg1("P" + "p" * 87), "machine-readable zone"),
        (nist.transaction((14, b"14.002:no length" + bytes(40))), "length"),
        (b'<?xml version="1.0"?><BIR xmlns="http://standards.iso.org/iso-iec/19785/-3/"><x>', "well-formed"),
        (nist.cbeff_xml().replace(b"<BIR ", b"<!DOCTYPE BIR [<!ENTITY a 'b'>]><BIR ", 1), "document type"),
    ],
)  # fmt: skip
def test_a_record_that_contradicts_itself_says_why(content, reason):
    found = parse(content)
    assert isinstance(found, Malformed)
    assert reason in found.reason


def test_a_length_that_lies_is_said_beside_what_was_seen():
    content = bytearray(iso.fmr_2005())
    content[8:12] = (len(content) // 2).to_bytes(4)
    found = parse(bytes(content))
    assert isinstance(found, Record)
    assert (len(found.views), found.broken) == (2, "its declared length does not fit")


def test_minutiae_outside_their_image_are_none():
    content = bytearray(iso.fmr_2005((30,)))
    content[14:18] = b"\0\x05\0\x05"
    assert isinstance(parse(bytes(content)), Malformed)


@pytest.mark.parametrize("after", [b"\x90\0", b"\x31\4abcd", b"\x90\0" + bytes(9), b"\x5a\x82"])
def test_what_readers_keep_after_a_chips_file_changes_nothing(after):
    found = parse(chip.dg2() + after)
    assert isinstance(found, Record)
    assert (entities(found), found.broken) == ({"face_image": 1}, "")


def test_markup_in_other_encodings():
    text = nist.niem_xml("Zoé").decode()
    declared = text.replace('"1.0"', '"1.0" encoding="UTF-16"', 1)
    assert ("given_name", "Zoé") in parse(declared.encode("utf-16")).texts
    assert ("given_name", "Zoé") in parse(uncoded(declared)).texts


@pytest.mark.parametrize(
    "encoding", [b"UTF-f", b"cp1252", b"utf-7", b"shift_jis", b"idna", b"\xff"]
)
def test_an_encoding_that_nobody_knows_is_no_crash(encoding):
    content = nist.cbeff_xml().replace(b"UTF-8", encoding, 1)
    assert isinstance(parse(content), Record | Malformed)


def test_numbers_too_long_to_be_any_are_left_out():
    content = nist.niem_xml().replace(b">96<", b">" + b"9" * 9_000 + b"<")
    assert dict(parse(content).views[0].measures) == {"height": 120}


def test_schemas_and_empty_documents_hold_nothing():
    schema = b'<?xml version="1.0"?><xs:schema targetNamespace="http://standards.iso.org/iso-iec/39794/-4"/>'
    assert parse(schema) is None
    empty = parse(nist.cbeff_xml([]))
    assert isinstance(empty, Record)
    assert (empty.views, empty.broken) == ((), "")


def test_elements_without_end_are_refused():
    found = parse(b"<BIR xmlns='iso-iec/19785'>" + b"<a>" * 9_000)
    assert isinstance(found, Malformed)
    assert "too deep" in found.reason


def test_templates_in_templates_end():
    block = iso.fac_2005()
    for _ in range(40):
        block = chip.group(chip.template(block))
    assert parse(block) is not None


@pytest.mark.parametrize("wide", [True, False])
def test_words_of_a_transaction_by_their_field(wide):
    domain = b"NORAM" if wide else b"INT-I"
    found = parse(
        nist.transaction(
            nist.descriptive("DOÉ,JANE".encode("latin-1")), nist.binary(), domain=domain
        )
    )
    words = dict(found.texts)
    assert words["full_name" if wide else "field_2_018"] == "DOÉ,JANE"
    assert words["date_of_birth" if wide else "field_2_022"] == "19840229"
    assert words["field_2_099"] == "REMARKS OF OFFICER"


def test_line_ends_between_records_are_passed():
    first, rest = nist.transaction(nist.image(14)).split(b"\x1c", 1)
    found = parse(first + b"\x1c\r\n" + rest)
    assert isinstance(found, Record)
    assert (entities(found), found.broken) == ({"fingerprint": 1}, "")


def test_words_of_chips_and_packages():
    assert dict(parse(chip.dg1()).texts)["mrz"].split("\n") == [chip.ZONE[:44], chip.ZONE[44:]]
    assert dict(parse(chip.dg11()).texts)["full_name"] == "ERIKSSON  ANNA MARIA"
    said = dict(parse(nist.niem_xml("Ana", "Ng")).texts)
    assert (said["given_name"], said["family_name"], said["date_of_birth"]) == (
        "Ana",
        "Ng",
        "1984-02-29",
    )


def test_portraits_are_handed_on_whole():
    for name in ("fac_2005", "dg2", "dg5", "an2k", "niem_xml_face"):
        pictures = [v.picture for v in parse(EVERY[name].content).views if v.entity == "face_image"]
        assert pictures == [iso.picture()]


@pytest.mark.parametrize("name", NAMES)
def test_every_writing_is_recognised_and_undone(name):
    import base64

    content = EVERY[name].content
    if name in {"behind_header", "bioapi", "piv_encrypted"} or content.startswith(b"<"):
        return
    coded = base64.b64encode(content).decode()
    for text in (coded, base64.urlsafe_b64encode(content).decode().rstrip("="), base64.encodebytes(content).decode(),
                 f"data:application/octet-stream;base64,{coded}", f'"{coded}"', content.hex(), content.hex().upper(),
                 f"0x{content.hex()}", f"\\x{content.hex()}", content.hex(" "), content.hex(":"), repr(content)):  # fmt: skip
        assert is_coded(text)
        assert uncoded(text) == content


@pytest.mark.parametrize("text", ["", "abc", "an ordinary sentence, longer than any code would be, and plain",
                                  "d41d8cd98f00b204e9800998ecf8427e" * 2, "1.01: not a transaction", "0x00", "data:text/plain,hello"])  # fmt: skip
def test_ordinary_texts_are_no_writing(text):
    assert not is_coded(text)


@pytest.mark.parametrize("cut", [1, 2, 3, 4, 5, 40])
def test_a_literal_may_be_cut_anywhere(cut):
    content = iso.fmr_2005()
    text = repr(content)[:-cut]
    assert is_coded(text)
    assert content.startswith(uncoded(text))
    assert len(uncoded(text)) >= len(content) - cut


def test_packed_bytes_unfold_as_far_as_they_do():
    import bz2

    content = EVERY["dump"].content
    assert unpacked(gzip.compress(content)) == content
    assert unpacked(bz2.compress(content)) == content
    assert content.startswith(unpacked(gzip.compress(content)[:-40]))


@pytest.mark.skipif(not DEV.is_dir(), reason="the development records are not here")
def test_public_records():
    files = [
        p for p in (DEV / "templates").iterdir() if p.suffix != ".jp2" and "encyrpted" not in p.name
    ]
    assert len(files) > 30
    assert [p.name for p in files if not isinstance(parse(p.read_bytes()), Record)] == []
    others = [p for p in DEV.rglob("*") if p.is_file() and p.parent.name != "templates"]
    assert [p.name for p in others if parse(p.read_bytes()) is not None] == []
