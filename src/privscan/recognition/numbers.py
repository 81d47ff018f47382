"""Cells that are a number of some kind: layouts matched and check digits computed on whole columns."""

from __future__ import annotations

import importlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from privscan.errors import RuleError, nearest
from privscan.recognition.checks.buffers import Bytes, Flags, by_width, flat, lookup
from privscan.recognition.checks.numbers import CHECKS
from privscan.recognition.checks.parts import Letters
from privscan.rulebook.load import by_rules, load
from privscan.rulebook.numbers import Number, numbers, placed

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Rows = NDArray[np.int64]

DIGIT, LETTER, EITHER = "9", "A", "X"
"""Signs of a layout that stand for a digit, a letter, or either."""

_UPPER = bytes(range(256)).upper()
_NINE, _LAST_LETTER, _LOWER = np.uint8(9), np.uint8(25), np.uint8(32)


class Block:
    """Texts of one width, with what stands in a place looked at once, and only if asked."""

    def __init__(self, texts: Bytes) -> None:
        self.texts = texts
        self._known: dict[tuple[str, int], Flags] = {}

    def holds(self, kind: str, at: int) -> Flags:
        """In which rows a digit, a letter, or either stands there."""
        if (kind, at) not in self._known:
            self._known[kind, at] = self._look(kind, self.texts[:, at])
        return self._known[kind, at]

    def _look(self, kind: str, signs: Bytes) -> Flags:
        found: Flags = np.zeros(len(signs), np.bool_)
        if kind != LETTER:
            found |= signs - np.uint8(ord("0")) <= _NINE
        if kind != DIGIT:
            found |= (signs | _LOWER) - np.uint8(ord("a")) <= _LAST_LETTER
        return found

    def spells(self, sign: str, at: int) -> Flags:
        """In which rows that sign stands there, in either case."""
        signs = self.texts[:, at]
        found: Flags = signs == ord(sign)
        return found | (signs == ord(sign.lower())) if sign.isalpha() else found

    def codes(self, form: Form, rows: Rows) -> Bytes:
        """The digits and letters of rows that have the layout, in upper case."""
        whole = len(rows) == len(self.texts)
        some = self.texts if whole else self.texts[rows]
        kept = form.kept
        code = np.asfortranarray(some if len(kept) == form.width else some[:, kept])
        return lookup(code, _UPPER) if form.has_letters else code


@dataclass(frozen=True, slots=True)
class Form:
    """A layout: in each place one of the signs above, or None and the sign that stands there."""

    text: str
    places: tuple[tuple[str | None, str], ...]

    @classmethod
    def of(cls, text: str) -> Form:
        """The layout that a text spells."""
        places: list[tuple[str | None, str]] = []
        signs = iter(text)
        for sign in signs:
            if sign == "\\":
                places.append((None, next(signs, sign)))
            else:
                places.append((sign if sign in {DIGIT, LETTER, EITHER} else None, sign))
        return cls(text, tuple(places))

    @property
    def width(self) -> int:
        """How many characters a cell has."""
        return len(self.places)

    def fitting(self, block: Block) -> Rows:
        """Which rows have the layout."""
        fits = np.ones(len(block.texts), np.bool_)
        # What stands as it is comes first: it is told from most other codes at once.
        for at, (kind, sign) in sorted(enumerate(self.places), key=lambda p: p[1][0] is not None):
            fits &= block.holds(kind, at) if kind else block.spells(sign, at)
            if not fits.any():
                break
        return np.flatnonzero(fits)

    @property
    def has_letters(self) -> bool:
        """Whether a letter may stand in it."""
        return any(kind != DIGIT and sign.isalpha() for kind, sign in self.places)

    @property
    def kept(self) -> list[int]:
        """The places of its digits and letters."""
        return [at for at, (kind, sign) in enumerate(self.places) if kind or sign.isalnum()]


@by_rules()
def by_form() -> Mapping[int, Mapping[Form, Sequence[Number]]]:
    """The numbers of the rules in force by width and layout."""
    found: dict[int, dict[Form, list[Number]]] = defaultdict(lambda: defaultdict(list))
    for number in numbers():
        for text in number.forms:
            form = Form.of(text)
            found[form.width][form].append(number)
    return {width: dict(forms) for width, forms in found.items()}


def numbers_in(cells: pl.Series) -> Iterator[tuple[Number, Rows]]:
    """Each number with the rows it fills, in ASCII String cells without nulls."""
    found: dict[Number, list[Rows]] = defaultdict(list)
    every = np.arange(len(cells))
    for rows, raw in by_width(flat(cells), by_form()):
        for number, some in _in_block(raw):
            found[number].append(every[rows][some])
    for number, parts in sorted(found.items(), key=lambda item: item[0].name):
        yield number, np.concatenate(parts)


def _in_block(texts: Bytes) -> Iterator[tuple[Number, Rows]]:
    block = Block(texts)
    for form, some in by_form()[texts.shape[1]].items():
        rows = form.fitting(block)
        if not len(rows):
            continue
        codes = block.codes(form, rows)
        for number in some:
            passed = rows[check_of(number.check_digit)(codes)] if number.check_digit else rows
            if len(passed):
                yield number, passed


@cache
def check_of(name: str) -> Letters:
    """The check digit of that name, as arithmetic, else python-stdnum's; `RuleError` if none is."""
    if name in CHECKS:
        return CHECKS[name]
    try:
        valid = importlib.import_module(f"stdnum.{name}").is_valid
    except (ImportError, AttributeError) as error:
        hint = nearest(name, CHECKS) or "a module of python-stdnum, such as luhn or jp.in_"
        raise RuleError(f"no check digit is called {name!r}", hint=hint) from error

    def check(texts: Bytes) -> Flags:
        rows = np.ascontiguousarray(texts).view(f"S{texts.shape[1]}").ravel()
        distinct, places = np.unique(rows, return_inverse=True)
        return np.array([bool(valid(text.decode("ascii"))) for text in distinct])[places]

    return check


def check_numbers(folder: Path) -> list[RuleError]:
    """What is wrong with a folder's numbers: shape, entity, check digit, examples."""
    try:
        every = list(placed(folder))
        entities = load(folder).entities
    except RuleError as error:
        return [error]
    errors = []
    for number, document, at in every:
        for what, where, hint in _wrong(number, [*entities]):
            errors.append(RuleError(what, where=document.where((*at, *where)), hint=hint))
    return errors


def _wrong(
    number: Number, entities: Sequence[str]
) -> Iterator[tuple[str, tuple[str | int, ...], str]]:
    entity = number.supported_entity
    if number.personal and entity not in entities:
        yield f"no entity is called {entity!r}", ("supported_entity",), nearest(entity, entities)
    try:
        for kind, texts in number.examples:
            for i, text in enumerate(texts):
                if is_number(number, text) != (kind == "positive"):
                    what = f"{number.name}: the {kind} example {text!r} is not one"
                    yield what, ("examples", kind, i), ""
    except RuleError as error:
        yield error.what, ("check_digit",), error.hint


def is_number(number: Number, text: str) -> bool:
    """Whether an ASCII text is that number."""
    block = Block(np.asfortranarray(np.frombuffer(text.encode("ascii", "replace"), np.uint8)[None]))
    for form in map(Form.of, number.forms):
        if form.width == len(text) and len(rows := form.fitting(block)):
            passed = not number.check_digit or check_of(number.check_digit)(block.codes(form, rows))
            if np.all(passed):
                return True
    return False
