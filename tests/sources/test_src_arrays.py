"""NumPy files: what is a vector, a picture, a number or a text, and what is never loaded."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from privscan.formats.pixels import decoded
from privscan.model.data import Batch, Column, Unread
from privscan.model.kinds import Kind
from privscan.sources._files import recognised
from privscan.sources.arrays import parts, read, schema, sniff

RANDOM = np.random.default_rng(5)


def columns_of(path: Path, **size: int) -> dict[str, Column]:
    found = [item for part in parts(str(path), "d") for item in read(part, **size)]
    assert all(isinstance(item, Batch) for item in found), found
    return {c.path: c for item in found if isinstance(item, Batch) for c in item.columns}


def unread_of(path: Path) -> list[Unread]:
    found = [item for part in parts(str(path), "d") for item in read(part)]
    return [item for item in found if isinstance(item, Unread)]


def saved(folder: Path, name: str, array: Any) -> Path:
    np.save(folder / name, array)
    return folder / name


def test_files_are_known_by_their_bytes(tmp_path: Path) -> None:
    array = saved(tmp_path, "a.npy", np.ones((3, 20)))
    np.savez(tmp_path / "b.bin", x=np.ones(3))
    np.savez_compressed(tmp_path / "c.npz", x=np.ones(3))
    with zipfile.ZipFile(tmp_path / "d.zip", "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert [
        recognised(str(p)).source for p in (array, tmp_path / "b.bin.npz", tmp_path / "c.npz")
    ] == ["arrays"] * 3
    assert recognised(str(tmp_path / "d.zip")).source == "documents"
    assert not sniff(b"NUMPY is a package")
    assert not sniff(b"")


@pytest.mark.parametrize("kind", ["<f2", "<f4", "<f8", ">f4", "<i4", "u1"])
def test_rows_of_many_numbers_are_vectors(tmp_path: Path, kind: str) -> None:
    made = RANDOM.normal(size=(9, 40)) * 50 + 100
    found = columns_of(saved(tmp_path, "face_embeddings.npy", made.astype(kind)), batch_rows=4)
    assert found["face_embeddings"].kind is Kind.VECTOR
    np.testing.assert_allclose(
        found["face_embeddings"].cells.to_list(), made.astype(kind)[8:], rtol=1e-6
    )


def test_a_file_whose_name_says_nothing_holds_a_vector(tmp_path: Path) -> None:
    path = saved(tmp_path, "part17.npy", RANDOM.normal(size=(2, 30)))
    assert [*columns_of(path)] == ["vector"] == [*schema(str(path))]


def test_layouts_by_columns_read_the_same(tmp_path: Path) -> None:
    made = RANDOM.normal(size=(7, 33))
    rows = columns_of(saved(tmp_path, "a.npy", made))["vector"]
    columns = columns_of(saved(tmp_path, "b.npy", np.asfortranarray(made)))["vector"]
    assert rows.cells.to_list() == columns.cells.to_list() == made.tolist()


def test_one_vector_is_told_from_a_row_of_numbers(tmp_path: Path) -> None:
    one = columns_of(saved(tmp_path, "one.npy", RANDOM.normal(size=512)))["vector"]
    many = columns_of(saved(tmp_path, "many.npy", np.arange(500.0)))["vector"]
    whole = columns_of(saved(tmp_path, "whole.npy", np.arange(512)))["vector"]
    assert (one.kind, len(one.cells)) == (Kind.VECTOR, 1)
    assert (many.kind, many.cells[:2].to_list()) == (Kind.NUMBER, ["0", "1"])
    assert (whole.kind, len(whole.cells)) == (Kind.NUMBER, 512)
    wide = columns_of(saved(tmp_path, "wide.npy", np.array([1.5, 2], np.longdouble)))["vector"]
    half = columns_of(saved(tmp_path, "half.npy", np.array([1.5, 2], np.float16)))["vector"]
    assert wide.cells.to_list() == half.cells.to_list() == ["1.5", "2"]
    lone = columns_of(saved(tmp_path, "scalar.npy", np.float32(3.5)))["vector"]
    assert lone.cells.to_list() == ["3.5"]


def test_members_are_columns_side_by_side(tmp_path: Path) -> None:
    names = np.array(["Anna", "Bo", "Chloé"])
    born = np.array(["1990-01-02", "NaT", "1971-05-06"], "datetime64[D]")
    path = tmp_path / "p.npz"
    np.savez_compressed(path, face_embedding=RANDOM.normal(size=(3, 128)), names=names, born=born,
                        glasses=np.array([True, False, True]), raw=names.astype("U").astype("<U9"),
                        ids=np.array([b"x1", b"x2", b"\xff"]), box=np.ones((3, 4)))  # fmt: skip
    batches = [item for part in parts(str(path), "d") for item in read(part)]
    assert len(batches) == 1
    found = columns_of(path)
    assert found["names"].cells.to_list() == names.tolist()
    assert found["born"].cells.to_list() == ["1990-01-02", None, "1971-05-06"]
    assert found["glasses"].cells.to_list() == ["true", "false", "true"]
    assert found["ids"].cells.to_list() == ["x1", "x2", "\ufffd"]
    assert found["face_embedding"].kind is Kind.VECTOR
    assert (found["box[]"].kind, len(found["box[]"].cells)) == (Kind.NUMBER, 12)


def test_records_are_columns_by_field(tmp_path: Path) -> None:
    made = np.array([("Anna", 7), ("Bo", 9)], dtype=[("name", "U8"), ("age", "i4")])
    found = columns_of(saved(tmp_path, "r.npy", made))
    assert {path: c.cells.to_list() for path, c in found.items()} == {
        "vector.name": ["Anna", "Bo"],
        "vector.age": ["7", "9"],
    }


@pytest.mark.parametrize(
    ("shape", "pictures"),
    [((4, 40, 30), 4), ((4, 40, 30, 3), 4), ((4, 3, 40, 30), 4), ((60, 40), 1), ((60, 40, 3), 1)],
)
def test_bytes_in_two_axes_are_pictures_as_they_were(
    tmp_path: Path, shape: tuple[int, ...], pictures: int
) -> None:
    made = RANDOM.integers(0, 256, shape, np.uint8)
    found = columns_of(saved(tmp_path, "x.npy", made))["vector"]
    assert (found.kind, len(found.cells)) == (Kind.IMAGE, pictures)
    first = made if pictures == 1 else made[0]
    shown = decoded(found.cells[0], 4_000).frames[0]
    flat = (
        first if first.ndim == 2 else (first if first.shape[-1] == 3 else first.transpose(1, 2, 0))
    )
    assert (shown[..., 0] == (flat if flat.ndim == 2 else flat[..., 0])).all()


def test_shades_are_pictures_and_other_floats_are_not(tmp_path: Path) -> None:
    shades = RANDOM.random((3, 32, 32), np.float32)
    shades[1] -= 2
    found = [
        c
        for p in parts(str(saved(tmp_path, "x.npy", shades)), "d")
        for b in read(p)
        for c in b.columns
    ]  # type: ignore[union-attr]
    assert [(c.kind, len(c.cells)) for c in found] == [(Kind.IMAGE, 2), (Kind.VECTOR, 1)]


def test_rows_of_bytes_are_no_pictures(tmp_path: Path) -> None:
    digits = RANDOM.integers(0, 256, (5_000, 784), np.uint8)
    assert columns_of(saved(tmp_path, "mnist.npy", digits))["vector"].kind is Kind.VECTOR


def test_objects_are_never_loaded(tmp_path: Path) -> None:
    class Bomb:
        def __reduce__(self) -> tuple[Any, ...]:
            return (Path.touch, (tmp_path / "ran",))

    np.savez(tmp_path / "o.npz", evil=np.array([Bomb()], dtype=object), ages=np.arange(3))
    (lost,) = unread_of(tmp_path / "o.npz")
    assert "Python objects" in lost.reason
    assert not (tmp_path / "ran").exists()
    found = [item for part in parts(str(tmp_path / "o.npz"), "d") for item in read(part)]
    assert [c.path for item in found if isinstance(item, Batch) for c in item.columns] == ["ages"]


def test_damage_is_unread(tmp_path: Path) -> None:
    whole = saved(tmp_path, "w.npy", RANDOM.normal(size=(100, 64))).read_bytes()
    for name, content, words in (
        ("cut.npy", whole[:-900], "breaks off"),
        ("head.npy", whole[:40], "damaged"),
        ("lies.npy", whole.replace(b"(100, 64)", b"(9e9, 64)"), "damaged"),
        ("more.npy", whole.replace(b"(100, 64)", b"(999, 64)"), "breaks off"),
    ):
        (tmp_path / name).write_bytes(content)
        assert [u.reason for u in unread_of(tmp_path / name) if words in u.reason], name


def test_damage_in_one_member_leaves_the_others(tmp_path: Path) -> None:
    good = io.BytesIO()
    np.save(good, np.arange(4))
    with zipfile.ZipFile(tmp_path / "z.npz", "w") as archive:
        archive.writestr("ages.npy", good.getvalue())
        archive.writestr("notes.npy", b"no array")
    (lost,) = unread_of(tmp_path / "z.npz")
    assert "'notes'" in lost.reason


def test_a_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("privscan.sources.arrays.BOMB", 1 << 16)
    monkeypatch.setattr("privscan.sources.arrays.PACKED", 50)
    np.savez_compressed(tmp_path / "b.npz", x=np.zeros(1_000_000))
    (lost,) = unread_of(tmp_path / "b.npz")
    assert "unpacks to too much" in lost.reason
