"""From a source to a safer copy: planned, written in private, looked at again, then put in place."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pyarrow as pa

from privscan.assess.context import FILE, Context, find_context, load_context
from privscan.errors import IncompleteError, PolicyViolationError, UsageError
from privscan.model.kinds import Level
from privscan.model.profile import DatasetProfile, QuasiIdentifiers
from privscan.model.report import Report
from privscan.model.treatment import Protection, Residue, Treatment, TreatmentPlan
from privscan.protect.alike import alike
from privscan.protect.apply import carried_out, met
from privscan.protect.choice import Table
from privscan.protect.cost import Sample
from privscan.protect.declared import declared
from privscan.protect.files import Task, Tasks, tasks
from privscan.protect.goal import Goal, Model
from privscan.protect.key import Key
from privscan.protect.leaves import leaves
from privscan.protect.place import checked, private, publish
from privscan.protect.plan import Planner, Trial
from privscan.protect.proof import residue, sought
from privscan.protect.treating import completed
from privscan.rulebook.policies import Policy

TRIAL_ROWS = 100_000
"""Rows of each dataset that a bundle is tried on; all of a smaller one."""

SAMPLE_ROWS = 20_000
"""Rows that what a treatment costs is measured on."""

Look = Callable[[Path], Report]
"""Scans a path."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked: a policy or level to reach, treatments that people chose, and how to write."""

    policy: Policy | None = None
    level: Level | None = None
    treatments: tuple[Treatment, ...] = ()
    key: Key | None = None
    force: bool = False
    leave_out: bool = False


def protected(source: Path, out: Path | None, order: Order, look: Look) -> Protection:
    """A safer copy of `source` at `out`, or only the plans of one without `out`.

    What does not reach the policy is not put in place: `PolicyViolationError`.
    """
    if out is not None:
        checked(source, out, force=order.force)
    every = tasks(source, leave_out=order.leave_out)
    report = look(source)
    if report.unread and not order.leave_out:
        first = report.unread[0]
        said = f"what is not read is not protected: {first.reason}"
        raise IncompleteError(said, where=first.uri, hint="--leave-out takes what can be read")
    met(every, order.treatments, {p.name: [c.path for c in p.columns] for p in report.datasets})
    goal = Goal(order.policy, order.level, {p.name: _context(p) for p in report.datasets})
    work = _Work(every, order, Model(report, goal), look, out)
    with ExitStack() as tidy:
        scratch = tidy.enter_context(private(_scratch(source, out)))
        plans = tuple(work.plan(profile, scratch) for profile in report.datasets)
        if out is None:
            return Protection(plans, left_out=every.left_out)
        _settled(plans)
        # A folder of its own for the proof, so that a trial never stands beside it.
        made = tidy.enter_context(private(out)).with_name(source.resolve().name)
        return work.write(plans, made, out)


def _scratch(source: Path, out: Path | None) -> Path:
    """Where trials are written: beside the output, else where the system keeps what is passing."""
    return out if out is not None else Path(tempfile.gettempdir(), source.resolve().name or "data")


@dataclass(frozen=True, slots=True)
class _Work:
    """What all datasets of a source share on their way."""

    every: Tasks
    order: Order
    model: Model
    look: Look
    out: Path | None

    def plan(self, profile: DatasetProfile, scratch: Path) -> TreatmentPlan:
        """The treatments of one dataset."""
        files = tuple(t for t in self.every.files if t.dataset == profile.name)
        paths = dict.fromkeys(p for t in files for p in (*t.format.paths(t.uri), *t.keys))
        seen = [c.path for c in profile.columns]
        given = [
            replace(completed(t, _entities(profile, t.column)), dataset=profile.name)
            for t in self.order.treatments
            if t.concerns(profile.name) and (t.column in paths or t.column in seen)
        ]
        context = self.model.goal.contexts[profile.name]
        subject = context.subject_key if context.subject_key in paths else ""
        needed = frozenset(context.needed_columns)
        key = self.order.key
        joinable = all(getattr(t.format, "JOINABLE", True) for t in files)
        table = Table(profile, (*paths,), _samples(files), key, needed, subject, joinable)
        own = replace(self.every, files=files)
        attempt = _Attempt(own, key, scratch, self.look, profile.name, subject)
        return Planner(table, self.model, attempt, given).plan()

    def write(self, plans: tuple[TreatmentPlan, ...], made: Path, out: Path) -> Protection:
        """Write, scan what was written, and put it in place if it is what was asked."""
        chosen = [step.treatment for plan in plans for step in plan.steps]
        values = sought(self.every, chosen)
        done = carried_out(self.every, chosen, self.order.key, made)
        declared(self.every, chosen, made)
        report = self.look(made)
        judged = self.model.goal.verdict(report)
        hint = f"nothing was written to {out}; --plan shows what stays"
        try:
            if judged is not None:
                judged.enforce()
        except (PolicyViolationError, IncompleteError) as error:
            raise type(error)(error.what, where=error.where, hint=hint) from None
        over = self.model.goal.above(report)
        if over:
            said = f"the level asked for is not reached in {', '.join(over)}"
            raise PolicyViolationError(said, where=str(self.every.root), hint=hint)
        left = residue(made, self.every, values, chosen)
        _refuse(left, str(self.every.root), hint)
        publish(made, out)
        risks = {p.name: p.risk for p in report.datasets if p.risk}
        left_out = self.every.left_out
        return Protection(plans, str(out), done.files, done.rows, risks, judged, left, left_out)


def _settled(plans: Sequence[TreatmentPlan]) -> None:
    """`PolicyViolationError` before a copy is written that no treatment lets pass."""
    for plan in plans:
        if plan.asked:
            said = (
                f"the policy asks for what people say and no treatment can: {', '.join(plan.asked)}"
            )
            hint = f"nothing was written; privscan init --dataset makes the {FILE} to say it in"
            raise PolicyViolationError(said, where=plan.dataset, hint=hint)


def _refuse(left: Residue, where: str, hint: str) -> None:
    """`PolicyViolationError` where a value of a treated column stands in the copy unexplained."""
    if not left.leaked:
        return
    places = [name or "its bytes and names" for name in left.leaked]
    most = max(left.leaked.values())
    said = f"values of treated columns still stand in the copy ({most:,} of {left.sought:,} sought)"
    dropped = "; --treat COLUMN=drop is sure" if any(left.leaked) else ""
    raise PolicyViolationError(f"{said}: in {', '.join(places)}", where=where, hint=hint + dropped)


def _context(profile: DatasetProfile) -> Context:
    file = find_context(profile.uri)
    return load_context(file) if file else Context()


def _entities(profile: DatasetProfile, path: str) -> list[str]:
    column = next((c for c in profile.columns if c.path == path), None)
    return (
        [e.entity for e in sorted(column.entities, key=lambda e: -e.confidence)] if column else []
    )


def _samples(files: Sequence[Task]) -> Mapping[str, Sample]:
    """The first cells of the first files, by path."""
    held: dict[str, list[pa.Array]] = {}
    many: dict[str, int] = {}
    for piece in (piece for task in files for piece in leaves(task)):
        for path, array in piece:
            some = array.slice(0, SAMPLE_ROWS - many.get(path, 0))
            held.setdefault(path, []).append(some)
            many[path] = many.get(path, 0) + len(some)
        if max(many.values(), default=0) >= SAMPLE_ROWS:
            break
    whole = {n: a for n, a in held.items() if len({x.type for x in a}) == 1}
    return {n: Sample.of(pa.chunked_array(a).combine_chunks()) for n, a in whole.items()}


@dataclass(slots=True)
class _Attempt:
    """Carries out treatments on the first rows, in private, and scans what comes out."""

    tasks: Tasks
    key: Key | None
    scratch: Path
    look: Look
    dataset: str
    subject: str
    number: int = 0

    def __call__(self, chosen: Sequence[Treatment]) -> Trial:
        self.number += 1
        target = self.scratch.with_name(f"{self.number}") / self.tasks.root.resolve().name
        target.parent.mkdir()
        most = min(getattr(t.format, "TRIAL", TRIAL_ROWS) for t in self.tasks.files)
        done = carried_out(self.tasks, chosen, self.key, target, most)
        declared(self.tasks, chosen, target)
        report = self.look(target)
        shutil.rmtree(target.parent, ignore_errors=True)
        whole = done.files == len(self.tasks.files) and done.rows < most
        named = self._named(report)
        return Trial(named if whole else self._counted(named, chosen), whole)

    def _counted(self, report: Report, chosen: Sequence[Treatment]) -> Report:
        """Classes are of all rows: those of the first ones are smaller."""
        profiles = []
        for profile in report.datasets:
            of_all = partial(self._of_all, chosen)
            sets = tuple(map(of_all, profile.quasi_identifiers))
            columns = tuple(replace(c, alone=c.alone and of_all(c.alone)) for c in profile.columns)
            profiles.append(replace(profile, quasi_identifiers=sets, columns=columns))
        return replace(report, datasets=tuple(profiles))

    def _of_all(self, chosen: Sequence[Treatment], q: QuasiIdentifiers) -> QuasiIdentifiers:
        try:
            return alike(self.tasks.files, chosen, self.key, q, self.subject)
        except UsageError:
            return q  # parts of columns, and keys in paths, have no row to be counted in

    def _named(self, report: Report) -> Report:
        """Fewer files may go by another name."""
        if len(report.datasets) != 1:
            return report
        findings = tuple(replace(f, dataset=self.dataset) for f in report.findings)
        return replace(
            report, datasets=(replace(report.datasets[0], name=self.dataset),), findings=findings
        )
