"""Vectors: what looks like an embedding, in which writings, and what header and neighbours make of it."""

from __future__ import annotations

import base64
import io
import pickle
import sys
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import privscan as ps
from privscan.detectors import vectors
from privscan.formats.vectors.likeness import Likeness, likeness
from privscan.model.data import Column
from privscan.model.kinds import Kind

sys.path.append(str(Path(__file__).parent))
from made_vectors import NOT_EMBEDDINGS, ROWS, dense, outlying, unit

RANDOM = np.random.default_rng(3)
PERSONS = ["Anna Schmidt", "Peter Miller", "Maria Garcia", "John Smith", "Laura Rossi"] * 12
KEYS = [f"P{i:05d}" for i in range(ROWS)]
TEXTS = [
    f"The acting in scene {i} is a great surprise, and I would gladly see all of it again."
    for i in range(ROWS)
]


def lists(rows):
    return pl.Series(rows.astype(np.float32).tolist(), dtype=pl.List(pl.Float32))


def seen(kind, cells, path="x"):
    """The entities with detector and number of cells."""
    column = Column(path, kind, cells)
    return {(h.entity, h.detector): int(h.mask.sum()) for h in vectors.find(column)}


def judged(**columns):
    """What the last column is found to be, and the considered confidences."""
    report = ps.scan(pl.DataFrame(columns), detectors=["vectors", "names", "pattern", "lexicon"])
    return {c.path: c for c in report.datasets[0].columns}[[*columns][-1]], report


@pytest.mark.parametrize("rows", NOT_EMBEDDINGS.values(), ids=NOT_EMBEDDINGS)
def test_other_numbers_look_like_none(rows):
    assert (likeness(rows) == Likeness.OTHER).mean() > 0.95


@pytest.mark.parametrize(
    ("rows", "kind"),
    [
        (unit(), Likeness.UNIT),
        (unit(128).astype(np.float16).astype(float), Likeness.UNIT),
        (dense(), Likeness.DENSE),
        (dense(192, 20), Likeness.DENSE),
        (outlying(), Likeness.DENSE),
        (np.maximum(dense(2048), 0), Likeness.RECTIFIED),
    ],
)
def test_embeddings_look_like_them(rows, kind):
    assert (likeness(rows) == kind).mean() > 0.95


def test_the_length_says_what_it_may_be():
    of_512 = seen(Kind.VECTOR, lists(unit()))
    assert of_512[("face_template", "vectors/unit 512")] == ROWS
    assert ("voiceprint", "vectors/unit 512") in of_512
    assert {e for e, _ in seen(Kind.VECTOR, lists(dense()))} == {
        "face_template",
        "biometric_template",
    }
    assert {e for e, _ in seen(Kind.VECTOR, lists(dense(192)))} == {
        "voiceprint",
        "biometric_template",
    }
    assert not seen(Kind.VECTOR, lists(dense(300)))
    assert not seen(Kind.VECTOR, lists(dense(768)))


WRITINGS = {
    "JSON": lambda row: str(row.tolist()),
    "pgvector": lambda row: "{" + ",".join(map(str, row)) + "}",
    "blanks": lambda row: " ".join(f"{v:.6f}" for v in row),
    "semicolons": lambda row: ";".join(f"{v:.6e}" for v in row),
    "printed": lambda row: np.array2string(row, threshold=10_000),
    "repr": lambda row: repr(row.astype(np.float32)),
    "tensor": lambda row: f"tensor({row.tolist()}, dtype=torch.float64)",
    "base64": lambda row: base64.b64encode(row.astype("<f4").tobytes()).decode(),
}


@pytest.mark.parametrize("write", WRITINGS.values(), ids=WRITINGS)
def test_vectors_written_as_text(write):
    with np.printoptions(threshold=10_000):
        cells = pl.Series([write(row) for row in dense()[:9]] + ["n/a"])
    assert seen(Kind.TEXT, cells)[("face_template", "vectors/dense 128")] == 9


@pytest.mark.parametrize(
    "cell",
    [
        "[" + ", ".join(f"0{i}-555-0{i}3{i}" for i in range(40)) + "]",
        " ".join(str(1_000 + i) for i in range(200)),
        "[" + ", ".join(str(4_111_111_111_111_111 + i) for i in range(40)) + "]",
        "[0.1, 0.2, 0.3]",
        "a" * 684,
        "version 1.2.3.4 " * 20,
        "[" + ", ".join(["0.1", "none"] * 64) + "]",
        TEXTS[0] * 4,
    ],
)
def test_other_texts_are_no_vectors(cell):
    assert not seen(Kind.TEXT, pl.Series([cell, ""]))


@pytest.mark.parametrize("kind", ["<f2", "<f4", "<f8"])
def test_vectors_packed_in_bytes(kind):
    cells = pl.Series([row.astype(kind).tobytes() for row in unit()], dtype=pl.Binary)
    assert seen(Kind.BYTES, cells)[("face_template", "vectors/unit 512")] == ROWS


def test_arrays_saved_in_bytes():
    def content(save, row):
        stream = io.BytesIO()
        save(stream, row)
        return stream.getvalue()

    cells = [content(np.save, row) for row in dense()]
    objects = content(lambda s, r: np.save(s, r.astype(object), allow_pickle=True), dense()[0])
    cells += [objects, cells[0][:90], pickle.dumps(dense()[0])]
    found = seen(Kind.BYTES, pl.Series(cells, dtype=pl.Binary))
    assert found[("face_template", "vectors/dense 128")] == ROWS


def test_other_bytes_are_no_vectors():
    sizes = [256, 384, 512, 768, 1024, 2048, 4096]
    made = [RANDOM.bytes(size) for size in sizes for _ in range(300)]
    made += [("an English text about nothing at all, " * 200).encode()[:size] for size in sizes]
    made += [np.arange(size // 4, dtype="<i4").tobytes() for size in sizes]
    sound = np.sin(np.arange(4_096) / 11) * 9_000 + RANDOM.normal(size=4_096) * 200
    made += [sound.astype("<i2").tobytes()[:size] for size in sizes]
    made += [(np.cumsum(RANDOM.normal(size=size // 4))).astype("<f4").tobytes() for size in sizes]
    assert not seen(Kind.BYTES, pl.Series(made, dtype=pl.Binary))


@pytest.mark.parametrize(
    ("header", "entity", "rows"),
    [
        ("face_embedding", "face_template", unit()),
        ("arcface", "face_template", unit()),
        ("face_encodings", "face_template", dense()),
        ("speaker_embedding", "voiceprint", dense(192, 20)),
        ("xvector", "voiceprint", unit()),
        ("顔特徴量", "face_template", unit()),
        ("gait_embedding", "gait", unit(256)),
        ("fingerprint_template", "fingerprint", unit(384)),
    ],
)
def test_the_header_says_what_was_measured(header, entity, rows):
    column, _ = judged(**{"row": KEYS, header: lists(rows)})
    assert (column.entity, column.kind) == (entity, Kind.VECTOR)
    assert column.confidence > 0.9
    assert column.entities[0].forms[0].ranges["dimension"] == (rows.shape[1], rows.shape[1])


@pytest.mark.parametrize("header", ["embedding", "vec", "encoding", "payload_7"])
def test_vectors_beside_persons_are_a_question(header):
    column, report = judged(full_name=PERSONS, **{header: lists(unit())})
    assert column.entity == "biometric_template"
    assert 0.5 <= column.confidence < 0.6
    (asked,) = [f for f in report.findings if f.check == "PRIVACY-TEMPLATE"]
    assert (asked.certainty.value, asked.severity.value) == ("needs_context", "low")
    assert "from what" in asked.question["en"]


def test_photos_and_speakers_beside_them_say_more():
    photos = [f"staff/{i}.jpg" for i in range(ROWS)]
    face, _ = judged(full_name=PERSONS, photo_path=photos, embedding=lists(unit()))
    voice, _ = judged(speaker_id=KEYS, embedding=lists(dense(192, 20)))
    assert (face.entity, voice.entity) == ("face_template", "voiceprint")
    assert (
        0.6 < min(face.confidence, voice.confidence) <= max(face.confidence, voice.confidence) < 0.9
    )


@pytest.mark.parametrize(
    "columns",
    [
        {"embedding": unit()},
        {"sku": KEYS, "features": unit()},
        {"sku": KEYS, "price": list(range(ROWS)), "vector": dense()},
        {"text": TEXTS, "embedding": unit()},
        {"author_name": PERSONS, "review": TEXTS, "embedding": unit()},
        {"full_name": PERSONS, "text_embedding": unit()},
        {"user_id": KEYS, "user_factors": dense()},
        {"item_id": KEYS, "item_embedding": dense()},
        {"full_name": PERSONS, "embedding": dense(768)},
        {"word": ["tree", "house", "car"] * 20, "vector": dense(300)},
        {"image_url": KEYS, "clip_embedding": unit()},
        {"image_embedding": unit()},
        *({"full_name": PERSONS, "features": rows} for rows in NOT_EMBEDDINGS.values()),
        {"turbine": KEYS, "spectrum": NOT_EMBEDDINGS["spectra"]},
    ],
)
def test_vectors_of_texts_and_things_raise_nothing(columns):
    made = {k: lists(v) if isinstance(v, np.ndarray) else v for k, v in columns.items()}
    column, report = judged(**made)
    assert column.entity is None
    assert not [f for f in report.findings if column.path in f.columns]


@pytest.mark.parametrize("header", ["template", "features", "embedding", "vector"])
@pytest.mark.parametrize("cells", [["welcome.html", "reset.html"] * 30, list(range(ROWS))])
def test_words_for_vectors_need_vectors(header, cells):
    column, _ = judged(full_name=PERSONS, **{header: cells})
    assert column.entity not in {"biometric_template", "face_template", "voiceprint"}


def test_digits_of_written_vectors_are_no_cards_and_places():
    written = [str(row.tolist()) for row in dense(100)]
    column, _ = judged(row=KEYS, numbers=written)
    assert not column.entities


def test_tensors_and_nested_lists_are_vectors(tmp_path):
    rows = unit().astype(np.float32)
    flat = pa.array(rows.ravel())
    fixed = pa.FixedSizeListArray.from_arrays(flat, 512)
    tensor = pa.ExtensionArray.from_storage(pa.fixed_shape_tensor(pa.float32(), [16, 32]), fixed)
    half = pa.FixedSizeListArray.from_arrays(pa.array(rows.astype(np.float16).ravel()), 512)
    table = pa.table({"face_embedding": tensor, "face_vector": fixed, "arcface": half,
                      "face_encodings": pa.array([[row.tolist(), row.tolist()] for row in rows[:, :128]] )})  # fmt: skip
    pq.write_table(table, tmp_path / "t.parquet")
    report = ps.scan(tmp_path / "t.parquet", detectors=["vectors"])
    found = {c.path: (c.entity, c.kind) for c in report.datasets[0].columns}
    assert found == dict.fromkeys(
        ["face_embedding", "face_vector", "arcface", "face_encodings[]"],
        ("face_template", Kind.VECTOR),
    )


def test_the_answer_is_the_same_whatever_the_cut():
    cells = lists(np.vstack([unit(), NOT_EMBEDDINGS["one-hot"]]))
    whole = seen(Kind.VECTOR, cells)
    parts = [seen(Kind.VECTOR, cells[start : start + 7]) for start in range(0, len(cells), 7)]
    assert whole == {key: sum(p.get(key, 0) for p in parts) for key in whole}
