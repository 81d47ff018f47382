"""What is known of words of names, and of words that are names and something else too."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import polars as pl
import pytest

from privscan.dictionaries import persons
from privscan.dictionaries.likeness import Likeness
from privscan.dictionaries.lookup import Lookup
from privscan.dictionaries.persons import AFTER, FAMILY, GIVEN, ORDINARY, PARTICLE, THING, TITLE


def known(word):
    [bits] = persons.words()(persons.folded(pl.Series([word])))
    return bits


@pytest.mark.parametrize(
    "word",
    ["Anna", "JOSÉ", "maria", "Jürgen", "François", "Wojciech", "Søren", "Иван", "Γιώργος", "محمد", "Priya",
     "Yuki", "Ayşe", "Siobhán", "Guðrún", "Nikolaos", "Thị"],
)  # fmt: skip
def test_given_names(word):
    assert known(word) & GIVEN


@pytest.mark.parametrize(
    "word",
    ["Smith", "Müller", "MUELLER", "García", "O'Brien", "Kowalski", "Rossi", "Silva", "Nguyễn", "Иванов", "Dupont",
     "Jansen", "Yamada", "Sato", "Wang", "Kim", "Lee", "Patel", "Andersson", "Papadopoulos", "Ivanov", "Kuznetsov", "Dostoevsky", "Schaefer"],
)  # fmt: skip
def test_family_names(word):
    assert known(word) & FAMILY


@pytest.mark.parametrize(
    "word",
    [
        "Rose",
        "Hope",
        "June",
        "May",
        "Jordan",
        "Georgia",
        "Art",
        "Green",
        "Dallas",
        "Chance",
        "Stone",
        "Li",
        "Bo",
    ],
)
def test_names_that_are_words_places_months_and_colours_too_are_marked(word):
    assert known(word) & ORDINARY
    assert known(word) & (GIVEN | FAMILY)


@pytest.mark.parametrize("word", ["John", "Maria", "Martin", "Thomas", "Smith", "Anna", "David"])
def test_names_known_everywhere_are_names_though_a_list_has_them_as_words(word):
    assert not known(word) & ORDINARY


@pytest.mark.parametrize("word", ["table", "keyboard", "Wasser", "maison", "Düsseldorf"])
def test_words_and_places_are_no_names(word):
    assert not known(word) & (GIVEN | FAMILY)
    assert known(word) & (ORDINARY | THING)


@pytest.mark.parametrize("word", ["xqzvbn", "zzzz", "", "lkjhgf"])
def test_of_other_letters_nothing_is_known(word):
    assert known(word) == 0


def test_titles_particles_and_marks_of_organisations():
    assert known("Dr") & TITLE
    assert known("PhD") & AFTER
    assert known("van") & PARTICLE
    assert known("GmbH") & THING
    assert known("University") & THING


def test_folding_drops_case_accents_and_apostrophes_and_leaves_its_input():
    cells = pl.Series(
        ["O'Brien", "O\u2019BRIEN", "Müller", "\uff33MITH", "Łukasz", "Straße", "plain"]
    )
    before = cells.to_list()
    assert persons.folded(cells).to_list() == [
        "obrien", "obrien", "muller", "smith", "lukasz", "strasse", "plain",
    ]  # fmt: skip
    assert cells.to_list() == before


def test_words_of_cells_are_told_apart():
    words, starts = persons.split(pl.Series(["jean-pierre dupont", "garcia, ana", " x "]))
    assert words.to_list() == ["jean", "pierre", "dupont", "garcia", "ana", "x"]
    assert starts.tolist() == [0, 3, 5, 6]


def test_a_lookup_knows_its_words_and_no_others():
    words = pl.Series([f"w{i}" for i in range(5_000)])
    bits = (np.arange(5_000) % 255 + 1).astype(np.uint8)
    table = Lookup.of(words, bits)
    assert (table(words) == bits).all()
    assert not table(pl.Series([f"v{i}" for i in range(20_000)])).any()
    assert table(pl.Series([], dtype=pl.String)).tolist() == []


def test_bits_of_a_word_given_twice_are_all_its_own():
    table = Lookup.of(pl.Series(["a", "b", "a"]), np.array([1, 2, 4], np.uint8))
    assert table(pl.Series(["a", "b", "c"])).tolist() == [5, 2, 0]


def test_words_that_no_list_has_are_told_by_their_letters():
    like = persons.likeness()
    names = like(pl.Series(["pokharel", "dostoevskaya", "rodriguinez", "andersdottir"]))
    words = like(pl.Series(["replicators", "ciprofloxacin", "getpeername", "nutrissero"]))
    assert names.min() > words.max()


def test_words_of_other_letters_or_of_none_look_like_nothing():
    like = persons.likeness()(pl.Series(["петрова", "", "a", "x1y2", "pokharel"]))
    assert np.isneginf(like[:4]).all()
    assert np.isfinite(like[4])


def test_likeness_is_learnt_from_both_kinds_of_words():
    made = Likeness.of(pl.Series(["anna", "hanna"]), pl.Series(["table", "cable"]))
    assert made(pl.Series(["janna"]))[0] > 0 > made(pl.Series(["stable"]))[0]


def test_the_data_is_read_without_importing_the_packages_that_need_not_be():
    code = "import sys; from privscan.dictionaries import persons; persons.words(); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "polars" in done.stdout.split()
    assert {"mimesis", "japanese_personal_name_dataset"}.isdisjoint(done.stdout.split())
