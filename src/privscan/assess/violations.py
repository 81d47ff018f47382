"""Breaches that nobody answers for, told as violations: those of one entity together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from privscan.model.finding import Violation

if TYPE_CHECKING:
    from privscan.assess.breaches import Breach
    from privscan.rulebook.load import Rulebook
    from privscan.rulebook.policies import Waiver

_TOLD = {
    "forbid": {"en": "{0} is forbidden in {1}", "ja": "{1} に{0}がある(禁止)"},
    "forbid_clear": {"en": "{0} stands in clear in {1}", "ja": "{1} に{0}が平文である"},
    "protect": {
        "en": "{0} is not protected as asked in {1}",
        "ja": "{1} の{0}に必要な保護がない",
    },
    "declare": {
        "en": "dataset.yaml does not declare {2}, and here stands: {0}",
        "ja": "dataset.yaml に {2} の記載がないが、次のデータがある:{0}",
    },
    "stop_new": {"en": "NEW: {0} in {1}", "ja": "新規:{1} に{0}が現れた"},
}
_MILDER = frozenset({"forbid_clear", "protect"})
"""Limits that what is forbidden breaks no more once it is gone."""

SHOWN = 3
"""Columns, and kinds of data, that a message names."""


def violations(breaches: Iterable[Breach], rules: Rulebook) -> Iterator[Violation]:
    """A violation for each breach, but one for all columns in which an entity breaks a limit.

    What one declaration would lift is one violation too, and what is forbidden is told as that
    alone: how it would have to be protected is then no question.
    """
    together: dict[tuple[str, ...], list[Breach]] = {}
    for number, one in enumerate(_strictest(tuple(breaches))):
        about = "" if one.rule == "declare" else one.about
        key = (one.dataset, one.rule, about, one.threshold)
        alone = () if one.rule in _TOLD else (str(number),)
        together.setdefault((*key, *alone), []).append(one)
    for alike in together.values():
        yield _violation(alike, rules)


def _strictest(found: tuple[Breach, ...]) -> Iterator[Breach]:
    """The breaches, without those of protection where the same thing may not be there at all."""
    forbidden = {_thing(one) for one in found if one.rule == "forbid"}
    for one in found:
        if one.rule not in _MILDER or _thing(one) not in forbidden:
            yield one


def _thing(one: Breach) -> tuple[str, tuple[str, ...], str]:
    return one.dataset, one.columns, one.about


def _violation(alike: list[Breach], rules: Rulebook) -> Violation:
    first = alike[0]
    columns = tuple(dict.fromkeys(path for one in alike for path in one.columns))
    names = tuple(dict.fromkeys(one.fingerprint for one in alike))
    if first.message is not None:
        return Violation(
            f"fail_on {first.about}" if first.rule == "fail_on" else first.rule,
            first.dataset, columns, first.measured, first.threshold, first.message, names,
        )  # fmt: skip
    cells = sum(one.cells for one in alike)
    measured, threshold = f"{cells:,} cell{'' if cells == 1 else 's'}", "0 cells"
    if first.rule == "protect":
        states = dict.fromkeys(one.measured for one in alike)
        measured, threshold = ", ".join(states), first.threshold
    if first.rule == "declare":
        measured, threshold = "none", first.threshold
    labels = [rules.entities[name].label.both() for name in dict.fromkeys(b.about for b in alike)]
    message = {
        lang: said.format(
            _listed(tuple(label[lang] for label in labels), lang),
            _listed(columns, lang),
            first.threshold,
        )
        for lang, said in _TOLD[first.rule].items()
    }
    return Violation(first.rule, first.dataset, columns, measured, threshold, message, names)


def _listed(columns: tuple[str, ...], lang: str) -> str:
    more = len(columns) - SHOWN
    head = ("、" if lang == "ja" else ", ").join(columns[:SHOWN])
    if more <= 0:
        return head
    return f"{head} 他{more}件" if lang == "ja" else f"{head} and {more} more"


def over(waiver: Waiver, today: str) -> Violation:
    """A waiver whose day is over is a violation of its own."""
    said = {
        "en": f"waiver {waiver.id} of {waiver.rule} ended on {waiver.expires}; ask {waiver.owner}",
        "ja": f"{waiver.rule} の免除 {waiver.id} は {waiver.expires} に失効した(責任者:{waiver.owner})",
    }
    return Violation(
        f"waiver {waiver.id}", waiver.dataset, waiver.columns, waiver.expires, today, said
    )
