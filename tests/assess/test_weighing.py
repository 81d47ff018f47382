"""How hits become bits: votes, chance, and what a column of text lets through."""

from __future__ import annotations

import polars as pl
import pytest
from judged import columns_of, pieces, weighed
from stdnum import luhn

from privscan.assess.weighing import Seen, by_entity, credible, prose, values, votes_on
from privscan.evidence.column import observe
from privscan.evidence.distinct import counted, distinct
from privscan.evidence.tally import Tally, TallyKey
from privscan.model.kinds import Kind
from privscan.rulebook.load import rulebook
from privscan.rulebook.weights import weights

CODES = [f"K{i:07}" for i in range(100)]
TEXTS = [f"the customer asked about order {i} and was answered" for i in range(100)]
CARDS = [f"{n}{luhn.calc_check_digit(n)}" for n in range(411111111111111, 411111111111211)]


def column(cells, path="x"):
    seen = distinct(counted(pl.Series("c", cells, pl.String)))
    return observe(path, Kind.TEXT, seen, [], 7)


def kept(entity, seen, cells, path="column_1", said=0.0):
    rule = rulebook().entities[entity]
    return credible(seen, len(cells), rule, said, column(cells, path))


def bits(entity, detector, cells, *, of=CODES, score=0.3):
    found = Seen(detector, score, cells, 0 if of is TEXTS else cells)
    return [r.bits for r in values(entity, [found], column(of))]


def test_texts_are_prose_and_codes_are_not():
    assert prose(column(TEXTS))
    assert prose(
        column(
            ["これは空白のない日本語の長い文章であり、お客様からの問い合わせを記録したものです。"]
            * 3
        )
    )
    assert not prose(column(CODES))
    assert not prose(column(["12 34", "56 78"]))


def test_the_more_of_the_cells_the_more_bits_up_to_the_most_of_the_vote():
    found = [bits("city", "places/city", n)[0] for n in (5, 20, 40, 70, 100)]
    assert found == sorted(found)
    assert found[0] <= 0 < found[2]
    assert found[-1] == next(v.most for v in weights().votes if "places/city" in v.sees)


def test_few_values_say_less_than_many():
    few = bits("name_given", "names/given", 2, of=["Anna", "Paul"])[0]
    assert 0 < few < bits("name_given", "names/given", 100)[0]
    again = bits("name_given", "names/given", 100, of=["Anna", "Paul"] * 50)[0]
    assert again == few


def test_detectors_of_one_vote_add_up_and_those_of_different_votes_do_not():
    own = [Seen("names/full", 0.9, 30, 30), Seen("names/titled", 0.9, 30, 30)]
    [(_, joined)] = votes_on("name_full", own, column(CODES))
    assert (joined.cells, joined.whole) == (60, 60)
    mixed = [*own, Seen("names/ambiguous", 0.3, 20, 20)]
    assert len(list(votes_on("name_full", mixed, column(CODES)))) == 2
    assert len(list(values("name_full", mixed, column(CODES)))) == 1


def test_a_vote_of_few_different_values_is_none_of_many():
    sexes = ["F", "M"] * 50
    assert bits("gender", "lexicon", 100, of=sexes)[0] > 5
    grades = [f"{c}{d}" for c in "ABCDEFGHIJ" for d in range(10)]
    assert bits("gender", "lexicon", 100, of=grades)[0] < 5


def test_one_needle_in_texts_is_one_and_among_codes_is_chance():
    card = Seen("pattern/CreditCardRecognizer", 1.0, 1, 0)
    assert kept("card_number", [card], TEXTS) == [card]
    assert kept("card_number", [card], CODES) == []
    assert bits("card_number", card.detector, 1, of=TEXTS, score=1.0)[0] > 5


def test_an_at_sign_is_never_chance():
    mail = Seen("pattern/EmailRecognizer", 1.0, 1, 1)
    assert kept("email", [mail], CODES) == [mail]


def test_a_weak_form_needs_a_header_that_says_so_or_none():
    form = Seen("pattern/UsBankRecognizer", 0.05, 100, 100)
    assert kept("customer_id", [form], CODES, path="column_1") == [form]
    assert kept("customer_id", [form], CODES, path="machine") == []
    assert kept("customer_id", [form], CODES, path="machine", said=9.0) == [form]


def test_a_piece_of_a_code_is_no_number():
    piece = Seen("phone/US", 0.4, 100, 0)
    assert kept("phone", [piece], CODES) == []
    assert kept("phone", [Seen("phone/US", 0.4, 100, 100)], CODES) != []


def test_a_header_against_it_is_overruled_by_half_of_the_cells():
    few, many = Seen("names/given", 0.4, 40, 40), Seen("names/given", 0.4, 60, 60)
    assert kept("name_given", [few], CODES, said=-20.0) == []
    assert kept("name_given", [many], CODES, said=-20.0) == [many]


def test_one_card_in_every_row_has_its_layout_and_its_check_digit():
    one, many = CARDS[:1] * 100, CARDS[:10] * 10
    cards = [bits("card_number", "pattern/CreditCardRecognizer", 100, of=c) for c in (one, many)]
    assert 6 < cards[0][0] < cards[1][0]
    # Of a number without a layout one value says what its check digit says.
    [short] = bits("national_id", "number/CaSin", 100, of=one, score=0.9)
    assert short < 4


def test_what_was_seen_stands_by_entity_in_one_order():
    tally = Tally(cells=3, whole=2)
    keys = [
        TallyKey("phone", "phone/US", 40),
        TallyKey("email", "e", 100),
        TallyKey("phone", "p", 5),
    ]
    seen = {
        entity: [one.detector for one in found]
        for entity, found in by_entity(dict.fromkeys(keys, tally)).items()
    }
    assert seen == {"email": ["e"], "phone": ["p", "phone/US"]}
    [mail] = by_entity({keys[1]: tally})["email"]
    assert (mail.score, mail.cells, mail.whole) == (1.0, 3, 2)


@pytest.mark.parametrize("path", ["card_number", "column_1"])
def test_confidence_is_what_the_bits_add_up_to(path):
    found = weighed(columns_of(**{path: CARDS})[path])
    assert found["card_number"].confidence > 0.75
    for one in found.values():
        total = sum(reason.bits for reason in one.reasons)
        assert one.confidence == pytest.approx(weights().confidence(total), abs=0.001)
        assert pieces(one, "prior") == [weights().prior]
        assert all(reason.what["en"] and reason.what["ja"] for reason in one.reasons)
