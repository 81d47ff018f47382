"""Digits judged as telephone numbers: a column of them at once, as leniency VALID judges one.

The answer is three-valued: where regexes of the numbering plans do not decide, the library must.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from phonenumbers import COUNTRY_CODE_TO_REGION_CODE

from privscan.recognition.phone.plan import (
    FEWEST_ABROAD,
    LONGEST,
    Bools,
    Ints,
    Plan,
    compiled,
    in_rust,
    plan,
    tag,
    tags,
    whole,
)
from privscan.rulebook.text import taken

FEW = 32
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

    def put(self, rows: Ints, part: Answer) -> None:
        """Take over the answer for some of the rows."""
        self.sure[rows] |= part.sure
        self.unsure[rows] |= part.unsure


def valid_anywhere(numbers: pl.Series, plans: tuple[Plan, ...]) -> Answer:
    """Digits, of which some follow a plus: are they valid when dialled in one of the regions?"""
    answer = Answer.no(len(numbers))
    plus = numbers.str.starts_with("+").to_numpy()
    rows = np.flatnonzero(plus)
    answer.put(rows, valid_abroad(taken(numbers, rows).str.slice(1), plus=True))
    rows = np.flatnonzero(~plus)
    anywhere = "|".join(dict.fromkeys(f"(?:{here.candidate})" for here in plans)) or r"[^\d]"
    if len(rows) < FEW:
        maybe = compiled(anywhere).fullmatch
        answer.unsure[rows] = [maybe(n) is not None for n in taken(numbers, rows).to_list()]
        return answer
    rows = rows[whole(taken(numbers, rows), anywhere).to_numpy()]
    for here in plans:
        rows = rows[~answer.sure[rows]]
        some = rows[whole(taken(numbers, rows), here.candidate).to_numpy()]
        if len(some):
            answer.put(some, valid_in(taken(numbers, some), here))
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
    answer.put(rows, valid_abroad(taken(rest, rows), plus=False))
    rows = np.flatnonzero(~dialled)
    near = taken(digits, rows)
    rest, coded = _without_code(near, here)
    some = np.flatnonzero(coded)
    answer.put(rows[some], _valid_after_code(taken(rest, some), here.code))
    some = np.flatnonzero(~coded)
    answer.put(rows[some], _valid_near(taken(near, some), here))
    return answer


def valid_abroad(digits: pl.Series, *, plus: bool) -> Answer:
    """Are digits valid that begin with a country code, after a plus or what is dialled for it?"""
    answer = Answer.no(len(digits))
    codes = digits.str.extract(f"^({_CODES})")
    long_enough = digits.str.len_bytes() >= FEWEST_ABROAD
    if plus:  # without a country code the library forgets the plus
        answer.unsure[:] = codes.is_null() & long_enough
    rows = np.flatnonzero((codes.is_not_null() & long_enough).to_numpy())
    counted = taken(codes, rows).value_counts(name="rows").filter(pl.col("rows") >= FEW)
    many = counted.to_series(0).sort()
    for code in many:
        some = rows[(taken(codes, rows) == code).to_numpy()]
        rest = taken(digits, some).str.slice(len(code))
        answer.put(some, _valid_after_code(rest, code))
    few = rows[~taken(codes, rows).is_in(many.implode()).to_numpy()]
    pairs = zip(taken(digits, few).to_list(), taken(codes, few).to_list(), strict=True)
    answer.unsure[few] = [_maybe_after_code(number[len(code) :], code) for number, code in pairs]
    return answer


def _without_code(digits: pl.Series, here: Plan) -> tuple[pl.Series, Bools]:
    """The digits after the region's country code, and whether the library drops it."""
    has = digits.str.starts_with(here.code)
    if not has.any():
        return digits, has.to_numpy()
    rest, _ = here.stripped(digits.str.slice(len(here.code)))
    better = ~here.general(digits) & here.general(rest)
    return rest, (has & (better | here.too_long(digits))).to_numpy()


def _valid_near(raw: pl.Series, here: Plan) -> Answer:
    """Are digits valid that have no country code, with the national prefix if they need it?"""
    rest, has = here.stripped(raw)
    national = here.national(raw, rest, has)
    if here is not here.main:
        _, has = here.main.stripped(raw)
    some, tagged = _tagged(national)
    fine = has[some] | ~here.main.needs_prefix(tagged)
    answer = Answer.no(len(raw))
    answer.put(some[fine], _of_country(tagged.filter(pl.Series(fine)), here.main))
    return answer


def _valid_after_code(digits: pl.Series, code: str) -> Answer:
    """Are digits valid that follow a country code?"""
    answer = Answer.no(len(digits))
    main = _country(code)
    if main is None:
        answer.unsure[:] = True
        return answer
    some, tagged = _tagged(main.national(digits, *main.stripped(digits)))
    answer.put(some, _of_country(tagged, main))
    return answer


def _maybe_after_code(digits: str, code: str) -> bool:
    """May digits be valid that follow a country code?"""
    main = _country(code)
    return main is None or compiled(main.national_candidate).fullmatch(digits) is not None


def _country(code: str) -> Plan | None:
    """The plan that speaks for a country code, if it is a country's and regexes say all of it."""
    region = COUNTRY_CODE_TO_REGION_CODE[int(code)][0]
    return plan(region) if region != _WORLD and plan(region).regular else None


def _tagged(national: pl.Series) -> tuple[Ints, pl.Series]:
    """The rows of national numbers that are neither too short nor too long, and those tagged."""
    some = np.flatnonzero(national.str.len_bytes().is_between(2, LONGEST).to_numpy())
    return some, tag(taken(national, some))


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
    types = dict.fromkeys(of_type for kin in others for of_type in kin.types)
    forms = "|".join(f"{tags(lengths)}(?:{form})" for lengths, form in types)
    unsure = led & ~sure & whole(tagged, forms)
    return Answer(sure.to_numpy(), unsure.to_numpy())
