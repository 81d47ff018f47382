"""Groups of people and months of records in words of either language."""

from __future__ import annotations

import re

from privscan.model.profile import Balance, Group
from privscan.render._words import say
from privscan.rulebook.counted import balance

_BAND = re.compile(r"(\d+)-(\d+)|(\d+)\+")
_DECADE = re.compile(r"(\d{4})s")
_RANGE = re.compile(r"([\d,]+)-([\d,]+)")


def group_name(name: str, entity: str, lang: str) -> str:
    """What a group is called: a word of the rules, a band of ages, a decade, or its rank."""
    known = {group.id: group.label for group in balance().of(entity)}
    if name in known:
        return known[name].both()[lang]
    if found := _BAND.fullmatch(name):
        low, high, above = found.groups()
        return say("g_above", lang, above) if above else say("g_band", lang, low, high)
    if found := _DECADE.fullmatch(name):
        return say("g_decade", lang, found[1])
    if name.startswith("#"):
        return say("g_rank", lang, name[1:])
    return say("g_rest", lang)


def group_size(group: Group, lang: str) -> str:
    """How many cells a group has, or the bounds that are shown instead."""
    if group.least == group.most:
        return f"{group.least:,}"
    return say("g_between", lang, f"{group.least:,}", f"{group.most:,}")


def group_share(group: Group, one: Balance) -> str:
    """The group's share of the cells, in per cent; bounds where the count has bounds."""
    low, high = (100 * count / max(1, one.cells) for count in (group.least, group.most))
    return f"{low:.1f} %" if group.least == group.most else f"{low:.1f}–{high:.1f} %"  # noqa: RUF001  a range


def groups_said(said: str, entity: str, lang: str) -> str:
    """The groups of a measured fact, `male 950, female 50`, in the language."""
    parts = []
    for item in said.split(", "):
        name, _, size = item.rpartition(" ")
        if found := _RANGE.fullmatch(size):
            size = say("g_between", lang, *found.groups())
        parts.append(f"{group_name(name, entity, lang)} {size}")
    return ("、" if lang == "ja" else ", ").join(parts)


def month(text: str, lang: str) -> str:
    """A month such as 2015-03 as it is written in the language."""
    year, _, number = text.partition("-")
    return f"{year}年{int(number)}月" if lang == "ja" else text
