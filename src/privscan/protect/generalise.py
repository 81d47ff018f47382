"""Say less: a date's year, a range for a number, the area of a postcode, a network, a region."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import polars as pl
import pyarrow as pa

from privscan.errors import UsageError
from privscan.protect.cells import arrow, changed, decoded, each, texts
from privscan.protect.hierarchy import countries, regions
from privscan.protect.treating import Apply, Asked

PLUGIN = True
OPTIONS = ("year", "month", "decade", "band", "prefix", "network", "region", "country")

OTHER = "*"
"""What stands for a value that has no place in the hierarchy."""

_YEARS = r"(?:1[89]|20|21)\d\d"
_YEAR_FIRST = rf"^\s*({_YEARS})(?:[-/.年](\d{{1,2}})|(\d{{2}})\d{{2}}$)"
_YEAR_LAST = rf"(?:^|\D)({_YEARS})\s*$"
_ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
_ERA = rf"^\s*({'|'.join(_ERAS)})\s*(\d{{1,2}}|元)年"
_NUMBER = (
    r"^(?P<before>\D{0,4})(?P<digits>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.(?P<rest>[0-9]+))?"
    r"(?P<unit>[千万億兆]?)(?P<after>[^\d千万億兆]{0,4})$"
)
_UNITS = {"千": 10**3, "万": 10**4, "億": 10**8, "兆": 10**12}
_BELOW = r"[-\x{2212}△▲(]"
"""What says before a number that it is below zero; SAP writes a minus after it."""

_POWER = r"^-?[0-9](?:\.[0-9]+)?[eE][-+]?[0-9]{1,3}$"
_DIGITS = 24
"""Digits of whole numbers that have bands: with unit and step they stay within 128 bits."""

_IPV4 = r"^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.\d{1,3}$"
_POSTCODE = 5
"""Digits from which an area has three."""

_LONG = 10**4
"""From here on bounds are in thousands if they can be: two of more digits read like a number of a card."""

_MOST = 10**7
"""Bounds of more digits are no band to a scan, unless in brackets."""

_THOUSANDS = "kMGTP"

_WAYS = {
    "dob": ("year", ""), "age": ("band", "10"), "age_range": ("band", "10"), "salary": ("band", ""),
    "income": ("band", ""), "credit_score": ("band", ""), "performance": ("band", ""),
    "postal_code": ("prefix", ""), "ip_address": ("network", "24"), "city": ("region", ""),
    "address": ("region", ""), "location_coarse": ("region", ""), "travel_history": ("region", ""),
}  # fmt: skip
"""How columns of these entities are made to say less."""

ENTITIES = tuple(_WAYS)


def completed(entities: Sequence[str]) -> dict[str, str]:
    """The option that fits what the column holds; none if there is no way."""
    return next(({way: value} for way, value in (_WAYS[e] for e in entities if e in _WAYS)), {})


def made(asked: Asked) -> Apply:
    """By the one option given; `UsageError` if it is none or several."""
    if len(asked.options) != 1:
        hint = f"one of {', '.join(OPTIONS)}, as in generalise:band=10"
        raise UsageError("say in which way to generalise this column", hint=hint)
    (way,) = asked.options
    if way in {"year", "decade"}:
        return lambda array: _years(array, way)
    make = _maker(way, asked)
    return lambda array: changed(array, make)


def _maker(way: str, asked: Asked) -> Callable[[pl.Series], pl.Series]:
    match way:
        case "month":
            return _months
        case "band":
            width = asked.number("band", 0, 1, 10**15) if asked.options["band"] else 0
            return lambda cells: _bands(cells, width)
        case "prefix":
            size = asked.number("prefix", 0, 1, 20) if asked.options["prefix"] else 0
            return lambda cells: _prefixes(cells, size)
        case "network":
            bits = asked.number("network", 24, 8, 64) if asked.options["network"] else 24
            return lambda cells: _networks(cells, bits)
        case "region":
            return lambda cells: regions(cells).fill_null(OTHER)
        case _:
            return lambda cells: countries(cells).fill_null(OTHER)


def _parts(cells: pl.Series) -> pl.DataFrame:
    """Year and month of dates in the writings that tell them for sure; null elsewhere."""
    text = pl.col("c")
    era = text.str.extract(_ERA, 1).replace_strict(_ERAS, default=None, return_dtype=pl.Int64)
    years = text.str.extract(_ERA, 2).str.replace("元", "1").cast(pl.Int64, strict=False)
    first = text.str.extract(_YEAR_FIRST, 1).cast(pl.Int64)
    last = text.str.extract(_YEAR_LAST, 1).cast(pl.Int64)
    month = pl.coalesce(text.str.extract(_YEAR_FIRST, 2), text.str.extract(_YEAR_FIRST, 3))
    return (
        cells.rename("c")
        .to_frame()
        .select(year=pl.coalesce(first, era + years, last), month=month.cast(pl.Int64))
    )


def _years(array: pa.Array, way: str) -> pa.Array:
    """Years: whole numbers where the column holds dates, as text where it holds texts."""

    def made(cells: pl.Series) -> pl.Series:
        year = _parts(cells)["year"]
        if way == "decade":
            return (year // 10 * 10).cast(pl.String) + "s"
        return year.cast(pl.String)

    if way == "year" and pa.types.is_temporal(decoded(array).type):
        return arrow(each(texts(array), made).cast(pl.Int32))
    return changed(array, lambda cells: made(cells).fill_null(OTHER))


def _months(cells: pl.Series) -> pl.Series:
    parts = _parts(cells)
    month = parts["month"].cast(pl.String).str.zfill(2)
    return (parts["year"].cast(pl.String) + "-" + month).fill_null(OTHER)


def _bands(cells: pl.Series, width: int) -> pl.Series:
    """Ranges `30-39`; without a width the size of the number says which, so that each is as coarse.

    Ends of five digits and more are in thousands or more; below zero it is `[-20, -11]`.
    """
    tens = {n: f"{10 ** max(1, n - 1)}" for n in range(1, 2 * _DIGITS)}
    fitting = pl.col("size").replace_strict(tens, default=None, return_dtype=pl.String)
    step, low, after = pl.col("step"), pl.col("low"), pl.col("low") + pl.col("step")
    longest = pl.when(low < 0).then(low * -1).otherwise(after)
    plain = _range(low, after - 1, "")
    said = [pl.when(longest <= _LONG).then(plain)]
    for place, letter in enumerate(_THOUSANDS, start=1):
        one = pl.lit(1_000**place, pl.Int128)
        fits = (step % one == 0) & (longest // one < _MOST)
        said.append(pl.when(fits).then(_range(low // one, after // one, letter)))
    said.append(pl.when((low >= 0) & (after <= _MOST)).then(plain))
    said.append(pl.when(low.is_not_null()).then(pl.format("[{}, {}]", low, after - 1)))
    return (
        _whole(cells)
        .with_columns(step=pl.lit(width, pl.Int128) if width else fitting.cast(pl.Int128))
        .with_columns(low=pl.col("number") // step * step)
        .select(pl.coalesce(*said, pl.lit(OTHER)))
        .to_series()
    )


def _range(low: pl.Expr, high: pl.Expr, unit: str) -> pl.Expr:
    signed = pl.format(f"[{{}}{unit}, {{}}{unit}]", low, high)
    return pl.when(low < 0).then(signed).otherwise(pl.format(f"{{}}{unit}-{{}}{unit}", low, high))


def _whole(cells: pl.Series) -> pl.DataFrame:
    """The whole number that each cell is or lies just above, and its digits (`size`); exact."""
    part = pl.col("cell").str.extract_groups(_NUMBER).struct.field
    unit = part("unit").replace_strict(_UNITS, default=1, return_dtype=pl.Int128)
    # What a float's text with an exponent says is whole, or less than one.
    power = pl.when(pl.col("cell").str.contains(_POWER)).then(pl.col("cell")).cast(pl.Float64)
    power = pl.when(power.abs() < 10.0**_DIGITS).then(power)
    plain = part("digits").str.replace_all(",", "").str.strip_chars_start("0")
    digits = pl.when(plain.str.len_chars() <= _DIGITS).then("0" + plain).cast(pl.Int128)
    minus = part("before").str.contains(_BELOW) | (part("after") == "-")
    rest = part("rest").str.contains("[1-9]").fill_null(value=False)
    floor = pl.col("size") * pl.when("minus").then(-1).otherwise(1)
    return (
        cells.alias("cell")
        .to_frame()
        .select(
            size=pl.coalesce(
                pl.when(~rest | (unit == 1)).then(digits * unit),
                power.abs().floor().cast(pl.Int128),
            ),
            minus=minus.fill_null(power < 0),
            rest=rest | (power != power.floor()).fill_null(value=False),
        )
        .select(
            number=floor - (pl.col("minus") & pl.col("rest")).cast(pl.Int128),
            size=pl.col("size").cast(pl.String).str.len_chars().cast(pl.Int64),
        )
    )


def _prefixes(cells: pl.Series, size: int) -> pl.Series:
    """The first letters and digits; of a postcode the area: three digits, or all before the blank."""
    if size:
        return cells.str.slice(0, size)
    bare = cells.str.replace(r"^(?:〒|[A-Z]{1,2}-)\s*", "")
    outward = bare.str.extract(r"(?i)^([A-Z]{1,2}\d[A-Z\d]?)\s?\d[A-Z]{2}$", 1)
    canada = bare.str.extract(r"(?i)^([A-Z]\d[A-Z])\s?\d[A-Z]\d$", 1)
    digits = bare.str.replace_all(r"[\s-]", "")
    long = digits.str.slice(0, 3).zip_with(
        digits.str.len_chars() >= _POSTCODE, digits.str.slice(0, 2)
    )
    return outward.fill_null(canada).fill_null(long)


def _networks(cells: pl.Series, bits: int) -> pl.Series:
    """Addresses of version 4 with zeros after the network, of version 6 their first 48 bits."""
    kept = max(1, min(3, bits // 8))
    four = cells.str.extract(_IPV4, 1)
    for part in range(2, 4):
        four = (
            four
            + "."
            + (
                cells.str.extract(_IPV4, part)
                if part <= kept
                else cells.str.extract(_IPV4, 1).str.replace(r"\d+", "0")
            )
        )
    six = cells.str.extract(r"^([0-9a-fA-F]{1,4}:[0-9a-fA-F]{1,4}:[0-9a-fA-F]{1,4}):", 1) + "::"
    return (four + ".0").fill_null(six).fill_null(OTHER)
