"""Rows that are places, animals or statistics are nobody's; rows of persons stay theirs."""

from __future__ import annotations

from dataclasses import replace

import pytest
from judged import columns_of, pieces, weighed

from privscan.assess.context import Context
from privscan.assess.findings import UNSURE, findings
from privscan.model.kinds import Certainty, Severity
from privscan.rulebook.examples import example_profile
from privscan.rulebook.load import rulebook
from privscan.rulebook.schema import Example

DISTRICTS = ["Alder", "Birchwood", "Cedarville", "Dunmore", "Easton", "Fairhaven"]
INCOMES = ["22690", "9824", "18978", "31077", "27400", "15122"]
YEARS = ["2015", "2016", "2017"]
NAMES = ["Anna Weber", "Peter Klein", "Maria Lang", "Eva Braun", "Jan Vogel", "Lisa Koch"]
SEXES = ["F", "M", "F", "F", "M", "F"]


def found(**columns):
    return {path: c.entity for path, c in columns_of(**columns).items() if c.entity}


# ------------------------------------------------------------------ places


@pytest.mark.parametrize("header", ["district", "municipality", "school", "state", "Gemeinde"])
@pytest.mark.parametrize("about", ["income", "salary", "Hispanic", "education"])
def test_what_is_said_of_places_is_nobodys(header, about):
    assert found(**{header: DISTRICTS, about: INCOMES}) == {}


def test_a_row_for_each_place_and_year_is_a_place_too():
    places = [place for place in DISTRICTS for _ in YEARS]
    assert found(state=places, year=YEARS * 6, income=INCOMES * 3) == {}


@pytest.mark.parametrize(
    "persons",
    [
        {"gender": SEXES},
        {"age": ["34", "51", "28", "45", "62", "39"]},
        {"email": [f"p{i}@example.com" for i in range(6)]},
    ],
    ids=lambda persons: next(iter(persons)),
)
def test_persons_from_different_places_keep_their_income(persons):
    assert "income" in found(district=DISTRICTS, income=INCOMES, **persons)


def test_places_that_stand_in_many_rows_say_nothing_of_these():
    incomes = [str(20000 + 137 * i) for i in range(60)]
    assert found(district=DISTRICTS[:2] * 30, income=incomes) == {"income": "income"}


# ------------------------------------------------------------------ animals, statistics, codes


@pytest.mark.parametrize(
    "animals",
    [{"BirdID": ["1142-05901"] * 6}, {"Species": ["Adelie"] * 6, "Individual ID": DISTRICTS}],
    ids=lambda animals: next(iter(animals)),
)
def test_the_sex_of_an_animal_is_nobodys(animals):
    assert found(**animals, sex=SEXES) == {}


def test_a_table_of_rates_by_sex_counts_people():
    causes = ["Heart disease", "Cancer", "Stroke", "Diabetes", "Flu", "Injury"]
    assert found(sex=["Male", "Female"] * 3, cause=causes, rate=INCOMES) == {}


def test_letters_of_the_sexes_need_a_header_or_persons_beside_them():
    weights = ["30.1", "28.4", "29.9", "27.0", "31.2", "28.8"]
    alone = columns_of(column_1=SEXES, column_2=weights)["column_1"]
    assert alone.entity is None
    assert pieces(weighed(alone)["gender"], "against") == [-3.0]
    assert columns_of(column_1=SEXES, column_2=NAMES)["column_1"].entity == "gender"


@pytest.mark.parametrize("header", ["Hispanic", "education", "ethnicity_2"])
def test_shares_are_no_groups_of_persons(header):
    shares = ["5.9147", "12.0031", "0.8812", "33.2104", "7.5520", "18.9043"]
    assert header not in found(name=NAMES, **{header: shares})


def test_letters_under_another_word_are_another_code():
    assert found(shot=["H", "M", "M", "H", "H", "M"]) == {}
    assert found(sex=["H", "M", "M", "H", "H", "M"]) == {"sex": "gender"}


def test_two_codes_of_states_are_few():
    assert found(lgID=["AL", "AL", "NL", "AL", "AL"]) == {}


def test_a_number_of_policies_is_no_number_of_a_policy():
    assert found(NumMedicare=["42", "118", "9904", "23301", "88", "1200"]) == {}


def test_years_beside_a_city_are_no_postcodes():
    cities = ["Hamburg", "Leipzig", "Dresden", "Bremen", "Augsburg", "Rostock"]
    years = ["1948", "1964", "1936", "1972", "1955", "1981"]
    assert columns_of(c1=NAMES, c2=cities, c3=years)["c3"].entity != "postal_code"


# ------------------------------------------------------------------ names under roles


def test_family_names_under_a_role_are_the_names_of_those_who_have_it():
    names = ["Udall", "Warner", "Warren", "Wilson", "Nelson", "Mitchell"]
    assert found(senator=names) == {"senator": "name_full"}


def test_what_is_no_name_under_a_role_stays_unsaid():
    assert found(senator=["yes", "no", "no", "yes", "no", "yes"]) == {}


# ------------------------------------------------------------------ questions


def asked(sure):
    shown = example_profile(Example(fires=True, has={"health_condition": "plain"}))
    [column, *others] = shown.columns
    [one] = column.entities
    one = replace(one, confidence=sure)
    column = replace(column, confidence=sure, entities=(one,))
    profile = replace(shown, columns=(column, *others))
    return [f for f in findings(profile, rulebook(), Context()) if f.columns]


def test_an_unsure_class_asks_and_raises_no_alarm():
    unsure, sure = asked(UNSURE - 0.05), asked(UNSURE)
    assert {f.check for f in unsure} == {f.check for f in sure} != set()
    assert all(f.severity.rank <= Severity.LOW.rank for f in unsure)
    assert all(f.certainty is Certainty.NEEDS_CONTEXT and f.question for f in unsure)
    assert any(f.severity.rank > Severity.MEDIUM.rank for f in sure)
