"""Numbers that fill a cell, written as data: their layouts, check digit, and what chance passes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import Field

from privscan.rulebook._yaml import Document, Path_, read, shaped
from privscan.rulebook.folders import files, rules_folder
from privscan.rulebook.load import by_rules, entries
from privscan.rulebook.schema import Shape, Share, Text

DETECTOR = "number/"
"""What stands before the number's name in the evidence."""


THING = "thing."
"""Prefix of what names no person: a book, a company, a parcel. No entity, only evidence against."""


class Examples(Shape):
    """Texts in which something must be found, and texts in which it must not."""

    positive: tuple[str, ...] = Field(min_length=1)
    negative: tuple[str, ...] = Field(min_length=1)


class Number(Shape):
    """A number by its layouts: 9 is a digit, A a letter, X either; other signs stand as they are.

    A backslash takes the meaning from the sign behind it. `check_digit` is one of privscan's
    check digits or a module of python-stdnum; `chance` the share of random codes of the same
    shape that are taken for one. Where nothing but the layout tells, chance is a judgement of
    how many other codes have it.
    """

    name: str
    supported_entity: str
    about: Text
    forms: tuple[str, ...] = Field(min_length=1)
    check_digit: str = ""
    chance: Share
    examples: Examples

    @property
    def personal(self) -> bool:
        """Whether it names a person, and not a thing."""
        return not self.supported_entity.startswith(THING)


@by_rules()
def numbers(folder: Path | None = None) -> tuple[Number, ...]:
    """The numbers of a rules folder, default the rules in force, in name order."""
    return tuple(sorted((n for n, _, _ in placed(folder)), key=lambda n: n.name))


def placed(folder: Path | None = None) -> Iterator[tuple[Number, Document, Path_]]:
    """Each number, and where it stands."""
    for file in files(folder or rules_folder(), "numbers"):
        document = read(file)
        for at, value in entries(document, "numbers"):
            yield shaped(Number, value, document, at), document, at


@by_rules()
def chances(folder: Path | None = None) -> Mapping[str, float]:
    """By detector, the share of random codes that it takes for its number."""
    return {DETECTOR + number.name: number.chance for number in numbers(folder)}
