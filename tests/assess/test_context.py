"""dataset.yaml: what people may declare, how slips are told, and where it is found."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import polars as pl
import pytest

import privscan as ps
from privscan.assess.context import (
    EXPOSED,
    VULNERABLE,
    Context,
    Exposure,
    Subjects,
    find_context,
    load_context,
    template,
)
from privscan.errors import RuleError
from privscan.rulebook.schema import DeclaredKey


def written(tmp_path, text):
    file = tmp_path / "dataset.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def test_the_template_names_every_key_and_no_other():
    keys = re.findall(r"^# (\w+): ", template(), re.MULTILINE)
    assert keys == list(Context.model_fields)


def test_the_template_filled_in_is_a_context(tmp_path):
    text = re.sub(r"^# (\w+: )", r"\1", template(), flags=re.MULTILINE)
    found = load_context(written(tmp_path, text))
    assert set(found.declared()) == set(Context.model_fields)
    assert found.jurisdictions == ("EU", "JP")
    assert found.retention_days == 730


def test_the_template_as_it_is_declares_nothing(tmp_path):
    assert load_context(written(tmp_path, template())).declared() == {}


@pytest.mark.parametrize("key", list(Context.model_fields))
def test_each_key_of_the_template_loads_alone(tmp_path, key):
    line = re.search(rf"^# ({key}: .*)$", template(), re.MULTILINE)[1]
    assert list(load_context(written(tmp_path, line)).declared()) == [key]


def test_conditions_may_ask_for_every_key_and_no_other():
    assert set(get_args(DeclaredKey)) == set(Context.model_fields)


def test_only_known_kinds_of_persons_and_places_weigh():
    assert VULNERABLE.keys() <= set(get_args(Subjects))
    assert EXPOSED.keys() <= set(get_args(Exposure))


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("owner: me\npurpose: [a]\n", 2, "did you mean 'purposes'?"),
        ("\n\nlegal_basys: consent\n", 3, "did you mean 'legal_basis'?"),
        ("retention_days: soon\n", 1, "retention_days"),
        ("retention_days: 0\n", 1, "greater than 0"),
        ("retention_days: -3\n", 1, "greater than 0"),
        ("title: x\npurposes: one\n", 2, "should be a list"),
        ("title: [a]\n", 1, "title"),
        ("exposure: everyone\n", 1, "'public', 'shared', 'internal' or 'restricted'"),
        ("subjects: animals\n", 1, "'customers'"),
        ("phase: later\n", 1, "'planning'"),
        ("jurisdictions: [EU, Japan]\n", 1, "ISO 3166"),
        ("jurisdictions: [JA]\n", 1, "ISO 3166"),
        ("jurisdictions:\n  - EU\n  - Germany\n", 3, "jurisdictions.1"),
        ("needed_columns: [[a]]\n", 1, "needed_columns.0"),
        ("owner: a\nowner: b\n", 2, "stands twice"),
        ("- a\n- b\n", 1, "file"),
        ("just text", 1, "file"),
        ("owner: [a\n", 2, "not YAML"),
        ("owner: !!python/object:os.system x\n", 1, "not YAML"),
    ],
)
def test_a_slip_is_told_with_file_and_line(tmp_path, text, line, said):
    file = written(tmp_path, text)
    with pytest.raises(RuleError) as caught:
        load_context(file)
    assert caught.value.where == f"{file}:{line}"
    assert said in str(caught.value)


def test_a_slip_does_not_repeat_the_value(tmp_path):
    with pytest.raises(RuleError) as caught:
        load_context(written(tmp_path, "retention_days: SECRET-VALUE\n"))
    assert "SECRET-VALUE" not in str(caught.value)


@pytest.mark.parametrize("text", ["", "\n", "# only a comment\n", "---\n"])
def test_an_empty_file_declares_nothing(tmp_path, text):
    assert load_context(written(tmp_path, text)) == Context()


def test_a_missing_file_is_an_error(tmp_path):
    with pytest.raises(RuleError, match="cannot be read"):
        load_context(tmp_path / "none.yaml")


def test_names_of_places_are_read_as_people_write_them(tmp_path):
    found = load_context(written(tmp_path, "jurisdictions: [eu, jp, us-il, UK, USA, DE-BY]"))
    assert found.jurisdictions == ("EU", "JP", "US-IL", "GB", "US", "DE-BY")


# ------------------------------------------------------------------ where it is found


@pytest.fixture
def lake(tmp_path):
    for folder in ("orders/year=2024/month=01", "orders/year=2024/month=02", "loose", "a=b"):
        (tmp_path / "lake" / folder).mkdir(parents=True)
        (tmp_path / "lake" / folder / "part.csv").touch()
    for folder in ("orders", "a=b"):
        (tmp_path / "lake" / folder / "part.csv").touch()
        (tmp_path / "lake" / folder / "dataset.yaml").touch()
    return tmp_path / "lake"


@pytest.mark.parametrize(
    ("uri", "folder"),
    [
        ("orders", "orders"),
        ("orders/part.csv", "orders"),
        ("orders/year=2024", "orders"),
        ("orders/year=2024/month=01/part.csv", "orders"),
        ("orders/year=*/month=*/part.csv", "orders"),
        ("orders/*.csv", "orders"),
        ("orders/**/*.csv", "orders"),
        ("a=b/part.csv", "a=b"),
        ("a=b", "a=b"),
    ],
)
def test_it_is_found_beside_the_data_or_above_its_partitions(lake, uri, folder):
    assert find_context(str(lake / uri)) == lake / folder / "dataset.yaml"


@pytest.mark.parametrize("uri", ["loose", "loose/part.csv", "loose/*.csv", "none/part.csv"])
def test_it_is_not_taken_from_elsewhere(lake, uri):
    (lake / "dataset.yaml").touch()
    assert find_context(str(lake / uri)) is None


@pytest.mark.parametrize("uri", ["s3://bucket/key.parquet", "memory", "none.csv", "none/part.csv"])
def test_what_is_no_local_path_has_no_description(lake, uri, monkeypatch):
    monkeypatch.chdir(lake / "orders")
    assert find_context(uri) is None


def test_a_relative_path_has_the_one_beside_it(lake, monkeypatch):
    monkeypatch.chdir(lake / "orders")
    assert find_context("part.csv") == Path("dataset.yaml")
    assert find_context("year=2024/month=01/part.csv") == Path("dataset.yaml")


# ------------------------------------------------------------------ what it says of the data


@pytest.fixture
def people(tmp_path):
    (tmp_path / "people.csv").write_text("customer_id,note\n1,a\n2,b\n2,c\n", encoding="utf-8")
    return tmp_path


def scanned(*sources, **options):
    return ps.scan(*sources, detectors=["dates"], **options)


def test_a_subject_key_that_no_column_has_is_told_with_the_near_one(people):
    file = written(people, "owner: me\nsubject_key: customer_ids\n")
    with pytest.raises(RuleError, match="no column is called 'customer_ids'") as caught:
        scanned(people)
    assert (caught.value.where, caught.value.hint) == (f"{file}:2", "did you mean 'customer_id'?")
    with pytest.raises(
        RuleError, match=r"^context: subject_key: no column is called 'x'\n  try: name"
    ):
        scanned(people / "people.csv", context=Context(subject_key="x"))


def test_a_subject_key_counts_persons(people):
    written(people, "subject_key: customer_id\n")
    assert scanned(people).datasets[0].subjects == 2


def test_one_file_may_speak_of_several_datasets(people):
    (people / "machines.csv").write_text("celsius\n20\n21\n", encoding="utf-8")
    file = written(people, "subject_key: customer_id\n")
    assert len(scanned(people).datasets) == 2
    assert len(scanned(people, context=file).datasets) == 2


def test_an_unread_file_is_reported_rather_than_its_description(people):
    (people / "people.csv").write_bytes(b"")
    written(people, "subject_key: customer_id\n")
    assert scanned(people).unread


def test_data_in_memory_takes_no_description_from_the_working_folder(people, monkeypatch):
    written(people, "owner: nobody of these data\nsubject_key: elsewhere\n")
    monkeypatch.chdir(people)
    frame = pl.DataFrame({"a": ["1", "2"]})
    alone = scanned(frame)
    monkeypatch.chdir("/")
    assert scanned(frame) == alone
