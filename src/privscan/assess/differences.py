"""What differs between two reports: data, findings, scores and gaps, each new, gone, worse or better."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from privscan.assess.baseline import holdings
from privscan.model.kinds import State
from privscan.rulebook.load import rulebook

if TYPE_CHECKING:
    from privscan.model.finding import Finding, Text
    from privscan.model.profile import DatasetProfile, EntityProfile
    from privscan.model.report import Report

How = Literal["new", "worse", "better", "gone"]
What = Literal["dataset", "entity", "finding", "score", "unread"]

POINTS = 0.05
"""Points by which scores differ that one decimal shows."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs: an entity in a column, a finding, a score, what was not read.

    `old` and `new` are states, severities, scores or shares; empty where there is none.
    """

    how: How
    what: What
    dataset: str
    columns: tuple[str, ...]
    about: str
    old: str
    new: str
    message: Text


@dataclass(frozen=True, slots=True)
class Differences:
    """What differs between an older and a newer report; `complete` says that both saw everything."""

    changes: tuple[Difference, ...]
    complete: bool

    def of(self, *how: How) -> tuple[Difference, ...]:
        """The changes of these kinds."""
        return tuple(one for one in self.changes if one.how in how)


_ORDER: tuple[How, ...] = ("new", "worse", "better", "gone")


def differences(old: Report, new: Report) -> Differences:
    """Every difference, the new first; datasets are matched by name, or if there is one in each."""
    found = [*_datasets(old, new), *_findings(old, new)]
    found.sort(key=lambda d: (_ORDER.index(d.how), d.dataset, d.what, d.about, d.columns))
    return Differences(tuple(found), old.complete and new.complete)


def _pairs(
    old: Report, new: Report
) -> Iterator[tuple[DatasetProfile | None, DatasetProfile | None]]:
    before = {one.name: one for one in old.datasets}
    after = {one.name: one for one in new.datasets}
    if len(before) == len(after) == 1:
        yield old.datasets[0], new.datasets[0]
        return
    for name in dict.fromkeys((*after, *before)):
        yield before.get(name), after.get(name)


def _datasets(old: Report, new: Report) -> Iterator[Difference]:
    for before, after in _pairs(old, new):
        if before is None or after is None:
            yield from _appeared(before, after)
        yield from _entities(before, after)
        if before is not None and after is not None:
            yield from _scores(before, after)
            yield from _gaps(before, after)


def _appeared(before: DatasetProfile | None, after: DatasetProfile | None) -> Iterator[Difference]:
    if after is not None:
        said = {"en": "the dataset is new", "ja": "新しいデータセット"}
        yield Difference("new", "dataset", after.name, (), "", "", _points(after), said)
    elif before is not None:
        said = {"en": "the dataset is gone", "ja": "データセットがなくなった"}
        yield Difference("gone", "dataset", before.name, (), "", _points(before), "", said)


def _points(profile: DatasetProfile) -> str:
    return f"{profile.risk.score:.1f}" if profile.risk else "none"


Seen = Mapping[tuple[str, str], "EntityProfile"]


def _seen(profile: DatasetProfile | None) -> Seen:
    """What stands in each column, of each entity its least protected form."""
    if profile is None:
        return {}
    rho = rulebook().scoring.rho
    held = holdings([profile])[profile.name]
    seen: dict[tuple[str, str], EntityProfile] = {}
    for column in profile.columns:
        for one in sorted(column.entities, key=lambda e: rho[e.state]):
            if column.path in held.get(one.entity, ()) and one.state is not State.REMOVED:
                seen[one.entity, column.path] = one
    return seen


def _entities(before: DatasetProfile | None, after: DatasetProfile | None) -> Iterator[Difference]:
    was, now, rho = _seen(before), _seen(after), rulebook().scoring.rho
    name = next((one.name for one in (after, before) if one is not None), "")
    for entity, path in dict.fromkeys((*now, *was)):
        one, other = was.get((entity, path)), now.get((entity, path))
        old, new = (e.state.value if e else "" for e in (one, other))
        if old == new:
            continue
        how: How = "new" if one is None else "gone"
        if one and other:
            how = "worse" if rho[other.state] > rho[one.state] else "better"
        yield Difference(how, "entity", name, (path,), entity, old, new, _told(how, entity, path))


_TOLD: Mapping[How, tuple[str, str]] = {
    "new": ("{0} appeared in {1}", "{1} に{0}が現れた"),
    "gone": ("{0} is gone from {1}", "{1} の{0}がなくなった"),
    "worse": ("{0} in {1} is protected less", "{1} の{0}の保護が弱まった"),
    "better": ("{0} in {1} is protected more", "{1} の{0}の保護が強まった"),
}


def _told(how: How, entity: str, path: str) -> Text:
    known = rulebook().entities.get(entity)
    label = known.label.both() if known else {"en": entity, "ja": entity}
    en, ja = _TOLD[how]
    return {"en": en.format(label["en"], path), "ja": ja.format(label["ja"], path)}


def _scores(before: DatasetProfile, after: DatasetProfile) -> Iterator[Difference]:
    if before.risk is None or after.risk is None:
        return
    was, now = before.risk, after.risk
    if abs(now.score - was.score) < POINTS and now.level is was.level:
        return
    how: How = "worse" if now.score > was.score else "better"
    said = {
        "en": f"the score went from {was.score:.1f} to {now.score:.1f}",
        "ja": f"スコアが {was.score:.1f} から {now.score:.1f} になった",
    }
    old, new = f"{was.score:.1f} {was.level}", f"{now.score:.1f} {now.level}"
    yield Difference(how, "score", after.name, (), "", old, new, said)


def _gaps(before: DatasetProfile, after: DatasetProfile) -> Iterator[Difference]:
    old, new = before.unread_share, after.unread_share
    if old == new:
        return
    said = {
        "en": f"{new:.1%} could not be read, {old:.1%} before",
        "ja": f"読み取れなかった割合が {old:.1%} から {new:.1%} になった",
    }
    how: How = "worse" if new > old else "better"
    yield Difference(how, "unread", after.name, (), "", f"{old:.4f}", f"{new:.4f}", said)


def _findings(old: Report, new: Report) -> Iterator[Difference]:
    names = {before.name: after.name for before, after in _pairs(old, new) if before and after}

    def place(one: Finding, dataset: str) -> tuple[str, str, tuple[str, ...]]:
        return one.check, dataset, tuple(sorted(one.columns))

    was = {place(f, names.get(f.dataset, f.dataset)): f for f in old.findings}
    now = {place(f, f.dataset): f for f in new.findings}
    for how, dataset, before, after in _paired(was, now):
        shown = after or before
        old_, new_ = (f.severity.value if f else "" for f in (before, after))
        if shown is not None:
            yield Difference(
                how, "finding", dataset, shown.columns, shown.check, old_, new_, shown.message
            )


Known = dict[tuple[str, str, tuple[str, ...]], "Finding"]


def _paired(was: Known, now: Known) -> Iterator[tuple[How, str, Finding | None, Finding | None]]:
    """Findings of both reports; one on more columns than before is worse, on fewer better."""
    for key in sorted(was.keys() & now.keys()):
        before, after = was[key], now[key]
        if after.severity is not before.severity:
            graver = after.severity.rank > before.severity.rank
            yield "worse" if graver else "better", key[1], before, after
    gone = {key: f for key, f in was.items() if key not in now}
    for key in sorted(now.keys() - was.keys()):
        after = now[key]
        near = [k for k in gone if k[:2] == key[:2] and _nested(k[2], key[2])]
        if not near:
            yield "new", key[1], None, after
            continue
        before = gone.pop(min(near))
        wider = {*before.columns} < {*after.columns} or after.severity.rank > before.severity.rank
        yield "worse" if wider else "better", key[1], before, after
    for key, before in gone.items():
        yield "gone", key[1], before, None


def _nested(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    smaller, larger = sorted(({*one}, {*other}), key=len)
    return bool(smaller) and smaller < larger
