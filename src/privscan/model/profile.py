"""What a dataset is believed to hold: no raw value, ever."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from privscan.model.kinds import Kind, Level, State


@dataclass(frozen=True, slots=True)
class Reason:
    """One piece of evidence for or against an entity; `bits` is its weight in log2 odds.

    `kind` is prior, header, values, against or beside; `what` says it in each language.
    """

    kind: str
    bits: float
    what: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Place:
    """A part of the data, as its source names it, and how many cells there show an entity."""

    uri: str
    span: str
    cells: int


@dataclass(frozen=True, slots=True)
class Form:
    """A format in which an entity was met, cells and objects in it, and what was measured of them.

    `name` is the detector's, such as `records/ISO 19794-2:2005`; `ranges` are lowest and highest.
    """

    name: str
    cells: int
    objects: int
    ranges: Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class EntityProfile:
    """One entity in one column: calibrated confidence, prevalence with a 95 % Wilson interval.

    `cells` counts cells that showed it. `leak` is true for a rare hit inside free text, and
    `places` are the first parts of the data that hold one. `forms` are formats of records.
    """

    entity: str
    confidence: float
    cells: int
    share: float
    interval: tuple[float, float]
    state: State = State.PLAIN
    leak: bool = False
    reasons: tuple[Reason, ...] = ()
    places: tuple[Place, ...] = ()
    forms: tuple[Form, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordDates:
    """When a column's records are of, by its header: first and last month (2015-03), cells by year.

    `oldest` is the latest month that the oldest date may mean, `newest` the earliest that the
    newest may: what lies between them is surely between them.
    """

    oldest: str
    newest: str
    years: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Group:
    """How many cells of a column are of a group: between `least` and `most`, equal if it is shown.

    Small groups are bounded only, and so is another one from which they could be worked out.
    """

    name: str
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Balance:
    """Groups of a protected column that is there, `cells` in all, the largest first.

    `basis` says what the groups are: words, ages, decades of birth, or ranks by size, unnamed.
    """

    column: str
    entity: str
    basis: str
    cells: int
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class QuasiIdentifiers:
    """Class sizes on a set of columns: smallest k, share of subjects below k*, subjects counted.

    `unique_share` is the share of classes with one person, `unique_interval` bounds it at 95 %.
    """

    columns: tuple[str, ...]
    k_min: int
    share_below_k: float
    subjects: int
    class_sizes: tuple[tuple[int, int], ...] = ()
    """(class size k, subjects in classes of that size), for the score."""
    unique_share: float = 0.0
    unique_interval: tuple[float, float] = (0.0, 1.0)


@dataclass(frozen=True, slots=True)
class ColumnProfile:
    """One column: counts, estimated distinct values, its class, and every entity seen in it.

    `examples` are masked shapes (`Xxxx 999`). `low`/`high` bound numeric cells if any.
    """

    path: str
    kind: Kind
    rows: int
    nulls: int
    distinct: int
    entity: str | None = None
    confidence: float = 0.0
    entities: tuple[EntityProfile, ...] = ()
    examples: tuple[str, ...] = ()
    considered: tuple[EntityProfile, ...] = ()
    """What was weighed and not found, nearest first: why the column is not called that."""
    dates: RecordDates | None = None
    alone: QuasiIdentifiers | None = None
    """The classes of its own values, without their sizes, if it may single out with others."""


@dataclass(frozen=True, slots=True)
class MediaProfile:
    """Counts over a dataset's pictures; `by_modality` counts biometric kinds."""

    images: int = 0
    decoded: int = 0
    with_faces: int = 0
    faces: int = 0
    with_gps: int = 0
    by_modality: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Link:
    """A dataset that joins to this one: share of this one's keys found there, within 95 % bounds.

    `column` is this dataset's, `other_column` the other's; a set of columns reads `a + b`.
    """

    dataset: str
    column: str
    containment: float
    other_column: str = ""
    interval: tuple[float, float] = (0.0, 1.0)


@dataclass(frozen=True, slots=True)
class WaterfallStep:
    """One bar of the score: points are never negative and the bars sum to the score."""

    name: str
    points: float
    why: str


@dataclass(frozen=True, slots=True)
class Risk:
    """Score 0..100 with its level, interval and waterfall; S, I and CNIL steps for the map."""

    score: float
    level: Level
    interval: tuple[float, float]
    waterfall: tuple[WaterfallStep, ...]
    severity: float = 0.0
    identifiability: float = 0.0
    cnil_severity: int = 0
    cnil_likelihood: int = 0


@dataclass(frozen=True, slots=True)
class Sampled:
    """A slow detector on a column: how many of the texts (in rows) that it is for it has read."""

    detector: str
    column: str
    read: int
    texts: int


@dataclass(frozen=True, slots=True)
class DatasetProfile:
    """A dataset as the judge sees it; `kind` is table, media or mixed; `subjects` are persons.

    `version` is the snapshot of a table format that was read, if it is of one.
    """

    name: str
    uri: str
    kind: str
    rows: int
    bytes: int
    files: int
    subjects: int
    columns: tuple[ColumnProfile, ...] = ()
    media: MediaProfile = field(default_factory=MediaProfile)
    quasi_identifiers: tuple[QuasiIdentifiers, ...] = ()
    links: tuple[Link, ...] = ()
    risk: Risk | None = None
    unread_share: float = 0.0
    sampled: tuple[Sampled, ...] = ()
    balance: tuple[Balance, ...] = ()
    version: str = ""
