"""The mixed table that figures are measured on: 25 columns of made-up people, orders and prose.

usage: python bench/mixed.py ROWS OUT.parquet   row groups of 131,072 rows, the same bytes each run
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

ROWS = 1_000_000
GROUP = 131_072

CHUNK = 8 * GROUP
"""Rows made at a time, so that a table of any size is written in bounded memory."""

ONSETS = [
    "b",
    "br",
    "c",
    "d",
    "dr",
    "f",
    "g",
    "gr",
    "h",
    "j",
    "k",
    "l",
    "m",
    "n",
    "p",
    "r",
    "s",
    "st",
    "t",
    "tr",
    "v",
    "w",
]
VOWELS = ["a", "e", "i", "o", "u", "ai", "ea", "ou"]
CODAS = ["l", "m", "n", "r", "s", "t", "nd", "rk", "ss"]
WIDE_SYLLABLES = ["ré", "mü", "sö", "łą", "ñe", "ço", "bê", "ží", "å", "ø"]
WIDE_PLACES = ["東京都港区", "大阪市北区", "서울 중구", "Praça", "Čechova", "Żwirki"]
STREETS = ["Street", "Road", "Lane", "Avenue", "Hill", "Square", "Row"]
COUNTRIES = ["US", "DE", "FR", "GB", "PL", "IT", "JP", "BR"]
STATUSES = ["active", "closed", "pending", "blocked"]
PRODUCTS = ["bolt", "lamp", "cable", "valve", "hinge", "filter", "sensor", "bracket", "gasket"]
MATERIALS = ["steel", "brass", "oak", "nylon", "copper", "glass", "felt", "cork"]
ENDINGS = [".com", ".org", ".net", ".de", ".co.uk", ".io", ".co.jp"]
SMALL = [
    "the",
    "a",
    "of",
    "and",
    "to",
    "in",
    "with",
    "for",
    "was",
    "is",
    "on",
    "at",
    "by",
    "from",
    "it",
    "we",
    "they",
    "that",
    "has",
    "had",
    "very",
]

MASTERCARD = 5
"""First digit of numbers whose second is 1 to 5."""

LETTER_VALUE = 10 - ord("A")
"""ISO 13616 counts A as 10, B as 11 and so on."""

NULLS = {"phone": 0.1, "ssn": 0.05, "product": 0.02}
HITS, WIDE = 0.05, 0.4
"""Shares of comments that hold a personal value, and of addresses beyond ASCII."""


class _Made:
    """Random columns of one length; every pool of words comes from the same seed."""

    def __init__(self, rows: int, seed: int, first: int) -> None:
        self.rows = rows
        self.random = np.random.default_rng([seed, first])
        self._pools = np.random.default_rng(seed)

    def words(self, count: int, most: int = 3) -> list[str]:
        """A pool of made-up words."""
        syllables = [
            "".join(self._pools.choice(sounds) for sounds in (ONSETS, VOWELS, CODAS))
            for _ in range(160)
        ]
        lengths = self._pools.integers(1, most + 1, count)
        return ["".join(self._pools.choice(syllables, n)) for n in lengths]

    def clauses(self, count: int) -> list[str]:
        """A pool of eight to fourteen words each, small words among them."""
        longer = self.words(3000)
        pool = np.array(SMALL * 60 + longer, dtype=object)
        sizes = self._pools.integers(8, 15, count)
        return [" ".join(pool[self._pools.integers(0, len(pool), n)]) for n in sizes]

    def of(self, pool: list[str]) -> pl.Series:
        """One of the pool in every row."""
        return pl.Series(pool, dtype=pl.String).gather(
            self.random.integers(0, len(pool), self.rows)
        )

    def number(self, low: int, high: int, digits: int = 0) -> pl.Series:
        """Whole numbers below `high` as text, with leading zeros up to `digits`."""
        drawn = pl.Series(self.random.integers(low, high, self.rows))
        return drawn.cast(pl.String).str.zfill(digits)

    def digits(self, count: int) -> np.ndarray:
        """A matrix of digits, one row a row."""
        return self.random.integers(0, 10, (self.rows, count), np.uint8)

    def share(self, part: float) -> pl.Series:
        """True in about that part of the rows."""
        return pl.Series(self.random.random(self.rows) < part)

    def hexadecimal(self, size: int) -> pl.Series:
        """So many random bytes as lower-case hexadecimal digits."""
        drawn = self.random.integers(0, 256, (self.rows, size), np.uint8)
        low, high = drawn & 15, drawn >> 4
        nibbles = np.stack([high, low], axis=2).reshape(self.rows, 2 * size)
        return _text(np.frombuffer(b"0123456789abcdef", np.uint8)[nibbles])

    def one_of(self, *columns: pl.Series) -> pl.Series:
        """In every row the cell of one of the columns."""
        names = [f"c{i}" for i in range(len(columns))]
        frame = pl.DataFrame([c.alias(n) for c, n in zip(columns, names, strict=True)])
        pick = pl.Series(self.random.integers(0, len(columns), self.rows))
        choice = pl.coalesce(pl.when(pick == i).then(pl.col(n)) for i, n in enumerate(names))
        return frame.select(choice).to_series()


def _text(characters: np.ndarray) -> pl.Series:
    """A matrix of ASCII codes as one string a row."""
    rows, width = characters.shape
    offsets = pa.py_buffer(np.arange(rows + 1, dtype=np.int64) * width)
    data = pa.py_buffer(np.ascontiguousarray(characters, np.uint8))
    return pl.Series(pa.Array.from_buffers(pa.large_string(), rows, [None, offsets, data]))


def _parted(cells: pl.Series, sign: str, sizes: tuple[int, ...]) -> pl.Series:
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    first, *rest = (cells.str.slice(int(s), n) for s, n in zip(starts, sizes, strict=True))
    for piece in rest:
        first = first + sign + piece
    return first.str.strip_chars(sign)


def cards(made: _Made) -> pl.Series:
    """Card numbers with a valid check digit (ISO/IEC 7812-1), plain, by fours, with dashes."""
    body = made.digits(15)
    body[:, 0] = made.random.choice([4, MASTERCARD], made.rows)
    body[:, 1] = np.where(body[:, 0] == MASTERCARD, 1 + body[:, 1] % 5, body[:, 1])
    doubled = body[:, ::2] * 2
    total = (doubled // 10 + doubled % 10).sum(1) + body[:, 1::2].sum(1)
    plain = _text(np.column_stack([body, (10 - total % 10) % 10]) + ord("0"))
    fours = (4, 4, 4, 4)
    return made.one_of(plain, _parted(plain, " ", fours), _parted(plain, "-", fours))


def ibans(made: _Made) -> pl.Series:
    """Account numbers of four countries with valid check digits (ISO 7064 mod 97-10)."""
    return made.one_of(
        _iban(made, "DE", 0, 18), _iban(made, "GB", 4, 14), _iban(made, "NL", 4, 10),
        _parted(_iban(made, "FR", 0, 23), " ", (4, 4, 4, 4, 4, 4, 3)),
    )  # fmt: skip


def _iban(made: _Made, country: str, letters: int, digits: int) -> pl.Series:
    bank = made.random.integers(ord("A"), ord("Z") + 1, (made.rows, letters), np.uint8)
    account = made.digits(digits)
    rest = np.zeros(made.rows, np.int64)
    for letter in bank.T:
        rest = (rest * 100 + letter + LETTER_VALUE) % 97
    for digit in account.T:
        rest = (rest * 10 + digit) % 97
    for letter in country:
        rest = (rest * 100 + ord(letter) + LETTER_VALUE) % 97
    check = 98 - rest * 100 % 97
    head = np.tile(np.frombuffer(country.encode(), np.uint8), (made.rows, 1))
    middle = np.column_stack([check // 10, check % 10, account]) + ord("0")
    return _text(np.column_stack([head, middle[:, :2], bank, middle[:, 2:]]))


def phones(made: _Made) -> pl.Series:
    """Numbers in the ways of five countries."""
    area, local = made.number(201, 990), made.number(200, 1000)
    line = made.number(0, 10_000, 4)
    return made.one_of(
        "(" + area + ") " + local + "-" + line,
        area + "-" + local + "-" + line,
        "+1 " + area + " " + local + " " + line,
        "+44 20 7" + local + " " + line,
        "+49 30 " + local + line,
        "03-" + line + "-" + made.number(0, 10_000, 4),
    )


def _comments(made: _Made, clauses: list[str], personal: list[pl.Series]) -> pl.Series:
    first, second, third = (made.of(clauses) for _ in range(3))
    email, phone, card, iban, ip = personal
    inside = made.one_of(
        ", please write to " + email + " today, ", ", call me at " + phone + ", ",
        ", card number " + card + " was declined, ", ", IBAN " + iban + " thanks, ",
        ", from host " + ip + " again, ",
    )  # fmt: skip
    hit = made.share(HITS)
    between = pl.DataFrame({"i": inside}).select(pl.when(hit).then("i").otherwise(pl.lit(", ")))
    return first + ", " + second + between.to_series() + third + "."


def _addresses(made: _Made, streets: list[str], cities: pl.Series, zips: pl.Series) -> pl.Series:
    number = made.number(1, 1000)
    plain = number + " " + made.of(streets) + " " + made.of(STREETS) + ", " + cities + " " + zips
    stems = made.words(300, 1)
    strange = [s + w + "gata" for s, w in zip(stems, WIDE_SYLLABLES * 30, strict=True)]
    wide = made.of(strange + WIDE_PLACES * 20) + " " + number + ", " + zips + " " + cities
    frame = pl.DataFrame({"plain": plain, "wide": wide})
    choice = pl.when(made.share(WIDE)).then(pl.col("wide")).otherwise(pl.col("plain"))
    return frame.select(choice).to_series()


def _person(made: _Made) -> dict[str, pl.Series]:
    given = [w.capitalize() for w in made.words(4000, 2)]
    family = [w.capitalize() for w in made.words(9000, 3)]
    first, last, city = (
        made.of(given),
        made.of(family),
        made.of([w.title() for w in made.words(1000)]),
    )
    zips = made.number(10_000, 100_000)
    domains = [w + e for w, e in zip(made.words(490), ENDINGS * 70, strict=True)]
    host = made.of(domains)
    email = first.str.to_lowercase() + "." + last.str.to_lowercase() + made.number(1, 9999)
    return {
        "first_name": first,
        "last_name": last,
        "city": city,
        "zip": zips,
        "address": _addresses(made, [w.capitalize() for w in made.words(3000)], city, zips),
        "email": email + "@" + host,
        "url": "https://www." + host + "/" + made.of(domains).str.slice(0, 6) + "/"
        + made.number(1, 10**6) + "?q=" + last.str.to_lowercase(),
        "phone": phones(made),
    }  # fmt: skip


def _bytes(made: _Made) -> dict[str, pl.Series]:
    drawn = made.hexadecimal(16)
    form = (drawn.str.slice(0, 8), drawn.str.slice(8, 4), "4" + drawn.str.slice(13, 3),
            "a" + drawn.str.slice(17, 3), drawn.str.slice(20, 12))  # fmt: skip
    identity = form[0] + "-" + form[1] + "-" + form[2] + "-" + form[3] + "-" + form[4]
    octets = [made.number(1, 255), *(made.number(0, 256) for _ in range(3))]
    return {
        "uuid": identity,
        "sha256": made.hexadecimal(32),
        "ip": octets[0] + "." + octets[1] + "." + octets[2] + "." + octets[3],
    }


def table(rows: int, seed: int = 1, first: int = 0) -> pl.DataFrame:
    """Rows `first` and following of the made-up table of a seed; ids go on from `first`."""
    made = _Made(rows, seed, first)
    clauses = made.clauses(20_000)
    columns = _person(made) | _bytes(made)
    columns |= {"card": cards(made), "iban": ibans(made)}
    columns["ssn"] = made.number(1, 900, 3) + "-" + made.number(1, 100, 2) + "-" + made.number(1, 10_000, 4)  # fmt: skip
    personal = [columns[name] for name in ("email", "phone", "card", "iban", "ip")]
    columns["comment"] = _comments(made, clauses, personal)
    columns["product"] = made.of(MATERIALS) + " " + made.of(PRODUCTS) + " M" + made.number(3, 500)
    for name, part in NULLS.items():
        lost = pl.when(~made.share(part)).then(pl.col(name))
        columns[name] = pl.DataFrame({name: columns[name]}).select(lost).to_series()
    integers = made.random.integers
    day = np.datetime64("1940-01-01") + integers(0, 25_000, rows)
    moment = np.datetime64("2020-01-01T00:00:00", "ms") + integers(0, 10**11, rows)
    return pl.DataFrame(
        {
            "id": np.arange(first + 1, first + rows + 1),
            "user_id": integers(10**9, 10**10, rows),
            "birth_date": day.astype("datetime64[D]"),
            "created_at": moment,
            "country": made.of(COUNTRIES),
            "status": made.of(STATUSES),
            "price": np.round(made.random.random(rows) * 500, 2),
            "amount": np.round(made.random.random(rows) * 1e4, 2),
            "active": made.share(0.8),
            **columns,
        }
    )


def write(rows: int, file: Path, seed: int = 1) -> None:
    """The table as Parquet, made and written CHUNK by CHUNK."""
    writer = None
    for first in range(0, rows, CHUNK):
        piece = table(min(CHUNK, rows - first), seed, first).to_arrow()
        writer = writer or pq.ParquetWriter(file, piece.schema, compression="snappy")
        writer.write_table(piece, row_group_size=GROUP)
    if writer:
        writer.close()


if __name__ == "__main__":
    if len(sys.argv) > 2:  # noqa: PLR2004  rows and the file
        write(int(sys.argv[1]), Path(sys.argv[2]))
    else:
        print("bench/mixed.py: say how many rows and which file")
