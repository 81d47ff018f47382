"""What was accepted: a file of breaches by fingerprint, each with owner, reason and last day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import yaml
from pydantic import Field

from privscan.assess.breaches import Held
from privscan.errors import RuleError
from privscan.model.kinds import State
from privscan.rulebook._yaml import read, shaped
from privscan.rulebook.policies import Day, Limit, rank
from privscan.rulebook.predicate import LEAST
from privscan.rulebook.schema import Shape

if TYPE_CHECKING:
    from privscan.assess.breaches import Breach
    from privscan.model.profile import DatasetProfile

SCHEMA = "privscan-baseline/1"

HEAD = """\
# What was accepted, by whom and until when. privscan gate --baseline reads it,
# privscan baseline audit says what in it is expired, unused, unowned or changed.
"""


class Accepted(Shape):
    """One breach that somebody answers for; without owner, reason and day it covers nothing."""

    fingerprint: str = Field(pattern=r"^[0-9a-f]{12}$")
    rule: Limit
    dataset: str
    columns: tuple[str, ...] = ()
    about: str = ""
    up_to: str
    owner: str = ""
    reason: str = ""
    expires: Day | Literal[""] = ""

    @property
    def owned(self) -> bool:
        """Whether somebody answers for it, and says why and until when."""
        return all(one.strip() for one in (self.owner, self.reason, self.expires))


class Baseline(Shape):
    """A baseline file; `holds` are the columns of each entity in each dataset when it was written."""

    schema_: Literal["privscan-baseline/1"] = Field(alias="schema")
    policy: str
    written: Day
    accepted: tuple[Accepted, ...] = ()
    holds: dict[str, dict[str, tuple[str, ...]]] = Field(default={})

    def held(self) -> Held:
        """The columns by dataset and entity."""
        return {
            (dataset, entity): frozenset(columns)
            for dataset, entities in self.holds.items()
            for entity, columns in entities.items()
        }


def read_baseline(file: Path) -> Baseline:
    """The baseline in a file; a wrong one is a `RuleError` with its line."""
    document = read(file)
    baseline = shaped(Baseline, {} if document.value is None else document.value, document)
    seen: set[str] = set()
    for i, one in enumerate(baseline.accepted):
        where = document.where(("accepted", i, "fingerprint"))
        if one.fingerprint in seen:
            raise RuleError(f"{one.fingerprint} is accepted twice", where=where)
        if rank(one.rule, one.up_to) is None and one.rule not in {"columns", "jurisdictions"}:
            where = document.where(("accepted", i, "up_to"))
            raise RuleError(f"`up_to` is no measure of {one.rule}", where=where)
        seen.add(one.fingerprint)
    return baseline


def covers(one: Accepted, breach: Breach, today: date) -> bool:
    """Whether an entry is in force on that day for this breach, and the breach is no worse."""
    same = one.fingerprint == breach.fingerprint and one.rule == breach.rule
    if not same and not _narrowed(one, breach):
        return False
    return one.owned and not expired(one.expires, today) and not worse(one, breach)


def _narrowed(one: Accepted, breach: Breach) -> bool:
    """Whether a finding that was accepted now stands on fewer of its columns, and on no other."""
    alike = (one.rule, one.dataset, one.about) == (breach.rule, breach.dataset, breach.about)
    fewer = bool(breach.columns) and {*breach.columns} <= {*one.columns}
    return one.rule == "fail_on" and alike and fewer


def expired(day: str, today: date) -> bool:
    """Whether the day is over; what has no day is over too."""
    return not day or date.fromisoformat(day) < today


def worse(one: Accepted, breach: Breach) -> bool:
    """Whether the breach is worse than what was accepted, or cannot be compared with it."""
    was, now = rank(one.rule, one.up_to), rank(breach.rule, breach.measured)
    if was is None or now is None:
        return one.up_to != breach.measured
    return now > was


def holdings(profiles: Iterable[DatasetProfile]) -> dict[str, dict[str, tuple[str, ...]]]:
    """The columns in which each entity stands, of each dataset."""
    held: dict[str, dict[str, set[str]]] = {}
    for profile in profiles:
        entities = held.setdefault(profile.name, {})
        for column in profile.columns:
            for found in column.entities:
                if found.confidence >= LEAST and found.state is not State.REMOVED:
                    entities.setdefault(found.entity, set()).add(column.path)
    return {
        dataset: {entity: tuple(sorted(paths)) for entity, paths in sorted(entities.items())}
        for dataset, entities in sorted(held.items())
    }


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Who accepts, why, until when, under which policy, and today."""

    owner: str
    reason: str
    expires: str
    policy: str
    today: date


def made(
    found: Iterable[Breach],
    profiles: Iterable[DatasetProfile],
    by: Acceptance,
    before: Baseline | None = None,
) -> Baseline:
    """The baseline of these breaches; those that were accepted before keep owner, reason, day.

    What is worse than it was, or no longer in force, is accepted anew.
    """
    kept = {one.fingerprint: one for one in before.accepted} if before else {}
    entries = {}
    for breach in found:
        own = kept.get(breach.fingerprint)
        if own is not None and covers(own, breach, by.today):
            entries[breach.fingerprint] = own
        elif breach.rule != "score":
            entries[breach.fingerprint] = _entry(breach, by)
    return Baseline.model_validate(
        {
            "schema": SCHEMA,
            "policy": by.policy,
            "written": by.today.isoformat(),
            "accepted": [entries[name].model_dump() for name in sorted(entries)],
            "holds": holdings(profiles),
        }
    )


def _entry(breach: Breach, by: Acceptance) -> Accepted:
    return Accepted.model_validate(
        {
            "fingerprint": breach.fingerprint,
            "rule": breach.rule,
            "dataset": breach.dataset,
            "columns": breach.columns,
            "about": breach.about,
            "up_to": breach.measured,
            "owner": by.owner,
            "reason": by.reason,
            "expires": by.expires,
        }
    )


def written(baseline: Baseline) -> str:
    """The baseline as the text of its file."""
    plain = baseline.model_dump(mode="json", by_alias=True)
    said: str = yaml.safe_dump(plain, allow_unicode=True, sort_keys=False, width=100)
    return (HEAD + said).encode("utf-8", "replace").decode("utf-8")


Trouble = Literal["expired", "unowned", "changed", "unused"]


@dataclass(frozen=True, slots=True)
class Audited:
    """An entry with what is wrong with it; `now` is the measure of today, empty if there is none."""

    entry: Accepted
    trouble: tuple[Trouble, ...]
    now: str = ""


def audited(baseline: Baseline, found: Iterable[Breach], today: date) -> Iterator[Audited]:
    """Each entry: expired, without an owner, changed since, or of a breach that is gone."""
    by_name: Mapping[str, Breach] = {b.fingerprint: b for b in found}
    for one in baseline.accepted:
        breach = by_name.get(one.fingerprint)
        now = breach.measured if breach else ""
        wrong: dict[Trouble, bool] = {
            "expired": bool(one.expires) and expired(one.expires, today),
            "unowned": not one.owned,
            "changed": breach is not None and now != one.up_to,
            "unused": breach is None,
        }
        yield Audited(one, tuple(name for name, holds in wrong.items() if holds), now)
