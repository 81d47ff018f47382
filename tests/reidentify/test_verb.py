"""The verb `reidentify`: what it prints in both languages, its JSON, its exit codes."""

from __future__ import annotations

import json

import numpy as np
import polars as pl
import pytest
from click.testing import CliRunner

import privscan as ps
from privscan.assess.quasi import proposal
from privscan.cli.main import privscan
from privscan.cli.reidentify import _SAID
from privscan.model.profile import DatasetProfile
from privscan.reidentify import measure
from privscan.rulebook.load import rulebook


@pytest.fixture
def patients(tmp_path):
    rng = np.random.default_rng(4)
    frame = pl.DataFrame(
        {
            "customer_id": rng.integers(100_000, 100_200, 400),
            "gender": rng.choice(["male", "female"], 400),
            "age": rng.integers(18, 80, 400),
            "diagnosis": rng.choice(["F32.1", "J45.0", "E11.9"], 400),
        }
    )
    file = tmp_path / "patients.csv"
    frame.write_csv(file)
    return file


def run(*arguments: object):
    return CliRunner().invoke(privscan, ["reidentify", *map(str, arguments)])


def test_text_states_each_measure_in_both_languages(patients):
    asked = ("--quasi", "gender, age", "--sensitive", "diagnosis", "--sampling-fraction", "0.1")
    english, japanese = run(patients, *asked), run(patients, *asked, "--lang", "ja")
    assert english.exit_code == japanese.exit_code == 0
    for word in ("k-anonymity", "prosecutor", "journalist", "marketer", "l-diversity", "special"):
        assert word in english.output
    for word in ("k-匿名性", "検察官型", "l-多様性", "t-近接性", "特殊一意", "母集団"):
        assert word in japanese.output
    assert "each row is taken for a person" in english.output
    assert english.output.count("\n") == japanese.output.count("\n")


def test_every_text_is_there_in_both_languages_with_the_same_gaps():
    for key, (english, japanese) in _SAID.items():
        assert english.strip(), key
        assert japanese.strip(), key
        assert english.count("{") == japanese.count("{"), key


def test_json_is_what_the_function_says(patients):
    done = run(patients, "--quasi", "gender,age", "--subject-key", "customer_id", "-f", "json")
    document = json.loads(done.output)
    [answer] = ps.reidentify(patients, quasi=["gender", "age"], subject_key="customer_id")
    assert document["schema"] == "privscan-reidentification/1"
    [found] = document["datasets"]
    assert found["k"] == answer.k
    assert found["class_sizes"] == [list(pair) for pair in answer.class_sizes]
    assert found["subjects"] == pl.read_csv(patients)["customer_id"].n_unique()


def test_a_scan_proposes_what_is_not_named(patients):
    [found] = ps.reidentify(patients)
    assert found.columns == ("age", "gender")
    assert found.subject_key == "customer_id"
    assert [one.column for one in found.sensitive] == ["diagnosis"]
    [given] = ps.reidentify(patients, sensitive=["gender"], subject_key="customer_id")
    assert given.columns == ("age",)


def test_a_key_of_each_row_is_no_subject_key():
    nothing = DatasetProfile("d", "d", "table", 3, 0, 1, 0)
    assert proposal(nothing, rulebook()) == ((), (), "")


def test_the_declared_subject_key_counts(patients):
    (patients.parent / "dataset.yaml").write_text("subject_key: customer_id\n", "utf-8")
    [found] = ps.reidentify(patients, quasi=["gender"])
    assert found.subject_key == "customer_id"
    assert found.records <= 2 * 200


def test_wrong_columns_and_unread_parts_have_their_exit_codes(patients):
    wrong = run(patients, "--quasi", "gendr")
    assert isinstance(wrong.exception, ps.UsageError)
    assert "gender" in str(wrong.exception.hint)
    (patients.parent / "more.csv.gz").write_bytes(b"\x1f\x8bcut")
    broken = run(patients.parent, "--quasi", "gender")
    assert broken.exit_code == 3
    assert "INCOMPLETE" in broken.output


def test_too_much_work_is_left_out_and_said(patients, monkeypatch):
    monkeypatch.setattr(measure, "WORK", 10)
    assert "not measured" in run(patients, "--quasi", "gender,age").output
    asked = run(patients, "--quasi", "gender,age", "--special-size", "0").output
    assert "special" not in asked


def test_a_population_speaks_in_both_languages_and_in_json(patients):
    people = patients.parent / "people.csv"
    pl.read_csv(patients).head(200).write_csv(people)
    asked = (patients, "--quasi", "gender,age", "--population", people)
    english, japanese = run(*asked), run(*asked, "--lang", "ja")
    assert english.exit_code == japanese.exit_code == 0
    for word in ("population table people: 200 rows", "the population lacks", "in the data than"):
        assert word in english.output
    for word in ("母集団の表 people:200 行", "母集団にない同値類", "母集団全体ではない"):
        assert word in japanese.output
    assert english.output.count("\n") == japanese.output.count("\n")
    [found] = json.loads(run(*asked, "-f", "json").output)["datasets"]
    [answer] = ps.reidentify(patients, quasi=["gender", "age"], population=people)
    assert found["matched"]["missing_records"] == answer.matched.missing_records > 0
    assert found["journalist"]["highest"] == answer.journalist.highest
    assert "母集団の表" not in run(patients, "--quasi", "gender", "--lang", "ja").output


def test_a_population_that_lacks_a_column_or_cannot_be_read_has_its_exit_code(patients):
    people = patients.parent / "people.csv"
    people.write_text("gendr,age\nmale,30\n", "utf-8")
    wrong = run(patients, "--quasi", "gender", "--population", people)
    assert isinstance(wrong.exception, ps.UsageError)
    assert "gendr" in str(wrong.exception.hint)
    cut = patients.parent / "people.parquet"
    cut.write_bytes(b"PAR1 cut short")
    broken = run(patients, "--quasi", "gender", "--population", cut)
    assert broken.exit_code == 3
    assert "INCOMPLETE" in broken.output
    assert "journalist risk: highest" not in broken.output
