"""Differences between reports, and audits of baselines, as text, JSON and Markdown."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict

from privscan.assess.baseline import Audited
from privscan.assess.differences import Difference, Differences, How
from privscan.render._phrases import shown
from privscan.render._words import WORDS
from privscan.render._words import say as word
from privscan.render.json import plain

_SAID = {
    "new": ("NEW", "新規"),
    "worse": ("WORSE", "悪化"),
    "better": ("BETTER", "改善"),
    "gone": ("GONE", "消失"),
    "wider": ("on more columns than before", "対象の列が増えた"),
    "narrower": ("on fewer columns than before", "対象の列が減った"),
    "nothing": ("nothing differs", "差異なし"),
    "incomplete": (
        "a report is incomplete: what it does not show may be there all the same",
        "不完全な報告書がある。示されていないものも存在し得る",
    ),
    "how": ("Change", "変化"),
    "what": ("What", "内容"),
    "was": ("Before", "以前"),
    "is": ("Now", "現在"),
    "columns": ("Columns", "列"),
    "expired": ("expired", "期限切れ"),
    "unowned": ("unowned", "責任者・理由・期限のいずれかがない"),
    "changed": ("changed", "測定値が変化"),
    "unused": ("unused", "該当する違反がない"),
    "fine": ("in force", "有効"),
    "empty": ("the baseline accepts nothing", "受容した事項はない"),
}
_ORDER: tuple[How, ...] = ("new", "worse", "better", "gone")
_MARKS = re.compile(r"([\\`*_{}\[\]()<>#+!|~&-])")


def _say(key: str, lang: str) -> str:
    return _SAID[key][lang == "ja"]


def rendered(found: Differences, format_: str, lang: str) -> str:
    """The differences; `format_` is text, json or markdown."""
    if format_ == "json":
        return _json(found)
    return _markdown(found, lang) if format_ == "markdown" else _text(found, lang)


def _json(found: Differences) -> str:
    counts = Counter(one.how for one in found.changes)
    said = {
        "schema": "privscan-diff/1",
        "complete": found.complete,
        "counts": {how: counts[how] for how in _ORDER},
        "changes": [asdict(one) for one in found.changes],
    }
    return json.dumps(plain(said), ensure_ascii=False, indent=2) + "\n"


def _head(found: Differences, lang: str) -> str:
    counts = Counter(one.how for one in found.changes)
    between = "、" if lang == "ja" else ", "
    total = between.join(f"{counts[how]} {_say(how, lang)}" for how in _ORDER if counts[how])
    return total or _say("nothing", lang)


def _text(found: Differences, lang: str) -> str:
    lines = [_head(found, lang)]
    lines += [
        f"{_say(one.how, lang):<6}  {one.dataset}: {_told(one, lang)}" for one in found.changes
    ]
    if not found.complete:
        lines.append(_say("incomplete", lang))
    return "\n".join(map(shown, lines)) + "\n"


def _told(one: Difference, lang: str) -> str:
    """What differs, with both measures where they say more than the sentence does."""
    if one.what in {"score", "unread"}:
        return one.message[lang]
    if one.old == one.new and one.what == "finding":
        key = "wider" if one.how == "worse" else "narrower"
        return f"{one.message[lang]} ({_measure(one.new, lang)}; {_say(key, lang)})"
    both = " → ".join(_measure(m, lang) for m in (one.old, one.new) if m)
    return f"{one.message[lang]} ({both})" if both else one.message[lang]


def _measure(measure: str, lang: str) -> str:
    return word(measure, lang) if measure in WORDS else measure


def _markdown(found: Differences, lang: str) -> str:
    lines = [f"**{_head(found, lang)}**", ""]
    if found.changes:
        heads = [_say("how", lang), word("dataset", lang), _say("what", lang)]
        heads += [_say("columns", lang), _say("was", lang), _say("is", lang)]
        lines += [f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]
    for one in found.changes:
        cells = [one.dataset, one.message[lang], ", ".join(one.columns)]
        cells += [_measure(one.old, lang), _measure(one.new, lang)]
        row = [_say(one.how, lang), *(_MARKS.sub(r"\\\1", shown(cell)) for cell in cells)]
        lines.append(f"| {' | '.join(row)} |")
    if not found.complete:
        lines += ["", _say("incomplete", lang)]
    return "\n".join(lines) + "\n"


def audit_rendered(entries: Sequence[Audited], format_: str, lang: str) -> str:
    """Each entry of a baseline with what is wrong with it; `format_` is text or json."""
    if format_ == "json":
        rows = [
            {**one.entry.model_dump(mode="json"), "now": one.now, "trouble": one.trouble}
            for one in entries
        ]
        return json.dumps(plain(rows), ensure_ascii=False, indent=2) + "\n"
    between = "、" if lang == "ja" else ", "
    lines = []
    for one in sorted(entries, key=lambda e: not e.trouble):
        entry = one.entry
        wrong = between.join(_say(name, lang) for name in one.trouble) or _say("fine", lang)
        columns = f" {', '.join(entry.columns)}" if entry.columns else ""
        what = f"{entry.rule} {entry.about}".strip()
        who = f"{entry.owner or '-'}, {entry.expires or '-'}"
        lines.append(f"{entry.fingerprint}  {wrong}: {entry.dataset}{columns}: {what} ({who})")
    return "\n".join(map(shown, lines or [_say("empty", lang)])) + "\n"
