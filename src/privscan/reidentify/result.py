"""What a measurement of re-identification says: counts and shares, no value of the data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypedDict

from privscan.model.data import Unread

SCHEMA = "privscan-reidentification/1"

Nulls = Literal["wildcard", "strict"]


class Asked(TypedDict, total=False):
    """What `reidentify` takes besides columns; a missing cell is any value, or one of its own.

    Records in classes below `least_k` are at risk; `sampling_fraction` is the data's share of
    their population, `population` a table of it; special uniques have up to `special_size`
    columns, 0 leaves them out.
    """

    nulls: Nulls
    least_k: int
    sampling_fraction: float | None
    special_size: int
    population: object


@dataclass(frozen=True, slots=True)
class Sensitive:
    """How far classes give a sensitive column away, as pyCANON defines the measures.

    `closeness` is t with the ordered distance if `ordered`, else with the equal one. `recursive_c`
    is the least c of (c, l)-diversity by its paper, `recursive_c_pycanon` by pyCANON's order.
    """

    column: str
    values: int
    ordered: bool
    diversity: int
    entropy_diversity: float
    recursive_c: float | None
    recursive_c_pycanon: int | None
    closeness: float
    alpha: float
    beta: float
    delta: float


@dataclass(frozen=True, slots=True)
class Risks:
    """Of one attacker: highest and mean chance of a match, share of records above the threshold."""

    highest: float
    mean: float
    at_risk: float


@dataclass(frozen=True, slots=True)
class Special:
    """Minimal sample uniques up to `size` columns (SUDA): where few columns single out.

    `keys` counts them by size, `columns` is each column's share of the score.
    """

    size: int
    records: int
    keys: tuple[int, ...]
    highest: float
    mean: float
    columns: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Population:
    """Estimates for the population that the data are a sample of; None where a model fits none.

    `uniques` of it by model, `chosen` by the rule of Dankar et al. (2012); `match` is the chance
    that a unique match is right (Skinner and Elliot, 2002).
    """

    fraction: float
    size: int
    zayatz: float
    snb: float | None
    pitman: float | None
    chosen: str
    uniques: float
    match: float


@dataclass(frozen=True, slots=True)
class Matched:
    """The data's classes in a table of the population, whose `rows` are persons without a key.

    `classes` have `persons` there; `class_sizes` are (persons there, records of the data). Nobody
    is in `missing_classes`. `short_classes` have fewer persons there than in the data: the table
    is not their whole population.
    """

    dataset: str
    subject_key: str
    rows: int
    classes: int
    persons: int
    class_sizes: tuple[tuple[int, int], ...]
    missing_classes: int
    missing_records: int
    short_classes: int


@dataclass(frozen=True, slots=True)
class Reidentification:
    """One dataset on one set of quasi-identifiers; a record is a person in a class.

    `class_sizes` are (k, records in classes of that size). `journalist` and `marketer` are by
    `matched`, if there is a table of the population, and None if it has no class of the data.
    `left_out` says what was not measured.
    """

    dataset: str
    columns: tuple[str, ...]
    subject_key: str
    nulls: Nulls
    rows: int
    records: int
    subjects: int
    classes: int
    k: int
    least_k: int
    class_sizes: tuple[tuple[int, int], ...]
    unique_records: int
    prosecutor: Risks
    journalist: Risks | None
    marketer: float | None
    sensitive: tuple[Sensitive, ...] = ()
    special: Special | None = None
    population: Population | None = None
    matched: Matched | None = None
    left_out: tuple[str, ...] = ()
    unread: tuple[Unread, ...] = field(default=())
