"""What of treated values is met in a copy: explained by what was kept, or refused."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pyarrow as pa
import pytest

import privscan as ps
from privscan.__main__ import run
from privscan.errors import PolicyViolationError, UsageError
from privscan.protect import proof
from privscan.protect.files import tasks
from privscan.protect.leaves import leaves
from privscan.protect.proof import residue, sought
from privscan.protect.protecting import _samples
from privscan.protect.search import search
from privscan.protect.treating import parsed

SECRET = b"a made-up secret of many bytes"
CITIES = ["Florence", "Victoria", "Savannah"]
EVENTS = [
    {"n": i, "who": {"email": f"p{i:02}@planted{i:02}.example.com", "tags": [f"label-{i:02}", "x"]}}
    for i in range(40)
]


def _written(path: Path, columns: dict[str, list[object]]) -> Path:
    frame = pl.DataFrame(columns)
    if path.suffix == ".parquet":
        frame.write_parquet(path)
    elif path.suffix == ".csv":
        frame.write_csv(path)
    elif path.suffix == ".arrow":
        frame.write_ipc(path)
    else:
        frame.write_ndjson(path)
    return path


@pytest.mark.parametrize("kind", ["parquet", "csv", "arrow", "jsonl"])
def test_a_value_that_another_column_was_left_with_is_explained_by_it(tmp_path, kind):
    given = [f"{CITIES[i % 3]}" if i < 3 else f"Forename{i:02}" for i in range(40)]
    source = _written(
        tmp_path / f"a.{kind}", {"forename": given, "city": [CITIES[i % 3] for i in range(40)]}
    )

    done = ps.protect(source, tmp_path / f"b.{kind}", treat=["forename=tokenise"], key=SECRET)

    assert done.residue.kept == {"city": 3}
    assert done.residue.leaked == {}
    assert done.residue.bytes_ >= 3
    assert "Florence" in pl.Series(given).to_list()


@pytest.mark.parametrize("kind", ["parquet", "csv", "arrow", "jsonl"])
@pytest.mark.parametrize("left", ["forename", "note"])
def test_a_value_in_a_treated_column_is_no_matter_of_kept_ones(tmp_path, kind, left):
    """The copy is as if the treatment of one column had done nothing."""
    columns = {
        "forename": [f"Forename-{i:02} Surname" for i in range(40)],
        "note": ["all fine"] * 39 + ["ask Forename-07 Surname"],
        "city": ["Forename-07 Surname"] * 40,
    }
    source = _written(tmp_path / f"a.{kind}", columns)
    told = dict(columns)
    told["note" if left == "forename" else "forename"] = ["*"] * 40
    (tmp_path / "made").mkdir()
    made = _written(tmp_path / "made" / f"a.{kind}", told)
    every = tasks(source)
    chosen = [parsed("forename=tokenise"), parsed("note=redact")]

    found = residue(made, every, sought(every, chosen), chosen)

    assert found.kept == {"city": 1}
    assert found.leaked == {left: 40 if left == "forename" else 1}


def test_a_value_in_bytes_that_no_column_explains_is_unexplained(tmp_path):
    source = _written(tmp_path / "a.parquet", {"mail": [f"p{i}@example.com" for i in range(9)]})
    (tmp_path / "made").mkdir()
    made = _written(tmp_path / "made" / "a.parquet", {"mail": [None] * 9})
    every, chosen = tasks(source), [parsed("mail=mask")]
    assert residue(made, every, sought(every, chosen), chosen).leaked == {}

    table = pa.parquet.read_table(made).replace_schema_metadata({"left": "p4@example.com"})
    pa.parquet.write_table(table, made)

    found = residue(made, every, sought(every, chosen), chosen)
    assert found.leaked == {"": 1}
    assert found.kept == {}
    assert not found.none


def test_what_nothing_explains_is_not_put_in_place(tmp_path, capsys):
    """Redacting seeks no names: those of a dropped column stay in the text and stop it."""
    columns = {
        "forename": [f"Wxyzab{'abcdefghij'[i % 10]}q" for i in range(30)],
        "note": [f"spoke to Wxyzab{'abcdefghij'[i % 10]}q at noon" for i in range(30)],
    }
    source = _written(tmp_path / "a.csv", columns)
    order = ["--treat", "forename=drop", "--treat", "note=redact", "-q"]

    with pytest.raises(PolicyViolationError, match=r"10 of 10 sought\): in note") as error:
        ps.protect(source, tmp_path / "b.csv", treat=["forename=drop", "note=redact"])
    code = run(["protect", str(source), str(tmp_path / "b.csv"), *order])

    assert "--treat COLUMN=drop" in error.value.hint
    assert "Wxyzab" not in f"{error.value} {error.value.hint} {capsys.readouterr()}"
    assert code == 1
    assert [p.name for p in tmp_path.iterdir()] == ["a.csv"]
    kept = ps.protect(source, tmp_path / "b.csv", treat=["forename=drop"])
    assert kept.residue.kept == {"note": 10}


def test_the_verb_says_where_values_were_kept(tmp_path, capsys):
    columns = {"forename": [*CITIES, *("Ann" for _ in range(27))], "city": CITIES * 10}
    source = _written(tmp_path / "a.csv", columns)
    for lang, said in (("en", "were kept: city (3)"), ("ja", "にある:city (3)")):
        order = ["protect", str(source), str(tmp_path / f"{lang}.csv"), "--lang", lang]
        assert run([*order, "--treat", "forename=drop"]) == 0
        assert said in capsys.readouterr().out
    order = ["protect", str(source), str(tmp_path / "c.csv"), "-f", "json", "-q"]
    assert run([*order, "--treat", "forename=drop"]) == 0
    assert json.loads(capsys.readouterr().out)["residue"]["kept"] == {"city": 3}


@pytest.mark.parametrize("how", ["drop", "encrypt", "tokenise"])
def test_columns_without_a_header_are_known_by_their_place(tmp_path, how):
    rows = [f"{i},p{i:02}@example.com,P{i:02} of 7 Mill Lane,{20 + i}" for i in range(40)]
    (tmp_path / "a.csv").write_text("\n".join(rows) + "\n")
    treat = [f"column_2={how}"]

    done = ps.protect(tmp_path / "a.csv", tmp_path / "b.csv", treat=treat, key=SECRET)

    assert done.residue == proof.Residue(40, 0, 0)
    assert "7 Mill Lane" in (tmp_path / "b.csv").read_text()


def test_names_of_columns_and_folders_explain_but_not_those_of_treated_keys(tmp_path):
    for city in CITIES:
        (tmp_path / "in" / f"town={city}").mkdir(parents=True)
        columns = {"forename": [*CITIES, "Forename1"], "Savannah": [1, 2, 3, 4]}
        _written(tmp_path / "in" / f"town={city}" / "p.parquet", columns)
    every = tasks(tmp_path / "in")
    done = ps.protect(tmp_path / "in", tmp_path / "out", treat=["forename=drop"])
    chosen = [parsed("town=tokenise"), parsed("forename=drop")]

    found = residue(tmp_path / "out", every, CITIES, chosen)

    assert done.residue.kept == {"": 3}
    assert found.kept == {"": 1}
    assert found.leaked == {"": 2}


@pytest.mark.parametrize(
    ("text", "places", "alone"),
    [
        ("tok_deadbeef12345678cafe", 1, set()),
        ("no. 12345678, twice 12345678", 2, {"12345678"}),
        ("xann@example.comx", 1, {"ann@example.com"}),
        ("_Martin2", 1, set()),
        ("Martin Luther", 2, {"Martin", "Martin Luther"}),
        ("é東京都港区Martin様", 2, {"東京都港区", "Martin"}),
        ("nothing", 0, set()),
    ],
)
def test_a_word_within_a_token_does_not_stand_alone(text, places, alone):
    values = ["12345678", "ann@example.com", "Martin", "Martin Luther", "東京都港区"]
    met = search(text, values)
    assert met.places == places
    assert met.alone == alone
    assert alone <= met.values
    assert search(text, values, before=len(text)).places == 0


@pytest.mark.parametrize("kind", ["jsonl", "parquet", "arrow"])
def test_parts_of_columns_are_sought_and_their_cost_is_measured(tmp_path, kind):
    frame = pl.DataFrame(EVENTS)
    source = tmp_path / f"a.{kind}"
    write = {"jsonl": frame.write_ndjson, "parquet": frame.write_parquet, "arrow": frame.write_ipc}
    write[kind](source)
    every = tasks(source)

    samples = _samples(every.files)
    values = sought(every, [parsed("who=drop")])
    done = ps.protect(source, tmp_path / f"b.{kind}", treat=["who.email=drop"])

    assert {path for piece in leaves(every.files[0]) for path, _ in piece} == {
        "n",
        "who.email",
        "who.tags[]",
    }
    assert samples["who.email"].bits == pytest.approx(5.32, abs=0.01)
    assert len(values) == 80
    assert done.residue == proof.Residue(40, 0, 0)
    assert done.plans[0].lost > 0.2


def test_records_of_json_have_a_cell_a_path_but_for_elements_of_lists(tmp_path):
    source = tmp_path / "a.jsonl"
    source.write_text('{"a": {"b": 1}, "a.c": "x"}\n{"a": 3}\n{"a": {"b": null}}\n')
    task = tasks(source).files[0]

    [batch] = task.format.batches(task.uri, ["a.b", "a.c", "a.z"])

    assert batch.to_pydict() == {
        "a.b": ["1", None, None],
        "a.c": ["x", None, None],
        "a.z": [None] * 3,
    }
    with pytest.raises(UsageError, match="not one a record"):
        list(task.format.batches(task.uri, ["a[].b"]))


def test_a_policy_that_asks_for_k_is_met_by_json_without_records_made_alike(tmp_path):
    rows = {
        "date_of_birth": [f"19{40 + i * 7 % 60}-{1 + i % 12:02}-{1 + i * 5 % 28:02}" for i in range(200)],
        "gender": [["male", "female"][i % 2] for i in range(200)],
        "postal_code": [f"{10000 + i * 13 % 900}" for i in range(200)],
    }  # fmt: skip
    source = _written(tmp_path / "a.jsonl", rows)
    [plan] = ps.protect(source, policy="share-externally").plans
    assert plan.steps
    assert "anonymise" not in {s.treatment.name for s in plan.steps}
