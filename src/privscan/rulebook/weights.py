"""The weights of evidence, `rules/weights.yaml`: what speaks for and against an entity, in bits."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from privscan.errors import RuleError
from privscan.rulebook._yaml import read, shaped
from privscan.rulebook.folders import rules_folder, single
from privscan.rulebook.load import load, read_shape, strangers
from privscan.rulebook.schema import Shape, Share, Text

Between = Annotated[float, Field(gt=0, lt=1)]
AGAINST = ("facility", "machine", "other_kind", "nobody", "nobody_direct", "not_text", "absent", "other_words", "no_letters",
           "out_of_range", "no_dates", "constant", "other_code", "alone", "years", "lengths",
           "listed", "other_header", "few_names", "rather_names", "rather_bodies",
           "rather_places", "story", "texts")  # fmt: skip
SAYS = ("prior", "header", "header_hint", "header_against", "votes", "form", "things", "beside")


class Vote(Shape):
    """What it says that detectors see a share of a column's cells; the file's comments say how."""

    sees: tuple[str, ...] = Field(min_length=1)
    of: tuple[str, ...] = ()
    score: Share = 0
    like: Between
    chance: Between
    most: float = Field(ge=0)
    least: float = Field(default=0, le=0)
    alone: float = Field(default=0, ge=0)
    layout: float = Field(default=0, ge=0)
    certain: bool = False
    distinct: tuple[int, int] = (0, 1 << 62)
    longest: int = 0
    says: Text | None = None

    @model_validator(mode="after")
    def _tells(self) -> Self:
        if self.like <= self.chance:
            raise ValueError("`like` must be above `chance`: else seeing it says nothing for it")
        return self

    @property
    def adds(self) -> bool:
        """Whether the cells of what it sees are added up, instead of each standing apart."""
        return not any(name[-1:] in {"", "/"} for name in self.sees)

    def fits(self, entity: str, detector: str, score: float) -> bool:
        """Whether it is about these hits."""
        named = any(
            s == detector or (s[-1:] in {"", "/"} and detector.startswith(s)) for s in self.sees
        )
        return named and score >= self.score and (not self.of or entity in self.of)

    def bits(self, share: float, draws: float) -> float:
        """Log2 of the likelihood ratio when `share` of so many values are seen, within bounds."""
        seen = share * math.log2(self.like / self.chance)
        unseen = (1 - share) * math.log2((1 - self.like) / (1 - self.chance))
        return min(self.most, max(self.least, self.layout + draws * (seen + unseen)))


class Beside(Shape):
    """What an entity in another column, or one of the headers `near`, says of this one."""

    of: tuple[str, ...] = Field(min_length=1)
    any: tuple[str, ...] = ()
    header: Literal["hint", "something", "any"] = "any"
    words: frozenset[str] = frozenset()
    near: frozenset[str] = frozenset()
    sees: str = ""
    bits: float

    @model_validator(mode="after")
    def _stands_beside(self) -> Self:
        if not self.any and not self.near:
            raise ValueError("`any` or `near` must say what stands beside it")
        return self


class Together(Shape):
    """What columns are with each other: `sees` and `beside` are what detectors' names begin with.

    `beside` must be seen under so many `names`, or in a column of so many different `values`,
    and of fewer than `below`.
    """

    of: str
    sees: str
    beside: str
    names: int = 1
    values: int = 1
    below: int | None = None
    without: frozenset[str] = frozenset()
    bits: float = Field(gt=0)
    says: Text


class Key(Shape):
    """What makes a column whose header only says `id` the key of a table of persons."""

    words: frozenset[str] = Field(min_length=1)
    of: str
    any: tuple[str, ...] = Field(min_length=1)
    distinct: Share
    bits: float = Field(gt=0)
    says: Text


class Setting(Shape):
    """What a word in any header says of the table, where no person is told apart in it."""

    words: frozenset[str] = Field(min_length=1)
    whole: frozenset[str] = frozenset()
    distinct: Share = 0
    unless: frozenset[str] = frozenset()
    of: tuple[str, ...] = Field(min_length=1)
    bits: float = Field(lt=0)
    says: Text

    def speaks(self, header: Sequence[str]) -> bool:
        """Whether the words of a header say it: the last of them, or all together."""
        every = "".join(header)
        return every in self.whole or not self.words.isdisjoint((header[-1], every))


class Stories(Shape):
    """Words of headers whose texts tell of made-up or public persons, and the entities meant."""

    words: frozenset[str] = Field(min_length=1)
    of: tuple[str, ...] = Field(min_length=1)


class Against(Shape):
    """What speaks against an entity, and its sentence."""

    bits: float = Field(lt=0)
    says: Text


class Calibration(Shape):
    """From bits to confidence: the odds' logarithm is slope x bits + offset."""

    slope: float = Field(gt=0)
    offset: float


class Weights(Shape):
    """All of `rules/weights.yaml`; the file's comments say what each is."""

    version: int
    as_of: str
    status: str
    source: str
    prior: float
    draws: float = Field(gt=0)
    calibration: Calibration
    votes: tuple[Vote, ...]
    beside: tuple[Beside, ...]
    together: tuple[Together, ...]
    key: Key
    settings: tuple[Setting, ...]
    stories: Stories
    against: dict[str, Against]
    says: dict[str, Text]

    @model_validator(mode="after")
    def _whole(self) -> Self:
        for key, given, known in (("against", self.against, AGAINST), ("says", self.says, SAYS)):
            if lost := {*known} ^ {*given}:
                raise ValueError(f"`{key}` lacks, or does not know, {min(lost)!r}")
        return self

    def confidence(self, bits: float) -> float:
        """The calibrated probability that so many bits mean."""
        odds = self.calibration.slope * bits + self.calibration.offset
        return 1 / (1 + math.exp2(-max(-64.0, odds)))


def weights() -> Weights:
    """The weights of `rules_folder()`, cached by folder; a wrong file is a `RuleError`."""
    return _weights(rules_folder())


@cache
def _weights(folder: Path) -> Weights:
    return read_shape(Weights, single(folder, "weights.yaml"))


def check_weights(folder: Path) -> list[RuleError]:
    """What is wrong with a rules folder's weights.yaml: its shape, or an entity that is none."""
    try:
        document = read(single(folder, "weights.yaml"))
        found = shaped(Weights, document.value or {}, document)
        entities = load(folder).entities
    except RuleError as error:
        return [error]
    return strangers(document, _named(found), entities)


def _named(found: Weights) -> Iterator[tuple[tuple[str | int, ...], Iterable[str]]]:
    for i, vote in enumerate(found.votes):
        yield ("votes", i, "of"), vote.of
    for i, beside in enumerate(found.beside):
        yield ("beside", i, "of"), beside.of
        yield ("beside", i, "any"), beside.any
    for i, joined in enumerate(found.together):
        yield ("together", i, "of"), (joined.of,)
    yield ("key", "of"), (found.key.of,)
    yield ("key", "any"), found.key.any
    yield ("stories", "of"), found.stories.of
    for i, setting in enumerate(found.settings):
        yield ("settings", i, "of"), setting.of
