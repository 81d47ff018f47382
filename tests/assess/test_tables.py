"""What is personal, and what only looks so: small tables of persons, and as many of nobody."""

from __future__ import annotations

import polars as pl
import pytest
from tables_of_nobody import TABLES
from tables_of_persons import NUMBER, PERSONS, WITH_HEADERS, WITHOUT

import privscan as ps
from privscan.model.kinds import Severity

GRAVE = {Severity.MEDIUM, Severity.HIGH, Severity.VERY_HIGH}
NUMBERS = ("national_id", "tax_id", "my_number")

GAPS: dict[str, str] = {}
"""Cases that privscan judges wrongly, and why."""


def rows_of(text):
    return [[cell.strip() for cell in line.split(" | ")] for line in text.strip().splitlines()]


def case(name, *values):
    gap = GAPS.get(name)
    marks = [pytest.mark.xfail(strict=True, reason=gap)] if gap else []
    return pytest.param(*values, marks=marks, id=name)


def report(columns):
    return ps.scan(pl.DataFrame(columns))


def nobodys(text):
    header, *rows = rows_of(text)
    names = [f"column_{i}" if name == "-" else name for i, name in enumerate(header, 1)]
    return dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))


@pytest.mark.parametrize("rows", [case(what, rows) for what, rows in TABLES])
def test_a_table_of_nobody_holds_nothing_personal(rows):
    found = report(nobodys(rows))
    [dataset] = found.datasets
    assert {c.path: c.entity for c in dataset.columns if c.entity} == {}
    assert [f.check for f in found.findings if f.severity in GRAVE] == []


def persons(language):
    """By entity: the entities that the column may count as, its header and its values."""
    for allowed, header, *values in rows_of(PERSONS[language]):
        entities = allowed.split("/")
        yield NUMBER if entities[0] in NUMBERS else entities[0], (entities, header, values)


def views(chosen, without=""):
    return [
        case(f"{language} {view}{without}", language, view)
        for language in PERSONS
        for view in chosen
    ]


@pytest.mark.parametrize(("language", "view"), views(WITH_HEADERS))
def test_persons_are_found(language, view):
    known = dict(persons(language))
    columns = {known[e][1]: known[e] for e in WITH_HEADERS[view]}
    [dataset] = report({header: values for header, (_, _, values) in columns.items()}).datasets
    missed = {c.path: c.entity for c in dataset.columns if c.entity not in columns[c.path][0]}
    assert missed == {}


@pytest.mark.parametrize(("language", "view"), views(WITHOUT, " without"))
def test_persons_are_found_without_headers(language, view):
    known = dict(persons(language))
    columns = {f"column_{i}": known[e] for i, e in enumerate(WITHOUT[view], 1)}
    [dataset] = report({path: values for path, (_, _, values) in columns.items()}).datasets
    classes = {columns[c.path][0][0]: (c.entity, columns[c.path][0]) for c in dataset.columns}
    missed = {what: one for what, (one, allowed) in classes.items() if one not in allowed}
    assert missed == {}


def test_every_gap_is_a_case():
    every = [what for what, _ in TABLES]
    every += [f"{language} {view}" for language in PERSONS for view in WITH_HEADERS]
    every += [f"{language} {view} without" for language in PERSONS for view in WITHOUT]
    assert len(every) == len({*every})
    assert set(GAPS) <= set(every)
