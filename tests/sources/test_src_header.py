"""Whether a first record names columns, where its cells are words that name columns elsewhere."""

import pytest

import privscan as ps
from privscan.sources._header import has_header


def rows(text):
    return [line.split(",") for line in text.split("/")]


@pytest.mark.parametrize(
    "text",
    [
        "diabetes,asthma/hypertension,none/asthma,diabetes/copd,asthma",
        "diabetes/asthma/hypertension/copd",
        "diabetes,Berlin/Asthma,Rome/Flu,Paris/Copd,Oslo",
        "diabetes,34/asthma,45/hypertension,51",
        "diabetes,asthma",
        "糖尿病/喘息/高血圧",
        "Paris,London/Berlin,Rome/Madrid,Lyon/Oslo,Bern",
        "Paris,London",
        "male,single/female,married/male,divorced/female,single",
        "christian,white/muslim,black/hindu,asian/christian,white",
        "pregnant,yes/not pregnant,no/pregnant,no",
        "Ann,Smith/Bob,Jones/Carl,Meyer",
        "Germany/France/Spain/Italy",
    ],
)
def test_a_first_record_of_values_is_data(text):
    assert not has_header(rows(text))


@pytest.mark.parametrize(
    "text",
    [
        "diagnosis/diabetes/asthma/flu",
        "Diagnosis/Diabetes/Asthma/Flu",
        "診断名/糖尿病/喘息/風邪",
        "diagnosis",
        "diagnosis,city",
        "diagnosis,age/diabetes,34/asthma,45",
        "diabetes,asthma/0,1/1,0/0,0",
        "diabetes,asthma/yes,no/no,no/yes,yes",
        "religion/christian/muslim/hindu",
        "gender/male/female/male",
        "city,country/Paris,France/London,UK/Rome,Italy",
    ],
)
def test_a_first_record_of_names_is_a_header(text):
    assert has_header(rows(text))


@pytest.mark.parametrize(
    ("text", "count", "paths"),
    [
        ("diabetes,asthma\nhypertension,none\nasthma,diabetes\n", 3, {"column_1", "column_2"}),
        ("diagnosis,city\ndiabetes,Paris\nasthma,London\n", 2, {"diagnosis", "city"}),
    ],
)
def test_no_illness_becomes_a_columns_name(tmp_path, text, count, paths):
    file = tmp_path / "made.csv"
    file.write_text(text, "utf-8")
    (dataset,) = ps.scan(file, detectors=["lexicon"]).datasets
    assert dataset.rows == count
    assert {column.path for column in dataset.columns} == paths
