"""Dagster: a blocking asset check; what breaks the policy is not materialised downstream."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack

from privscan.integrations._told import told

if TYPE_CHECKING:
    import dagster

    from privscan.api import GateOptions


def gate_check(
    asset: dagster.AssetsDefinition | dagster.AssetKey | str,
    source: object = None,
    *,
    name: str = "privscan_gate",
    report: str | Path | None = None,
    **options: Unpack[GateOptions],
) -> dagster.AssetChecksDefinition:
    """A blocking check that gates the asset's value, or `source` where the asset wrote files.

    Options are those of `gate`; the whole report goes to the file `report`.
    """
    import dagster as dg

    def of_value(value: Any) -> Any:
        return check_result(value, report=report, **options)

    def of_source() -> Any:
        return check_result(source, report=report, **options)

    check = dg.asset_check(
        asset=asset,
        name=name,
        blocking=True,
        description="Personal and biometric data, judged by a policy before anything goes on",
    )
    return check(of_value if source is None else of_source)


def check_result(
    *sources: object, report: str | Path | None = None, **options: Unpack[GateOptions]
) -> dagster.AssetCheckResult:
    """The gate's answer as the result of a check; incomplete is not passed.

    For checks of your own, of a partition for example; set `blocking=True` there.
    """
    import dagster as dg

    verdict, facts = told(sources, report, **options)
    return dg.AssetCheckResult(
        passed=verdict.passed,
        severity=dg.AssetCheckSeverity.ERROR,
        metadata=facts,
        description="; ".join([*facts["violations"], *facts["incomplete"]]) or None,
    )
