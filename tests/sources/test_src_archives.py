"""Archives: what stands in them is read as if it lay in a folder, within bounds, and never unpacked."""

from __future__ import annotations

import bz2
import gzip
import io
import os
import tarfile
import zipfile

import polars as pl
import pytest

from privscan.sources import _archives
from privscan.sources._bytes import BROKEN

CSV = "name,email\nAna,ana@example.com\nBo,bo@example.com\n"


def zipped(files, how=zipfile.ZIP_DEFLATED):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", how) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return held.getvalue()


def tarred(files):
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            data = content.encode() if isinstance(content, str) else content
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return held.getvalue()


def parquet(rows=3):
    held = io.BytesIO()
    pl.DataFrame({"email": [f"p{i}@example.com" for i in range(rows)]}).write_parquet(held)
    return held.getvalue()


FILES = {
    "a/people.csv": CSV,
    "b/mails.parquet": parquet(),
    "b/x.json": '[{"email": "j@example.com"}]',
}
ALL = [
    "ana@example.com",
    "bo@example.com",
    "j@example.com",
    *(f"p{i}@example.com" for i in range(3)),
]


@pytest.mark.parametrize(
    "data",
    [
        zipped(FILES),
        zipped(FILES, zipfile.ZIP_STORED),
        zipped(FILES, zipfile.ZIP_LZMA),
        tarred(FILES),
        gzip.compress(tarred(FILES)),
        bz2.compress(tarred(FILES)),
        zipped({"inner.tar.gz": gzip.compress(tarred(FILES))}),
        tarred({"one.zip": zipped({"two.zip": zipped(FILES)})}),
    ],
    ids=["zip", "stored", "lzma", "tar", "tar.gz", "tar.bz2", "tar.gz in zip", "zip in zip in tar"],
)
def test_what_stands_in_an_archive_is_read(read, data):
    got = read(data)
    assert (got.rows, got.unread) == (6, [])
    assert sorted(got.cells["email"]) == ALL
    assert got.names == ["mails", "people", "x"]


def test_members_are_grouped_as_files_of_a_folder_are(read):
    months = {f"lake/month={m}/part.csv": CSV for m in (1, 2, 3)}
    got = read(zipped(months))
    assert (got.names, got.rows) == (["lake"], 6)
    assert sorted({*got.cells["month"]}) == ["1", "2", "3"]


def test_archives_of_one_table_each_are_one_dataset(tmp_path, answer):
    for day in (1, 2, 3):
        (tmp_path / f"day{day}.zip").write_bytes(zipped({f"day{day}.csv": CSV, "README.md": "x"}))
    got = answer(tmp_path)
    assert (len(got.found), got.rows, got.unread) == (1, 6, [])


def test_pictures_and_documents_in_archives(read):
    page = "<html><body>write to ana@example.com</body></html>"
    got = read(zipped({"pages/a.html": page, "pages/b.html": page}))
    assert (got.rows, got.unread) == (2, [])
    assert [p.rpartition("!/")[2] for p in sorted(got.cells["path"])] == [
        "pages/a.html",
        "pages/b.html",
    ]


def test_what_is_no_data_is_left_out_as_in_a_folder(read):
    got = read(
        zipped({"__MACOSX/._a.csv": "x", ".hidden/a.csv": CSV, "LICENSE": "x", "a.csv": CSV})
    )
    assert (got.rows, got.unread) == (2, [])


def test_nothing_is_written(read, monkeypatch, tmp_path):
    before = {p.name for p in tmp_path.iterdir()}
    monkeypatch.setattr(zipfile.ZipFile, "extract", None)
    monkeypatch.setattr(tarfile.TarFile, "extract", None)
    assert read(gzip.compress(tarred(FILES)), "x.tgz").rows == 6
    assert {p.name for p in tmp_path.iterdir()} - before == {"x.tgz"}


LOCKED = bytearray(zipped({"secret.csv": CSV, "open.csv": CSV}))
for at in (LOCKED.find(b"PK\x03\x04") + 6, LOCKED.find(b"PK\x01\x02") + 8):
    LOCKED[at] |= 1
WRONG = bytearray(zipped({"a.csv": CSV * 50}, zipfile.ZIP_STORED))
WRONG[90] ^= 0xFF


@pytest.mark.parametrize(
    ("data", "reason", "rows"),
    [
        (bytes(LOCKED), "the archive has a password", 2),
        (bytes(WRONG), "the archive is damaged", 0),
        (zipped(FILES)[:-60], "the archive is damaged", 0),
        (tarred({"a.csv": CSV * 100})[:500], "the archive is damaged", 0),
        (tarred({"a.csv": CSV * 100})[:2000], BROKEN, 0),
        (zipped({}), "no data files in this archive", 0),
        (zipped({"README.md": "x"}), "no data files in this archive", 0),
        (zipped({"b.parquet": parquet()[:-9]}), "the Parquet file has no footer: it is truncated", 0),
        (zipped({"a.zip": zipped({"b.zip": zipped({"c.zip": zipped({"d.zip": zipped(FILES)})})})}),
         "archives inside archives are opened 3 deep: unpack it first", 0),
    ],
)  # fmt: skip
def test_what_cannot_be_opened_is_unread(read, data, reason, rows):
    got = read(data)
    assert (got.reasons, got.rows) == ([reason], rows)
    assert not any("ana@" in repr(one) for one in got.unread)


def test_bombs_are_not_unpacked(read, monkeypatch):
    monkeypatch.setattr(_archives, "BOMB", 1 << 20)
    monkeypatch.setattr(_archives, "UNPACKED", 1 << 20)
    assert read(zipped({"a.csv": bytes(8 << 20)})).reasons == ["the archive unpacks to too much"]
    packed = gzip.compress(tarred({"a.csv": bytes(2 << 20)}))
    assert read(packed, "b.tgz").reasons == ["the compressed tar is over 512 MB: unpack it first"]


def test_a_large_member_streams(read, monkeypatch):
    monkeypatch.setattr(_archives, "HELD", 1_000)
    got = read(
        zipped({"a.csv": "n,email\n" + "7,ana@example.com\n" * 5_000, "b.parquet": parquet(900)})
    )
    assert (got.rows, got.unread) == (5_900, [])


@pytest.mark.parametrize("name", ["a!/x.csv", "x!/y.zip!/z.csv"])
def test_a_folder_may_have_the_mark_in_its_name(tmp_path, answer, name):
    path = tmp_path / name
    path.parent.mkdir(parents=True)
    path.write_text(CSV)
    got = answer(tmp_path)
    assert (got.rows, got.unread) == (2, [])


@pytest.mark.parametrize("data", [b"PK are my initials\n1,2\n", b"a,b\nPK\x03\x04,2\n"])
def test_other_bytes_are_no_archive(read, data):
    assert not any("archive" in reason for reason in read(data).reasons)


@pytest.mark.parametrize("mark", ["_delta_log/000.json", "metadata/v1.metadata.json"])
def test_tables_of_a_lake_are_not_read_as_loose_files(read, mark):
    got = read(zipped({f"t/{mark}": "{}", "t/a.csv": CSV, "b.csv": CSV}))
    assert (got.rows, len(got.unread)) == (2, 1)
    assert got.reasons[0].endswith("tables in an archive are not read: unpack it first")


def member(name, content=CSV, **more):
    """A tar without its end: the blocks of one member."""
    info = tarfile.TarInfo(name)
    for key, value in more.items():
        setattr(info, key, value)
    data = b"" if more else content.encode()
    info.size = len(data)
    return info.tobuf() + data + bytes(-len(data) % 512)


def twice(name="a.csv"):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr(name, CSV)
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr(name, CSV.replace("ana@", "eva@"))
    return held.getvalue()


END = bytes(1024)


@pytest.mark.parametrize(
    "data",
    [
        twice(),
        member("a.csv") + member("a.csv", CSV.replace("ana@", "eva@")) + END,
        member("a.csv") + END + member("b.csv", CSV.replace("ana@", "eva@")) + END,
        gzip.compress(member("a.csv") + END) + gzip.compress(member("a.csv", CSV.replace("ana@", "eva@")) + END),
    ],
    ids=["zip", "tar", "appended", "appended and packed"],
)  # fmt: skip
def test_what_an_unpacker_would_overwrite_or_not_reach_is_read(read, data):
    got = read(data)
    assert (got.rows, got.unread) == (4, [])
    assert {"ana@example.com", "eva@example.com"} < {*got.cells["email"]}


@pytest.mark.parametrize(
    "name", ["../out.csv", "/etc/out.csv", "./a.csv", "x\\a.csv", "a//b.csv", "x!/y.csv", "..", "a b#1%.csv", "山.csv"]
)  # fmt: skip
def test_names_stay_within_the_archive(read, name):
    for data in (zipped({name: CSV}), tarred({name: CSV})):
        got = read(data)
        assert (got.rows, got.unread) == (2, [])


def test_a_member_never_stands_for_a_file_outside(tmp_path, answer):
    page = "<html><p>mine</p></html>"
    (tmp_path / "in").mkdir()
    (tmp_path / "out.html").write_text("<html><p>not in the archive</p></html>")
    (tmp_path / "in" / "a.zip").write_bytes(zipped({"../../out.html": page, "b.html": page}))
    got = answer(tmp_path / "in")
    assert {*got.cells["document"]} == {page.encode()}
    assert got.rows == 2


def test_links_are_read_once_and_said_where_they_lead_out(read):
    link = {"type": tarfile.LNKTYPE, "linkname": "a.csv"}
    out = {"type": tarfile.LNKTYPE, "linkname": "none.csv"}
    assert read(member("a.csv") + member("b.csv", **link) + END).rows == 2
    got = read(member("a.csv") + member("b.csv", **out) + END)
    assert (got.rows, got.reasons) == (2, ["it is a hard link to a file outside of the archive"])


@pytest.mark.parametrize("junk", [b"\x01" * 512, b"x" * 100, b"\x01" * 5_000])
def test_members_before_a_damage_are_read_and_the_rest_is_said(read, junk):
    got = read(member("a.csv") + junk)
    assert (got.rows, got.reasons) == (2, ["the archive is damaged behind 1 members"])


def test_members_of_a_tar_may_be_read_by_two_threads(tmp_path):
    from concurrent.futures import ThreadPoolExecutor

    from privscan.sources import _place as place

    texts = {f"{n}.bin": bytes([n]) * 300_000 for n in range(1, 9)}
    path = tmp_path / "a.tar"
    path.write_bytes(tarred(texts))

    def same(name):
        with place.raw(f"{path}!/{name}") as file:
            return all(file.read(1_000) == texts[name][:1_000] for _ in range(300))

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(same, texts))


def test_the_disk_is_not_asked_for_each_member(tmp_path, answer, monkeypatch):
    path, asked, own = tmp_path / "many.zip", [], os.path.isdir
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(100):
            archive.writestr(f"{number}.csv", "id,email\n1,a@example.com\n")
    monkeypatch.setattr(os.path, "isdir", lambda name: asked.append(name) or own(name))
    assert answer(path).rows == 100
    assert asked.count(f"{path}!") == 1
