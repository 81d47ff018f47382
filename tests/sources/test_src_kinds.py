"""What is no table is not read as one: other formats, keys that are data, mixed encodings."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from pathlib import Path

import pytest

SHARED = Path(__file__).parents[3] / "shared" / "data" / "bio_dev"


def archive(mode):
    out = io.BytesIO()
    if mode == "zip":
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as packed:
            packed.writestr("t.csv", "name,mail\n" + "Ana,ana@example.com\n" * 90)
    else:
        with tarfile.open(fileobj=out, mode="w") as packed:
            packed.addfile(tarfile.TarInfo("t.csv"))
    return out.getvalue()


PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
OTHERS = {
    "small PDF": (PDF, "PDF"),
    "stored ZIP": (archive("zip"), "ZIP"),
    "tar": (archive("tar"), "tar"),
    "tar in gzip": (gzip.compress(archive("tar")), "tar"),
    "RTF": (b"{\\rtf1\\ansi Dear Ana,\\par thank you.}\n", "RTF"),
    "PostScript": (b"%!PS-Adobe-3.0\n%%Title: x\nshowpage\n", "PostScript"),
    "bitmap": (b"P1\n# made by hand\n3 2\n1 0 1\n0 1 0\n", "netpbm picture"),
    "grey map": (b"P2 3 2 255 0 1 2 3 4 5\n", "netpbm picture"),
    "packed map": (b"P4\n8 8\nABCDEFGH", "netpbm picture"),
    "raw grey map": (b"P5\n16 6\n255\n" + b"AbCdEfGh" * 12, "netpbm picture"),
    "raw pixel map": (b"P6 # x\n4 8\n255\n" + b"AbCdEfGh" * 12, "netpbm picture"),
    "HTML": (b"\n<!doctype HTML>\n<p>Ana</p>\n", "HTML page"),
    "bare HTML": (b"<HTML lang='en'>\n<body>Ana, Bo</body></HTML>\n", "HTML page"),
    "HTML after a comment": (b"<!-- saved,\nlate -->\n<html>\nx\n</html>\n", "HTML page"),
    "XML": (b'<?xml version="1.0"?>\n<r><e mail="ana@example.com"/></r>\n', "XML"),
    "XML with a BOM": (b'\xef\xbb\xbf<?xml version="1.0"?>\n<r/>\n', "XML"),
    "XML in UTF-16": ('<?xml version="1.0" encoding="UTF-16"?>\n<r/>\n'.encode("utf-16"), "XML"),
    "XML by its name space": (b'<svg width="1" xmlns="http://x.test/svg">\n</svg>\n', "XML"),
    "zipped HTML": (gzip.compress(b"<html><body>Ana</body></html>\n"), "HTML page"),
}


@pytest.mark.parametrize("kind", OTHERS)
def test_a_format_without_a_reader_is_no_table(read, kind):
    data, name = OTHERS[kind]
    got = read(data, "table.csv")
    assert got.rows == 0
    assert len(got.reasons) == 1
    assert got.reasons[0].startswith(f"no reader for this format ({name}")


@pytest.mark.parametrize("pattern", ["fingerprints/*.pgm", "templates/*.xml"])
def test_real_files_without_a_reader_are_no_tables(answer, pattern):
    files = sorted(SHARED.glob(pattern))
    if not files:
        pytest.skip("the development data is not here")
    for path in files:
        got = answer(path)
        assert got.rows == 0
        assert any(name in got.reasons[0] for name in ("(netpbm picture)", "(XML)"))


TABLES = {
    "P1 for a header": "P1,P2\n12,30\n13,31\n",
    "a column P1": "P1\n12\n30\n255\n7\n",
    "a column P2 of numbers": "P2\n12\n30\n255\n7\n",
    "rows that begin like a bitmap": "P1 12 30\nP2 13 31\nP3 14 32\n",
    "rows that begin like a raw map": "P5 12 30 255\nP6 13 31 255\n",
    "ORC for a word": "ORCID,name\n0000-0002-1825-0097,Ana\n0000-0001-5109-3700,Bo\n",
    "ID3 for a word": "ID3,ID4\n1,2\n3,4\n",
    "PDF for a word": "%PDF,name\n3,Ana\n4,Bo\n",
    "chat": "<ann> hello, Bo\n<bo> hello, Ann\n",
    "tags in cells": "id,page\n1,<html><body>x</body></html>\n2,<?xml version='1.0'?>\n",
    "one tag a line": "<b>Ana</b>\n<b>Bo</b>\n",
    "a box type in a word": "softyp,x\n1,2\n3,4\n",
    "JSON with markup": '{"page": "<html>"}\n{"page": "<?xml version=1?>"}\n',
}


@pytest.mark.parametrize("kind", TABLES)
def test_text_that_looks_a_little_like_another_format_is_read(read, kind):
    got = read(TABLES[kind])
    assert got.unread == []
    assert got.rows >= 2
