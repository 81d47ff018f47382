"""Keys of runs sorted by regexes: a number from end to end, none at all, or for the library."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from privscan.recognition._phone_digits import FEW, valid_anywhere
from privscan.recognition._phone_plan import FEWEST, Bools, Plan
from privscan.recognition._phone_runs import BARRED

_GAP = r"[ ./-]{1,4}"
_PLAIN = (
    r"^(?:\(\+[0-9]{1,3}\)[ -]?|\+?(?:[0-9]{1,20}[ .-]?)?(?:\([0-9]{1,20}\)[ -]?)?)"
    rf"[0-9]{{1,20}}(?:{_GAP}[0-9]{{1,20}}){{0,17}}$"
)
"""Keys that are one candidate of the library: their brackets match, they have no extension."""

_BARRED = rf"^(?:{BARRED}[0-9-]{{1,40}}{BARRED}?|\+?[0-9-]{{1,40}}{BARRED})$"
"""Keys of one candidate with a letter beside it, in which the library looks for no shorter one."""

_SIMPLE = rf"^[{BARRED}0-9+ ().:\[\]/-]{{1,41}}$"
"""Keys of so few digit groups, and no extensions, that a colon alone ends a candidate in them."""

_WIDE_GAP = rf"[^0-9+:{BARRED}]{{5}}"
_DATE = r"(?:[0-3]?[0-9]/[01]?[0-9]|[01]?[0-9]/[0-3]?[0-9])/(?:[12][0-9])?[0-9]{2}"
"""In a candidate it means that the library does not read it."""

_HOUR = r"[12][0-9]{3}[-/]?[01][0-9][-/]?[0-3][0-9] +[0-2][0-9]"
"""At a candidate's end, and before the minute, it means the same."""

_UNREAD = rf"(^|:)[^:]*(?:{_HOUR}(:[0-5][0-9])|{_DATE}[^:]*)"
_SPLITS = (" ", ".", "(")
"""Where the library looks for a shorter number within a candidate that as a whole is none."""

_OTHER_SPLITS = r"/|- | -"
"""The same, where everything that follows is read: left to the library, as they are rare."""


@dataclass(frozen=True)
class Verdict:
    """Which keys are a number from end to end, and which only the library can judge."""

    whole: Bools
    unsure: Bools


_WIDE = "０１２３４５６７８９＋－．（）\u3000\xa0\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u30fc"  # noqa: RUF001 - what is meant
_NARROW = "0123456789+-.()  --------"
"""Characters that in a number are read as ASCII ones are, where it is read from end to end."""


def judged(keys: pl.Series, plans: tuple[Plan, ...]) -> Verdict:
    """Distinct keys by the regexes of numbering plans, for the leniency VALID and stricter."""
    if (keys.str.len_bytes() == keys.str.len_chars()).all():
        return _judged(keys, plans)
    narrow = keys.str.replace_many(list(_WIDE), list(_NARROW))
    verdict = _judged(narrow, plans)
    # Wide hyphens part a key and wide slashes make no date: without a number it is unsure.
    return Verdict(verdict.whole, verdict.unsure | ((narrow != keys).to_numpy() & ~verdict.whole))


def _judged(keys: pl.Series, plans: tuple[Plan, ...]) -> Verdict:
    whole, unsure = np.zeros(len(keys), bool), np.ones(len(keys), bool)
    if len(keys) < FEW:
        return Verdict(whole, unsure)
    unsure &= ~keys.str.contains(_BARRED).to_numpy()
    rows = np.flatnonzero(keys.str.contains(_PLAIN).to_numpy())
    rows = rows[~keys.gather(rows).str.contains(_DATE).to_numpy()]
    answer = valid_anywhere(keys.gather(rows).str.replace_all("[^0-9+]", ""), plans)
    whole[rows], unsure[rows] = answer.sure, answer.unsure
    plain = np.zeros(len(keys), bool)
    plain[rows] = True
    split = plain & ~whole & ~unsure & keys.str.contains("[ .(/]").to_numpy()
    rows = np.flatnonzero(split | (~plain & unsure))
    unsure[rows] = _maybe_within(keys.gather(rows), plain[rows], plans)
    return Verdict(whole, unsure)


def _maybe_within(keys: pl.Series, plain: Bools, plans: tuple[Plan, ...]) -> Bools:
    """Whether a part of a key may be a number, of those parts that the library looks at.

    Plain keys are known to be none as a whole, so only shorter parts of them count.
    """
    texts = keys.str.replace_all(BARRED, "", literal=True)
    texts = texts.str.replace_all(_UNREAD, "${1}${2}")
    maybe = ~keys.str.contains(_SIMPLE) | keys.str.contains(_WIDE_GAP)
    maybe |= texts.str.contains(_OTHER_SPLITS)
    rows = np.flatnonzero((pl.Series(plain) & ~texts.str.contains(_OTHER_SPLITS)) | ~maybe)
    parts = (
        pl.DataFrame({"row": rows, "plain": plain[rows], "text": texts.gather(rows)})
        .with_columns(pl.col("text").str.split(":"))
        .explode("text")
        .filter(pl.col("text").str.len_bytes() >= FEWEST)
    )
    pieces = [
        parts.filter(pl.col("text").str.contains(split, literal=True))
        .with_columns(pl.col("text").str.split(split))
        .explode("text")
        for split in _SPLITS
    ]
    numbers = (
        pl.concat([parts.filter(~pl.col("plain")), *pieces])
        .select("row", number=pl.col("text").str.replace_all("[^0-9+]", ""))
        .filter(pl.col("number").str.len_bytes() >= FEWEST)
    )
    distinct = numbers["number"].unique()
    answer = valid_anywhere(distinct, plans)
    valid = distinct.filter(pl.Series(answer.sure | answer.unsure))
    result = np.ones(len(keys), bool)
    result[rows] = False
    result[numbers.filter(pl.col("number").is_in(valid.implode()))["row"].to_numpy()] = True
    return result
