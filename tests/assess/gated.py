"""Policies and reports for the gate's tests: made here, no data is read."""

from __future__ import annotations

from datetime import date

from assessed import column, dataset, found, report_of

from privscan.assess.context import Context
from privscan.assess.policy import Beside, remedies, verdict
from privscan.model.kinds import State
from privscan.model.profile import QuasiIdentifiers
from privscan.rulebook.load import rulebook
from privscan.rulebook.policies import Policy

__all__ = ["column", "dataset", "found", "report_of"]

TODAY = date(2026, 11, 25)
RULES = rulebook()
TOLD = Context(purposes=("payroll",), owner="Payroll", legal_basis="contract")


def policy(**bounds):
    words = {"about": {"en": "a test", "ja": "試験"}, "source": "test", "status": "test"}
    return Policy.model_validate({"id": "test", "as_of": "2026-11-25"} | words | bounds)


def waiver(**said):
    whole = {"id": "W1", "dataset": "people", "reason": "known", "owner": "Ops"}
    return whole | {"expires": "2026-12-31"} | said


def beside(context=None, **more):
    contexts = {} if context is None else {"people": context}
    return Beside(contexts, today=more.pop("today", TODAY), **more)


def judged(report, asked, **more):
    return verdict(report, asked, RULES, beside(**more))


def broken(report, asked, **more):
    """The limits that the report breaks."""
    return [v.rule.split(" ", 1)[0] for v in judged(report, asked, **more).violations]


def helped(report, asked, **more):
    """The bundles for the datasets that do not pass."""
    given = judged(report, asked, **more)
    return list(remedies(report, asked, RULES, beside(**more), given))


def people(*columns, **more):
    return report_of(dataset(*columns, **more))


def classes(*paths, k, exact=True):
    bounds = (0.0, 0.0) if exact else (0.0, 0.01)
    return QuasiIdentifiers(paths, k, 0.0, 100, ((k, 100),), 0.0, bounds)


MAIL = column("mail", found("email"))
NUMBER = column("n", found("my_number"))
TOKEN = column("n", found("my_number", state=State.TOKEN_KEYED))
