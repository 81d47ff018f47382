"""The weights of evidence: laws of a vote, and what a wrong file of weights is told."""

from __future__ import annotations

import math
import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privscan.rulebook.folders import rules_folder
from privscan.rulebook.weights import Vote, check_weights, weights

SHARE = st.floats(0, 1)
DRAWS = st.floats(1, 1000)
INSIDE = st.floats(0.01, 0.99)


@st.composite
def votes(draw):
    chance, like = sorted((draw(INSIDE), draw(INSIDE)))
    if like - chance < 0.001:
        like, chance = 0.9, 0.1
    most, least = draw(st.floats(0, 12)), draw(st.floats(-12, 0))
    return Vote(sees=("x",), like=like, chance=chance, most=most, least=least)


@given(votes(), SHARE, SHARE, DRAWS)
def test_more_cells_seen_never_say_less(vote, one, two, draws):
    low, high = sorted((one, two))
    assert vote.bits(low, draws) <= vote.bits(high, draws) + 1e-9


@given(votes(), SHARE, DRAWS)
def test_a_vote_stays_within_its_bounds(vote, share, draws):
    assert vote.least <= vote.bits(share, draws) <= vote.most


@given(votes(), DRAWS)
def test_what_is_expected_speaks_for_and_what_chance_gives_against(vote, draws):
    free = vote.model_copy(update={"most": 1e9, "least": -1e9})
    assert free.bits(vote.like, draws) > 0 > free.bits(vote.chance, draws)


def test_bits_are_the_logarithm_of_the_likelihood_ratio():
    vote = Vote(sees=("x",), like=0.8, chance=0.1, most=100, least=-100)
    three_of_four = math.log2(0.8**3 * 0.2 / (0.1**3 * 0.9))
    assert vote.bits(3 / 4, 4) == pytest.approx(three_of_four)


@given(st.floats(-100, 100), st.floats(-100, 100))
def test_confidence_rises_with_bits(one, two):
    low, high = sorted((one, two))
    assert 0 <= weights().confidence(low) <= weights().confidence(high) <= 1


def test_the_weights_in_force_are_right():
    assert check_weights(rules_folder()) == []


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (("of: [dob]", "of: [dobb]"), "no entity is called 'dobb'"),
        (("like: 0.95", "like: 0.2"), "like"),
        (("like: 0.95", "like: 1.5"), "like"),
        (("draws: 10", "drows: 10"), "drows"),
        (("  absent: {bits: -7.0", "  absent: {bits: 7.0"), "absent"),
        (("  absent:", "  absentee:"), "absent"),
    ],
)
def test_a_wrong_weight_is_told_with_its_line(tmp_path, wrong, said):
    folder = tmp_path / "rules"
    shutil.copytree(rules_folder(), folder)
    file = folder / "weights.yaml"
    text = file.read_text("utf-8")
    assert wrong[0] in text
    file.write_text(text.replace(*wrong, 1), "utf-8")
    [error, *_] = check_weights(folder)
    assert said in str(error)
    assert "weights.yaml:" in str(error)
