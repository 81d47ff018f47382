"""Which files are data, which of them are one dataset, and what is said of the others."""

from __future__ import annotations

import gzip
import io
import os

import polars as pl
import pyarrow as pa
import pyarrow.feather
import pytest
from PIL import Image

import privscan as ps
from privscan.errors import UsageError

CSV = "user_id,email\n1,a@example.com\n2,b@example.com\n"
FRAME = pl.DataFrame({"user_id": ["1", "2"], "email": ["a@example.com", "b@example.com"]})


def lake(root, **files):
    """Files by path, `__` for a slash and `_DOT_` for a dot."""
    for name, content in files.items():
        path = root / name.replace("__", "/").replace("_DOT_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)


def put(root, files):
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


def parquet(frame=FRAME):
    out = io.BytesIO()
    frame.write_parquet(out)
    return out.getvalue()


def picture(form="PNG"):
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(out, form)
    return out.getvalue()


def test_hive_partitions_are_one_dataset_with_their_keys_as_columns(tmp_path, answer):
    put(
        tmp_path / "orders",
        {
            "year=2023/month=01/a.parquet": parquet(),
            "year=2023/month=02/a.parquet": parquet(),
            "year=2024/month=__HIVE_DEFAULT_PARTITION__/b.parquet": parquet(),
            "year=2024/month=S%C3%A1/_SUCCESS": "",
        },
    )
    got = answer(tmp_path / "orders")
    assert got.names == ["orders"]
    assert got.rows == 6
    assert got.cells["year"] == ["2023"] * 4 + ["2024"] * 2
    assert got.cells["month"] == ["01", "01", "02", "02", None, None]
    assert got.unread == []


def test_partition_keys_may_stand_above_the_named_folder(tmp_path, answer):
    put(tmp_path, {"day=2024-01-31/x.csv": CSV})
    assert answer(tmp_path / "day=2024-01-31").cells["day"] == ["2024-01-31"] * 2


def test_hive_partitions_of_csv_and_json(tmp_path, answer):
    put(tmp_path / "c", {"k=1/a.csv": CSV, "k=2/a.csv": CSV})
    put(tmp_path / "j", {"k=1/a.json": '{"k":"own"}\n', "k=2/a.json": '{"b":1}\n'})
    assert answer(tmp_path / "c").cells["k"] == ["1", "1", "2", "2"]
    got = answer(tmp_path / "j")
    assert [c for c in got.cells["k"] if c] == ["own", "2"]
    assert got.cells["k_2"] == ["1"]


def test_a_column_that_was_added_makes_no_new_dataset_and_is_not_lost(tmp_path, answer):
    put(
        tmp_path,
        {
            "a-1.parquet": parquet(),
            "a-2.parquet": parquet(FRAME.with_columns(phone=pl.lit("555 0100"))),
            "a-3.parquet": parquet(),
        },
    )
    got = answer(tmp_path)
    assert got.cells["phone"] == ["555 0100"] * 2
    assert len(got.found) == 1


def test_files_of_other_columns_or_names_are_datasets_of_their_own(tmp_path, answer):
    other = pl.DataFrame({"machine": ["m1"], "celsius": ["20"]})
    put(
        tmp_path,
        {
            "a-1.parquet": parquet(),
            "a-2.parquet": parquet(other),
            "b.parquet": parquet(FRAME.with_columns(phone=pl.lit("555 0100"))),
        },
    )
    assert len(answer(tmp_path).found) == 3


def test_what_is_hidden_or_describes_the_data_is_no_data(tmp_path, answer):
    put(
        tmp_path,
        {
            "t.csv": CSV,
            ".hidden.csv": CSV,
            ".git/x.csv": CSV,
            "README": "read me",
            "README.md": "# x",
            "LICENSE.txt": "text",
            "_SUCCESS": "",
            "dataset.yaml": "title: x\n",
            "notes.md": "# note",
        },
    )
    got = answer(tmp_path)
    assert got.names == ["t"]
    assert answer(tmp_path / "README.md").rows == 1  # what is named is read


def test_links_that_loop_end_and_a_file_is_read_once(tmp_path, answer):
    put(tmp_path, {"d/t.csv": CSV})
    (tmp_path / "d" / "up").symlink_to(tmp_path)
    (tmp_path / "again.csv").symlink_to(tmp_path / "d" / "t.csv")
    (tmp_path / "self.csv").symlink_to(tmp_path / "self.csv")
    (tmp_path / "gone.csv").symlink_to(tmp_path / "nowhere")
    got = answer(tmp_path)
    assert got.rows == 2
    assert len([r for r in got.reasons if "cannot be opened" in r]) == 2


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_opened_is_unread(tmp_path, answer):
    put(tmp_path, {"t.csv": CSV, "shut.csv": CSV, "dir/x.csv": CSV})
    (tmp_path / "shut.csv").chmod(0)
    (tmp_path / "dir").chmod(0)
    got = answer(tmp_path)
    (tmp_path / "dir").chmod(0o700)
    assert got.rows == 2
    assert len([r for r in got.reasons if "cannot be opened" in r]) == 2


def test_a_folder_that_may_not_be_listed_is_unread_and_the_others_are_read(
    tmp_path, answer, monkeypatch
):
    put(tmp_path, {"t.csv": CSV, "dir/x.csv": CSV})
    listed = os.scandir

    def shut(path):
        if str(path).endswith("dir"):
            raise PermissionError(13, "Permission denied")
        return listed(path)

    monkeypatch.setattr(os, "scandir", shut)
    got = answer(tmp_path)
    assert got.rows == 2
    assert got.reasons == ["cannot be opened: Permission denied"]


def test_fifos_and_devices_are_not_waited_for(tmp_path, answer):
    os.mkfifo(tmp_path / "pipe.csv")
    assert answer(tmp_path).reasons == ["not a regular file"]
    assert answer("/dev/null").reasons == ["not a regular file"]


LIES = {
    "parquet.csv": parquet(),
    "csv.parquet": CSV.encode(),
    "gz": gzip.compress(CSV.encode()),
    "json.csv": b'{"user_id":"1","email":"a@example.com"}\n' * 2,
    "csv.json": CSV.encode(),
    "csv.jpg": CSV.encode(),
    "noname": parquet(),
}


@pytest.mark.parametrize("name", LIES)
def test_a_file_is_what_its_bytes_say(tmp_path, answer, name):
    put(tmp_path, {name: LIES[name]})
    got = answer(tmp_path / name)
    assert set(got.cells) == {"user_id", "email"}
    assert got.cells["email"][0] == "a@example.com"
    assert got.unread == []


def test_a_picture_called_txt_is_a_picture(tmp_path, answer):
    put(tmp_path, {"x.txt": picture("JPEG")})
    got = answer(tmp_path / "x.txt")
    assert got.cells["image"] == [picture("JPEG")]
    assert [f.kind for f in got.found] == ["media"]


def test_a_folder_of_every_format(tmp_path, answer):
    put(
        tmp_path, {"a.csv": CSV, "b.parquet": parquet(), "c.png": picture(), "d.jsonl": '{"z":1}\n'}
    )
    got = answer(tmp_path)
    assert got.names == ["a", "b", "c", "d"]
    assert got.rows == 6
    assert got.unread == []


def test_text_among_pictures_is_read_as_text(tmp_path, answer):
    put(
        tmp_path, {"p/1.png": picture(), "p/2.jpg": picture("JPEG"), "p/who.txt": "Ana Sá\nBo Ek\n"}
    )
    got = answer(tmp_path)
    assert len(got.cells["image"]) == 2
    assert "Ana Sá" in got.every
    assert got.unread == []


def test_folders_of_pictures_are_one_dataset_each_or_one_collection(tmp_path, answer):
    put(tmp_path / "a", {f"{n}/x.png": picture() for n in ("one", "two")})
    put(tmp_path / "b", {f"person{n}/x.png": picture() for n in range(30)})
    assert answer(tmp_path / "a").names == ["a"]
    got = answer(tmp_path)
    assert sum(len(f.parts) and 1 for f in got.found) == len(got.found)
    assert len(got.cells["image"]) == 32
    assert min(got.cells["path"]).endswith("x.png")


def test_equal_names_in_two_folders_stay_apart(tmp_path, answer):
    put(tmp_path, {"eu/users.csv": CSV, "us/users.csv": CSV})
    got = answer(tmp_path / "eu" / "users.csv", tmp_path / "us" / "users.csv")
    assert len(set(got.names)) == 2
    assert {p.dataset for f in got.found for p in f.parts} == set(got.names)


def test_what_is_named_twice_is_read_once(tmp_path, answer):
    put(tmp_path, {"d/t.csv": CSV})
    file, folder = tmp_path / "d" / "t.csv", tmp_path / "d"
    for sources in [(file, file), (folder, file), (file, folder), (folder, str(folder) + "/")]:
        got = answer(*sources)
        assert got.rows == 2
        assert [r for r in got.reasons if "no data" in r] == []


def test_globs_find_files_folders_and_depths(tmp_path, answer):
    put(tmp_path, {"a/1.csv": CSV, "a/b/2.csv": CSV, "a/b/3.txt": "x\n", "a/[odd].csv": CSV})
    assert answer(str(tmp_path / "**" / "*.csv")).rows == 6
    assert answer(str(tmp_path / "a" / "*")).rows >= 6
    assert answer(str(tmp_path / "a" / "[odd].csv")).rows == 2
    with pytest.raises(UsageError, match="no file fits"):
        answer(str(tmp_path / "*.parquet"))


def test_a_missing_path_names_what_is_near(tmp_path, answer):
    put(tmp_path, {"customers.csv": CSV})
    with pytest.raises(UsageError, match="no such file or folder") as caught:
        answer(tmp_path / "custmers.csv")
    assert "customers.csv" in caught.value.hint
    with pytest.raises(UsageError):
        answer("")


def test_an_empty_folder_is_nothing_scanned(tmp_path, answer):
    (tmp_path / "empty").mkdir()
    assert answer(tmp_path / "empty").reasons == ["no data files in this folder"]
    assert not ps.scan(str(tmp_path / "empty"), detectors=["dates"]).complete


def zero_rows():
    ipc, feather = io.BytesIO(), io.BytesIO()
    FRAME.clear().write_ipc_stream(ipc)
    pyarrow.feather.write_feather(pa.table({"email": pa.array([], pa.string())}), feather)
    return {
        "csv": b"user_id,email\n",
        "json": b"[]",
        "wrapped": b'{"data": []}',
        "parquet": parquet(FRAME.clear()),
        "stream": ipc.getvalue(),
        "feather": feather.getvalue(),
        "zero": b"",
        "blank": b"\n\n  \n",
        "bom": b"\xef\xbb\xbf",
    }


@pytest.mark.parametrize("name", zero_rows())
def test_no_rows_are_empty_and_not_clean(tmp_path, name):
    put(tmp_path, {"t": zero_rows()[name]})
    report = ps.scan(str(tmp_path / "t"), detectors=["dates"])
    assert not report.complete
    assert [u.reason for u in report.unread] in (["no rows"], ["empty file"])


def test_empty_files_beside_full_ones(tmp_path, answer):
    put(tmp_path, {"a.csv": CSV, "b.csv": "user_id,email\n", "zero.csv": ""})
    got = answer(tmp_path)
    assert got.rows == 2
    assert got.reasons == ["empty file"]


def test_formats_without_a_reader_are_unread_by_name(tmp_path, answer):
    put(
        tmp_path / "d",
        {
            "x.mp4": b"\0\0\0\x18ftypisom" + bytes(50),
            "x.ps": b"%!PS-Adobe-3.0\nshowpage\n",
            "x.7z": b"7z\xbc\xaf\x27\x1c" + bytes(50),
            "x.h5": b"\x89HDF\r\n\x1a\n" + bytes(50),
            "x.bin": bytes(range(256)) * 9,
        },
    )
    got = answer(tmp_path / "d")
    assert got.rows == 0
    text = " ".join(got.reasons)
    for name in ("MP4", "PostScript", "7z", "HDF5"):
        assert name in text
    assert len(got.unread) == 5


def test_parquet_in_gzip_is_refused_with_the_next_step(tmp_path, answer):
    put(tmp_path, {"t.parquet.gz": gzip.compress(parquet())})
    assert answer(tmp_path / "t.parquet.gz").reasons == [
        "parquet inside gzip is not read: unpack it first"
    ]


TEXTS = {
    "prose.txt": "Dear Ana, thank you.\nWe met on Monday, in Rome.\n",
    "app.log": "2024-01-31 12:00:01 INFO login user=ana@example.com\n" * 3,
    "code.py": "import os\n\ndef main():\n    return {'a': 1}\n",
    "conf.yaml": "name: Ana\nmail: ana@example.com\n",
    "conf.ini": "[user]\nname = Ana\n",
    "table.rst": "| a | b |\n|---|---|\n| 1 | 2 |\n",
    "one": "x",
}


@pytest.mark.parametrize("name", TEXTS)
def test_other_text_is_read_line_by_line_and_no_word_is_lost(tmp_path, answer, name):
    put(tmp_path, {name: TEXTS[name]})
    got = answer(tmp_path / name)
    assert got.unread == []
    said = " ".join([*map(str, got.every), *got.cells])
    for word in TEXTS[name].replace("|", " ").replace(",", " ").replace(";", " ").split():
        assert word in said


FASTA = b">chr1 Homo sapiens\n" + b"ACGTTGCATGCATCGATCGATTACG" * 20 + b"\n"


def test_records_and_pages_of_one_folder_are_told_apart_by_their_format(tmp_path, answer):
    put(
        tmp_path / "set",
        {"a.html": b"<html>x</html>", "b.html": b"<html>y</html>", "v.fa": FASTA, "w.fa": FASTA},
    )
    assert answer(tmp_path).names == ["set", "set (genomes)"]
