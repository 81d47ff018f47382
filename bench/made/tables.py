"""Whole tables: a domain, a language, a size, headings, damage, and the label of each column."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

import polars as pl

from made import people, things  # noqa: F401  importing them registers their columns
from made.damage import Cells, damaged
from made.draw import LANGUAGES, SOURCES, Draw, authors, resource
from made.fields import DOUBTFUL, FIELDS, NONE, Person
from made.headings import apart, heading, style
from made.people import born

ROWS = (5, 5, 5, 8, 8, 12, 12, 20, 30, 30, 40, 50, 60, 80, 100, 120, 150, 200, 300, 2_000)
SIZES = ((5, "5"), (12, "8-12"), (100, "20-100"))
FEW_AUTHORS = 30
WESTERN = ("en", "de", "fr", "nl", "es", "it")
DIGITS = 6
"""A text with so many digits holds a telephone number."""


@dataclass(frozen=True)
class Labelled:
    """One column: its header, its cells, and what it is by its header and by its cells alone."""

    header: str
    cells: Cells
    label: str
    bare: str


@dataclass(frozen=True)
class Table:
    """One table with its labels; `traits` say how it was made."""

    name: str
    columns: tuple[Labelled, ...]
    traits: dict[str, str]

    def frame(self) -> pl.DataFrame:
        """The table as strings, as a reader of CSV would give it."""
        return pl.DataFrame({c.header: c.cells for c in self.columns}, strict=True).cast(pl.String)

    def cut(self, rows: int | None) -> Table:
        """Its first rows, with the labels that these bear out."""
        if rows is None:
            return self
        columns = (_settled(replace(c, cells=c.cells[:rows])) for c in self.columns)
        return replace(self, columns=tuple(columns))

    def stripped(self) -> Table:
        """The same table as a file without headers gives it."""
        bare = [
            replace(c, header=f"column_{n}", label=c.bare) for n, c in enumerate(self.columns, 1)
        ]
        return replace(self, columns=tuple(bare))


def tables(count: int, seed: int) -> Iterator[Table]:
    """So many tables, three in five of them about people; table `n` follows from seed and `n`."""
    for number in range(count):
        kind = "personal" if number % 5 < 3 else "none"  # noqa: PLR2004  three in five
        yield _table(kind, number, Random(f"{seed}-{number}"))


def _table(kind: str, number: int, rng: Random) -> Table:
    language = rng.choice(LANGUAGES)
    known = len(authors()) >= FEW_AUTHORS and language in WESTERN
    source = rng.choice((*SOURCES, "composed") if known else (*SOURCES[:-1], "composed"))
    draw = Draw(rng, language, source)
    # In turn, so that few tables hold each kind too.
    turn = number // 5 * (3 if kind == "personal" else 2) + number % 5 % 3
    domain = sorted(resource("domains")[kind])[turn % len(resource("domains")[kind])]
    wanted = resource("domains")[kind][domain]
    some = rng.sample(wanted["some"], rng.randint(2, min(8, len(wanted["some"]))))
    concepts = [c for asked in (*wanted["always"], *some) for c in _expanded(draw, asked)]
    if rng.random() < 0.3:  # noqa: PLR2004  three in ten tables are in no order
        rng.shuffle(concepts)
    someone = _person if kind == "personal" else lambda _, n: Person(n)
    rows = [someone(draw, n) for n in range(rng.choice(ROWS))]
    chosen = style(draw)
    made = [_column(draw, concept, rows, chosen, n) for n, concept in enumerate(concepts, 1)]
    hurt = damaged(draw, [column.cells for column in made])
    headers = apart([column.header for column in made])
    columns = tuple(_settled(replace(c, header=h)) for c, h in zip(made, headers, strict=True))
    traits = {
        "kind": kind, "domain": domain, "language": language, "names": source,
        "headers": chosen[0], "letters": chosen[1].replace(" ", "-"), "rows": _size(len(rows)),
        "damage": " ".join(hurt) or "none",
    }  # fmt: skip
    return Table(f"{number:04}-{domain}-{language}", columns, traits)


def _size(rows: int) -> str:
    """How many rows, roughly."""
    return next((size for most, size in SIZES if rows <= most), "more")


def _expanded(draw: Draw, asked: str) -> list[str]:
    """The columns that a name, an address or a position is split into."""
    if asked == "name":
        kana = ["name_kana"] if draw.language == "ja" and draw.chance(0.5) else []
        split = draw.pick((["name_given", "name_family"], ["name_family", "name_given"]))
        return [*draw.pick((["name_full"], split)), *kana]
    if asked == "address":
        parts = ["street", "postal_code", "city", *draw.pick(([], ["region"], ["country"]))]
        return draw.pick((["address_full"], parts))
    if asked.endswith("lat_lon"):
        return [asked.removesuffix("_lon"), asked.replace("lat_lon", "lon")]
    return [asked]


def _person(draw: Draw, index: int) -> Person:
    female = draw.chance(0.5)
    given, family = draw.name(female=female)
    return Person(index, given, family, female=female, born=born(draw))


def _column(
    draw: Draw, concept: str, rows: list[Person], chosen: tuple[str, str], number: int
) -> Labelled:
    field = FIELDS[concept]
    made = field.make(draw)
    cell, bare = made if isinstance(made, tuple) else (made, True)
    header, says = heading(draw, field.heading, chosen, number)
    cells: Cells = [cell(person) for person in rows]
    alone = field.label if bare or field.label == NONE else DOUBTFUL
    return Labelled(header, cells, field.label if says else alone, alone)


def _settled(column: Labelled) -> Labelled:
    """The column with labels that its cells bear out: an empty one, and a text that tells nothing."""
    filled = [c for c in column.cells if c and c.strip()]
    if not filled:
        return replace(column, label=DOUBTFUL, bare=DOUBTFUL)
    if column.label == "free_text" or column.bare == "free_text":
        told = any("@" in c or sum(map(str.isdigit, c)) >= DIGITS for c in filled)
        said = "free_text" if told else DOUBTFUL
        return replace(column, label=said, bare=said)
    return column
