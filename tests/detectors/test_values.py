"""Words of closed vocabularies, with as much that is none of them."""

from __future__ import annotations

import polars as pl

from privscan.detectors import lexicon
from privscan.model.data import Column
from privscan.model.kinds import Kind
from privscan.rulebook.load import rulebook


def hits(detector, cells, path="x"):
    return list(detector.find(Column(path, Kind.TEXT, pl.Series(path, cells, pl.String))))


def rows(found, entity):
    return {i for h in found if h.entity == entity for i, yes in enumerate(h.mask) if yes}


def test_listed_words_are_found_in_any_case_and_only_whole():
    found = hits(lexicon, ["Male", "FEMALE ", "男", "male pattern", "bolt", None])
    assert rows(found, "gender") == {0, 1, 2}


def test_words_of_no_vocabulary_are_nothing():
    assert hits(lexicon, ["bolt", "nut", "washer", "screw with a very long name indeed"]) == []


def test_parts_of_words_tell_diagnoses_in_any_language():
    ill = [
        "Type 2 diabetes",
        "CHRONIC SINUSITIS",
        "Lungenentzündung",
        "asthme",
        "虫垂炎",
        "고혈압",
        None,
    ]
    well = ["sunny", "12 Main Street", "E11.9", "火炎瓶の話", "Italian kitchen", "", "ok"]
    found = hits(lexicon, [*ill, *well])
    assert rows(found, "health_condition") == {0, 1, 2, 3, 4, 5}
    assert {h.detector for h in found if h.entity == "health_condition"} == {"lexicon/part"}


def test_a_part_begins_a_word_or_ends_it():
    assert rows(hits(lexicon, ["theft", "bike theft", "thefts"]), "criminal_record") == {0, 1, 2}
    assert rows(hits(lexicon, ["tryptheft1", "antitheft lock"]), "criminal_record") == set()
    assert rows(hits(lexicon, ["sinusitises of", "itisx"]), "health_condition") == set()


def test_sentences_that_speak_of_an_illness_are_no_diagnosis():
    told = "We met a man who said that his brother had diabetes for years."
    assert rows(hits(lexicon, [told]), "health_condition") == set()


def test_a_column_of_any_length_has_the_same_parts(monkeypatch):
    parts = sorted(
        {part.strip("-") for entity in rulebook().entities.values() for part in entity.parts}
    )
    assert len(parts) > 100
    cells = [
        text
        for part in parts
        for text in (part, part.upper(), f"old {part}", f"x{part}", f"{part}x y", part[:-1])
    ]
    few = [(h.entity, h.mask.to_list()) for h in hits(lexicon, cells[: lexicon._FEW])]
    monkeypatch.setattr(lexicon, "_FEW", 0)
    assert few == [(h.entity, h.mask.to_list()) for h in hits(lexicon, cells[:4_096])]
    assert {entity for entity, _ in few} >= {"health_condition", "treatment", "criminal_record"}
