"""What was not looked at where a finding stands: a finding says no more than what was read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from privscan.render._phrases import in_part, listed, number, percent
from privscan.render._words import say

if TYPE_CHECKING:
    from privscan.model.profile import Sampled
    from privscan.model.report import Report


def unseen(report: Report, lang: str) -> dict[str, str]:
    """For each dataset its unread parts, columns read in part, and detectors not run; or that all was."""
    parts = Counter(part.dataset for part in report.unread)
    shares = {d.name: d.unread_share for d in report.datasets}
    sampled = {d.name: d.sampled for d in report.datasets}
    names = dict.fromkeys((*shares, *(f.dataset for f in report.findings)))
    not_run = sorted(report.tool.not_run)
    absent = f"{say('not_run', lang)}: {listed(not_run, lang, len(not_run))}" if not_run else ""

    def said(name: str) -> Iterator[str]:
        if parts[name]:
            yield say("unseen_parts", lang, number("n_parts", parts[name], lang))
        if shares.get(name):
            yield say("m_unread", lang, percent(shares[name]))
        yield from (in_part(one, lang) for one in _partly(sampled.get(name, ())))
        if absent:
            yield absent

    return {name: "; ".join(said(name)) or say("unseen_none", lang) for name in names}


def _partly(sampled: tuple[Sampled, ...]) -> Iterator[Sampled]:
    return (one for one in sampled if one.read < one.texts)
