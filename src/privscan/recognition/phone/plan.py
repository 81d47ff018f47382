"""Numbering plans: what phonenumbers knows of a region's numbers, asked of whole columns of digits.

Each method gives for every row what the library's function of the same purpose gives for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray
from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, SUPPORTED_REGIONS, PhoneMetadata

from privscan.rulebook.text import taken

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]

FEWEST = 4
"""Digits of the shortest valid number in any region."""

FEWEST_ABROAD = 6
"""Digits of the shortest valid number in any region with its country code."""

LONGEST = 17
"""Digits of the longest national number that the library takes."""

_TYPES = ("fixed_line", "mobile", "toll_free", "premium_rate", "shared_cost", "voip",
          "personal_number", "pager", "uan", "voicemail")  # fmt: skip
"""The types that make a number valid."""

_FIRST_GROUP_ONLY = re.compile(r"\(?\\1\)?")
"""How a number's first group is written where no national prefix belongs to it."""

_GROUPS_OF_DIGITS = re.compile(r"(?:\(\\d(?:\{\d+(?:,\d+)?\})?\))+")
"""A way of grouping that depends on the number of digits alone."""

_NOTHING_AFTER = re.compile(r"[)?$]*(?:\||$)")


@dataclass(frozen=True)
class Plan:
    """The numbering plan of one region."""

    region: str
    data: Any

    @property
    def code(self) -> str:
        """The country calling code."""
        return str(self.data.country_code)

    @cached_property
    def kin(self) -> tuple[Plan, ...]:
        """The plans of all regions with this country code; the first speaks for the country."""
        return tuple(plan(r) for r in COUNTRY_CODE_TO_REGION_CODE[self.data.country_code])

    @property
    def main(self) -> Plan:
        """The plan that speaks for the country."""
        return self.kin[0]

    @property
    def prefix(self) -> str:
        """A regex of what is dialled before a national number, with groups; or nothing."""
        return self.data.national_prefix_for_parsing or ""

    @property
    def abroad(self) -> str:
        """A regex of what is dialled before a country code."""
        return self.data.international_prefix or ""

    @cached_property
    def regular(self) -> bool:
        """Whether regexes of digits can say all that the plan says."""
        rule = self.data.national_prefix_transform_rule
        return (
            bool(self.abroad)
            and (not rule or rule == rf"\{re.compile(self.prefix).groups}")
            and self.short_prefix is not None
            and all(_GROUPS_OF_DIGITS.fullmatch(way.pattern) for way in self.data.number_format)
        )

    @cached_property
    def candidate(self) -> str:
        """A regex that all digits match which are valid in the region without a plus."""
        if not (self.regular and self.main.regular):
            return rf"\d{{{FEWEST},}}"
        near = f"(?:{self.code})?(?:{self.short_prefix})?{self.main.national_candidate}"
        return rf"(?:{self.abroad})\d{{{FEWEST_ABROAD},}}|{near}"

    @cached_property
    def national_candidate(self) -> str:
        """A regex that all digits match which are valid after the country code."""
        if not self.main.regular:
            return r"\d+"
        # Numbers of a country code may be another of its regions': Jersey's are +44 as well.
        valid = "|".join(dict.fromkeys(form for kin in self.kin for _, form in kin.types))
        return f"(?:{self.main.short_prefix})?(?:{valid})"

    @cached_property
    def fewest(self) -> int:
        """Digits of the shortest number that may be valid in the region."""
        if not (self.regular and self.main.regular):
            return FEWEST
        return min(min(lengths) for kin in self.kin for lengths, _ in kin.types)

    @cached_property
    def short_prefix(self) -> str | None:
        """The prefix without its last group, which a transform rule puts back into the number."""
        if not self.data.national_prefix_transform_rule:
            return self.prefix
        start = [m.start() for m in re.finditer(r"(?<!\\)\((?!\?)", self.prefix)][-1]
        depth, end = 1, start + 1
        while depth:
            depth += {"(": 1, ")": -1}.get(self.prefix[end], 0)
            end += 1
        if not _NOTHING_AFTER.match(self.prefix, end):
            return None
        return (self.prefix[:start] + self.prefix[end:]).replace("$", "")

    @cached_property
    def types(self) -> list[tuple[tuple[int, ...], str]]:
        """For each type of number its lengths and its form; one entry for types that share both."""
        described = [getattr(self.data, kind) for kind in _TYPES]
        return list(
            dict.fromkeys(
                (of_type.possible_length, of_type.national_number_pattern)
                for of_type in described
                if of_type is not None and of_type.national_number_pattern
            )
        )

    def general(self, digits: pl.Series) -> pl.Series:
        """Whether the digits have the form of the region's national numbers, of any length."""
        return whole(digits, self.data.general_desc.national_number_pattern)

    def too_long(self, digits: pl.Series) -> pl.Series:
        """Whether the digits are more than the region's longest number has."""
        general, length = self.data.general_desc, digits.str.len_bytes()
        too_long: pl.Series = length > max(general.possible_length)
        return too_long & ~length.is_in(list(general.possible_length_local_only))

    def stripped(self, digits: pl.Series) -> tuple[pl.Series, Bools]:
        """The digits without a national prefix, and whether there was one to strip."""
        if not self.prefix:
            return digits, np.zeros(len(digits), bool)
        prefix = f"^(?:{in_rust(self.prefix)})"
        has = digits.str.contains(prefix).to_numpy().copy()
        rows = np.flatnonzero(has)
        some = taken(digits, rows)
        kept = re.compile(self.prefix).groups if self.data.national_prefix_transform_rule else 0
        rest = some.str.replace(prefix, f"${{{kept}}}" if kept else "")
        has[rows] = ~(self.general(some) & ~self.general(rest)).to_numpy()
        return patched(digits, rows[has[rows]], rest.filter(pl.Series(has[rows]))), has

    def national(self, digits: pl.Series, rest: pl.Series, has: Bools) -> pl.Series:
        """The digits without a national prefix, if what is left of them may be a number."""
        rows = np.flatnonzero(has)
        some, general = taken(rest, rows), self.data.general_desc
        length = some.str.len_bytes()
        possible = length.is_in(list(general.possible_length)) | self.too_long(some)
        possible &= ~length.is_in(list(general.possible_length_local_only))
        return patched(digits, rows[possible.to_numpy()], some.filter(possible))

    def typed(self, tagged: pl.Series) -> pl.Series:
        """Whether tagged national numbers are of some type that the region has."""
        general = self.data.general_desc
        form = rf"{tags(general.possible_length)}(?:{general.national_number_pattern})"
        some = np.flatnonzero(whole(tagged, form).to_numpy())
        forms = "|".join(rf"{tags(lengths)}(?:{form})" for lengths, form in self.types)
        fits = np.zeros(len(tagged), bool)
        fits[some] = whole(taken(tagged, some), forms).to_numpy()
        return pl.Series(fits)

    def led(self, tagged: pl.Series) -> pl.Series:
        """Whether tagged national numbers begin as the region's do; no, where it does not say."""
        return tagged.str.contains(rf"^.(?:{in_rust(self.data.leading_digits or '[]')})")

    def needs_prefix(self, tagged: pl.Series) -> Bools:
        """Whether tagged national numbers are usually written with the national prefix."""
        needed, open_ = np.zeros(len(tagged), bool), np.ones(len(tagged), bool)
        if not any(must for must, _ in self._ways):
            return needed
        for must, forms in self._ways:
            fits = tagged.str.contains(forms).to_numpy()
            needed |= fits & open_ & must
            open_ &= ~fits
        return needed

    @cached_property
    def _ways(self) -> list[tuple[bool, str]]:
        """Ways of writing in the library's order: does the national prefix belong to them?"""
        ways: list[tuple[bool, list[str]]] = []
        for way in self.data.number_format:
            rule = way.national_prefix_formatting_rule
            must = bool(rule) and not (
                way.national_prefix_optional_when_formatting or _FIRST_GROUP_ONLY.fullmatch(rule)
            )
            if not ways or ways[-1][0] != must:
                ways.append((must, []))
            leading = way.leading_digits_pattern[-1] if way.leading_digits_pattern else ""
            ways[-1][1].append(f"{tags(_lengths(way.pattern))}(?:{in_rust(leading)})")
        return [(must, f"^(?:{'|'.join(forms)})") for must, forms in ways]


@cache
def plan(region: str) -> Plan:
    """The plan of a region that the library supports."""
    return Plan(region, PhoneMetadata.metadata_for_region(region))


def plans(regions: Iterable[str]) -> tuple[Plan, ...]:
    """The plans of those regions that the library supports."""
    return tuple(plan(region) for region in regions if region in SUPPORTED_REGIONS)


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A Python regex, kept for good: those of a few regions are more than Python keeps."""
    return re.compile(pattern)


def patched(column: pl.Series, rows: Ints, values: pl.Series) -> pl.Series:
    """The column with other values in some rows."""
    if not len(rows):
        return column
    index = np.arange(len(column))
    index[rows] = len(column) + np.arange(len(rows))
    return pl.concat([column, values]).gather(index)


def tag(digits: pl.Series) -> pl.Series:
    """A letter for their number before the digits: so one regex asks for form and length."""
    return _LETTERS.gather(digits.str.len_bytes()) + digits


def whole(digits: pl.Series, pattern: str) -> pl.Series:
    """Whether a regex of the library's metadata matches from end to end."""
    return digits.str.contains(f"^(?:{in_rust(pattern)})$")


def in_rust(pattern: str) -> str:
    r"""A regex for ASCII digits: Rust's \d takes all scripts', at ten times the price."""
    return pattern.replace(r"\d", "[0-9]")


_LETTERS = pl.Series([chr(ord("A") + length) for length in range(LONGEST + 1)])


def tags(lengths: Iterable[int]) -> str:
    """A regex of the tags of digits that are so many."""
    letters = "".join(_LETTERS[length] for length in lengths if 0 < length <= LONGEST)
    return f"[{letters}]" if letters else "[^A-Z0-9]"


def _lengths(pattern: str) -> range:
    sizes = re.findall(r"\\d(?:\{(\d+)(?:,(\d+))?\})?", pattern)
    low = sum(int(least or 1) for least, _ in sizes)
    return range(low, sum(int(most or least or 1) for least, most in sizes) + 1)
