"""Encrypted columns come back with the key alone, and every try is written down."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import privscan as ps
from privscan.errors import UsageError
from privscan.protect.apply import carried_out
from privscan.protect.files import tasks
from privscan.protect.key import Key
from privscan.protect.treating import parsed

SECRET, OTHER = b"a made-up secret of many bytes", b"another secret of as many bytes"
TABLE = pa.table(
    {
        "n": pa.array([1, None, 3], pa.int16()),
        "t": ["x", "", None],
        "s": [{"a": 1.5, "b": "y"}, None, {"a": None, "b": None}],
        "l": [["p", None], None, []],
    }
)


def _sealed(source: Path, target: Path, *columns: str) -> Path:
    carried_out(tasks(source), [parsed(f"{c}=encrypt") for c in columns], Key(SECRET), target)
    return target


def _audit(folder: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (folder / "privscan-audit.jsonl").read_text().splitlines()]


def test_columns_come_back_with_their_types_and_a_line_says_so(tmp_path):
    pq.write_table(TABLE, tmp_path / "a.parquet")
    sealed = _sealed(tmp_path / "a.parquet", tmp_path / "b.parquet", "n", "t", "s.a", "l[]")
    assert pq.read_table(sealed)["n"].type == pa.string()
    done = ps.reveal(
        sealed,
        tmp_path / "c.parquet",
        columns=["n", "t", "s.a", "l[]"],
        key=SECRET,
        reason="audit 7",
    )
    assert pq.read_table(done.out).equals(TABLE)
    assert pq.read_schema(done.out).equals(
        pq.read_schema(tmp_path / "a.parquet"), check_metadata=True
    )
    [line] = _audit(tmp_path)
    assert (line["outcome"], line["rows"], line["reason"]) == ("revealed", 3, "audit 7")
    assert line["columns"] == ["n", "t", "s.a", "l[]"]
    assert stat.S_IMODE((tmp_path / "privscan-audit.jsonl").stat().st_mode) == 0o600
    assert SECRET.decode() not in (tmp_path / "privscan-audit.jsonl").read_text()


def test_one_column_may_be_revealed_and_another_not(tmp_path):
    pq.write_table(TABLE, tmp_path / "a.parquet")
    sealed = _sealed(tmp_path / "a.parquet", tmp_path / "b.parquet", "n", "t")
    ps.reveal(sealed, tmp_path / "c.parquet", columns=["n"], key=SECRET)
    made = pq.read_table(tmp_path / "c.parquet")
    assert made["n"].equals(TABLE["n"])
    assert made["t"].equals(pq.read_table(sealed)["t"])


def test_values_of_json_come_back_as_they_were(tmp_path):
    text = '{"a": 1.5, "b": [true, null, 12345678901234567890, "x"]}\n'
    (tmp_path / "a.jsonl").write_text(text)
    sealed = _sealed(tmp_path / "a.jsonl", tmp_path / "b.jsonl", "a", "b[]")
    assert "1.5" not in sealed.read_text()
    ps.reveal(sealed, tmp_path / "c.jsonl", columns=["a", "b[]"], key=SECRET)
    assert (tmp_path / "c.jsonl").read_text() == text


@pytest.mark.parametrize(
    ("columns", "key", "said"),
    [
        (["t"], OTHER, "does not open"),
        (["n"], SECRET, "not encrypted"),
        (["none"], SECRET, "no column is called"),
        ([], SECRET, "no column is named"),
        (["t"], b"short", "has 16 bytes or more"),
    ],
)
def test_what_does_not_open_leaves_no_output(tmp_path, columns, key, said):
    pq.write_table(TABLE, tmp_path / "a.parquet")
    sealed = _sealed(tmp_path / "a.parquet", tmp_path / "b.parquet", "t")
    before = sorted(p.name for p in tmp_path.iterdir())
    with pytest.raises(UsageError, match=said):
        ps.reveal(sealed, tmp_path / "c.parquet", columns=columns, key=key)
    assert [
        p for p in sorted(p.name for p in tmp_path.iterdir()) if not p.endswith(".jsonl")
    ] == before
    if "opens" in said or "encrypted" in said:
        assert _audit(tmp_path)[-1]["outcome"] == "refused"


def test_a_cell_that_was_changed_is_refused(tmp_path):
    (tmp_path / "a.csv").write_text("t,n\n" + "secret,1\n" * 5)
    sealed = _sealed(tmp_path / "a.csv", tmp_path / "b.csv", "t")
    lines = sealed.read_text().splitlines()
    spoilt = lines[3][:20] + ("A" if lines[3][20] != "A" else "B") + lines[3][21:]
    sealed.write_text("\n".join([*lines[:3], spoilt, *lines[4:], ""]))
    with pytest.raises(UsageError, match="does not open"):
        ps.reveal(sealed, tmp_path / "c.csv", columns=["t"], key=SECRET)
    assert not (tmp_path / "c.csv").exists()


def test_without_an_audit_line_nothing_is_revealed(tmp_path):
    (tmp_path / "a.csv").write_text("t,n\n" + "secret,1\n" * 5)
    sealed = _sealed(tmp_path / "a.csv", tmp_path / "b.csv", "t")
    with pytest.raises(UsageError, match="audit file"):
        ps.reveal(
            sealed, tmp_path / "c.csv", columns=["t"], key=SECRET, audit=tmp_path / "no" / "audit"
        )
    assert not (tmp_path / "c.csv").exists()
