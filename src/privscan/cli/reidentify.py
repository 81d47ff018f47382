"""Measure re-identification exactly: k-anonymity, l-diversity, t-closeness, risks, uniques."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from privscan.cli.options import JSON, LANG, SOURCES, option, stacked, verb

if TYPE_CHECKING:
    from privscan.reidentify.result import Reidentification, Risks, Sensitive

PLUGIN = True
ORDER = 4

_BARS = 12
"""Sizes of classes that the text shows; JSON has them all."""

_SAID = {
    "on": ("{} on {}", "{}:{}"),
    "counts": (
        "{} records of {} persons in {} rows, {} classes",
        "{2} 行、{1} 人、{0} レコード、同値類 {3}",
    ),
    "key": ("persons told apart by {}", "個人の区別:{}"),
    "no_key": ("each row is taken for a person", "各行を一人とみなす"),
    "wildcard": ("a missing cell may be any value", "欠損値は任意の値と一致するものとする"),
    "strict": ("a missing cell is a value of its own", "欠損値はそれ自体を一つの値とする"),
    "k": ("k-anonymity: k = {}", "k-匿名性:k = {}"),
    "unique": ("unique records: {} ({})", "一意のレコード:{}({})"),
    "sizes": ("class size k: records", "同値類の大きさ k:レコード数"),
    "larger": ("larger", "それ以上"),
    "prosecutor": (
        "prosecutor risk: highest {}, mean {}, records with k below {}: {}",
        "検察官型リスク:最大 {}、平均 {}、k が {} 未満のレコード {}",
    ),
    "journalist": (
        "journalist risk: highest {}, mean {} (the data are their own population)",
        "ジャーナリスト型リスク:最大 {}、平均 {}(データ自体を母集団とする)",
    ),
    "table": (
        "population table {}: {} rows, {}",
        "母集団の表 {}:{} 行、{}",
    ),
    "matched": (
        "journalist risk: highest {}, mean {}, records with fewer than {} persons alike there: {}",
        "ジャーナリスト型リスク:最大 {}、平均 {}、母集団で同値の人が {} 人未満のレコード {}",
    ),
    "missing": (
        "classes that the population lacks: {} of {} ({} records); their risk is not known",
        "母集団にない同値類:{1} 件中 {0}({2} レコード)。そのリスクは不明",
    ),
    "short": (
        "classes with more persons in the data than there: {}; it is not the whole population",
        "データの人数が母集団の表の人数を上回る同値類:{}。この表は母集団全体ではない",
    ),
    "marketer": ("marketer risk: {}", "マーケター型リスク:{}"),
    "diversity": (
        "{}: l-diversity {}, entropy {:.2f}, recursive c {}",
        "{}:l-多様性 {}、エントロピー {:.2f}、再帰的 c {}",
    ),
    "closeness": (
        "  t-closeness {:.3f} ({}), alpha {:.3f}, beta {:.3f}, delta {:.3f}",
        "  t-近接性 {:.3f}({})、alpha {:.3f}、beta {:.3f}、delta {:.3f}",
    ),
    "ordered": ("ordered distance", "順序距離"),
    "equal": ("equal distance", "等距離"),
    "no_sensitive": (
        "l-diversity and t-closeness: no sensitive column named",
        "l-多様性・t-近接性:機微な列の指定なし",
    ),
    "special": (
        "special uniques: {} records singled out by up to {} columns; highest score {:g}",
        "特殊一意:{1} 列以内で特定されるレコード {0}、最大スコア {2:g}",
    ),
    "keys": ("  least sets by size: {}", "  最小の列集合の数(大きさ別):{}"),
    "left_special": (
        "special uniques: not measured, too many classes; --special-size asks for fewer columns",
        "特殊一意:同値類が多く測定していない。--special-size で列数を減らせる",
    ),
    "population": (
        "population of about {}: {} unique persons by {} ({}); a unique match is right with {}",
        "母集団約 {}:一意の人 {}({} による、{})。一意の照合が正しい確率 {}",
    ),
    "unread": ("INCOMPLETE: {} parts unread", "不完全:読めない部分 {}"),
}


def _names(_context: click.Context, _option: click.Parameter, given: str) -> tuple[str, ...]:
    """Columns separated by commas."""
    return tuple(name.strip() for name in (given or "").split(",") if name.strip())


@verb("reidentify")
@SOURCES
@option(
    "--quasi",
    metavar="COLUMNS",
    callback=_names,
    shared=False,
    help="Quasi-identifiers, separated by commas, at most 15. Default: those that a scan finds.",
)
@option(
    "--sensitive",
    metavar="COLUMNS",
    callback=_names,
    shared=False,
    help="Sensitive columns, separated by commas. Default, without --quasi: those that a scan finds.",
)
@option(
    "--subject-key",
    metavar="COLUMN",
    default="",
    shared=False,
    help="The column that tells persons apart: k counts persons. Default: that of dataset.yaml.",
)
@option(
    "--sampling-fraction",
    type=click.FloatRange(0, 1, min_open=True),
    metavar="NUMBER",
    shared=False,
    help="The share of their population that the data are; estimates its uniques.",
)
@option(
    "--population",
    metavar="SOURCE",
    shared=False,
    help="A table of the population with the same quasi-identifiers; the journalist looks there.",
)
@option(
    "--nulls",
    type=click.Choice(["wildcard", "strict"]),
    default="wildcard",
    show_default=True,
    shared=False,
    help="A missing cell may be any value, or is a value of its own.",
)
@option(
    "--least-k",
    type=click.IntRange(min=1),
    metavar="NUMBER",
    default=11,
    show_default=True,
    shared=False,
    help="Records in smaller classes are at risk.",
)
@option(
    "--special-size",
    type=click.IntRange(0, 15),
    metavar="NUMBER",
    default=3,
    show_default=True,
    shared=False,
    help="Most columns of a special unique; 0 leaves them out.",
)
@stacked(LANG, JSON)
@click.pass_context
def command(
    ctx: click.Context,
    /,
    *,
    sources: tuple[str, ...],
    format_: str,
    lang: str,
    **asked: Any,
) -> None:
    """Measure how well people in SOURCEs can be told apart, on the data themselves.

    Exact k-anonymity, l-diversity and t-closeness, risks of three attackers, special uniques.
    Exits 3 if anything stayed unread.
    """
    from privscan import api
    from privscan.cli.output import emit, printable
    from privscan.cli.scanning import sources as named
    from privscan.reidentify.result import SCHEMA

    measured = api.reidentify(*named(sources), **asked)
    if format_ == "json":
        datasets = [asdict(one) for one in measured]
        emit(json.dumps({"schema": SCHEMA, "datasets": datasets}, ensure_ascii=False, indent=2))
    else:
        emit("\n\n".join(printable("\n".join(_text(one, lang))) for one in measured))
    ctx.exit(3 if not measured or any(one.unread for one in measured) else 0)


def _say(key: str, lang: str, *values: object) -> str:
    return _SAID[key][lang == "ja"].format(*values)


def _text(one: Reidentification, lang: str) -> Iterator[str]:
    comma = "、" if lang == "ja" else ", "
    yield _say("on", lang, one.dataset, comma.join(one.columns))
    numbers = (one.records, one.subjects, one.rows, one.classes)
    yield "  " + _say("counts", lang, *(f"{n:,}" for n in numbers))
    key = _say("key", lang, one.subject_key) if one.subject_key else _say("no_key", lang)
    yield f"  {key}{comma}{_say(one.nulls, lang)}"
    yield "  " + _say("k", lang, one.k)
    share = one.unique_records / max(1, one.records)
    yield "  " + _say("unique", lang, f"{one.unique_records:,}", f"{share:.1%}")
    yield "  " + _say("sizes", lang)
    yield from _bars(one, lang)
    yield "  " + _say("prosecutor", lang, *_chances(one.prosecutor, one.least_k))
    yield from _by_population(one, lang)
    if one.marketer is not None:
        yield "  " + _say("marketer", lang, f"{one.marketer:.1%}")
    for column in one.sensitive:
        yield from _given_away(column, lang)
    if not one.sensitive:
        yield "  " + _say("no_sensitive", lang)
    yield from _uniques(one, lang)
    if one.unread:
        yield "  " + _say("unread", lang, f"{len(one.unread):,}")


def _chances(risks: Risks, least: int) -> tuple[str | int, ...]:
    return f"{risks.highest:.1%}", f"{risks.mean:.1%}", least, f"{risks.at_risk:.1%}"


def _by_population(one: Reidentification, lang: str) -> Iterator[str]:
    """The journalist's risk, and what is not known of it."""
    risks, there = one.journalist, one.matched
    if there is None:
        if risks:
            yield "  " + _say("journalist", lang, *_chances(risks, one.least_k)[:2])
        return
    key = there.subject_key
    told = _say("key", lang, key) if key else _say("no_key", lang)
    yield "  " + _say("table", lang, there.dataset, f"{there.rows:,}", told)
    if risks:
        yield "    " + _say("matched", lang, *_chances(risks, one.least_k))
    if there.missing_classes:
        every = there.classes + there.missing_classes
        numbers = (there.missing_classes, every, there.missing_records)
        yield "    " + _say("missing", lang, *(f"{n:,}" for n in numbers))
    if there.short_classes:
        yield "    " + _say("short", lang, f"{there.short_classes:,}")


def _bars(one: Reidentification, lang: str) -> Iterator[str]:
    most = max((n for _, n in one.class_sizes), default=1)
    for k, n in one.class_sizes[:_BARS]:
        yield f"    {k:>7,}  {n:>12,}  {'#' * round(30 * n / most)}".rstrip()
    rest = sum(n for _, n in one.class_sizes[_BARS:])
    if rest:
        yield f"    {_say('larger', lang)}  {rest:,}"


def _given_away(column: Sensitive, lang: str) -> Iterator[str]:
    c = "-" if column.recursive_c is None else f"{column.recursive_c:.2f}"
    levels = (column.diversity, column.entropy_diversity, c)
    yield "  " + _say("diversity", lang, column.column, *levels)
    distance = _say("ordered" if column.ordered else "equal", lang)
    likeness = (column.alpha, column.beta, column.delta)
    yield "  " + _say("closeness", lang, column.closeness, distance, *likeness)


def _uniques(one: Reidentification, lang: str) -> Iterator[str]:
    found, whole = one.special, one.population
    if found:
        yield "  " + _say("special", lang, f"{found.records:,}", found.size, found.highest)
        sizes = ", ".join(f"{i}: {n:,}" for i, n in enumerate(found.keys, 1))
        yield "  " + _say("keys", lang, sizes)
    yield from ("  " + _say(f"left_{name}", lang) for name in one.left_out)
    if whole:
        share = f"{whole.uniques / max(1, whole.size):.1%}"
        facts = (f"{whole.size:,}", f"{whole.uniques:,.0f}", whole.chosen, share)
        yield "  " + _say("population", lang, *facts, f"{whole.match:.1%}")
