"""The shapes of rules/*.yaml; unknown keys are errors, values are frozen."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from privscan.model.kinds import Certainty, Level, Severity, State

Share = Annotated[float, Field(ge=0, le=1)]
Role = Literal["D", "Q", "A", "B", "S", "C"]
Grade = Literal["T", "S", "M"]
"""T: the clause's text was seen; S: a secondary page; M: memory only, shown as unverified."""


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
    """A kind of personal data; weight, identifying power and floor feed the score."""

    id: str
    label: Text
    category: str
    role: Role
    weight: Share
    identifying: Share
    floor: float = 0
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
    numeric: Numeric | None = None
    needs_values: bool = False


class Principle(Shape):
    """One of the seven principles, with its lesson and the question that stays human."""

    id: str
    title: Text
    viewpoint: str
    lesson: Text
    question: Text


class Example(Shape):
    """Evidence on which a rule must (or must not) fire."""

    fires: bool
    has: dict[str, Any] = {}
    subjects: int = 100
    context: dict[str, Any] = {}


class Rule(Shape):
    """A check: structured condition, severity, texts, and the clause it rests on."""

    id: str
    law: str
    article: str = ""
    when: dict[str, Any]
    severity: Severity
    certainty: Certainty
    principles: tuple[str, ...]
    viewpoints: tuple[str, ...] = ()
    phase: Literal["planning", "design", "operation"] = "design"
    message: Text
    advice: Text
    question: Text | None = None
    as_of: str
    status: str
    src: Grade
    examples: tuple[Example, ...]


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


class Policy(Shape):
    """What a dataset must keep to pass the gate; absent bounds do not bind."""

    id: str
    about: Text
    max_score: float | None = None
    stop_at: Level | None = None
    fail_on: Severity | None = None
    forbid_clear: tuple[str, ...] = ()
    forbid: tuple[str, ...] = ()
    least_confidence: Share = 0.5
    as_of: str
    status: str
    source: str
