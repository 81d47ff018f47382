"""The smallest bundle of treatments with which a stopped dataset would pass, or that none does.

Fewest columns first, then the treatment of each that costs the use least; each answer is the
gate's own, asked again of the treated profile.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import combinations, islice
from typing import TYPE_CHECKING

from privscan.assess.breaches import breaches, unproved
from privscan.assess.measures import measure_of, treats
from privscan.assess.quasi import single_quasi
from privscan.assess.score import risk
from privscan.assess.treatments import is_direct, treatments
from privscan.assess.trial import (
    TOGETHER,
    Chosen,
    Option,
    Stopped,
    drops_column,
    treated,
    unsaid,
)
from privscan.model.finding import Remedy
from privscan.model.kinds import Level

if TYPE_CHECKING:
    from privscan.assess.breaches import Breach
    from privscan.assess.trial import Trial
    from privscan.model.assessment import Measure
    from privscan.model.profile import ColumnProfile, DatasetProfile

MOST_TRIALS = 400
"""Sets of columns that are tried in full; beyond, columns are added by what they take off the score."""

MANY = 60
"""Columns to choose from; of more, they are taken and left in parts, not one by one."""


def remedy(stopped: Stopped) -> Remedy:
    """The smallest bundle found; where even all treatments leave something broken, none."""
    options = dict(_options(stopped))
    strongest = {path: many[-1] for path, many in options.items()}
    whole = stopped.trial(strongest)
    if whole.left:
        now = stopped.profile.risk
        return Remedy(
            dataset=stopped.profile.name,
            measures=(),
            passes=False,
            score=now.score if now else 0.0,
            level=now.level if now else Level.NONE_DETECTED,
            left=(*whole.left, *stopped.beyond),
            declare=whole.declare,
        )
    fewest = {path: strongest[path] for path in _fewest(stopped, strongest)}
    chosen = _milder(stopped, fewest, options)
    after = stopped.trial(chosen)
    left = after.profile.risk or risk(
        after.profile, stopped.asked.rules, stopped.asked.context, stopped.others
    )
    return Remedy(
        dataset=stopped.profile.name,
        measures=tuple(_measures(stopped.profile, chosen)),
        passes=not stopped.beyond,
        score=round(left.score, 6),
        level=left.level,
        left=stopped.beyond,
        declare=after.declare,
    )


def _measures(profile: DatasetProfile, chosen: Chosen) -> Iterator[Measure]:
    for column in profile.columns:
        for one in chosen.get(column.path, ()):
            yield measure_of(one, column.path, profile)


def _milder(stopped: Stopped, chosen: Chosen, options: Mapping[str, list[Option]]) -> Chosen:
    """The same columns, each kind of them with the cheapest treatment that still passes.

    The dearest kind is asked first: there a milder treatment saves most.
    """
    kinds: dict[object, list[str]] = {}
    direct = {c.path: is_direct(c.entities) for c in stopped.profile.columns}
    for column in stopped.profile.columns:
        if column.path in chosen:
            kinds.setdefault((_kind(column), *options[column.path]), []).append(column.path)

    def cost(paths: list[str]) -> float:
        return _cost(chosen[paths[0]], direct=direct[paths[0]]) * len(paths)

    for paths in sorted(kinds.values(), key=lambda p: (-cost(p), p)):
        for option in options[paths[0]][:-1]:
            instead = {**chosen, **dict.fromkeys(paths, option)}
            if not stopped.trial(instead).left:
                chosen = instead
                break
    return chosen


def _kind(column: ColumnProfile) -> tuple[object, ...]:
    return tuple(sorted((e.entity, e.state.value, e.leak) for e in column.entities))


def _fewest(stopped: Stopped, strongest: Chosen) -> tuple[str, ...]:
    """The fewest columns whose treatment lets the dataset pass; nearly so where they are many."""
    forced = _forced(stopped)
    must = tuple(path for path in strongest if path in forced)
    rest = [path for path in strongest if path not in must]
    trials, most = 0, MOST_TRIALS * MANY // max(MANY, len(rest))  # each costs by its columns
    for size in range(len(rest) + 1):
        for more in islice(combinations(rest, size), most - trials):
            trials += 1
            paths = (*must, *more)
            if not stopped.trial({p: strongest[p] for p in paths}).left:
                return paths
        if trials >= most:
            break
    search = _greedy if len(rest) <= MANY else _halved
    return search(stopped, strongest, must)


def _alone(found: Iterable[Breach]) -> set[str]:
    """Columns that break something by themselves, whatever is done to all others."""
    return {breach.columns[0] for breach in found if len(breach.columns) == 1}


def _forced(stopped: Stopped) -> set[str]:
    """Columns without whose treatment nothing passes: a class is known only as a whole."""
    found = stopped.broken(stopped.profile)
    classes = (b.columns for b in found if b.rule == "min_k")
    return _alone(found) | _unproved(stopped) | {path for columns in classes for path in columns}


def _unproved(stopped: Stopped) -> set[str]:
    """Columns of classes whose size nobody knows."""
    policy, rules = stopped.asked.policy, stopped.asked.rules
    if policy.min_k is None or not any(unproved(stopped.profile, policy, rules)):
        return set()
    alone = {column.path for column in single_quasi(stopped.profile, rules)}
    return alone | {path for q in stopped.profile.quasi_identifiers for path in q.columns}


def _greedy(stopped: Stopped, strongest: Chosen, must: tuple[str, ...]) -> tuple[str, ...]:
    paths = [*must]
    rest = [path for path in strongest if path not in must]
    while stopped.trial({p: strongest[p] for p in paths}).left:
        trials = {
            path: stopped.trial({p: strongest[p] for p in (*paths, path)}).weight for path in rest
        }
        best = min(rest, key=lambda path: (trials[path], path))
        paths.append(best)
        rest.remove(best)
    for path in [p for p in paths if p not in must]:
        fewer = [p for p in paths if p != path]
        if not stopped.trial({p: strongest[p] for p in fewer}).left:
            paths = fewer
    return tuple(paths)


def _halved(stopped: Stopped, strongest: Chosen, must: tuple[str, ...]) -> tuple[str, ...]:
    """The kinds of columns that lower the score most and are enough, without what is not needed.

    What is not needed is looked for by halves, so that trials grow as the columns do.
    """

    def tried(paths: list[str]) -> Trial:
        return stopped.trial({p: strongest[p] for p in (*must, *paths)})

    kinds: dict[object, list[str]] = {}
    for column in stopped.profile.columns:
        if column.path in strongest and column.path not in must:
            kinds.setdefault(_kind(column), []).append(column.path)
    ahead, rest, trials = [*kinds.values()], list[str](), 0
    while ahead:
        if trials < MOST_TRIALS:
            trials += len(ahead)
            weights = [(tried([*rest, *paths]).weight, paths) for paths in ahead]
            ahead = [paths for _, paths in sorted(weights)]
        rest += ahead.pop(0)
        if not tried(rest).left:
            break
    few = bisect_left(range(len(rest)), x=True, key=lambda count: not tried(rest[:count]).left)
    kept, size = rest[:few], few // 2
    while size:
        start = 0
        while start < len(kept):
            fewer = kept[:start] + kept[start + size :]
            if tried(fewer).left:
                start += size
            else:
                kept = fewer
        size //= 2
    return (*must, *kept)


def _options(stopped: Stopped) -> Iterator[tuple[str, list[Option]]]:
    """What can be done to each column, the cheapest first and the strongest last."""
    context, policy = stopped.asked.context, stopped.asked.policy
    kept = {*context.needed_columns, *(path for c in policy.columns for path in c.required)}
    found = stopped.broken(stopped.profile)
    alone, joint = _alone(found), _unproved(stopped)
    joint |= {path for b in found if b.rule == "min_k" for path in b.columns}
    named = joint | {path for b in found for path in b.columns}
    columns = sorted(
        stopped.profile.columns,
        key=lambda c: (c.path not in named, -_weight(c, stopped), c.path),
    )
    for column in columns:
        many = list(_of_column(column, column.path in joint))
        if column.path not in kept and (many or column.path in named):
            many += [(one,) for one in treatments() if drops_column(one)]
        if column.path in alone:
            many = [option for option in many if _lifts(stopped, column, option)] or many
        if many:
            yield column.path, many


def _lifts(stopped: Stopped, column: ColumnProfile, option: Option) -> bool:
    """Whether a treatment lifts all that a column breaks by itself."""
    one = replace(stopped.profile, columns=(column,), quasi_identifiers=())
    after = treated(one, {column.path: option}, stopped.asked.policy.min_k or 1)
    found = stopped.accept(breaches(after, (), stopped.asked))
    left = [breach for breach in found if not unsaid(breach)]
    return column.path not in _alone(left) or not after.columns


def _weight(column: ColumnProfile, stopped: Stopped) -> float:
    known = stopped.asked.rules.entities
    return max(
        (known[e.entity].weight * e.confidence for e in column.entities if e.entity in known),
        default=0.0,
    )


def _of_column(column: ColumnProfile, joint: bool) -> Iterator[Option]:  # noqa: FBT001  a fact
    """What can be done to a column short of dropping it, the cheapest first."""
    fitting = [one for one in treatments() if any(treats(one, e) for e in column.entities)]
    mild = [one for one in fitting if not drops_column(one)] + [TOGETHER] * joint
    masks = [one for one in mild if one.leaks]
    both = [(mask, one) for mask in masks for one in mild if one not in masks]
    direct = is_direct(column.entities)
    yield from sorted([*((one,) for one in mild), *both], key=lambda o: _cost(o, direct=direct))


def _cost(option: Option, *, direct: bool) -> float:
    return sum(one.price(direct=direct) for one in option)
