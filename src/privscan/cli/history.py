"""List the scans that a store remembers: scores, findings, what was new, what was read."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from privscan.cli.options import JSON, LANG, StoreName, stacked, verb

if TYPE_CHECKING:
    from privscan.store.history import Entry

PLUGIN = True
ORDER = 4

_LINE = {
    "en": "{scan}  {ended}  {scope}  score {score:.0f} ({level}), {findings} findings, "
    "{new} new, {gone} gone; {reused} of {parts} parts re-used{open}{rules}",
    "ja": "{scan}  {ended}  {scope}  スコア{score:.0f}({level})、所見{findings}件、"
    "新規{new}件、解消{gone}件、{parts}単位中{reused}単位を再利用{open}{rules}",
}
_OPEN = {"en": "; INCOMPLETE", "ja": "、不完全"}
_RULES = {"en": "; rules changed", "ja": "、ルール変更あり"}
_NONE = {"en": "no complete scan yet", "ja": "完了した走査はまだない"}


@verb("history")
@click.argument("store", type=StoreName(exists=True))
@stacked(LANG, JSON)
def command(*, store: str, lang: str, format_: str) -> None:
    """List the complete scans in STORE, as `scan --store` named it, oldest first."""
    from privscan import api
    from privscan.cli.output import emit, printable

    entries = api.history(store)
    if format_ == "json":
        emit(json.dumps([asdict(entry) for entry in entries], ensure_ascii=True, indent=2))
    else:
        lines = [printable(_line(entry, lang)) for entry in entries]
        emit("\n".join(lines or [_NONE[lang]]))


def _line(entry: Entry, lang: str) -> str:
    from privscan.render._phrases import label

    told = asdict(entry) | {"new": len(entry.new), "gone": len(entry.gone)}
    told |= {"level": label(entry.level.value, lang)}
    told |= {"open": "" if entry.complete else _OPEN[lang]}
    return _LINE[lang].format(**told, rules=_RULES[lang] if entry.rules_changed else "")
