"""Values of a report in words of either language: labels, shares, measures, reasons."""

from __future__ import annotations

import re
from collections.abc import Iterable

from privscan.model.finding import Finding
from privscan.model.profile import Sampled
from privscan.render._groups import groups_said, month
from privscan.render._words import WORDS, say
from privscan.rulebook.load import rulebook
from privscan.rulebook.schema import When
from privscan.rulebook.sentence import sentence

_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
"""Control characters, line separators, marks that turn the direction of writing, half characters."""


def shown(text: str) -> str:
    """Names come from data: nothing in them steers a terminal, a line or a reader's eye."""
    return _UNSAFE.sub("\ufffd", text)


def entity(name: str, lang: str) -> str:
    """An entity's label; the id of one that these rules do not know."""
    known = rulebook().entities.get(name)
    return name if known is None else known.label.both()[lang]


def principle(name: str, lang: str) -> str:
    """A principle's title; its id if these rules do not know it."""
    known = rulebook().principles.get(name)
    return name if known is None else known.title.both()[lang]


def listed(items: Iterable[str], lang: str, most: int = 6) -> str:
    """The first items, and how many more there are."""
    every = list(items)
    more = len(every) - most
    head = ("、" if lang == "ja" else ", ").join(every[:most])
    if more <= 0:
        return head
    return f"{head} 他{more}件" if lang == "ja" else f"{head} and {more} more"


def percent(share: float) -> str:
    """A share in per cent; one that is not zero never reads as zero."""
    if 0 < share < 0.001:  # noqa: PLR2004  what one decimal can show
        return "< 0.1 %"
    return f"{share:.1%}".replace("%", " %").replace(".0 %", " %")


def gravity(name: str) -> float:
    """What an entity weighs in the score; 0 for one that these rules do not know."""
    known = rulebook().entities.get(name)
    return 0.0 if known is None else known.weight


def number(key: str, count: int, lang: str) -> str:
    """A number of things, in the singular where it is one."""
    return say(f"{key}_one" if count == 1 else key, lang, f"{count:,}")


def size(count: int) -> str:
    """A number of bytes as people write it: 12 kB, 3.4 MB."""
    value, unit = float(count), "B"
    for unit in ("B", "kB", "MB", "GB", "TB"):
        if value < 1000 or unit == "TB":  # noqa: PLR2004  decimal units
            break
        value /= 1000
    return f"{value:,.0f} {unit}" if value >= 10 or unit == "B" else f"{value:.1f} {unit}"  # noqa: PLR2004  two digits are enough


def threshold(finding: Finding, lang: str) -> str:
    """When the check fires; in Japanese if the rules at hand are those that judged."""
    for rule in rulebook().rules:
        if rule.id == finding.check and sentence(rule.when) == finding.threshold:
            return condition(rule.when, lang)
    return finding.threshold


_NAMES = r"[a-z]\w*(?: / [a-z]\w*)*"
_IDS = re.compile(
    rf"{_NAMES}(?= (?:を|も)含む| を含まない)|(?<=保護状態が ){_NAMES}|(?<=レベル )[a-z ]+(?= 以上)",
    re.ASCII,
)
"""Where the Japanese sentence of a condition holds ids of the rules."""


def condition(when: When, lang: str) -> str:
    """A rule's condition in words; in Japanese with labels in place of ids."""
    said = sentence(when, lang)
    return _IDS.sub(lambda ids: _labels(ids[0], lang), said) if lang == "ja" else said


def _labels(ids: str, lang: str) -> str:
    return " / ".join(label(one.replace(" ", "_"), lang) for one in ids.split(" / "))


def label(name: str, lang: str) -> str:
    """The label of an entity, or the word for a group, a state or a level; else the id."""
    if name in rulebook().entities:
        return entity(name, lang)
    return say(name, lang) if name in WORDS else name


def in_part(one: Sampled, lang: str) -> str:
    """How many texts of a column a slow detector has read."""
    return say("s_in_part", lang, one.detector, one.column, f"{one.read:,}", f"{one.texts:,}")


_BETWEEN = "; "
"""What stands between two facts in the text of a measure or a reason."""

_MONTH = r"\d{4}-\d{2}"
_RECORDS = re.compile(
    rf"records in (.*) from ({_MONTH}) to ({_MONTH}): ([\d,]+) days or more before ({_MONTH})",
    re.DOTALL,
)
_BALANCE = re.compile(r"groups of (\w+) in (.*): ([^:]*) of ([\d,]+)", re.DOTALL)
_MEASURES = (
    (re.compile(r"([\d,]+) records older than ([\d,]+) days"), "m_older"),
    (
        re.compile(r"(\w+) in (.*): ([\d,]+) cells \((under 0\.1|\d+(?:\.\d+)?)%\)", re.DOTALL),
        "m_cells",
    ),
    (re.compile(r"and (\d+) more"), "m_more"),
    (re.compile(r"([\d,]+) in row groups ([\d-]+) of (.*)", re.DOTALL), "m_groups"),
    (re.compile(r"([\d,]+) in part ([\d-]+) of (.*)", re.DOTALL), "m_part"),
    (re.compile(r"([\d,]+) in (.*)", re.DOTALL), "m_place"),
    (re.compile(r"([\d,]+) subjects"), "m_subjects"),
    (re.compile(r"(\d+%) of subjects in classes below k\*, smallest k (\d+)"), "m_classes"),
    (re.compile(r"score ([\d.]+)"), "m_score"),
    (re.compile(r"([\d.]+%) unread"), "m_unread"),
    (re.compile(r"kept ([\d,]+) days"), "m_kept"),
    (re.compile(r"nothing declared"), "m_nothing"),
)


def measured(finding: Finding, lang: str) -> list[str]:
    """What was measured, one fact each; a fact in words not known here stays as it is.

    Where a column's name holds what stands between facts, nobody can tell them apart: the
    English text stays whole.
    """
    if any(_BETWEEN in column for column in finding.columns):
        return [finding.measured]
    return [fact(one, lang) for one in finding.measured.split(_BETWEEN)]


def fact(said: str, lang: str) -> str:
    """One measured fact; one in words not known here stays as it is."""
    if match := _RECORDS.fullmatch(said):
        path, oldest, newest, days, last = match.groups()
        return say(
            "m_records",
            lang,
            path,
            month(oldest, lang),
            month(newest, lang),
            days,
            month(last, lang),
        )
    if match := _BALANCE.fullmatch(said):
        of, path, groups, total = match.groups()
        return say("m_balance", lang, path, entity(of, lang), groups_said(groups, of, lang), total)
    for pattern, key in _MEASURES:
        match = pattern.fullmatch(said)
        if match is None:
            continue
        if key != "m_cells":
            return _counted(key, lang, *match.groups())
        name, column, cells, share = match.groups()
        one = "m_cells_one" if cells == "1" else key
        known = float(share.replace("under 0.1", "0.05")) / 100
        return say(one, lang, column, entity(name, lang), cells, percent(known))
    return said


def _counted(key: str, lang: str, *values: str) -> str:
    """The phrase, in the singular where its number is one and it has a singular."""
    one = f"{key}_one"
    return say(one if values == ("1",) and one in WORDS else key, lang, *values)


_REASONS = (
    (re.compile(r"nothing weighted"), "w_nothing"),
    (re.compile(r"direct ([\d.]+), combinations ([\d.]+)"), "w_direct"),
    (re.compile(r"best join ([\d.]+)"), "w_join"),
    (re.compile(r"no joinable dataset known|joins with other datasets not measured"), "w_no_join"),
    (re.compile(r"no join with another dataset found"), "w_none_joins"),
    (re.compile(r"about ([\d,]+) persons"), "w_people"),
    (re.compile(r"[VX] 0"), "w_none"),
    (re.compile(r"V ([\d.]+)"), "w_vulnerable"),
    (re.compile(r"X ([\d.]+)"), "w_exposure"),
    (re.compile(r"no floor holds"), "w_no_floor"),
    (re.compile(r"(\d+%) could not be read"), "w_unread"),
)
_KINDS = re.compile(r"S ([\d.]+): (.*?)(?: and (\d+) more)?")
_FLOOR = re.compile(r"(.*) in clear never scores lower")


def why(reason: str, lang: str) -> str:
    """A step's reason in words; one in words not known here stays as it is."""
    return ("、" if lang == "ja" else "; ").join(_why(r, lang) for r in reason.split(_BETWEEN))


def _why(reason: str, lang: str) -> str:
    for pattern, key in _REASONS:
        if match := pattern.fullmatch(reason):
            return _counted(key, lang, *match.groups())
    comma = "、" if lang == "ja" else ", "
    if match := _KINDS.fullmatch(reason):
        total, kinds, more = match.groups()
        known = comma.join(_kind(kind, lang) for kind in kinds.split(", "))
        known = say("w_kinds_more", lang, known, more) if more else known
        return say("w_kinds", lang, total, known)
    if match := _FLOOR.fullmatch(reason):
        return say("w_floor", lang, comma.join(entity(e, lang) for e in match[1].split(", ")))
    return reason


def _kind(kind: str, lang: str) -> str:
    name, _, value = kind.rpartition(" ")
    return f"{say(name, lang)} {value}" if name in WORDS else kind
