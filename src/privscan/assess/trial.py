"""A dataset as treatments would leave it, and the gate's answer to that."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from privscan.assess.breaches import Asked, breaches, unproved
from privscan.assess.findings import findings
from privscan.assess.measures import treated_column
from privscan.assess.score import risk
from privscan.assess.treatments import Treatment
from privscan.model.kinds import State
from privscan.model.profile import QuasiIdentifiers
from privscan.rulebook.schema import Text

if TYPE_CHECKING:
    from privscan.assess.breaches import Breach
    from privscan.model.profile import DatasetProfile

TOGETHER = Treatment(
    id="anonymise",
    gives=State.GENERALISED,
    roles=("Q",),
    cost=0.6,
    text=Text(
        en="Generalise these columns together, until enough persons look alike.",
        ja="これらの列をまとめて一般化し、同じ組合せの人を十分な数にする。",
    ),
)
"""What makes classes of the size that `min_k` asks; done to each column of a set."""

Option = tuple[Treatment, ...]
"""What is done to one column."""

Chosen = Mapping[str, Option]
"""What is done to each column."""

Accept = Callable[[Iterable["Breach"]], Sequence["Breach"]]
"""The breaches that nobody answers for."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What is left of a dataset's breaches after treatments, and its profile then.

    `declare` are keys of dataset.yaml that people have to fill in: no treatment of data is needed.
    """

    profile: DatasetProfile
    left: tuple[str, ...]
    declare: tuple[str, ...] = ()

    @property
    def weight(self) -> tuple[int, float]:
        """Rules left, and the score: less is nearer to passing."""
        return len(self.left), self.profile.risk.interval[1] if self.profile.risk else math.inf


@dataclass(frozen=True, slots=True)
class Stopped:
    """A dataset that does not pass, what judges it, and the datasets that it joins to.

    `beyond` are reasons that no treatment of data lifts: an ended waiver, a part unread.
    """

    profile: DatasetProfile
    asked: Asked
    others: Mapping[str, DatasetProfile]
    accept: Accept
    beyond: tuple[str, ...] = ()

    def broken(self, profile: DatasetProfile) -> Sequence[Breach]:
        """What a profile breaks that nobody answers for, and that no declaration lifts."""
        return [breach for breach in self.every(profile) if not unsaid(breach)]

    def every(self, profile: DatasetProfile) -> Sequence[Breach]:
        """All that a profile breaks and that nobody answers for."""
        rules, context = self.asked.rules, self.asked.context
        judged = self.asked.policy.fail_on is not None
        found = findings(profile, rules, context) if judged else ()
        return self.accept(breaches(profile, found, self.asked))

    def trial(self, chosen: Chosen) -> Trial:
        """The gate asked again of the profile as those treatments would leave it."""
        policy, rules = self.asked.policy, self.asked.rules
        after = treated(self.profile, chosen, policy.min_k or 1)
        after = replace(after, risk=risk(after, rules, self.asked.context, self.others))
        every = self.every(after)
        left = dict.fromkeys(breach.rule for breach in every if not unsaid(breach))
        unknown = ["min_k"] if any(unproved(after, policy, rules)) else []
        keys = dict.fromkeys(key for breach in every for key in unsaid(breach))
        return Trial(after, tuple(dict.fromkeys((*left, *unknown))), tuple(keys))


def unsaid(breach: Breach) -> tuple[str, ...]:
    """Keys of dataset.yaml that lift a breach when people fill them in."""
    if breach.rule == "declare":
        return tuple(breach.threshold.split(", "))
    return ("jurisdictions",) if (breach.rule, breach.about) == ("jurisdictions", "") else ()


def drops_column(one: Treatment) -> bool:
    """Whether a treatment leaves nothing of a column."""
    return one.gives is State.REMOVED and bool(one.roles)


def treated(profile: DatasetProfile, chosen: Chosen, k: int) -> DatasetProfile:
    """The profile as those treatments would leave it.

    Classes stay as measured, unless each of their columns goes or is made alike with the others.
    """
    gone = {path for path, option in chosen.items() if any(map(drops_column, option))}
    alike = {path for path, option in chosen.items() if TOGETHER in option}
    columns = tuple(
        treated_column(c, [*chosen.get(c.path, ())])
        for c in profile.columns
        if c.path not in gone and c.path.partition("[].")[0] not in gone
    )
    sets = tuple(q for q in profile.quasi_identifiers if not {*q.columns} <= gone | alike)
    if alike:
        paths, many = tuple(sorted(alike)), profile.subjects
        made = QuasiIdentifiers(paths, k, 0.0, many, ((k, many),), 0.0, (0.0, 0.0))
        sets = (*sets, made)
    return replace(profile, columns=columns, quasi_identifiers=sets)
