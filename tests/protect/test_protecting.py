"""From a source to a copy that passes its policy: planned, proven, and never half there."""

from __future__ import annotations

import errno
import os
import socket
from pathlib import Path
from unittest import mock

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import privscan as ps
from privscan.errors import IncompleteError, PolicyViolationError, UsageError
from privscan.model.treatment import Residue
from privscan.protect import protecting
from privscan.protect.cells import texts
from privscan.protect.files import tasks
from privscan.protect.proof import residue

SECRET = b"a made-up secret of many bytes"
ROWS = 1_000


def _card(number: int) -> str:
    digits = f"411111{number:09d}"
    total = sum(d - 9 if d > 9 else d for d in (int(c) * (2 - i % 2) for i, c in enumerate(digits)))
    return f"{digits}{-total % 10}"


@pytest.fixture(scope="module")
def customers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A thousand planted values in each of the columns that say who it is."""
    folder = tmp_path_factory.mktemp("in")
    given = ["Anna", "Bela", "Chiyo", "Dora", "Emil", "Farah", "Goran", "Hana"]
    pl.DataFrame(
        {
            "email": [
                f"{given[i % 8].lower()}.{i:04}@planted{i:04}.example.com" for i in range(ROWS)
            ],
            "card_number": [_card(i * 7919) for i in range(ROWS)],
            "date_of_birth": [
                f"19{50 + i % 50}-{1 + i % 12:02}-{1 + i % 28:02}" for i in range(ROWS)
            ],
            "postal_code": [f"{10000 + 37 * (i % 300)}" for i in range(ROWS)],
            "comment": [
                f"ask {given[i % 8].lower()}{i}@leak{i:04}.example.org again"
                if i % 9 == 0
                else "all fine"
                for i in range(ROWS)
            ],
            "basket": [i % 7 for i in range(ROWS)],
        }
    ).write_parquet(folder / "customers.parquet", row_group_size=300)
    return folder / "customers.parquet"


@pytest.fixture(scope="module")
def copy(customers: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, object]:
    out = tmp_path_factory.mktemp("out") / "customers.parquet"
    done = ps.protect(
        customers, out, policy="ingest", treat=["email=encrypt", "comment=redact"], key=SECRET
    )
    return out, done


def test_the_copy_passes_the_policy_that_the_source_breaks(customers, copy):
    assert not ps.gate(customers, policy="ingest").passed
    assert ps.gate(copy[0], policy="ingest").passed
    assert copy[1].verdict.passed


def test_the_score_is_the_one_that_was_predicted(copy):
    [plan] = copy[1].plans
    assert plan.now.score > plan.predicted.score
    assert abs(plan.predicted.score - copy[1].measured["customers"].score) <= 1
    assert plan.predicted.score == pytest.approx(ps.scan(copy[0]).score, abs=1)
    assert 0 < plan.lost < 1


def test_no_planted_value_is_anywhere_in_the_copy(customers, copy):
    before = pl.read_parquet(customers)
    planted = [*before["email"], *before["card_number"]]
    planted += before["comment"].str.extract(r"(\S+@\S+)").drop_nulls().to_list()
    raw = copy[0].read_bytes()
    assert not [v for v in planted if v.encode() in raw]
    file = pq.ParquetFile(copy[0], read_dictionary=["email", "card_number", "comment"])
    every = []
    for batch in file.iter_batches():
        for column in batch.columns:
            coded = pa.types.is_dictionary(column.type)
            every += texts(column.dictionary if coded else column).drop_nulls().to_list()
    for group in range(file.num_row_groups):
        for column in range(file.metadata.num_columns):
            facts = file.metadata.row_group(group).column(column).statistics
            every += [str(facts.min), str(facts.max)] if facts else []
    whole = "\n".join(every)
    assert not [v for v in planted if v in whole]
    assert copy[1].residue.none
    assert copy[1].residue.sought == 1_000


def test_what_nobody_treated_is_as_it_was(customers, copy):
    before, after = pq.read_table(customers), pq.read_table(copy[0])
    treated = {s.treatment.column for s in copy[1].plans[0].steps}
    assert "basket" not in treated
    for name in {*before.column_names} - treated:
        assert after[name].equals(before[name])
    assert after.column_names == before.column_names
    assert "all fine" in after["comment"].to_pylist()


def test_encrypted_cells_come_back(customers, copy, tmp_path):
    ps.reveal(copy[0], tmp_path / "back.parquet", columns=["email"], key=SECRET)
    assert pl.read_parquet(tmp_path / "back.parquet")["email"].equals(
        pl.read_parquet(customers)["email"]
    )


def test_a_plan_writes_nothing_and_says_what_stays(customers, tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    before = sorted(customers.parent.iterdir())
    done = ps.protect(customers, target="low")
    [plan] = done.plans
    assert plan.reached
    assert plan.predicted.level.value in {"low", "none_detected"}
    assert not {s.treatment.name for s in plan.steps} & {"tokenise", "encrypt"}
    assert done.out == ""
    assert sorted(customers.parent.iterdir()) == before
    assert list(tmp_path.iterdir()) == []


STRICT = """id: told
about: {en: Addresses take a declared purpose., ja: メールアドレスには利用目的が要る。}
declare: [{entities: [email], keys: [purposes]}]
as_of: '2026-11-25'
status: in use
source: a test
"""


def test_a_policy_that_is_missed_leaves_nothing(customers, tmp_path):
    (tmp_path / "told.yaml").write_text(STRICT)
    with pytest.raises(PolicyViolationError) as error:
        ps.protect(
            customers, tmp_path / "out.parquet", policy=tmp_path / "told.yaml", treat=["email=mask"]
        )
    assert "nothing was written" in error.value.hint
    assert [p.name for p in tmp_path.iterdir()] == ["told.yaml"]


def test_what_people_have_to_declare_is_asked_before_a_copy_is_written(customers, tmp_path):
    (tmp_path / "told.yaml").write_text(STRICT)
    with (
        mock.patch.object(protecting, "sought", side_effect=AssertionError("written")),
        pytest.raises(PolicyViolationError, match="declare: purposes") as error,
    ):
        ps.protect(
            customers, tmp_path / "out.parquet", policy=tmp_path / "told.yaml", treat=["email=mask"]
        )
    assert "dataset.yaml" in error.value.hint
    assert error.value.where == "customers"


@pytest.mark.parametrize("full", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
@pytest.mark.parametrize(
    "where", ["os.fsync", "pathlib.Path.write_bytes", "pyarrow.parquet.ParquetWriter.write_table"]
)
def test_a_full_disk_is_told_as_such_and_leaves_the_old_copy(customers, tmp_path, where, full):
    source, out = tmp_path / "in", tmp_path / "out"
    for folder in (source, out):
        folder.mkdir()
    pq.write_table(pq.read_table(customers).slice(0, 50), source / "customers.parquet")
    (source / "dataset.yaml").write_text("purposes: [newsletter]\n")
    (out / "old").write_text("old")
    with (
        mock.patch(where, side_effect=OSError(full, os.strerror(full))),
        pytest.raises(UsageError, match=f"cannot write: {os.strerror(full)}") as error,
    ):
        ps.protect(source, out, treat=["email=drop"], force=True)
    assert "make room" in error.value.hint
    assert [p.name for p in out.iterdir()] == ["old"]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in", "out"]


def test_an_input_that_cannot_be_read_is_no_full_disk(customers, tmp_path):
    broken = OSError(errno.EIO, os.strerror(errno.EIO))
    with (
        mock.patch("pyarrow.parquet.ParquetWriter.write_table", side_effect=broken),
        pytest.raises(IncompleteError, match="cannot be protected"),
    ):
        ps.protect(customers, tmp_path / "out.parquet", treat=["email=drop"])


def test_no_column_is_dropped_for_want_of_a_declaration(customers, tmp_path):
    (tmp_path / "told.yaml").write_text(STRICT)
    [plan] = ps.protect(customers, policy=tmp_path / "told.yaml").plans
    assert plan.steps == ()
    assert plan.asked == ("declare: purposes",)


def test_a_declaration_beside_the_data_counts_for_the_copy(customers, tmp_path):
    (tmp_path / "told.yaml").write_text(STRICT)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "customers.parquet").write_bytes(customers.read_bytes())
    (tmp_path / "in" / "dataset.yaml").write_text("purposes: [newsletter]\n")
    done = ps.protect(
        tmp_path / "in", tmp_path / "out", policy=tmp_path / "told.yaml", treat=["email=mask"]
    )
    assert done.verdict.passed
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == [
        "customers.parquet",
        "dataset.yaml",
    ]
    assert ps.gate(tmp_path / "out", policy=tmp_path / "told.yaml").passed


def test_what_is_not_read_is_not_protected(tmp_path):
    (tmp_path / "a.csv").write_text(
        "name,mail\n" + "Ann Lee,ann@example.com\n" * 20 + "Bo,bo@example.com,extra,more\n"
    )
    with pytest.raises(IncompleteError, match="what is not read is not protected"):
        ps.protect(tmp_path / "a.csv", tmp_path / "b.csv", treat=["mail=drop"])
    assert [p.name for p in tmp_path.iterdir()] == ["a.csv"]


def test_an_output_is_replaced_only_when_asked(tmp_path):
    (tmp_path / "a.csv").write_text("n,mail\n" + "1,ann@example.com\n" * 20)
    (tmp_path / "b.csv").write_text("old")
    with pytest.raises(UsageError, match="exists already"):
        ps.protect(tmp_path / "a.csv", tmp_path / "b.csv", treat=["mail=drop"])
    assert (tmp_path / "b.csv").read_text() == "old"
    ps.protect(tmp_path / "a.csv", tmp_path / "b.csv", treat=["mail=drop"], force=True)
    assert (tmp_path / "b.csv").read_text() == "n\n" + "1\n" * 20


def test_data_that_pass_are_copied_as_they_are(tmp_path):
    (tmp_path / "a.csv").write_text(
        "machine,celsius\n" + "".join(f"m{i % 7},{20 + i % 5}\n" for i in range(50))
    )
    done = ps.protect(tmp_path / "a.csv", tmp_path / "b.csv", policy="ingest")
    assert not done.plans[0].steps
    assert (tmp_path / "b.csv").read_bytes() == (tmp_path / "a.csv").read_bytes()


def test_no_connection_is_opened(customers, tmp_path, monkeypatch):
    def refused(*_args: object, **_kwargs: object) -> None:
        raise AssertionError("a socket was asked for")

    monkeypatch.setattr(socket, "socket", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    done = ps.protect(
        customers, tmp_path / "out.parquet", treat=["email=tokenise", "comment=redact"], key=SECRET
    )
    assert done.rows == ROWS


def test_small_classes_are_made_large_where_that_costs_less(tmp_path):
    rows = [
        (f"P{i:05}", f"19{40 + i * 7 % 60}-{1 + i % 12:02}-{1 + i * 5 % 28:02}", ["male", "female"][i % 2], f"{10000 + i * 13 % 900}", ["E11.9", "I10", "F32.1"][i % 3])
        for i in range(600)
    ]  # fmt: skip
    frame = pl.DataFrame(
        rows, schema=["record", "date_of_birth", "gender", "postal_code", "diagnosis"], orient="row"
    )
    frame.write_csv(tmp_path / "a.csv")
    done = ps.protect(
        tmp_path / "a.csv",
        tmp_path / "b.csv",
        target="medium",
        treat=["record=tokenise"],
        key=SECRET,
    )
    [plan] = done.plans
    assert plan.reached
    assert abs(plan.predicted.score - done.measured[plan.dataset].score) <= 1
    joint = [s.treatment.column for s in plan.steps if s.treatment.name == "anonymise"]
    if joint:
        [after] = ps.reidentify(tmp_path / "b.csv", quasi=joint)
        assert after.k >= 11
    else:
        assert {s.treatment.column for s in plan.steps} & {
            "date_of_birth",
            "gender",
            "postal_code",
            "diagnosis",
        }


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"policy": "ingst"}, "no policy"),
        ({"target": "lowest"}, "no level"),
        ({"treat": ["email=dorp"]}, "names no treatment"),
        ({"treat": ["mail=drop"]}, "no column is called 'mail'"),
        ({"key": "no-such-file"}, "cannot be read"),
        ({"treat": ["email=tokenise"]}, "takes a key"),
    ],
)
def test_wrong_calls_are_said_before_anything_is_written(customers, tmp_path, options, said):
    with pytest.raises(UsageError, match=said):
        ps.protect(customers, tmp_path / "out.parquet", **options)
    assert list(tmp_path.iterdir()) == []


@pytest.fixture(scope="module")
def visits(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Visits of patients who are told by a key that the policy below forbids in clear."""
    folder = tmp_path_factory.mktemp("visits")
    rows = {
        "email": [f"p{i // 2:03}@planted{i // 2:03}.example.com" for i in range(120)],
        "ward": [i % 5 for i in range(120)],
    }
    pl.DataFrame(rows).write_csv(folder / "visits.csv")
    (folder / "dataset.yaml").write_text("owner: Clinic  # 病院\nsubject_key: email\n")
    return folder


@pytest.mark.parametrize("treatment", ["drop", "tokenise"])
def test_a_description_names_no_column_that_is_gone(visits, tmp_path, treatment):
    done = ps.protect(visits, tmp_path / "out", treat=[f"email={treatment}"], key=SECRET)

    said = (tmp_path / "out" / "dataset.yaml").read_text()

    assert done.rows == 120
    assert "owner: Clinic" in said
    assert ("subject_key" in said) == (treatment == "tokenise")
    assert (said == (visits / "dataset.yaml").read_text()) == (treatment == "tokenise")


def test_keys_of_partitions_are_sought_in_names(tmp_path):
    for i in range(3):
        folder = tmp_path / "in" / f"email=planted{i}@leak.example.org"
        folder.mkdir(parents=True)
        pl.DataFrame({"n": [1, 2]}).write_parquet(folder / "p.parquet")

    done = ps.protect(tmp_path / "in", tmp_path / "out", treat=["email=tokenise"], key=SECRET)

    assert done.residue == Residue(3, 0, 0)
    assert residue(tmp_path / "in", tasks(tmp_path / "in"), ["planted1@leak.example.org"]).bytes_


@pytest.mark.parametrize(("rare", "treated"), [(3, True), (4, True), (5, False)])
def test_classes_of_one_column_are_a_matter_of_the_plan(tmp_path, rare, treated):
    genders = ["female"] * 50 + ["male"] * 40 + ["other"] * rare
    pl.DataFrame({"basket": [i % 4 for i in range(len(genders))], "gender": genders}).write_csv(
        tmp_path / "in.csv"
    )
    policy = tmp_path / "policy.yaml"
    policy.write_text(
        "id: alike\nabout: {en: k, ja: k}\nmin_k: 5\n"
        "as_of: '2026-11-25'\nstatus: test\nsource: none\n"
    )
    before = ps.gate(tmp_path / "in.csv", policy=policy)

    done = ps.protect(tmp_path / "in.csv", tmp_path / "out.csv", policy=policy)

    assert [v.measured for v in before.violations] == ([str(rare)] if treated else [])
    assert before.incomplete == ()
    assert bool(done.plans[0].steps) == treated
    assert ps.gate(tmp_path / "out.csv", policy=policy).passed


def test_a_frame_in_memory_is_no_source_and_that_is_said(tmp_path):
    with pytest.raises(UsageError, match="a DataFrame is no file or folder"):
        ps.protect(pl.DataFrame({"n": [1]}), tmp_path / "out.parquet")  # type: ignore[arg-type]
    assert not [*tmp_path.iterdir()]
