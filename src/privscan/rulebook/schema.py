"""The shapes of rules/*.yaml; unknown keys are errors, values are frozen."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from privscan.model.kinds import Certainty, Level, Severity, State
from privscan.rulebook.jurisdictions import Jurisdiction

Share = Annotated[float, Field(ge=0, le=1)]
Month = Annotated[str, Field(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])$")]
Role = Literal["D", "Q", "A", "B", "S", "C"]
Grade = Literal["T", "S", "M"]
"""T: the clause's text was seen; S: a secondary page; M: memory only, shown as unverified."""

DeclaredKey = Literal[
    "title", "controller", "owner", "contact", "purposes", "legal_basis", "jurisdictions", "phase",
    "subjects", "subject_key", "retention_days", "exposure", "needed_columns", "recipients",
    "sources", "uses", "processed_as", "affairs", "incident",
]  # fmt: skip
"""Keys of dataset.yaml that a condition may ask for."""


class Shape(BaseModel):
    """A frozen part of a rule file."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Text(Shape):
    """A text in both languages."""

    en: str
    ja: str

    def both(self) -> dict[str, str]:
        """As the mapping that findings carry."""
        return {"en": self.en, "ja": self.ja}


class Names(Shape):
    """Header phrases: strong settle an entity nearly alone, weak only with value evidence."""

    strong: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()


class Numeric(Shape):
    """The range a number column of this entity lies in."""

    min: float
    max: float


class Entity(Shape):
    """A kind of personal data; weight, identifying power and floor feed the score.

    `values` are whole cells; `parts` begin a word of a cell, or end one after a dash.
    """

    id: str
    label: Text
    category: str
    role: Role
    weight: Share
    identifying: Share
    floor: float = Field(default=0, ge=0, le=100)
    gdpr: str = ""
    appi: str = ""
    dpv: str = ""
    dpv_match: str = ""
    fideslang: str = ""
    fideslang_match: str = ""
    note: str = ""
    presidio: tuple[str, ...] = ()
    names: Names = Names()
    not_names: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    numeric: Numeric | None = None
    needs_values: bool = False


class Groups(Shape):
    """Names for sets of entities that rules and policies ask for together."""

    version: int
    as_of: str
    status: str
    source: str
    groups: dict[str, tuple[str, ...]]


class Principle(Shape):
    """One of the seven principles, with its lesson and the question that stays human."""

    id: str
    title: Text
    viewpoint: str
    lesson: Text
    question: Text


class When(Shape):
    """A condition; all keys that are given must hold, of `any` at least `least` must.

    `has` takes entities and groups, of which one must be there in one of the `state`s, in at
    least `least_columns` columns with `least_share` of the cells, as a leak in free text or not;
    `beside` takes those of which one must be there too, though the finding is not about it, and
    `without` those that must not be there. `single_out` is the share of subjects in classes that
    are too small, `unread_over` of the bytes unread, `retention_over` a number of days declared.
    `overdue` holds where records are dated longer before the newest one than people declared to
    keep them, `records_over` where by more than a number of days; `imbalance` where the smallest
    group of a protected column has at most that share. `most_share` narrows `has` as well.
    `missing` and `declared` ask `dataset.yaml`; `unneeded` holds where personal columns stand
    that `needed_columns` does not name.
    """

    all: tuple[When, ...] = ()
    any: tuple[When, ...] = ()
    least: int = Field(default=1, ge=1)
    not_: When | None = Field(default=None, alias="not")
    has: tuple[str, ...] = ()
    state: tuple[State, ...] = ()
    leak: bool | None = None
    least_share: Share = 0
    most_share: Share | None = None
    least_columns: int = Field(default=1, ge=1)
    beside: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    min_subjects: int = 0
    single_out: Share | None = None
    least_level: Level | None = None
    unread_over: Share | None = None
    retention_over: int | None = None
    overdue: bool = False
    records_over: int | None = None
    imbalance: Share | None = None
    missing: tuple[DeclaredKey, ...] = ()
    declared: dict[DeclaredKey, tuple[str, ...]] = {}
    unneeded: bool = False

    @model_validator(mode="after")
    def _no_idle_key(self) -> Self:
        """A key that says how `has` or `any` holds is a slip where these are not given."""
        given = self.model_fields_set
        idle = sorted(given & {"state", "leak", "least_share", "most_share", "least_columns"})
        if idle and not self.has:
            raise ValueError(f"{idle[0]!r} says how `has` holds, and there is no `has`")
        if "least" in given and self.least > len(self.any):
            raise ValueError("`least` is more than `any` has")
        return self


class Example(Shape):
    """A dataset on which a rule must, or must not, fire.

    `has` gives entities their states; each stands in so many `columns`, in that `share` of cells.
    `records` are the months of the oldest and the newest record, `groups` the sizes of groups of
    a protected entity.
    """

    fires: bool
    has: dict[str, State] = {}
    leak: bool = False
    columns: int = 1
    subjects: int = 100
    single_out: Share = 0
    level: Level = Level.LOW
    unread: Share = 0
    share: Share = 1
    records: tuple[Month, Month] | None = None
    groups: dict[str, dict[str, int]] = {}
    context: dict[DeclaredKey, Any] = {}


class Rule(Shape):
    """A check: structured condition, severity, texts, and the clause it rests on.

    `jurisdictions` are those in which the law holds; none means everywhere. Where one of the
    rules `under` which this one stands fires on the same columns, this one only adds its clause
    to that finding. Texts may hold `{what}`, `{columns}`, `{subjects}`, `{cells}`, but for the
    lesson: in two sentences, what goes wrong in practice and what good looks like.
    """

    id: str
    law: str
    article: str = ""
    jurisdictions: tuple[Jurisdiction, ...] = ()
    under: tuple[str, ...] = ()
    when: When
    severity: Severity
    certainty: Certainty
    principles: tuple[str, ...] = Field(min_length=1)
    viewpoints: tuple[str, ...] = ()
    phase: Literal["planning", "design", "operation"] = "design"
    message: Text
    advice: Text
    question: Text | None = None
    lesson: Text
    as_of: str
    status: str
    src: Grade
    article_ja: str = ""
    status_ja: str = ""
    examples: tuple[Example, ...] = Field(min_length=2)


class Scoring(Shape):
    """Every weight of the risk score, with its version."""

    version: int
    as_of: str
    status: str
    source: str
    further_category: float
    core_floor: float
    scale_weight: float
    vulnerable_weight: float
    exposure_weight: float
    subjects_decades: float
    single_out_weight: float
    rho: dict[State, Share]
    cuts: dict[Level, float]
    k_star: tuple[tuple[float, int], ...]
    unread_share: Share
    unread_floor: float
    floor_confidence: Share
    cnil_severity: tuple[float, ...]
    cnil_likelihood: tuple[float, ...]
