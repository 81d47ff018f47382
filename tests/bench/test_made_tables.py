"""The made tables are the same for a seed, labelled with entities we know, and as damaged as said."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
import stdnum.br.cpf
import stdnum.cn.ric
import stdnum.de.idnr
import stdnum.es.dni
import stdnum.fr.nir
import stdnum.it.codicefiscale
import stdnum.jp.in_
import stdnum.kr.rrn
import stdnum.luhn
import stdnum.nl.bsn
from made import numbers
from made.damage import KINDS, damaged
from made.draw import LANGUAGES, Draw, plain, resource
from made.fields import DOUBTFUL, FIELDS, NONE
from made.headings import STYLES, apart, heading
from made.people import born
from made.tables import Labelled, Table, tables

from privscan.rulebook.load import rulebook

CHECKS = {
    "ja": stdnum.jp.in_, "de": stdnum.de.idnr, "fr": stdnum.fr.nir, "es": stdnum.es.dni,
    "pt": stdnum.br.cpf, "it": stdnum.it.codicefiscale, "nl": stdnum.nl.bsn, "ko": stdnum.kr.rrn,
    "zh": stdnum.cn.ric,
}  # fmt: skip


@pytest.fixture(scope="module")
def made() -> list[Table]:
    return list(tables(40, 11))


def test_same_seed_same_tables_another_seed_others():
    one, two, other = (list(tables(3, seed)) for seed in (3, 3, 5))
    assert one == two
    assert [t.columns for t in one] != [t.columns for t in other]


def test_a_table_does_not_depend_on_how_many_are_made():
    assert list(tables(1, 8)) == list(tables(2, 8))[:1]


def test_three_in_five_are_about_people(made):
    kinds = Counter(t.traits["kind"] for t in made)
    assert kinds == {"personal": 24, "none": 16}
    for table in made:
        personal = [c for c in table.columns if c.label not in {NONE, DOUBTFUL}]
        assert table.traits["kind"] == "personal" or not personal


def test_labels_are_entities_of_the_rulebook():
    known = {*rulebook().entities, NONE, DOUBTFUL, "free_text"}
    assert {field.label for field in FIELDS.values()} <= known


def test_every_column_of_a_domain_can_be_made_and_headed():
    parts = {"name": {"name_full"}, "address": {"street"}, "lat_lon": {"lat", "lon"},
             "things_lat_lon": {"things_lat", "things_lon"}}  # fmt: skip
    for kind in resource("domains").values():
        for domain in kind.values():
            for concept in [*domain["always"], *domain["some"]]:
                for part in parts.get(concept, {concept}):
                    assert resource("headers")[FIELDS[part].heading.partition("+")[0]]["en"], part


@pytest.mark.parametrize("name", sorted(FIELDS))
def test_every_field_makes_cells_in_every_language(name):
    rng = Random(name)
    for language in LANGUAGES:
        draw = Draw(rng, language)
        from made.tables import _person

        made = FIELDS[name].make(draw)
        cell = made[0] if isinstance(made, tuple) else made
        assert any(cell(_person(draw, n)) for n in range(5)), language


@pytest.mark.parametrize("language", CHECKS)
def test_national_numbers_pass_their_checks(language):
    draw = Draw(Random(1), language)
    for female in (True, False) * 5:
        number = numbers.national(draw, born(draw), female=female)
        assert CHECKS[language].is_valid(number), language


def test_cards_and_handsets_pass_theirs_and_what_cannot_pass_is_an_error():
    draw = Draw(Random(2), "en")
    assert all(stdnum.luhn.is_valid(numbers.card(draw)) for _ in range(20))
    assert all(stdnum.luhn.is_valid(numbers.imei(draw)) for _ in range(20))
    with pytest.raises(AssertionError, match="no number of the form"):
        numbers.checked(draw, "#", lambda _: False)


def test_frames_have_one_name_a_column_and_no_header_when_stripped(made):
    for table in made:
        assert table.frame().width == len(table.columns)
        bare = table.stripped()
        assert [c.header for c in bare.columns][:2] == ["column_1", "column_2"]
        assert [c.cells for c in bare.columns] == [c.cells for c in table.columns]
        assert all(c.label == c.bare for c in bare.columns)


def test_a_cut_table_keeps_its_first_rows_and_labels_what_they_show(made):
    for table in made[:10]:
        short = table.cut(5)
        assert short.frame().equals(table.frame().head(5))
        assert table.cut(None) is table
    empty = Labelled("note", [None, "", "ann@example.com"], "email", "email")
    assert Table("t", (empty,), {}).cut(2).columns[0].label == DOUBTFUL
    assert Table("t", (empty,), {}).cut(3).columns[0].label == "email"


def test_headers_that_stand_twice_are_told_apart():
    assert apart(["phone", "phone", "", "", "phone_1"]) == [
        "phone", "phone_2", "", "_2", "phone_1",
    ]  # fmt: skip


def test_generic_headers_say_nothing_and_styles_keep_something():
    draw = Draw(Random(4), "de")
    assert heading(draw, "email", ("generic", "snake"), 3)[1] is False
    for letters in STYLES:
        texts = {heading(draw, "dob", ("local", letters), 1) for _ in range(30)}
        assert any(says and text for text, says in texts), letters


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_damage_changes_cells_and_never_how_many(kind):
    draw = Draw(Random(5), "ja")
    columns = [[f"abc Def {k}{n} 山田" for n in range(60)] for k in range(8)]
    columns += [[f"{n}" for n in range(60)]]
    before = [list(cells) for cells in columns]
    KINDS[kind](draw, columns)
    assert [len(c) for c in columns] == [60] * 9
    assert columns != before


def test_undamaged_tables_are_said_to_be():
    seen = {damaged(Draw(Random(n), "en"), [["abc def"] * 9]) for n in range(30)}
    assert () in seen
    assert any(len(kinds) > 1 for kinds in seen)


def test_letters_of_names_survive_in_addresses():
    assert plain("Ñandú Ölmüller") == "nanduolmuller"
    assert not plain("山田")
