"""Text for people: the verdict, each violation with its bound, and what would let the data pass."""

from __future__ import annotations

from privscan.model.finding import Verdict
from privscan.model.report import Report
from privscan.render._phrases import shown
from privscan.render._words import say as word
from privscan.verdicts._phrases import answered, bounded, head, helps, lacking, say

PLUGIN = True
SUFFIXES = (".txt",)

MOST = 50
"""Violations that the text names; the other formats have all."""


def render(verdict: Verdict, report: Report, *, lang: str = "en") -> str:
    """One line if it passed; else every reason, then the smallest bundle for each dataset."""
    lines = [head(verdict, report, lang)]
    for one in verdict.violations[:MOST]:
        lines += [f"  {one.dataset}: {one.message[lang]}", f"    {bounded(one, lang)}"]
    if len(verdict.violations) > MOST:
        lines.append(f"  {say('s_more', lang, f'{len(verdict.violations) - MOST:,}')}")
    lines += [f"  {say('waived', lang)}: {answered(one, lang)}" for one in verdict.waived[:MOST]]
    if len(verdict.waived) > MOST:
        lines.append(f"  {say('s_more', lang, f'{len(verdict.waived) - MOST:,}')}")
    lines += [f"  {word('incomplete', lang)}: {lacking(r, lang)}" for r in verdict.incomplete]
    for remedy in verdict.remedies:
        lines += [f"  {line}" for line in helps(remedy, lang)]
    return "\n".join(map(shown, lines)) + "\n"
