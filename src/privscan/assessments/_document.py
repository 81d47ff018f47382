"""The assessment as twenty sections of blocks: what every format lays out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from privscan.assessments import _annex, _law, _people, _risk, _top
from privscan.assessments._blocks import Section
from privscan.assessments._words import OUTLINE

if TYPE_CHECKING:
    from privscan.assessments._blocks import Block
    from privscan.model.assessment import Assessment

WRITTEN: dict[str, Callable[[Assessment], Iterator[Block]]] = {
    "summary": _top.summary,
    "identification": _top.identification,
    "threshold": _top.threshold,
    "data_map": _top.data_map,
    "categories": _top.categories,
    "purposes": _law.purposes,
    "basis": _law.basis,
    "necessity": _law.necessity,
    "rights": _law.rights,
    "reidentification": _risk.reidentification,
    "inherent": _risk.inherent,
    "findings": _risk.findings,
    "measures": _risk.measures,
    "residual": _risk.residual,
    "views": _people.views,
    "advice": _people.advice,
    "decision": _people.decision,
    "review": _people.review,
    "limits": _annex.limits,
    "annex": _annex.annex,
}


def sections(assessment: Assessment) -> tuple[Section, ...]:
    """Every heading of the outline in its order, with what stands under it."""
    return tuple(
        Section(number, key, {"en": en, "ja": ja}, tuple(WRITTEN[key](assessment)))
        for number, key, en, ja in OUTLINE
    )
