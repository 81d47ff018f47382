"""Words of closed vocabularies, with as much that is none of them."""

from __future__ import annotations

import polars as pl

from privscan.detectors import lexicon
from privscan.model.data import Column
from privscan.model.kinds import Kind


def hits(detector, cells, path="x"):
    return list(detector.find(Column(path, Kind.TEXT, pl.Series(path, cells, pl.String))))


def rows(found, entity):
    return {i for h in found if h.entity == entity for i, yes in enumerate(h.mask) if yes}


def test_listed_words_are_found_in_any_case_and_only_whole():
    found = hits(lexicon, ["Male", "FEMALE ", "男", "male pattern", "bolt", None])
    assert rows(found, "gender") == {0, 1, 2}


def test_words_of_no_vocabulary_are_nothing():
    assert hits(lexicon, ["bolt", "nut", "washer", "screw with a very long name indeed"]) == []
