"""Documents taken apart: where words hide in them, and that what is not read is said."""

from __future__ import annotations

import gzip
import io
import random
import time
import zipfile
from email.message import EmailMessage
from importlib import import_module
from pathlib import Path

import polars as pl
import pytest

import privscan as ps
from privscan.detectors import documents
from privscan.formats.documents import document_kind, document_of
from privscan.model.data import Column, Unread
from privscan.model.kinds import Kind

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
CORE = (
    '<cp:coreProperties xmlns:cp="x" xmlns:dc="y"><dc:creator>Maria Garcia</dc:creator>'
    "<cp:lastModifiedBy>Ken Sato</cp:lastModifiedBy></cp:coreProperties>"
)
PLANTED = "anna.schmidt@example.org"


def zipped(**parts):
    """A ZIP of the parts in order; `__` in a name is a slash, and `_xml` its suffix."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            how = zipfile.ZIP_STORED if name == "mimetype" else None
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content, how)
    return held.getvalue()


def word(body, **more):
    return zipped(
        **{"[Content_Types]_xml": TYPES},
        word__document_xml=f"<w:document {W}><w:body>{body}</w:body></w:document>",
        **more,
    )


def paragraph(text):
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def pdf(*lines, author="", **more):
    """One page with a line of text each, and whatever pypdf adds."""
    from pypdf import PdfWriter
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    writer = PdfWriter()
    page = writer.add_blank_page(400, 400)
    font = DictionaryObject(
        {
            NameObject(k): NameObject(v)
            for k, v in (("/Type", "/Font"), ("/Subtype", "/Type1"), ("/BaseFont", "/Helvetica"))
        }
    )
    fonts = DictionaryObject({NameObject("/F"): writer._add_object(font)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    stream = DecodedStreamObject()
    shown = "".join(f"1 0 0 1 20 {380 - 20 * i} Tm ({line}) Tj " for i, line in enumerate(lines))
    stream.set_data(f"BT /F 12 Tf {shown} ET".encode())
    page[NameObject("/Contents")] = writer._add_object(stream)
    if author:
        writer.add_metadata({"/Author": author})
    for name, content in more.get("attached", {}).items():
        writer.add_attachment(name, content)
    if note := more.get("note"):
        from pypdf.annotations import FreeText

        writer.add_annotation(0, FreeText(text=note, rect=(10, 10, 100, 40)))
    if more.get("crop"):
        page.cropbox.upper_right = (10, 10)
    if link := more.get("link"):
        from pypdf.annotations import Link

        writer.add_annotation(0, Link(rect=(10, 10, 90, 40), url=link))
    if mark := more.get("mark"):
        writer.add_outline_item(title=mark, page_number=0)
    if value := more.get("inherited"):
        _field(writer, page, value)
    if password := more.get("password"):
        writer.encrypt(password, algorithm="AES-256")
    held = io.BytesIO()
    writer.write(held)
    return held.getvalue()


def _field(writer, page, value):
    """A field of a form whose value stands with its parent."""
    from pypdf.generic import (
        ArrayObject,
        DictionaryObject,
        FloatObject,
        NameObject,
        TextStringObject,
    )

    parent = DictionaryObject({NameObject("/FT"): NameObject("/Tx"), NameObject("/T"): TextStringObject("f")})  # fmt: skip
    parent[NameObject("/V")] = TextStringObject(value)
    above = writer._add_object(parent)
    kid = DictionaryObject(
        {NameObject("/Type"): NameObject("/Annot"), NameObject("/Subtype"): NameObject("/Widget")}
    )
    kid[NameObject("/Rect")] = ArrayObject(map(FloatObject, (10, 10, 90, 40)))
    kid[NameObject("/Parent")] = above
    below = writer._add_object(kid)
    parent[NameObject("/Kids")] = ArrayObject([below])
    page[NameObject("/Annots")] = ArrayObject([below])
    form = DictionaryObject({NameObject("/Fields"): ArrayObject([above])})
    writer._root_object[NameObject("/AcroForm")] = writer._add_object(form)


def said(content):
    return "\n".join(document_of(content).texts)


@pytest.mark.parametrize(
    "content",
    [
        word(paragraph(PLANTED)),
        word("<w:p><w:r><w:t>anna.schmidt</w:t></w:r><w:r><w:t>@example.org</w:t></w:r></w:p>"),
        word(f"<w:p><w:del><w:r><w:delText>{PLANTED}</w:delText></w:r></w:del></w:p>"),
        word(
            f"<w:p><w:r><w:pict><w:txbxContent>{paragraph(PLANTED)}</w:txbxContent></w:pict></w:r></w:p>"
        ),
        word("", word__footnotes_xml=f"<w:f {W}>{paragraph(PLANTED)}</w:f>"),
        word("", word__comments_xml=f"<w:f {W}>{paragraph(PLANTED)}</w:f>"),
        word("", word__header1_xml=f"<w:f {W}>{paragraph(PLANTED)}</w:f>"),
        zipped(
            **{"[Content_Types]_xml": TYPES},
            ppt__slides__slide1_xml=f'<s xmlns:a="u"><a:p><a:r><a:t>{PLANTED}</a:t></a:r></a:p></s>',
        ),
        zipped(
            **{"[Content_Types]_xml": TYPES},
            ppt__comments__c1_xml=f'<c xmlns:p="u"><p:text>{PLANTED}</p:text></c>',
        ),
        zipped(
            mimetype="application/vnd.oasis.opendocument.text",
            content_xml=f'<o xmlns:text="u"><text:p>a <text:span>{PLANTED}</text:span> b</text:p></o>',
        ),
        word(f'<w:p><w:r><w:pict><a:x xmlns:a="u">{paragraph(PLANTED)}</a:x></w:pict><w:t>Contact</w:t></w:r></w:p>'),
        word("", word__charts__chart1_xml=f'<c xmlns:a="u"><a:p><a:t>t</a:t></a:p><v>{PLANTED}</v></c>'),
        word("", customXml__item1_xml=f"<r><mail>{PLANTED}</mail></r>"),
        word("", word__diagrams__data1_xml=f'<d xmlns:a="u"><a:p><a:t>{PLANTED}</a:t></a:p></d>'),
        word("", word__glossary__document_xml=f"<w:g {W}>{paragraph(PLANTED)}</w:g>"),
        word("", word__people_xml=f'<p><person author="x"><presenceInfo userId="{PLANTED}"/></person></p>'),
        word("", word___rels__document_xml=f"<w:f {W}>{paragraph(PLANTED)}</w:f>"),
        word("", **{"word/_rels/document.xml.rels": f'<R><r Target="mailto:{PLANTED}" TargetMode="External"/></R>'}),
        word("", **{"word/vmlDrawing1.vml": f"<v><textbox>{PLANTED}</textbox></v>"}),
        zipped(mimetype="application/vnd.oasis.opendocument.text", content_xml="<o/>",
               styles_xml=f'<s xmlns:text="u"><header><text:p>{PLANTED}</text:p></header></s>'),
        zipped(mimetype="application/vnd.oasis.opendocument.text", content_xml="<o/>",
               **{"Object 1/content.xml": f'<s xmlns:text="u"><text:p>{PLANTED}</text:p></s>'}),
        zipped(mimetype="application/vnd.oasis.opendocument.text",
               content_xml=f'<o xmlns:t="u"><t:p>see<annotation><creator>{PLANTED}</creator><date>2026-01-01</date></annotation></t:p></o>'),
        f"<html><script type='application/ld+json'>{{\"email\": \"{PLANTED}\"}}</script></html>".encode(),
        f"<html><template><noscript>{PLANTED}".encode(),
        f"<html><div data-mail='{PLANTED}'>".encode(),
        f"<html><p title='never closed {PLANTED} <b>".encode(),
        f"<html><![CDATA[{PLANTED}]]><![foo[ x".encode(),
        f"<!DOCTYPE html><p>write to {PLANTED}".encode(),
        f"<html><!-- {PLANTED} --></html>".encode("utf-16"),
        f'<html><a href="mailto:{PLANTED}">us</a></html>'.encode(),
        rf"{{\rtf1\ansi\pard write to {PLANTED}\par}}".encode(),
        pdf("write to", PLANTED),
        pdf("x", note=PLANTED),
        pdf("x", note="n" * 70_000 + " " + PLANTED),
        pdf(PLANTED, crop=True),
        pdf("x", link=f"mailto:{PLANTED}"),
        pdf("x", mark=f"to {PLANTED}"),
        pdf("x", inherited=PLANTED),
    ],
)  # fmt: skip
def test_words_are_found_wherever_they_stand(content):
    assert PLANTED in said(content)


def test_what_stands_beside_words_is_not_glued_to_them():
    box = f"<w:txbxContent>{paragraph('Anna')}</w:txbxContent>"
    both = f"<w:p><w:r><w:posOffset>914400</w:posOffset><Choice>{box}</Choice><Fallback>{box}</Fallback><w:t>Bob</w:t></w:r></w:p>"
    assert document_of(word(both)).texts == ("Anna", "Bob")


@pytest.mark.parametrize("name", ["cp932", "euc_jp", "iso2022_jp", "utf-8", "utf-16"])
@pytest.mark.parametrize("declared", [True, False])
def test_pages_in_japanese_encodings(name, declared):
    meta = f"<meta charset='{'x-sjis' if name == 'cp932' else name}'>" if declared else ""
    text = "山田太郎さんへのお知らせです"
    assert text in said(f"<html>{meta}<p>{text}</p></html>".encode(name))


@pytest.mark.parametrize("name", ["cp1252", "iso-8859-1", "utf-8"])
def test_pages_in_western_encodings(name):
    assert "José Müller" in said("<html><p>José Müller</p></html>".encode(name))
    wrong = "<html><meta charset='punycode'><p>José Müller</p></html>".encode(name)
    assert "José Müller" in said(wrong)


@pytest.mark.parametrize(
    "part", ["<!--", "<", "</", "<a ", '<a "', '<a b="', "<![CDATA[", "<?", "&a", "<a b=c/", "<div>", "<td>"]
)  # fmt: skip
def test_hostile_pages_take_linear_time(part):
    held = b"<html>" + part.encode() * (150_000 // len(part))
    begin = time.perf_counter()
    document_of(held)
    # The parser of the standard library takes minutes for a tenth of this.
    assert time.perf_counter() - begin < 5


def test_deep_markup_does_not_break_the_reader():
    deep = "<w:sdt>" * 50_000 + paragraph(PLANTED) + "</w:sdt>" * 50_000
    assert document_of(word(deep)).texts == (PLANTED,)


def test_a_row_of_a_table_is_one_text():
    cells = "".join(
        f"<w:tc>{paragraph(t)}</w:tc>" for t in ("Peter Miller", "DE89370400440532013000")
    )
    assert "Peter Miller\tDE89370400440532013000" in said(
        word(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>")
    )
    page = b"<html><tr><td>Peter Miller</td><td>DE89370400440532013000</td></tr></html>"
    assert "Peter Miller\tDE89370400440532013000" in said(page)


def test_who_wrote_it_stands_apart():
    assert document_of(word("", docProps__core_xml=CORE)).said == {
        "author": ("Maria Garcia",),
        "last_author": ("Ken Sato",),
    }
    assert document_of(pdf("x", author="Maria Garcia")).said["author"] == ("Maria Garcia",)


def test_files_inside_documents_go_on():
    inner = word(paragraph(PLANTED))
    assert document_of(pdf("x", attached={"a.docx": inner})).files == (inner,)
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = "a@example.org", "b@example.org", "x"
    letter.set_content("see the file")
    letter.add_attachment(inner, maintype="application", subtype="octet-stream")
    assert document_of(letter.as_bytes()).files == (inner,)
    assert document_of(word("", word__embeddings__o_bin=b"BLOB")).files == (b"BLOB",)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (pdf(PLANTED, password="secret"), "the PDF has a password"),
        (b"%PDF-1.7\n" + bytes(200), "the PDF is damaged"),
        (word(paragraph(PLANTED))[:200], "the Office document is damaged or encrypted"),
        (word("<w:p><w:r>"), "a part of the Office document is damaged or encrypted"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
            "an old or encrypted Office document: save it as docx, xlsx or pptx",
        ),
        (
            zipped(**{"[Content_Types]_xml": TYPES}, xl__workbook_xml="<w/>"),
            "a spreadsheet inside a cell is not read: scan it as a file",
        ),
    ],
)
def test_what_is_not_read_is_said_without_a_value(content, reason):
    column = Column("file", Kind.BYTES, pl.Series([content], dtype=pl.Binary))
    found = [one for one in documents.find(column) if isinstance(one, Unread)]
    assert [one.reason for one in found] == [reason]
    assert PLANTED not in repr(found)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (zipped(data_csv="a,b\n1,2" * 20), "a ZIP archive"),
        (gzip.compress(random.Random(1).randbytes(200)), "packed files"),
        (b"\x78\x9f\x3e\x22" + bytes(100), "a winmail.dat of Outlook"),
        (b"\x30\x82\x01\x00\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x03" + bytes(100), "signed or encrypted mail (S/MIME)"),
        (b"-----BEGIN PGP MESSAGE-----\n" + b"x" * 100, "a message encrypted with PGP"),
        (b"\0\0\0\x20ftypisom" + bytes(100), "a film"),
    ],
)  # fmt: skip
def test_what_nothing_opens_inside_a_cell_is_said(content, reason):
    column = Column("file", Kind.BYTES, pl.Series([content], dtype=pl.Binary))
    (found,) = documents.find(column)
    assert found.reason == f"{reason} inside a cell is not read: scan it as a file"


def test_packages_of_other_kinds_and_folders_called_word():
    other = zipped(**{"[Content_Types]_xml": TYPES}, visio__document_xml="<v>x</v>")
    assert document_of(other).unread == ("an Office package of a kind that is not read",)
    assert document_kind(zipped(**{"word/list.csv": "a,b\n1,2", "ppt/x.csv": "a"})) == ""


def test_texts_and_sounds_inside_documents_go_to_their_columns():
    whole = pdf("x", attached={"a.csv": b"name,mail\nAnna,anna@example.org"})
    column = Column("file", Kind.BYTES, pl.Series([whole], dtype=pl.Binary))
    (texts,) = documents.find(column)
    assert {"name,mail", "Anna,anna@example.org"} <= {*texts.cells}


def test_a_reader_that_fails_hides_no_other(monkeypatch):
    def failing(content):
        if b"bad" in content:
            raise RecursionError(PLANTED)
        return document_of(content)

    monkeypatch.setattr(documents, "document_of", failing)
    pages = [b"<html><p>bad" + b" " * 99, b"<html><p>good" + b" " * 99]
    column = Column("file", Kind.BYTES, pl.Series(pages, dtype=pl.Binary))
    texts, unread = documents.find(column)
    assert [*texts.cells] == ["good"]
    assert unread.reason == "its reader failed with RecursionError"


def test_a_bomb_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(import_module("privscan.formats.documents.office"), "LARGEST", 1 << 20)
    bomb = word("", **{f"word__p{i}_xml": bytes(1 << 19) for i in range(3)})
    assert len(bomb) < 1 << 14
    assert document_of(bomb).unread == ("the Office document unpacks to over 256 MB",)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"plain words, no document at all" * 10,
        b"a,b\n1,2\n" * 50,
        b"PK\x03\x05" + bytes(500),
        b"import re\nMAGIC = b'%PDF-1.4'\n" * 10,
        b"magic,name\n%PDF-1.4,pdf\n%!PS,ps\n" * 10,
        b"From: a\nTo: b\nthis is a text about fields\n" * 5,
        b"\x89PNG\r\n\x1a\n" + bytes(100),
        b"name: value\nother: value\nthird: value\n\n",
    ],
)
def test_other_bytes_are_no_documents(content):
    assert document_kind(content) == ""
    column = Column("file", Kind.BYTES, pl.Series([content], dtype=pl.Binary))
    assert list(documents.find(column)) == []


def test_a_folder_of_documents_is_one_dataset(tmp_path: Path):
    (tmp_path / "a.docx").write_bytes(word(paragraph(PLANTED)))
    (tmp_path / "b.pdf").write_bytes(pdf(PLANTED))
    (tmp_path / "locked.pdf").write_bytes(pdf(PLANTED, password="secret"))
    report = ps.scan(tmp_path)
    (dataset,) = report.datasets
    found = {c.path: c for c in dataset.columns}
    assert found["document[].text"].entities[0].entity == "email"
    assert found["document[].text"].entities[0].cells == 2
    (unread,) = report.unread
    assert (unread.uri, unread.reason) == (f"{tmp_path}/locked.pdf", "the PDF has a password")
