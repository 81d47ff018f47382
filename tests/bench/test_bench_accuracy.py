"""The figures of the accuracy bench on answers made by hand, and one small run of it."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

import _page
import accuracy
import polars as pl
import pytest
from _figures import (
    alarms,
    by_entity,
    calibration_error,
    drawn,
    errors,
    macro,
    micro,
    personal,
    reliability,
)
from _fit import Calibration, Point, fitted, held_out, loss
from _labelled import Answer, Case, Judged, classes, judged, kept
from _reasons import _kind


def answer(label: str, entity: str | None = None, confidence: float = 0.95, leaks=()) -> Answer:
    return Answer(
        label, entity, confidence if entity else 0.0, 4.0, said=False, leaks=leaks, candidates=()
    )


def table(*answers: Answer, alarms: int = 0) -> Judged:
    frame = pl.DataFrame({"a": ["x"]})
    case = Case("made", "t", named=True, frame=frame, labels={})
    return Judged(case, {str(n): a for n, a in enumerate(answers)}, alarms)


def test_personal_counts_a_wrong_entity_as_found_and_entities_do_not():
    tables = [
        table(answer("email", "phone"), answer("NONE", "city"), answer("dob"), answer("?", "age"))
    ]
    score = personal(tables)
    assert (score.hits, score.false, score.missed) == (1, 1, 1)
    assert (score.precision, score.recall, score.f1) == (0.5, 0.5, 0.5)
    entities = by_entity(tables)
    assert (entities["EMAIL"].missed, entities["PHONE"].false, entities["CITY"].false) == (1, 1, 1)
    assert micro(entities.values()).f1 == 0
    assert macro(entities.values()) == 0
    assert "AGE" not in entities


def test_any_of_an_entitys_classes_is_right():
    assert answer("TAX_ID", "tax_id").right
    assert answer("NATIONAL_ID", "tax_id").right
    assert not answer("PASSWORD", "tax_id").right
    assert classes("religion") == ["religion"]
    assert classes("NONE") == classes(None) == classes("?") == []


def test_leaks_count_on_free_text_alone():
    assert answer("free_text", leaks=("email",)).right
    assert not answer("free_text").flagged
    assert not answer("NONE", leaks=("email",)).flagged


def test_alarms_count_clean_tables_by_columns_and_by_findings():
    clean = [table(answer("NONE")), table(answer("NONE", "city")), table(answer("NONE"), alarms=1)]
    people = [table(answer("email"), answer("?", "age")), table(answer("email", "email"))]
    counted = alarms([*clean, *people, table(answer("?", "age"), answer("NONE"))])
    assert (counted.clean, counted.flagged, counted.found) == (3, 1, 1)
    assert (counted.peopled, counted.missed) == (2, 1)
    assert alarms([]).clean == 0


def test_reliability_is_the_share_right_at_a_confidence():
    tables = [
        table(
            answer("email", "email", 1.0), answer("email", "phone", 0.9), answer("NONE", "age", 0.5)
        )
    ]
    bins = reliability(tables)
    assert [b.count for b in bins] == [1, 0, 0, 0, 2]
    assert (bins[-1].confidence, bins[-1].right) == (0.95, 0.5)
    assert calibration_error(bins) == pytest.approx((2 * 0.45 + 0.5) / 3)
    assert calibration_error(reliability([])) == 0


def test_errors_name_column_label_and_answer():
    kinds = [
        e[-1]
        for e in errors(
            [
                table(
                    answer("email"),
                    answer("dob", "age"),
                    answer("NONE", "age"),
                    answer("?", "age"),
                    answer("email", "email"),
                )
            ]
        )
    ]
    assert kinds == ["missed", "wrong entity", "false alarm"]


def test_the_figure_is_well_formed_and_has_a_mark_for_each_bin():
    bins = reliability([table(answer("email", "email", 0.95), answer("dob", "age", 0.55))])
    root = ET.fromstring(drawn({"one group": bins}))
    assert len([e for e in root.iter() if e.tag.endswith("circle")]) == 2


def test_the_fit_finds_the_slope_that_made_the_points():
    truth = Calibration(0.5, 1.0)
    some = []
    for bits in range(-10, 11):
        right = round(200 * truth.confidence(bits))
        some += [Point(bits, n < right, said=True, table=str(n % 7)) for n in range(200)]
    fit = fitted(some)
    assert fit.slope == pytest.approx(0.5, abs=0.02)
    assert fit.offset == pytest.approx(1.0, abs=0.05)
    before = loss((Calibration().confidence(p.bits), p.right) for p in some)
    assert loss(held_out(some)) < before


def test_few_points_leave_the_bits_as_they_are():
    assert fitted([]) == Calibration()
    one = fitted([Point(5.0, right=True, said=True, table="t")])
    assert one.slope == pytest.approx(1, abs=0.1)
    assert Calibration().confidence(1e9) == Calibration().confidence(15)


def test_confidence_never_falls_when_bits_rise():
    against = [
        Point(b, right=b < 0, said=True, table=str(b)) for b in range(-9, 10) for _ in range(30)
    ]
    assert fitted(against).slope >= 0


def test_kinds_of_reason_hold_no_figures_but_the_band():
    said = (
        "values: 93.3% of the cells are lines of an address, recognizer score 0.40 (addresses/full)"
    )
    assert _kind(said) == "values: addresses/full (0.40) from 80% of cells"
    assert _kind("values: 4% of cells by lexicon (score 0.30)").endswith("(0.30) from 0% of cells")
    assert _kind("beside: beside email") == "beside: beside email"
    assert _kind("prior: one column in 33") == "prior: one column in 9"


LOAD = """
def manifest():
    return [{"table": t, "note": n, "reader": {"kind": "csv", "header": h}} for t, n, h in
            (("a", "", True), ("b", "copy:a", False))]
def load_id(row):
    return {"mail" if row["table"] == "a" else "column_1": ["ann@example.com"] * 6, "n": ["1", None]}
"""
LABELS = "table\tcolumn\tentity\tsure\na\tmail\tEMAIL\tyes\na\tn\tPERSON_ID\tmaybe\nb\tcolumn_1\tEMAIL\tyes\n"


def folder(place):
    (place / "load.py").write_text(LOAD, "utf-8")
    (place / "labels.tsv").write_text(LABELS, "utf-8")
    (place / "score.py").write_text("print('scored')", "utf-8")
    return place


def test_a_folder_gives_its_tables_with_and_without_headers(tmp_path):
    one, two = kept(folder(tmp_path))
    assert (one.named, two.named) == (True, False)
    assert one.labels == {"mail": "EMAIL", "n": "?"}
    assert one.frame.height == 6


def test_a_column_with_a_blank_header_is_judged_by_its_place():
    frame = pl.DataFrame({"n": ["1", "2"], "": ["ann@example.com", "bob@example.org"]})
    case = Case("made", "t", named=True, frame=frame, labels={"": "email", "n": "NONE"})
    answers = judged(case).answers
    assert answers[""].entity == "email"
    assert answers["n"].entity is None


def test_a_folder_without_a_loader_is_said(tmp_path):
    with pytest.raises(SystemExit, match=r"no load\.py"):
        next(kept(tmp_path))


def test_a_run_prints_every_figure_and_writes_what_is_asked(tmp_path, capsys):
    files = {name: tmp_path / name for name in ("answers.jsonl", "errors.tsv", "page.md")}
    files["page.md"].write_text("# Page\n\n<!-- figures -->\nstale\n<!-- end of figures -->\nend\n")
    place = tmp_path / "folder"
    place.mkdir()
    accuracy.main(
        ["--tables", "1", "--only-made", "--folder", str(folder(place)), "--fit", "--reasons"]
        + [f"--{o}={f}" for o, f in zip(("json", "errors", "page"), files.values(), strict=True)]
    )
    said = capsys.readouterr().out
    for part in ("made, headers", "made, no headers", "folder, headers", "about people missed",
                 "reliability", "calibration:", "slope", "bits by made data", "4 scans"):  # fmt: skip
        assert part in said, part
    rows = [json.loads(line) for line in files["answers.jsonl"].read_text("utf-8").splitlines()]
    assert {r["group"] for r in rows} == {"made", "folder"}
    assert [
        r["entity"] for r in rows if r["column"] in {"mail", "column_1"} and r["group"] == "folder"
    ] == ["email", "email"]
    page = files["page.md"].read_text("utf-8")
    assert page.startswith("# Page\n\n<!-- figures -->\n\nprivscan ")
    assert page.endswith("<!-- end of figures -->\nend\n")
    assert "stale" not in page
    assert "| folder, no headers | 1 | 1 | 1 | 1 | 1 | 1 | 1 |" in page
    assert (tmp_path / "reliability.svg").read_text("utf-8").startswith("<svg")


def test_a_page_without_marks_is_left_alone(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("# Page\n")
    with pytest.raises(SystemExit, match="has not one"):
        _page.write(page, {}, "")
    assert page.read_text() == "# Page\n"
