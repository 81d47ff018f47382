"""Digits judged as telephone numbers: a column of them at once, as leniency VALID judges one.

The answer is three-valued: where regexes of the numbering plans do not decide, the library must.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray
from phonenumbers import COUNTRY_CODE_TO_REGION_CODE

from privscan.recognition._phone_plan import (
    FEWEST_ABROAD,
    LONGEST,
    Bools,
    Plan,
    in_rust,
    plan,
    tag,
    tags,
    whole,
)

FEW = 256
"""So few numbers of a country are faster asked of the library than of a dozen regexes."""

_WORLD = "001"
"""The library's region of country codes that belong to no country."""

_CODES = "|".join(map(str, sorted(COUNTRY_CODE_TO_REGION_CODE)))
"""No country code begins another."""


@dataclass(frozen=True)
class Answer:
    """Which rows are valid, and of which only the library can say so; the others are not."""

    sure: Bools
    unsure: Bools

    @classmethod
    def no(cls, rows: int) -> Answer:
        """No row is valid."""
        return cls(np.zeros(rows, bool), np.zeros(rows, bool))

    def put(self, rows: NDArray[np.int64], part: Answer) -> None:
        """Take over the answer for some of the rows."""
        self.sure[rows] |= part.sure
        self.unsure[rows] |= part.unsure


def valid_anywhere(numbers: pl.Series, plans: tuple[Plan, ...]) -> Answer:
    """Digits, of which some follow a plus: are they valid when dialled in one of the regions?"""
    answer = Answer.no(len(numbers))
    plus = numbers.str.starts_with("+").to_numpy()
    rows = np.flatnonzero(plus)
    answer.put(rows, valid_abroad(numbers.gather(rows).str.slice(1), plus=True))
    rows = np.flatnonzero(~plus)
    if plans and len(rows):
        anywhere = "|".join(f"(?:{here.candidate})" for here in plans)
        rows = rows[whole(numbers.gather(rows), anywhere).to_numpy()]
    for here in plans:
        rows = rows[~answer.sure[rows]]
        some = rows[whole(numbers.gather(rows), here.candidate).to_numpy()]
        if len(some):
            answer.put(some, valid_in(numbers.gather(some), here))
    answer.unsure[answer.sure] = False
    return answer


def valid_in(digits: pl.Series, here: Plan) -> Answer:
    """Are digits valid when they are dialled in the region?"""
    answer = Answer.no(len(digits))
    if len(digits) < FEW or not (here.regular and here.main.regular):
        answer.unsure[:] = True
        return answer
    prefix = f"^(?:{in_rust(here.abroad)})"
    rest = digits.str.replace(prefix, "")
    dialled = (digits.str.contains(prefix) & ~rest.str.starts_with("0")).to_numpy()
    rows = np.flatnonzero(dialled)
    answer.put(rows, valid_abroad(rest.gather(rows), plus=False))
    rows = np.flatnonzero(~dialled)
    near = digits.gather(rows)
    rest, coded = _without_code(near, here)
    some = np.flatnonzero(coded)
    answer.put(rows[some], _valid(here.main.national(rest.gather(some)), here))
    some = np.flatnonzero(~coded)
    raw = near.gather(some)
    answer.put(rows[some], _valid(here.national(raw), here, raw))
    return answer


def valid_abroad(digits: pl.Series, *, plus: bool) -> Answer:
    """Are digits valid that begin with a country code, after a plus or what is dialled for it?"""
    answer = Answer.no(len(digits))
    codes = digits.str.extract(f"^({_CODES})")
    long_enough = digits.str.len_bytes() >= FEWEST_ABROAD
    if plus:  # without a country code the library forgets the plus
        answer.unsure[:] = codes.is_null() & long_enough
    codes = codes.filter(long_enough)
    rows = np.flatnonzero(long_enough.to_numpy())
    for code in codes.unique().drop_nulls().sort():
        some = rows[(codes == code).fill_null(value=False).to_numpy()]
        region = COUNTRY_CODE_TO_REGION_CODE[int(code)][0]
        rest = digits.gather(some).str.slice(len(code))
        if region == _WORLD or not plan(region).regular:
            answer.unsure[some] = True
            continue
        if len(some) < FEW:
            maybe = re.compile(plan(region).national_candidate).fullmatch
            answer.unsure[some] = [maybe(number) is not None for number in rest.to_list()]
            continue
        answer.put(some, _valid(plan(region).national(rest), plan(region)))
    return answer


def _without_code(digits: pl.Series, here: Plan) -> tuple[pl.Series, Bools]:
    """The digits after the region's country code, and whether the library drops it."""
    has = digits.str.starts_with(here.code)
    if not has.any():
        return digits, has.to_numpy()
    rest, _ = here.stripped(digits.str.slice(len(here.code)))
    better = ~here.general(digits) & here.general(rest)
    return rest, (has & (better | here.too_long(digits))).to_numpy()


def _valid(national: pl.Series, here: Plan, raw: pl.Series | None = None) -> Answer:
    """Are national numbers of a country valid; with raw digits, with the prefix they need?"""
    length = national.str.len_bytes()
    some = np.flatnonzero(length.is_between(2, LONGEST).to_numpy())
    tagged = tag(national.gather(some))
    part = _of_country(tagged, here.main)
    if raw is not None:
        missing = here.main.prefix_missing(tagged, raw.gather(some))
        part = Answer(part.sure & ~missing, part.unsure & ~missing)
    answer = Answer.no(len(national))
    answer.put(some, part)
    return answer


def _of_country(tagged: pl.Series, main: Plan) -> Answer:
    """Is a national number of some type in the region that it belongs to?"""
    sure = main.typed(tagged)
    if main.data.leading_digits is not None:
        sure &= main.led(tagged)
    others, nobody = main.kin[1:], np.zeros(len(tagged), bool)
    if not others:
        return Answer(sure.to_numpy(), nobody)
    leading = "|".join(kin.data.leading_digits for kin in main.kin if kin.data.leading_digits)
    led = tagged.str.contains(f"^.(?:{in_rust(leading)})") if leading else pl.Series(nobody)
    for kin in others:
        if kin.data.leading_digits is None:
            sure |= ~led & kin.typed(tagged)
    # The first region that has the leading digits answers alone; so few that the library may.
    forms = "|".join(
        f"{tags(lengths)}(?:{form})" for kin in others for lengths, form in kin.types()
    )
    unsure = led & ~sure & whole(tagged, forms)
    return Answer(sure.to_numpy(), unsure.to_numpy())
