"""The score agrees with its published examples, and what a report says of it is true."""

from __future__ import annotations

from dataclasses import replace

import pytest
from worked_examples import (
    GENOMES,
    IN_ORDER,
    KNOWN,
    NEWSLETTER,
    PHOTOS,
    STAFF,
    STAFF_SAFER,
    WEB_LOGS,
    WEB_LOGS_COARSE,
    field,
)

from privscan.assess.context import Context
from privscan.assess.score import Inputs, Joinable, inputs, large_enough, level, risk, score
from privscan.model.kinds import Kind, Level, State
from privscan.model.profile import ColumnProfile, DatasetProfile, EntityProfile
from privscan.rulebook.load import rulebook

RULES = rulebook()
WEIGHTS = RULES.scoring
CRM = Joinable("crm", 0.62, 0.98, (("contact", 0.25), ("financial", 0.70)))


@pytest.mark.parametrize(
    ("given", "points", "at"),
    [
        (NEWSLETTER, 30.7, Level.LOW),
        (WEB_LOGS, 47.5, Level.MEDIUM),
        (PHOTOS, 70.8, Level.HIGH),
        (STAFF, 91.3, Level.VERY_HIGH),
        (GENOMES, 98.8, Level.VERY_HIGH),
    ],
)
def test_the_five_worked_examples(given, points, at):
    found = score(given, WEIGHTS)
    assert found.score == pytest.approx(points, abs=0.1)
    assert found.level is at


@pytest.mark.parametrize(
    ("given", "severity", "identifiability", "steps"),
    [
        (NEWSLETTER, 0.273, 0.800, (1, 3)),
        (WEB_LOGS, 0.484, 0.646, (2, 2)),
        (PHOTOS, 0.647, 0.954, (3, 4)),
        (STAFF, 0.795, 1.000, (3, 4)),
        (GENOMES, 0.992, 0.940, (4, 4)),
    ],
)
def test_the_map_of_the_worked_examples(given, severity, identifiability, steps):
    found = score(given, WEIGHTS)
    assert found.severity == pytest.approx(severity, abs=0.001)
    assert found.identifiability == pytest.approx(identifiability, abs=0.001)
    assert (found.cnil_severity, found.cnil_likelihood) == steps


@pytest.mark.parametrize(
    ("given", "points"),
    [
        (WEB_LOGS_COARSE, 33.3),
        (replace(WEB_LOGS, links=(CRM,)), 59.9),
        (replace(PHOTOS, fields=PHOTOS.fields[:1]), 56.3),
        (replace(PHOTOS, fields=(*PHOTOS.fields, field("face_template", 0.95))), 97.7),
        (replace(NEWSLETTER, subjects=10_000_000), 32.7),
        (replace(NEWSLETTER, vulnerable=1), 39.3),
        (replace(NEWSLETTER, exposure=0.75), 37.3),
        (STAFF_SAFER, 23.7),
        (Inputs(unread=0.2), 40.0),
        (Inputs(), 0.0),
    ],
)
def test_the_published_variants(given, points):
    assert score(given, WEIGHTS).score == pytest.approx(points, abs=0.1)


def test_removing_one_of_many_identifiers_hardly_moves_the_score():
    without = [
        score(replace(STAFF, fields=STAFF.fields[:i] + STAFF.fields[i + 1 :]), WEIGHTS).score
        for i in range(len(STAFF.fields))
    ]
    assert min(without) == pytest.approx(88.2, abs=0.1)
    assert max(without) < 91.3


def test_a_joinable_dataset_adds_its_bar():
    bars = {s.name: s.points for s in score(replace(WEB_LOGS, links=(CRM,)), WEIGHTS).waterfall}
    assert bars["joinability"] == pytest.approx(10.8, abs=0.1)
    assert score(WEB_LOGS, WEIGHTS).waterfall[2].points == 0


@pytest.mark.parametrize(("entity", "numbers"), KNOWN.items())
def test_the_shipped_entities_weigh_what_the_examples_say(entity, numbers):
    _, weight, identifying, floor = numbers
    shipped = RULES.entities[entity]
    assert (shipped.weight, shipped.identifying, shipped.floor) == (weight, identifying, floor)


@pytest.mark.parametrize("name", ["further_category", "core_floor", "scale_weight",
                                  "vulnerable_weight", "exposure_weight", "single_out_weight",
                                  "subjects_decades"])  # fmt: skip
@pytest.mark.parametrize("factor", [0.8, 1.2])
def test_one_weight_a_fifth_off_keeps_the_order(name, factor):
    weights = WEIGHTS.model_copy(update={name: getattr(WEIGHTS, name) * factor})
    found = [score(given, weights).score for given in IN_ORDER]
    assert found == sorted(set(found))


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("factor", [0.8, 1.2])
def test_one_state_a_fifth_off_keeps_the_order(state, factor):
    moved = WEIGHTS.rho | {state: min(1.0, WEIGHTS.rho[state] * factor)}
    weights = WEIGHTS.model_copy(update={"rho": moved})
    found = [score(given, weights).score for given in IN_ORDER]
    assert found == sorted(set(found))


@pytest.mark.parametrize("entity", sorted({f.entity for given in IN_ORDER for f in given.fields}))
@pytest.mark.parametrize("factor", [0.8, 1.2])
def test_one_entity_a_fifth_off_keeps_the_order(entity, factor):
    def moved(given):
        fields = (
            replace(f, weight=min(1, f.weight * factor), identifying=min(1, f.identifying * factor))
            if f.entity == entity
            else f
            for f in given.fields
        )
        return replace(given, fields=tuple(fields))

    found = [score(moved(given), WEIGHTS).score for given in IN_ORDER]
    assert found == sorted(set(found))


@pytest.mark.parametrize(
    ("points", "at"),
    [
        (0, Level.NONE_DETECTED),
        (1e-9, Level.LOW),
        (39.999, Level.LOW),
        (40, Level.MEDIUM),
        (59.999, Level.MEDIUM),
        (60, Level.HIGH),
        (79.999, Level.HIGH),
        (80, Level.VERY_HIGH),
        (100, Level.VERY_HIGH),
    ],
)
def test_the_cuts_of_the_levels(points, at):
    assert level(points, WEIGHTS) is at


@pytest.mark.parametrize(
    ("severity", "k"), [(0, 11), (0.499, 11), (0.5, 15), (0.749, 15), (0.75, 20), (1, 20)]
)
def test_graver_data_needs_larger_classes(severity, k):
    assert large_enough(severity, WEIGHTS) == k


@pytest.mark.parametrize(
    ("unread", "points"), [(0.0, 0), (0.05, 0), (0.0501, 40), (0.2, 40), (1.0, 40)]
)
def test_more_than_a_twentieth_unread_is_never_below_forty(unread, points):
    assert score(Inputs(unread=unread), WEIGHTS).score == points
    higher = score(replace(STAFF, unread=unread), WEIGHTS).score
    assert higher == score(STAFF, WEIGHTS).score


@pytest.mark.parametrize(
    ("confidence", "state", "holds"),
    [
        (0.51, State.PLAIN, True),
        (0.49, State.PLAIN, False),
        (0.60, State.HASH_UNSALTED_GUESSABLE, True),
        (0.99, State.TOKEN_KEYED, False),
        (0.99, State.REMOVED, False),
    ],
)
def test_the_floor_of_a_national_number_holds_where_it_is_sure_and_clear(confidence, state, holds):
    found = score(Inputs((field("my_number", confidence, state),)), WEIGHTS)
    assert (found.score >= 60) is holds
    why = found.waterfall[-1].why
    assert why == ("my_number in clear never scores lower" if holds else "no floor holds")


def profile(confidence=0.99, interval=(0.9, 1.0), share=0.95, entity="email", **more):
    found = EntityProfile(entity, confidence, 95, share, interval)
    column = ColumnProfile("c", Kind.TEXT, 100, 0, 100, entity, confidence, (found,))
    given = {"subjects": 100, "columns": (column,)} | more
    return DatasetProfile("d", "d", "table", 100, 0, 1, **given)


@pytest.mark.parametrize("interval", [(0.9, 1.0), (0.0, 0.1), (0.94, 0.96), (0.0, 0.0), (1.0, 1.0)])
def test_the_interval_holds_the_point(interval):
    found = risk(profile(interval=interval), RULES, Context())
    low, high = found.interval
    assert 0 <= low <= found.score <= high <= 100


def test_a_wide_measurement_makes_a_wide_interval():
    wide = risk(profile(confidence=0.8, interval=(0.2, 1.0)), RULES, Context()).interval
    narrow = risk(profile(confidence=0.8, interval=(0.6, 0.62)), RULES, Context()).interval
    assert wide[1] - wide[0] > narrow[1] - narrow[0] > 0


def test_a_detection_below_even_odds_does_not_count():
    assert risk(profile(confidence=0.49), RULES, Context()).level is Level.NONE_DETECTED
    assert risk(profile(confidence=0.51), RULES, Context()).level is Level.LOW


def test_declared_people_and_places_weigh():
    plain = risk(profile(), RULES, Context()).score
    assert risk(profile(), RULES, Context(subjects="employees")).score > plain
    assert risk(profile(), RULES, Context(subjects="customers")).score == plain
    assert risk(profile(), RULES, Context(exposure="public")).score > plain
    assert risk(profile(), RULES, Context(exposure="restricted")).score == plain


def test_minors_seen_weigh_as_much_as_children_declared():
    assert inputs(profile(entity="minor"), RULES, Context()).vulnerable == 1
    assert inputs(profile(entity="age"), RULES, Context()).vulnerable == 0
    assert inputs(profile(), RULES, Context(subjects="children")).vulnerable == 1


def test_rows_do_not_count_only_persons_do():
    more_rows = replace(profile(), rows=10_000)
    assert risk(more_rows, RULES, Context()) == risk(profile(), RULES, Context())
