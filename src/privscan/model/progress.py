"""What an assessment says of the way ahead and behind: steps, questions put, figures, history."""

from __future__ import annotations

from dataclasses import dataclass

from privscan.model.finding import Text
from privscan.model.kinds import Level


@dataclass(frozen=True, slots=True)
class DatasetPast:
    """A dataset in one report of the trend: figures, and kinds of data new and gone since then.

    `scan` is the number of the report, the oldest being 1.
    """

    scan: int
    score: float
    level: Level
    subjects: int
    findings: int
    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A rule that fired in two reports and did not say the same in both: what of it changed."""

    check: str
    what: Text


@dataclass(frozen=True, slots=True)
class Asked:
    """A question put once, with the keys under which each dataset that it concerns answers it."""

    text: Text
    about: str
    keys: tuple[str, ...]
    datasets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do, why, and the command for it if there is one; `datasets` worst first."""

    key: str
    what: Text
    why: Text
    command: str = ""
    datasets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure to steer by: so many `of` so many."""

    key: str
    count: int
    of: int


@dataclass(frozen=True, slots=True)
class DataAction:
    """A problematic data action of NIST's PRAM that was shown, and what it can lead to.

    `action` is where in the life of data it stands; how likely and how grave people say.
    """

    id: str
    title: Text
    action: Text
    problems: Text
    shown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Review:
    """The last day on which the next assessment is due, `set_by` a signature or a person.

    Both are empty until every role has signed or a person has set a day.
    """

    due: str = ""
    set_by: str = ""
    overdue: bool = False


@dataclass(frozen=True, slots=True)
class Past:
    """One report of the trend: its figures, and what changed against the report before it.

    `label` is the name of its file, `scanned` the day that the manifest beside it gives.
    """

    score: float
    mean: float
    level: Level
    datasets: int
    findings: int
    questions: int
    with_purpose: int
    rules_digest: str
    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    rules_changed: tuple[RuleChange, ...] = ()
    label: str = ""
    scanned: str = ""
