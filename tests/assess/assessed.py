"""Reports of made-up profiles, judged as a scan's are: no data is read."""

from __future__ import annotations

from dataclasses import replace

from privscan.assess.context import Context
from privscan.assess.findings import findings
from privscan.assess.impact import People, assess
from privscan.assess.organisation import Organisation
from privscan.assess.score import risk
from privscan.model.kinds import Kind, Level, State
from privscan.model.profile import ColumnProfile, DatasetProfile, EntityProfile
from privscan.model.report import Report, Tool
from privscan.rulebook.load import rulebook

NOBODY = Context()
NAMED = Organisation.model_validate(
    {
        "name": "Example Ltd",
        "policy": "https://www.example.com/privacy",
        "resources": "two people",
        "contact": "privacy@example.com",
        "roles": {"privacy_officer": {"name": "P. Officer"}},
    }
)


def found(entity, *, state=State.PLAIN, leak=False, confidence=0.95, cells=100):
    return EntityProfile(entity, confidence, cells, 1.0 if cells else 0.0, (0.97, 1.0), state, leak)


def column(path, *entities):
    return ColumnProfile(path, Kind.TEXT, 100, 0, 100, entities=entities)


def dataset(*columns, name="people", subjects=100, **more):
    return DatasetProfile(
        name, f"{name}.csv", "table", 100, 1000, 1, subjects, columns=columns, **more
    )


CUSTOMERS = dataset(
    column("mail", found("email")),
    column("who", found("name_full")),
    column("n", found("my_number")),
)
BODIES = dataset(column("template", found("face_template")), column("id", found("customer_id")))
MACHINES = dataset(column("celsius"), name="machines", subjects=0)


def report_of(*profiles, context=NOBODY, complete=True, not_run=None):
    """The report that a scan that saw these profiles would make."""
    rules = rulebook()
    judged = tuple(replace(p, risk=risk(p, rules, context)) for p in profiles)
    seen = tuple(f for p in judged for f in findings(p, rules, context))
    worst = max((p.risk for p in judged), key=lambda r: r.score, default=None)
    return Report(
        Tool("1.0", rules.digest, "plan", not_run=not_run or {}),
        worst.score if worst else 0.0,
        worst.level if worst else Level.NONE_DETECTED,
        complete,
        judged,
        seen,
        (),
    )


def people(report, *, context=NOBODY, **said):
    """What people said, with that context for every dataset."""
    return People({d.name: context for d in report.datasets}, **said)


def assessed(*profiles, context=NOBODY, complete=True, not_run=None, **said):
    report = report_of(*profiles, context=context, complete=complete, not_run=not_run)
    return assess((report,), people(report, context=context, **said))
