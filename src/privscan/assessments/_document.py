"""The assessment as twenty sections of blocks: what every format lays out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from privscan.assessments import _annex, _findings, _law, _people, _risk, _top, _training
from privscan.assessments._blocks import Section
from privscan.assessments._words import OUTLINE, w

if TYPE_CHECKING:
    from privscan.assessments._blocks import Block
    from privscan.model.assessment import Assessment
    from privscan.model.finding import Text

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
    "findings": _findings.findings,
    "measures": _risk.measures,
    "residual": _risk.residual,
    "views": _people.views,
    "advice": _people.advice,
    "decision": _people.decision,
    "review": _people.review,
    "limits": _annex.limits,
    "annex": _annex.annex,
}


PARTS: dict[str, dict[str, Callable[[Assessment], Iterator[Block]]]] = {
    "whole": WRITTEN,
    "notice": {"purposes": _law.notices},
    "dialogue": {"views": _people.views},
    "council": {
        "summary": _top.summary,
        "views": _people.views,
        "decision": _people.decision,
        "review": _people.review,
        "annex": _training.council,
    },
    "sheets": {"annex": _annex.sheets},
    "training": {"annex": _training.training},
    "pram": {"annex": _annex.actions},
}
"""What can be handed out by itself: to the public, to experts, to the council, to a team."""


OUTWARD = frozenset({"notice", "dialogue"})
"""Parts that leave the organisation: they show neither score nor status."""


def title(part: str) -> Text:
    """What the document calls itself."""
    return w(part if part in OUTWARD else "title")


def sections(assessment: Assessment, part: str = "whole") -> tuple[Section, ...]:
    """The headings of a part in the order of the outline, with what stands under each."""
    written = PARTS[part]
    return tuple(
        Section(number, key, _title(part, key, en, ja), tuple(written[key](assessment)))
        for number, key, en, ja in OUTLINE
        if key in written
    )


def _title(part: str, key: str, en: str, ja: str) -> Text:
    """The outline's heading; a part whose annex is cut says what is left of it."""
    cut = {
        ("sheets", "annex"): "sheets",
        ("council", "annex"): "questions",
        ("training", "annex"): "training",
        ("pram", "annex"): "pram",
    }.get((part, key))
    return w(cut) if cut else {"en": en, "ja": ja}
