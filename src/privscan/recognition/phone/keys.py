"""Keys of runs sorted by regexes: a number from end to end, none at all, or for the library."""

# ruff: noqa: RUF001  look-alikes are what is meant

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl

from privscan.recognition.phone.digits import FEW, valid_anywhere
from privscan.recognition.phone.plan import FEWEST, Bools, Plan
from privscan.recognition.phone.runs import BARRED
from privscan.rulebook.text import is_ascii, taken

_GAP = r"[ ./–-]{1,4}"
_PLAIN = (
    r"^(?:\(\+[0-9]{1,3}\)[ -]?|\+?(?:[0-9]{1,20}[ .-]?)?(?:\([0-9]{1,20}\)[ -]?)?)"
    rf"[0-9]{{1,20}}(?:{_GAP}[0-9]{{1,20}}){{0,17}}$"
)
"""Keys that are one candidate of the library: their brackets match, they have no extension."""

_BARRED = rf"^(?:{BARRED}[0-9-]{{1,40}}{BARRED}?|\+?[0-9-]{{1,40}}{BARRED})$"
"""Keys of one candidate with a letter beside it, in which the library looks for no shorter one."""

_SIMPLE = rf"^[{BARRED}0-9+ ().:\[\]/–-]{{1,41}}$"
"""Keys of so few digit groups, and no extensions, that a colon alone ends a candidate in them."""

_WIDE_GAP = rf"[^0-9+:{BARRED}]{{5}}"
_DATE = r"(?:[0-3]?[0-9]/[01]?[0-9]|[01]?[0-9]/[0-3]?[0-9])/(?:[12][0-9])?[0-9]{2}"
"""In a candidate it means that the library does not read it."""

_HOUR = r"[12][0-9]{3}[-/]?[01][0-9][-/]?[0-3][0-9] +[0-2][0-9]"
"""At a candidate's end, and before the minute, it means the same."""

_UNREAD = rf"(^|:)[^:]*(?:{_HOUR}(:[0-5][0-9])|{_DATE}[^:]*)"
_SPLITS = (" ", ".", "(")
"""Where the library looks for a shorter number within a candidate that as a whole is none."""

_TAIL_SPLITS = r"/| -|- |–"
"""The same, where the library reads on to the end."""

_WIDE = "０１２３４５６７８９＋．（）\u3000\xa0\u2010\u2011\u2212\u30fc\u2012\u2014\u2015\uff0d"
_NARROW = "0123456789+-[]  ----––––"
"""Characters read like others, but for dates; wide dots and brackets do not split a candidate."""


@dataclass(frozen=True)
class Verdict:
    """Which keys are a number from end to end, and which only the library can judge."""

    whole: Bools
    unsure: Bools


def judged(keys: pl.Series, plans: tuple[Plan, ...]) -> Verdict:
    """Distinct keys by the regexes of numbering plans, for the leniency VALID and stricter."""
    whole, unsure = np.zeros(len(keys), bool), np.ones(len(keys), bool)
    if len(keys) < FEW:
        return Verdict(whole, unsure)
    wide = np.zeros(len(keys), bool)
    if not is_ascii(keys).all():
        given, keys = keys, keys.str.replace_many(list(_WIDE), list(_NARROW))
        wide = (keys != given).to_numpy()
    unsure &= ~keys.str.contains(_BARRED).to_numpy()
    rows = np.flatnonzero(keys.str.contains(_PLAIN).to_numpy())
    rows = rows[~taken(keys, rows).str.contains(_DATE).to_numpy()]
    answer = valid_anywhere(taken(keys, rows).str.replace_all("[^0-9+]", ""), plans)
    whole[rows], unsure[rows] = answer.sure, answer.unsure
    plain = np.zeros(len(keys), bool)
    plain[rows] = True
    split = plain & ~whole & ~unsure & keys.str.contains("[ .(/–]").to_numpy()
    rows = np.flatnonzero(split | (~plain & unsure))
    keys = taken(keys, rows).str.replace_all(BARRED, "", literal=True)
    texts = keys.str.replace_all(_UNREAD, "${1}${2}")
    if wide.any():  # the library takes dates only from ASCII digits
        texts = keys.zip_with(pl.Series(wide[rows]), texts)
    clear = keys.str.contains(_SIMPLE) & ~keys.str.contains(_WIDE_GAP)
    unsure[rows] = ~clear.to_numpy() & ~plain[rows]
    some = ~unsure[rows]
    unsure[rows[some]] = _maybe_within(texts.filter(pl.Series(some)), plain[rows[some]], plans)
    return Verdict(whole, unsure)


def _maybe_within(texts: pl.Series, plain: Bools, plans: tuple[Plan, ...]) -> Bools:
    """Whether a part of a text may be a number, of those parts that the library looks at.

    Plain texts are known to be none as a whole, so only shorter parts of them count.
    """
    parts = (
        pl.DataFrame({"row": np.arange(len(texts)), "plain": plain, "text": texts})
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
        pl.concat([parts.filter(~pl.col("plain")), *pieces, *_heads_and_tails(parts)])
        .select("row", number=pl.col("text").str.replace_all("[^0-9+]", ""))
        .filter(pl.col("number").str.len_bytes() >= FEWEST)
    )
    distinct = numbers["number"].unique()
    answer = valid_anywhere(distinct, plans)
    valid = distinct.filter(pl.Series(answer.sure | answer.unsure))
    maybe = np.zeros(len(texts), bool)
    maybe[numbers.filter(pl.col("number").is_in(valid.implode()))["row"].to_numpy()] = True
    return maybe


def _heads_and_tails(parts: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """What stands before and after each place where the library reads on to the end."""
    text = pl.col("text")
    heads = parts.with_columns(text.str.replace_all(_TAIL_SPLITS, "/"))
    tails = heads = heads.filter(text.str.contains("/", literal=True))
    while len(heads):
        heads = heads.with_columns(text.str.replace("/[^/]*$", ""))
        tails = tails.with_columns(text.str.replace("^[^/]*/", ""))
        yield heads
        yield tails
        heads = heads.filter(text.str.contains("/", literal=True))
        tails = tails.filter(text.str.contains("/", literal=True))
