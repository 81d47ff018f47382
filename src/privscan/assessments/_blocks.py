"""The pieces an assessment is written of, each in both languages; a format only lays them out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from privscan.model.finding import Text
from privscan.render._figures import Figure


@dataclass(frozen=True, slots=True)
class Head:
    """A heading within a section; `depth` 1 stands below the section's own."""

    text: Text
    depth: int = 1


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph; `tone` is lead, note, draft, a level or plain."""

    text: Text
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[Text, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under heads; `tones` gives a row's level or state, for colour beside the word."""

    heads: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]
    tones: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """A box with its text and what stands below it: what settled it, or the answer asked for."""

    mark: str
    text: Text
    below: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Checks:
    """Boxes; `mark` is ticked, person, no or open."""

    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class RiskMap:
    """Severity 4..1 down, likelihood 1..4 across: the datasets in each field, by name."""

    fields: Mapping[tuple[int, int], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure; `beside` says that the table behind it stands in the document anyway."""

    figure: Figure
    beside: bool = False


Block = Head | Para | Items | Table | Checks | RiskMap | Picture


@dataclass(frozen=True, slots=True)
class Section:
    """One of the twenty headings, with who fills it in."""

    number: str
    key: str
    title: Text
    blocks: tuple[Block, ...]
