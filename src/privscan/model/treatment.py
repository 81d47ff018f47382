"""Treatments of columns, plans of them, and what was found once they were carried out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from privscan.model.finding import Verdict
from privscan.model.profile import Risk


@dataclass(frozen=True, slots=True)
class Treatment:
    """What is done to a column: the name of a treatment, and its options.

    `dataset` is empty for the column of that path in every dataset.
    """

    column: str
    name: str
    options: Mapping[str, str] = field(default_factory=dict)
    dataset: str = ""

    def __str__(self) -> str:
        """As `--treat` takes it."""
        said = ",".join(f"{k}={v}" if v else k for k, v in self.options.items())
        column = f"{self.dataset}::{self.column}" if self.dataset else self.column
        return f"{column}={self.name}" + (f":{said}" if said else "")

    def concerns(self, dataset: str) -> bool:
        """Whether it is meant for a dataset of that name."""
        return self.dataset in {"", dataset}


@dataclass(frozen=True, slots=True)
class Step:
    """A treatment of a plan: what it is for, and what it costs.

    `before` are entities with their states; `lost` is the share of the column's information that
    is gone or unreadable, 0..1, `bits` the same in bits a row.
    """

    treatment: Treatment
    before: Mapping[str, str]
    lost: float
    bits: float


@dataclass(frozen=True, slots=True)
class TreatmentPlan:
    """A bundle of treatments of one dataset with its risk before, and as predicted after it.

    `lost` is the share of the table's information that it costs. `left` names what stays above
    nothing: path, entity, state. `reached` says whether goal and policy are met in the trial.
    `whole` says that the trial saw every row; `asked` are rules that people have to settle.
    """

    dataset: str
    steps: tuple[Step, ...]
    now: Risk | None
    predicted: Risk | None
    lost: float
    left: tuple[tuple[str, str, str], ...]
    reached: bool
    whole: bool
    asked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Residue:
    """Values of treated columns that were looked for in what was written, and how many were met.

    `kept` are values by columns that hold them and were left as they are, or given values of the
    same kind; `leaked` those that nothing explains. Names of files and columns go by an empty name.
    """

    sought: int
    bytes_: int
    cells: int
    kept: Mapping[str, int] = field(default_factory=dict)
    leaked: Mapping[str, int] = field(default_factory=dict)

    @property
    def none(self) -> bool:
        """Whether none was met."""
        return not self.bytes_ and not self.cells


@dataclass(frozen=True, slots=True)
class Protection:
    """What `protect` did: the plans, and unless it only planned, what a scan of the output says."""

    plans: tuple[TreatmentPlan, ...]
    out: str = ""
    files: int = 0
    rows: int = 0
    measured: Mapping[str, Risk] = field(default_factory=dict)
    verdict: Verdict | None = None
    residue: Residue | None = None
    left_out: tuple[str, ...] = ()
