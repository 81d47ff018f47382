"""Differences between two rules folders, and the age of rules, as text and as JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from privscan.cli.output import printable
from privscan.render._phrases import condition
from privscan.render._words import LANGUAGES
from privscan.rulebook.age import MONTHS, stale
from privscan.rulebook.diff import Change, KeyChange
from privscan.rulebook.load import load

SHOWN = 300
"""Characters of a value that the text shows; JSON has all."""

_SAID = {
    "added": ("added", "追加"),
    "removed": ("removed", "削除"),
    "changed": ("changed", "変更"),
    "none": ("no rule differs", "ルールに差異なし"),
    "entity": ("entity", "項目"),
    "recognizer": ("recognizer", "検出器"),
    "principle": ("principle", "原則"),
    "check": ("check", "検査"),
    "law": ("law", "法令"),
    "group": ("group", "群"),
    "policy": ("policy", "ポリシー"),
    "file": ("file", "ファイル"),
    "nothing": ("(nothing)", "(なし)"),
}


def as_text(changes: tuple[Change, ...], lang: str) -> str:
    """How many rules differ, then each with what it said and says."""
    if not changes:
        return _in(lang, "none")
    counts = Counter(change.how for change in changes)
    between = "、" if lang == "ja" else ", "
    total = between.join(f"{counts[how]} {_in(lang, how)}" for how in counts)
    return printable("\n\n".join([total, *(_block(change, lang) for change in changes)]))


def _block(change: Change, lang: str) -> str:
    head = f"{_in(lang, change.kind)} {_value(change.id, lang)}: {_in(lang, change.how)}"
    return "\n".join([head, *(line for key in change.keys for line in _key(key, change, lang))])


def _key(key: KeyChange, change: Change, lang: str) -> Iterator[str]:
    if change.how != "changed" and key.key == "examples":
        return
    was, is_ = key.conditions()
    old = condition(was, lang) if was else _value(key.old, lang)
    new = condition(is_, lang) if is_ else _value(key.new, lang)
    name = f"  {key.key}: " if key.key else "  "
    if change.how == "added":
        yield f"{name}{new}"
    elif change.how == "removed":
        yield f"{name}{old}"
    elif isinstance(key.old, list) and isinstance(key.new, list):
        yield from _members(name, key.old, key.new, lang)
    else:
        yield f"{name}- {old}"
        yield f"{' ' * len(name)}+ {new}"


def _members(name: str, old: list[Any], new: list[Any], lang: str) -> Iterator[str]:
    """Of a list what went and what came; where only the order differs, both in whole."""
    gone, come = [m for m in old if m not in new], [m for m in new if m not in old]
    both = (("-", gone), ("+", come)) if gone or come else (("-", old), ("+", new))
    lines = [f"{sign} {_value(members, lang)}" for sign, members in both if members]
    yield from (f"{name if not i else ' ' * len(name)}{line}" for i, line in enumerate(lines))


def _value(value: Any, lang: str) -> str:
    if value is None:
        return _in(lang, "nothing")
    if isinstance(value, list) and all(not isinstance(one, (dict, list)) for one in value):
        text = ", ".join(map(str, value))
    else:
        text = value if isinstance(value, str) else _plain(value)
    text = " ".join(text.split())
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def as_json(changes: tuple[Change, ...]) -> str:
    """Every change with whole values; of a condition the sentences in both languages too."""
    whole = [asdict(change) for change in changes]
    for shown, change in zip(whole, changes, strict=True):
        for one, key in zip(shown["keys"], change.keys, strict=True):
            for when, said in zip(("old", "new"), key.conditions(), strict=True):
                if said:
                    one[f"{when}_in_words"] = {lang: condition(said, lang) for lang in LANGUAGES}
    return json.dumps(whole, ensure_ascii=False, indent=2, default=str)


def old_rules(folder: Path, today: date) -> Iterator[str]:
    """A warning for each file that holds rules older than twelve months."""
    rules = load(folder)
    old = stale(rules, today)
    places = [rules.places.get(name, f"{folder}: {name}").rpartition(":") for name in old]
    files = Counter(file if line.isdigit() else f"{file}:{line}" for file, _, line in places)
    for file, count in files.items():
        what = "1 rule is" if count == 1 else f"{count} rules are"
        yield f"warning: {file}: {what} older than {MONTHS} months; read the clauses again"


def _plain(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


def _in(lang: str, key: str) -> str:
    return _SAID[key][lang == "ja"]
