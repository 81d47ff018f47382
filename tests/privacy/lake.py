"""A folder with every kind of source, canaries in each, and much of it broken."""

from __future__ import annotations

import bz2
import gzip
import io
import json
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.feather
import pyarrow.parquet
import zxingcpp
from canaries import Canary, canaries
from PIL import ExifTags, Image, ImageDraw, PngImagePlugin

ROWS = 12
HEADER = ("full_name", "email", "phone", "my_number", "card_number", "api_key", "comment", "備考")
KINDS = ("csv", "broken_csv", "nul_csv", "headerless_csv", "sjis_csv", "gz_csv", "bz2_csv",
         "zst_csv", "utf16_csv", "tsv", "parquet", "nested_parquet", "truncated_parquet",
         "pages_parquet", "arrow", "truncated_arrow", "jsonl", "map_jsonl", "array", "truncated_array", "photo",
         "broken_photo", "note", "frame", "lazy", "failing")  # fmt: skip


def rows(kind: str) -> list[list[str]]:
    """Rows that begin with a canary of each shape and go on with others of their own."""
    return [
        [canary.value for canary in canaries(kind if not n else f"{kind} {n}").values()]
        for n in range(ROWS)
    ]


def planted() -> list[Canary]:
    """All canaries of all kinds and rows."""
    return [
        canary
        for kind in KINDS
        for n in range(ROWS)
        for canary in canaries(kind if not n else f"{kind} {n}").values()
    ]


def text(kind: str, *, header: bool = True, separator: str = ",") -> str:
    """The rows of a kind as delimited text."""
    lines = [HEADER, *rows(kind)] if header else rows(kind)
    return "".join(separator.join(f'"{cell}"' for cell in line) + "\n" for line in lines)


def frame(kind: str) -> pl.DataFrame:
    """The rows of a kind as a frame."""
    return pl.DataFrame(rows(kind), schema=list(HEADER), orient="row")


def make(folder: Path) -> Path:
    """Write every kind that is a file, each into a folder of its own."""
    for write in (_texts, _tables, _json, _pictures):
        write(folder)
    return folder


def _put(folder: Path, kind: str, name: str, content: bytes) -> None:
    place = folder / kind / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content)


def _texts(folder: Path) -> None:
    _put(folder, "csv", "a.csv", text("csv").encode())
    broken = text("broken_csv").splitlines(keepends=True)
    broken[7] = f"{broken[7].strip()},{broken[8].strip()},too,many\n"
    broken[10] = broken[10].split(",")[0] + "\n"
    broken[11] = broken[11].rstrip('"\n') + "\n"
    odd = "".join(broken).encode().replace(b"please", b"pl\xff\xfe\x80ase", 3)
    _put(folder, "broken_csv", "a.csv", odd)
    _put(folder, "nul_csv", "a.csv", text("nul_csv").encode().replace(b"please", b"pl\0ase", 3))
    bare = text("headerless_csv", header=False)
    _put(folder, "headerless_csv", "a.csv", bare.encode())
    _put(folder, "sjis_csv", "a.csv", text("sjis_csv").encode("cp932"))
    _put(folder, "gz_csv", "a.csv.gz", gzip.compress(text("gz_csv").encode())[:-6])
    _put(folder, "bz2_csv", "a.csv.bz2", bz2.compress(text("bz2_csv").encode()))
    packed = pa.Codec("zstd").compress(text("zst_csv").encode(), asbytes=True)
    _put(folder, "zst_csv", "a.csv.zst", packed)
    _put(folder, "utf16_csv", "a.csv", text("utf16_csv").encode("utf-16")[:-1])
    _put(folder, "tsv", "a.tsv", text("tsv", separator="\t").encode())


def _tables(folder: Path) -> None:
    def parquet(table: pa.Table) -> bytes:
        out = io.BytesIO()
        pa.parquet.write_table(table, out, compression="none")
        return out.getvalue()

    _put(folder, "parquet", "a.parquet", parquet(frame("parquet").to_arrow()))
    _put(folder, "nested_parquet", "a.parquet", parquet(nested("nested_parquet")))
    whole = parquet(frame("truncated_parquet").to_arrow())
    _put(folder, "truncated_parquet", "a.parquet", whole[: len(whole) * 2 // 3])
    whole = bytearray(parquet(frame("pages_parquet").to_arrow()))
    whole[4:64] = b"\xff" * 60
    _put(folder, "pages_parquet", "a.parquet", bytes(whole))
    for kind, cut in (("arrow", None), ("truncated_arrow", -300)):
        out = io.BytesIO()
        pa.feather.write_feather(frame(kind).to_arrow(), out, compression="uncompressed")
        _put(folder, kind, "a.arrow", out.getvalue()[:cut])


def nested(kind: str) -> pa.Table:
    """Structs, lists, a map whose keys are values, bytes, and numbers that are identifiers."""
    lines = [dict(zip(HEADER, row, strict=True)) for row in rows(kind)]
    return pa.table({
        "person": pa.array(lines),
        "phones": pa.array([[line["phone"], line["phone"]] for line in lines]),
        "scores": pa.array(
            [[(line["email"], 1.5)] for line in lines], pa.map_(pa.string(), pa.float64())
        ),
        "blob": pa.array([line["comment"].encode() for line in lines], pa.binary()),
        "badge": pa.array([int(line["card_number"]) for line in lines], pa.int64()),
        "amount": pa.array([float(line["my_number"]) for line in lines], pa.float64()),
    })  # fmt: skip


def _json(folder: Path) -> None:
    def objects(kind: str) -> list[dict[str, object]]:
        return [
            {"customer": dict(zip(HEADER, row, strict=True)), "tags": row[:3]} for row in rows(kind)
        ]

    lines = [json.dumps(line, ensure_ascii=False) for line in objects("jsonl")]
    lines[5] = lines[5][:-20]
    lines[9] = lines[9].replace('"comment": ', '"comment": bare ')
    lines.append(rows("jsonl")[3][6])
    _put(folder, "jsonl", "a.jsonl", "\n".join(lines).encode())
    maps = [json.dumps({"id": n, "by_mail": {row[1]: n}, "calls": {row[2]: {"n": n}}})
            for n, row in enumerate(rows("map_jsonl"))]  # fmt: skip
    _put(folder, "map_jsonl", "a.jsonl", "\n".join(maps).encode())
    _put(folder, "array", "a.json", json.dumps(objects("array")).encode())
    cut = json.dumps(objects("truncated_array"), ensure_ascii=False).encode()
    _put(folder, "truncated_array", "a.json", cut[: len(cut) - 150])


def photograph(kind: str) -> bytes:
    """A drawn picture whose EXIF names its owner, its camera and its place."""
    said = canaries(kind)
    exif = Image.Exif()
    exif[ExifTags.Base.Artist] = said["name"].value
    exif[ExifTags.Base.ImageDescription] = said["text"].value
    detail = exif.get_ifd(ExifTags.IFD.Exif)
    detail[ExifTags.Base.BodySerialNumber] = said["card"].value
    detail[ExifTags.Base.CameraOwnerName] = said["email"].value
    position = exif.get_ifd(ExifTags.IFD.GPSInfo)
    place = said["my_number"].value
    position[ExifTags.GPS.GPSLatitude] = (float(place[:2]) % 80, float(place[2:4]) % 60, 30.0)
    position[ExifTags.GPS.GPSLongitude] = (float(place[4:6]), float(place[6:8]) % 60, 30.0)
    out = io.BytesIO()
    _drawn().save(out, "JPEG", exif=exif, comment=said["token"].value.encode())
    return out.getvalue()


def _drawn() -> Image.Image:
    picture = Image.new("RGB", (200, 150), "white")
    ImageDraw.Draw(picture).rectangle((20, 20, 90, 110), fill="navy")
    return picture


def _pictures(folder: Path) -> None:
    _put(folder, "photo", "a.jpg", photograph("photo"))
    notes = PngImagePlugin.PngInfo()
    for shape, canary in canaries("note").items():
        notes.add_itxt(f"about {shape}", canary.value)
    coded = " ".join(canary.value for canary in canaries("note").values())
    symbol = zxingcpp.create_barcode(coded, zxingcpp.BarcodeFormat.QRCode).to_image(scale=3)
    out = io.BytesIO()
    Image.fromarray(np.array(symbol)).save(out, "PNG", pnginfo=notes)
    _put(folder, "note", "a.png", out.getvalue())
    whole = photograph("broken_photo")
    _put(folder, "broken_photo", "a.jpg", whole[: len(whole) * 3 // 4])
