"""Airflow: a gate to call in a task; what breaks the policy fails it for good, and nothing downstream runs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from privscan.errors import PolicyViolationError, UsageError
from privscan.integrations._told import Facts, told

if TYPE_CHECKING:
    from privscan.api import GateOptions


def gate(
    *sources: object, report: str | Path | None = None, **options: Unpack[GateOptions]
) -> Facts:
    """The facts of a verdict that passed, fit for XCom; else an exception that fails the task.

    A breach or a wrong call fails it without retries. An incomplete answer is `IncompleteError`,
    which Airflow retries as the task says: what could not be read may be there by then.
    """
    from airflow.sdk.exceptions import AirflowFailException

    try:
        verdict, facts = told(sources, report, **options)
        verdict.enforce()
    except (PolicyViolationError, UsageError) as stopped:
        raise AirflowFailException(str(stopped)) from None
    return facts
