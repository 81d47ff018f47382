"""Which treatments there are for a column, what each would leave, and what it costs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import pyarrow as pa

from privscan.assess.treatments import is_direct
from privscan.assess.treatments import treatments as rules_of
from privscan.errors import UsageError
from privscan.model.kinds import Kind, State
from privscan.model.profile import ColumnProfile, DatasetProfile, EntityProfile, QuasiIdentifiers
from privscan.model.treatment import Treatment
from privscan.protect.cost import Sample, expected, lost, lost_to
from privscan.protect.key import Key
from privscan.protect.treating import Apply, Asked, completed, is_keyed
from privscan.protect.treating import treatments as plugins_of
from privscan.rulebook.load import rulebook
from privscan.rulebook.predicate import LEAST

MOST_COLUMNS = 1_000
"""Columns that a plan is searched in, the heaviest first."""

JOINT = "anonymise"

_MASKED = frozenset({"D", "Q"})

_SEEN = frozenset({Kind.IMAGE, Kind.AUDIO})
"""Kinds of which no cell is a text that a token or a mask could stand for."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A treatment of a column, the state that it is taken to give, and its cost."""

    treatment: Treatment
    gives: State
    leaks: bool
    lost: float
    bits: float
    missed: float = 1.0
    """The share of what is lost that the use misses: little of a column that nobody needs."""

    @property
    def cost(self) -> float:
        """Bits a row that the use misses, and a little for every treatment: none is for nothing.

        Where a column tells nothing, or too little to count, the milder treatment is the cheaper.
        """
        return self.bits * self.missed + 0.05 * (1 + self.lost)


def real(path: str, among: Collection[str]) -> str | None:
    """The column that a path of the scan lies in: what stands inside a cell has no other."""
    while path not in among:
        cut = max(path.rfind("."), path.rfind("["))
        if cut <= 0:
            return None
        path = path[:cut]
    return path


@dataclass(frozen=True, slots=True)
class Table:
    """A dataset's profile, the columns that can be treated, and samples of their cells."""

    profile: DatasetProfile
    paths: tuple[str, ...]
    samples: Mapping[str, Sample]
    key: Key | None
    needed: frozenset[str]
    subject_key: str = ""
    joinable: bool = True
    """Whether records can be treated together in files of its formats."""

    def held(self) -> dict[str, list[tuple[ColumnProfile, EntityProfile]]]:
        """What each column that can be treated holds, the heaviest first."""
        found: dict[str, list[tuple[ColumnProfile, EntityProfile]]] = {}
        every = frozenset(self.paths)
        for column in self.profile.columns:
            at = real(column.path, every)
            seen = [
                (column, e)
                for e in column.entities
                if e.confidence >= LEAST and e.entity in rulebook().entities
            ]
            if at is not None and seen:
                found.setdefault(at, []).extend(seen)

        def weight(path: str) -> float:
            return max(rulebook().entities[e.entity].weight * e.confidence for _, e in found[path])

        return {p: found[p] for p in sorted(found, key=weight, reverse=True)[:MOST_COLUMNS]}

    def choices(
        self, path: str, seen: list[tuple[ColumnProfile, EntityProfile]]
    ) -> Iterator[Choice]:
        """The treatments that leave less of something in the column."""
        direct = _direct(seen)
        entities = [e.entity for _, e in sorted(seen, key=lambda s: -s[1].confidence)]
        names = [(r.id, r.gives, r.leaks) for r in rules_of()] + [
            ("mask", State.PARTIAL_MASK, False)
        ]
        for name, gives, leaks in names:
            if name not in plugins_of() or (is_keyed(name) and self.key is None):
                continue
            if name == "drop" and path in self.needed:
                continue
            one = completed(Treatment(path, name, dataset=self.profile.name), entities)
            choice = Choice(one, gives, leaks, 0, 0)
            if not any(fits(choice, c, e) for c, e in seen):
                continue
            share = self._lost(one, direct=direct)
            if share is not None:
                bits = share * (self.samples[path].bits if path in self.samples else 1.0)
                unneeded = bool(self.needed) and path not in self.needed
                missed = (
                    expected("drop", direct=direct, unneeded=unneeded) if name == "drop" else 1.0
                )
                yield replace(choice, lost=share, bits=bits, missed=missed)

    def joint(self, k: int) -> list[Choice]:
        """The dataset's widest set of quasi-identifiers, made k-anonymous; none without one."""
        sets = [q for q in self.profile.quasi_identifiers if {*q.columns} <= {*self.paths}]
        widest = max(sets, key=lambda q: (q.share_below_k, len(q.columns)), default=None)
        options = {"k": str(k)} | ({"by": self.subject_key} if self.subject_key else {})
        chosen = [
            Treatment(p, JOINT, options, self.profile.name)
            for p in (widest.columns if widest else ())
        ]
        if not self.joinable or not chosen or not all(t.column in self.samples for t in chosen):
            return []
        lost = self.together(chosen)
        return [
            Choice(
                t,
                State.GENERALISED,
                leaks=False,
                lost=lost[t.column],
                bits=lost[t.column] * self.samples[t.column].bits,
            )
            for t in chosen
        ]

    def together(self, chosen: Sequence[Treatment]) -> dict[str, float]:
        """The shares that treatments of several columns of a row take, measured on the sample."""
        every = {t.column for t in chosen} | {t.options.get("by", t.column) for t in chosen}
        cells = {name: one.cells for name, one in self.samples.items() if name in every}
        if len({len(some) for some in cells.values()}) > 1:
            raise UsageError("columns that are not of the same rows are not treated together")
        batch = pa.RecordBatch.from_pydict(cells)
        module = plugins_of()[chosen[0].name].load()
        made = module.together(chosen, self.key, lambda _: iter([batch]))(batch)
        return {t.column: lost_to(self.samples[t.column], made[t.column]) for t in chosen}

    def lost(self, one: Treatment) -> float:
        """The share of its column's information that a treatment takes."""
        share = self._lost(one, direct=_direct(self.held().get(one.column, [])))
        return 1.0 if share is None else share

    def _lost(self, one: Treatment, *, direct: bool) -> float | None:
        """None where the treatment is none for such cells."""
        sample = self.samples.get(one.column)
        if one.name == "drop" or sample is None:
            return expected(one.name, direct=direct)
        if not hasattr(plugins_of()[one.name].load(), "made"):
            return self.together([one])[one.column]
        try:
            apply: Apply = plugins_of()[one.name].load().made(Asked(one.options, self.key))
            apply(sample.cells.slice(0, 16))
        except UsageError:
            return None
        return lost(sample, one.name, apply, direct=direct)


def _direct(seen: list[tuple[ColumnProfile, EntityProfile]]) -> bool:
    """Whether the column's own use is to say who it is."""
    return is_direct(e for _, e in seen)


def fits(choice: Choice, column: ColumnProfile, found: EntityProfile) -> bool:
    """Whether the treatment leaves less of what was found."""
    rules = rulebook()
    name, path = choice.treatment.name, choice.treatment.column
    role = rules.entities[found.entity].role
    if rules.scoring.rho[choice.gives] >= rules.scoring.rho[found.state]:
        return False
    itself = column.path == path
    shown = column.kind is Kind.IMAGE or not itself
    match name:
        case "drop" | "encrypt":
            return True
        case _ if column.kind in _SEEN or name == "blur":
            return name == "blur" and shown and not found.leak
        case "tokenise":
            return role in _MASKED and itself and not found.leak
        case _ if choice.leaks or found.leak:
            return choice.leaks and found.leak
        case _:
            fit = bool(choice.treatment.options) if name == "generalise" else role in _MASKED
            return itself and (fit or name == JOINT)


Learned = Mapping[str, Mapping[str, ColumnProfile]]
"""What a scan said of the columns that a treatment, by its text, left; by path."""


def as_if(
    profile: DatasetProfile, chosen: Iterable[Choice], paths: Iterable[str], learned: Learned
) -> DatasetProfile:
    """The profile as it would be with those treatments carried out; what was learned goes first."""
    by_path = {c.treatment.column: c for c in chosen}
    every = frozenset(paths)
    columns = []
    for column in profile.columns:
        choice = by_path.get(real(column.path, every) or "")
        entities, alone = column.entities, column.alone
        if choice is not None and str(choice.treatment) in learned:
            seen = learned[str(choice.treatment)].get(column.path)
            entities, alone = (seen.entities, seen.alone) if seen else ((), None)
        elif choice is not None:
            if alone is not None and choice.treatment.name == JOINT:
                alone = _with_k(alone, int(choice.treatment.options["k"]))
            entities = tuple(
                replace(e, state=choice.gives)
                if e.entity in rulebook().entities and fits(choice, column, e)
                else e
                for e in entities
            )
        columns.append(replace(column, entities=entities, alone=alone))
    gone = {p for p, c in by_path.items() if c.treatment.name in {"drop", "encrypt"}}
    alike = {
        p: int(c.treatment.options["k"]) for p, c in by_path.items() if c.treatment.name == JOINT
    }
    sets = tuple(
        _with_k(q, min(alike.values())) if {*q.columns} - gone <= {*alike} else q
        for q in profile.quasi_identifiers
        if len({*q.columns} - gone) > 1
    )
    return replace(profile, columns=tuple(columns), quasi_identifiers=sets)


def _with_k(q: QuasiIdentifiers, k: int) -> QuasiIdentifiers:
    """The set with classes of k, which is the least that there will be."""
    return replace(
        q,
        k_min=k,
        share_below_k=0.0,
        class_sizes=((k, q.subjects),),
        unique_share=0.0,
        unique_interval=(0.0, 0.0),
    )
