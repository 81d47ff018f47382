"""Where a law holds, given where people say the data is used."""

from __future__ import annotations

import pytest

from privscan.assess.jurisdiction import applies
from privscan.rulebook.jurisdictions import COUNTRIES, canonical


@pytest.mark.parametrize(
    ("law", "declared", "answer"),
    [
        ([], [], True),
        ([], ["JP"], True),
        (["EU"], [], None),
        (["EU"], ["EU"], True),
        (["EU"], ["eu"], True),
        (["EU"], ["DE"], True),
        (["EU"], ["NO"], True),
        (["EU"], ["EEA"], True),
        (["EU"], ["DE-BY"], True),
        (["EU"], ["GB"], False),
        (["EU"], ["CH"], False),
        (["EU"], ["JP", "FR"], True),
        (["JP"], ["EU"], False),
        (["US"], ["US-IL"], True),
        (["US-IL"], ["US-IL"], True),
        (["US-IL"], ["US"], None),
        (["US-IL"], ["US-CA"], False),
        (["US-IL"], ["JP"], False),
        (["DE"], ["EU"], None),
        (["DE"], ["FR"], False),
        (["DE"], ["DE"], True),
        (["EU", "JP"], ["JP"], True),
        (["GB"], ["UK"], True),
    ],
)
def test_a_law_holds_where_it_is_declared(law, declared, answer):
    assert applies(law, declared) is answer


@pytest.mark.parametrize(
    "name", ["Japan", "JA", "EN", "", "E", "US-", "US-ILLI", "EU JP", "1", "日本"]
)
def test_a_name_that_is_no_code_is_refused(name):
    with pytest.raises(ValueError, match="ISO 3166"):
        canonical(name)


def test_all_countries_are_there():
    assert len(COUNTRIES) == 249
    assert all(len(code) == 2 and code.isupper() for code in COUNTRIES)
