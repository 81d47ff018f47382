"""The journalist's risk by a table of the population: by brute force, by hand, and where it ends."""

from __future__ import annotations

from collections import Counter

import polars as pl
import pytest
from hypothesis import given, settings
from tables import NAMES, frame, matched, measured, rows

import privscan as ps
from privscan.reidentify import chunks

few = settings(max_examples=25, deadline=None)
SAMPLE = pl.DataFrame({"age": [30, 30, 41, 99], "sex": ["f", "f", "m", "f"], "pid": [1, 2, 3, 4]})
PEOPLE = pl.DataFrame(
    {
        "sex": ["f", "f", "f", "f", "m", "m", "f"],
        "age": ["30.0", "30", "30", "30", "41", "41", "8"],
        "pid": [1, 2, 5, 5, 3, 6, 7],
    }
)


def asked(sample=SAMPLE, population=PEOPLE, **more):
    [found] = ps.reidentify(sample, quasi=["age", "sex"], population=population, **more)
    return found


@few
@given(rows, rows)
@pytest.mark.parametrize("nulls", ["wildcard", "strict"])
@pytest.mark.parametrize("key", ["", "who"])
def test_matches_are_those_of_brute_force(nulls, key, table, others):
    answer = measured(
        table, nulls=nulls, subject_key=key, special_size=0, population=frame(others), least_k=3
    )
    true = matched(table, others, wildcard=nulls == "wildcard", subjects=bool(key))
    sizes = Counter()
    for own, alike in true:
        sizes[alike] += own
    found, lost = answer.matched, sizes.pop(0, 0)
    there = [(own, alike) for own, alike in true if alike]
    assert found.class_sizes == tuple(sorted(sizes.items()))
    assert (found.classes, found.persons) == (len(there), sum(alike for _, alike in there))
    assert (found.missing_classes, found.missing_records) == (len(true) - len(there), lost)
    assert found.short_classes == sum(alike < own for own, alike in there)
    assert found.rows == len(others)
    risks = [1 / alike for own, alike in there for _ in range(own)]
    if not risks:
        assert (answer.journalist, answer.marketer) == (None, None)
        return
    assert answer.journalist.highest == max(risks)
    assert answer.marketer == pytest.approx(sum(risks) / len(risks))
    of_classes = len(there) / found.persons
    assert answer.journalist.mean == pytest.approx(max(of_classes, answer.marketer))
    assert answer.journalist.at_risk == pytest.approx(sum(r > 1 / 3 for r in risks) / len(risks))


@few
@given(rows)
def test_the_data_as_their_own_population_change_nothing(table):
    alone = measured(table, special_size=0)
    own = measured(table, special_size=0, population=frame(table))
    assert own.marketer == pytest.approx(alone.marketer)
    assert own.journalist.highest == alone.journalist.highest
    assert own.matched.class_sizes == alone.class_sizes
    assert (own.matched.missing_classes, own.matched.short_classes) == (0, 0)


def test_by_hand_in_rows_and_in_persons():
    by_rows = asked()
    assert by_rows.matched.class_sizes == ((2, 1), (4, 2))
    assert by_rows.journalist.highest == 1 / 2
    assert by_rows.marketer == pytest.approx((1 / 4 + 1 / 4 + 1 / 2) / 3)
    assert by_rows.prosecutor.highest == 1.0
    keyed = asked(subject_key="pid")
    assert keyed.matched.class_sizes == ((2, 1), (3, 2))
    assert (by_rows.matched.subject_key, keyed.matched.subject_key) == ("", "pid")
    assert (keyed.matched.missing_classes, keyed.matched.missing_records) == (1, 1)


def test_the_mean_is_that_of_classes_where_it_is_greater():
    sample = pl.DataFrame({"age": [30] * 9 + [41], "sex": ["f"] * 10})
    people = pl.DataFrame({"age": [30] * 90 + [41] * 2, "sex": ["f"] * 92})
    found = asked(sample, people)
    assert found.marketer == pytest.approx((9 / 90 + 1 / 2) / 10)
    assert found.journalist.mean == found.marketer > 2 / 92
    many = pl.DataFrame({"age": [30] * 99 + [41], "sex": ["f"] * 100})
    short = asked(many, pl.DataFrame({"age": [30] * 10 + [41], "sex": ["f"] * 11}))
    assert short.marketer == pytest.approx((99 / 10 + 1) / 100)
    assert short.journalist.mean == 2 / 11 > short.marketer


def test_a_population_without_the_key_is_counted_in_rows():
    found = asked(population=PEOPLE.drop("pid"), subject_key="pid")
    assert found.matched.subject_key == ""
    assert found.matched.class_sizes == ((2, 1), (4, 2))


def test_fewer_people_than_in_the_data_are_said():
    found = asked(population=PEOPLE.head(1))
    assert found.matched.short_classes == 1
    assert found.journalist.highest == 1.0


def test_no_class_there_has_no_risk_but_a_count():
    found = asked(population=PEOPLE.with_columns(sex=pl.lit("x")))
    assert (found.journalist, found.marketer) == (None, None)
    assert (found.matched.classes, found.matched.missing_classes) == (0, 3)
    assert found.prosecutor.highest == 1.0


@pytest.mark.parametrize("key", ["", "who"])
@pytest.mark.parametrize("most", [(40, 10**6), (10**6, 40), (40, 40)])
def test_chunks_on_disk_give_the_answer_of_memory(monkeypatch, tmp_path, most, key):
    data = pl.DataFrame(
        {
            name: [str(i * step % 7) for i in range(200)]
            for name, step in zip(NAMES, range(1, 7), strict=True)
        }
    ).with_columns(a=pl.when(pl.col("b") != "3").then("a"))
    people = pl.concat([data, data.reverse().with_columns(c=pl.lit("4"))])
    question = {"quasi": ["a", "b", "c"], "subject_key": key, "special_size": 0}
    memory = ps.reidentify(data, **question, population=people)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    start, given_ = chunks.Chunks.__init__, iter(most)
    monkeypatch.setattr(chunks.Chunks, "__init__", lambda self: start(self, next(given_)))
    assert ps.reidentify(data, **question, population=people) == memory
    assert not list(tmp_path.iterdir())


def test_a_column_that_the_population_lacks_is_named_with_the_nearest():
    with pytest.raises(ps.UsageError, match="no column is called 'sex'") as lacking:
        asked(population=PEOPLE.rename({"sex": "sexx"}))
    assert "population memory" in lacking.value.where
    assert "'sexx'" in lacking.value.hint


def test_a_list_is_not_compared_and_a_list_beside_does_not_matter():
    lists = SAMPLE.with_columns(tags=pl.Series([["a"], ["b", "c"], [], ["d"]]))
    for name in ("tags", "tags[]"):
        with pytest.raises(ps.UsageError, match="lists cannot be compared"):
            ps.reidentify(lists, quasi=["age", name])
    with pytest.raises(ps.UsageError, match="no column is called 'tag'"):
        ps.reidentify(lists, quasi=["tag"])
    with pytest.raises(ps.UsageError, match="lists cannot be compared") as there:
        asked(population=PEOPLE.with_columns(sex=pl.lit(["f"])))
    assert "population" in there.value.where
    assert asked(lists).matched == asked().matched


def test_a_population_is_one_table_and_is_there(tmp_path):
    SAMPLE.write_csv(tmp_path / "people.csv")
    pl.DataFrame({"parcel": ["small"]}).write_csv(tmp_path / "orders.csv")
    with pytest.raises(ps.UsageError, match="holds 2 datasets"):
        asked(population=tmp_path)
    with pytest.raises(ps.UsageError):
        asked(population=tmp_path / "gone.csv")


def test_an_unread_population_leaves_the_answer_open(tmp_path):
    cut = tmp_path / "people.parquet"
    cut.write_bytes(b"PAR1 cut short")
    found = asked(population=cut)
    assert [u.dataset for u in found.unread] == ["people"]
    assert found.matched.rows == 0
    assert found.journalist is None
    assert not asked().unread
