"""The library's own matcher on short texts, with the work shared between regions.

For texts that regexes do not decide. It asks only regions in which some neighbouring groups of
digits could be a number, and stops where a number fills the text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from phonenumbers import (
    SUPPORTED_REGIONS,
    PhoneNumberMatcher,
    enable_pattern_cache,
    phonenumbermatcher,
    phonenumberutil,
)

from privscan.recognition.phone.plan import FEWEST, compiled, plans

Span = tuple[int, int]

MOST_TRIES = 65_535
"""The library gives a text up after so many candidates in vain."""

LONGEST_CANDIDATE = 1_000
"""Characters; the library's time grows with their square, and only blanks make them so many."""

BLOCK = 20
"""Digits in a row that the library reads as one block."""

_MOST_GROUPS, _MOST_BLOCKS = 12, 21
"""Of more groups the pairs are too many; of more blocks a candidate is not the last of its text."""

_TIME_AFTER = 3
"""Characters of a minute, `:59`, that the library looks for after a date and hour."""

_GROUP = re.compile(r"\d+")
_DIGIT = re.compile("[0-9]")
_SPLITS = (" ", ".", "(")
_OTHER_SPLITS = re.compile("/|- | -|[xX]|[^ -~]")
"""Where the library reads all that follows or, of an extension, all that goes before."""

_PLUS = re.compile("[+\uff0b]")
_SIMPLE = re.compile(
    r"[%\d+\uFF0B\-xX :()\[\]./\xA0\xAD\u200B\u2010-\u2015\u2060\u2212\u3000\u30FC"
    r"\uFF08\uFF09\uFF0D-\uFF0F\uFF3B\uFF3D]*"
)
"""Texts without the letters and signs of an extension, which may end amid a group of digits."""

_WIDE_GAP = re.compile(r"[^\d+\uFF0B:%]{5}")
"""More than stands between digits without an extension."""

_LETTERS = 3
"""So many x stand for digits, as on a dial."""


class GivenUpError(Exception):
    """A text was not read to its end."""


@dataclass
class Tries:
    """The candidates that may still fail before a region's reading of a cell ends."""

    left: int = MOST_TRIES


@dataclass(frozen=True)
class Library:
    """The numbers that the library finds in a text when it is asked once for each region."""

    regions: tuple[str, ...]
    leniency: int
    out_of_time: Callable[[], bool]

    def __post_init__(self) -> None:
        # Python's own cache of regexes is too small for the plans of several regions.
        enable_pattern_cache()

    def spans(self, text: str) -> list[Span]:
        """The spans in a text of few characters, where none lies within another."""
        found: set[Span] = set()
        for region in self._regions_of(text):
            for span in self._numbers(text, region, Tries()):
                found.add(span)
                if span == (0, len(text)):
                    return [span]
        return outermost(found)

    def spans_of_cell(self, texts: Sequence[str]) -> dict[int, list[Span]]:
        """As `spans` for the texts of one long cell, by their place: its vain tries are counted."""
        found: defaultdict[int, set[Span]] = defaultdict(set)
        for region in self.regions:
            tries = Tries()
            for place, text in enumerate(texts):
                if tries.left <= 0:
                    break
                for span in self._numbers(text, region, tries):
                    found[place].add(span)
        return {place: outermost(spans) for place, spans in found.items()}

    def _numbers(self, text: str, region: str, tries: Tries) -> Iterator[Span]:
        """The numbers in a text, found as the library's matcher goes about it.

        But with little in view around a candidate: the matcher copies the rest of the text.
        """
        index = 0
        while tries.left > 0 and (match := _PATTERN.search(text, index)):
            if self.out_of_time():
                raise GivenUpError
            start, candidate = match.start(), match.group()
            second = _SECOND_NUMBER.search(candidate)
            candidate = candidate[: second.start()] if second else candidate
            if len(candidate) > LONGEST_CANDIDATE:
                raise GivenUpError
            view = max(0, start - 1)
            seen = text[view : start + len(candidate) + _TIME_AFTER]
            matcher = PhoneNumberMatcher(seen, region, leniency=self.leniency, max_tries=tries.left)
            number = matcher._extract_match(candidate, start - view)  # noqa: SLF001 - see above
            tries.left = matcher._max_tries  # noqa: SLF001 - see above
            if number is None:
                tries.left -= 1
                index = start + len(candidate)
            else:
                index = view + number.end
                yield view + number.start, index

    def _regions_of(self, text: str) -> Sequence[str]:
        """The regions of which one may find a number in the text."""
        groups = _GROUP.findall(text)
        if (
            self.leniency == 0
            or not _SIMPLE.fullmatch(text)
            or _WIDE_GAP.search(text)
            or text.casefold().count("x") >= _LETTERS
            or len(groups) > _MOST_GROUPS
            or sum(-(-len(group) // BLOCK) for group in groups) > _MOST_BLOCKS
        ):
            return self.regions
        possible = self._accepting(text)
        if not _PLUS.search(text):
            return [region for region in self.regions if region in possible]
        # Where only what follows a plus can be a number, all regions that the library knows agree.
        alike = [r for r in self.regions if r not in possible and r in SUPPORTED_REGIONS]
        return [region for region in self.regions if region not in alike[1:]]

    def _accepting(self, text: str) -> set[str]:
        found: set[str] = set()
        for digits in _pieces(text):
            if len(digits) >= FEWEST:
                found |= {r for r, form in self._forms.items() if form.fullmatch(digits)}
        return found

    @cached_property
    def _forms(self) -> dict[str, re.Pattern[str]]:
        return {here.region: compiled(here.candidate) for here in plans(self.regions)}


_PATTERN = phonenumbermatcher._PATTERN  # noqa: SLF001 - the matcher's public face copies texts
_SECOND_NUMBER = phonenumberutil._SECOND_NUMBER_START_PATTERN  # noqa: SLF001 - as above


def _pieces(text: str) -> set[str]:
    """Digits of all parts of a text of which the library may read one as the first number."""
    if not _OTHER_SPLITS.search(text):
        parts = text.split(":")
        pieces = {*parts, *(piece for s in _SPLITS for part in parts for piece in part.split(s))}
        return {"".join(_DIGIT.findall(piece)) for piece in pieces}
    groups = ["".join(str(int(c)) for c in group) for group in _GROUP.findall(text)]
    ends = range(1, len(groups) + 1)
    return {"".join(groups[first:last]) for last in ends for first in range(last)}


def outermost(spans: set[Span]) -> list[Span]:
    """The spans that lie in no other, as Presidio keeps them where all have one score."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not kept or span[1] > kept[-1][1]:
            kept.append(span)
    return kept
