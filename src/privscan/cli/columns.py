"""What `explain` says of a column in a saved report: each piece of evidence with its bits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from privscan.assess.leaks import stands_in
from privscan.render._phrases import entity, fact, percent

if TYPE_CHECKING:
    from privscan.model.profile import ColumnProfile, EntityProfile

_SAID = {
    "class": ("class", "分類"),
    "none": ("nothing personal", "個人データではない"),
    "unsure": ("none that is sure enough", "分類に足る証拠なし"),
    "in_text": ("free text with personal values in some cells", "一部のセルに個人データを含む自由記述"),
    "rows": ("rows", "行数"),
    "facts": ("{rows:,}, {empty} empty, {distinct:,} distinct", "{rows:,}、空欄 {empty}、異なり {distinct:,}"),
    "found": ("found", "検出"),
    "considered": ("considered", "検討"),
    "silent": (
        "no word of the header and no value speaks of anything personal",
        "見出しにも値にも個人データを示すものが無い",
    ),
    "sum": ("{entity}: confidence {confidence} from {bits:+.1f} bits", "{entity}:確信度 {confidence}、計 {bits:+.1f} ビット"),
    "where": ("where", "該当箇所"),
    "leak": ("(a leak in free text)", "(自由記述への漏えい)"),
}  # fmt: skip


def of_column(column: ColumnProfile, lang: str) -> Iterator[tuple[str, object]]:
    """The column's class, then for each entity weighed the evidence that adds up to it."""
    empty = percent(column.nulls / column.rows) if column.rows else "0"
    facts = {"rows": column.rows, "empty": empty, "distinct": column.distinct}
    yield _in(lang, "class"), entity(column.entity, lang) if column.entity else _none(column, lang)
    yield _in(lang, "rows"), _in(lang, "facts").format(**facts)
    for key, every in (("found", column.entities), ("considered", column.considered)):
        for one in every:
            yield _in(lang, key), _total(one, lang)
            for reason in one.reasons:
                yield f"  {reason.bits:+6.1f}", reason.what.get(lang, reason.what["en"])
            for place in stands_in(one):
                yield _in(lang, "where"), fact(place, lang)
    if not column.entities and not column.considered:
        yield _in(lang, "considered"), _in(lang, "silent")


def _none(column: ColumnProfile, lang: str) -> str:
    leak = any(one.leak for one in column.entities)
    return _in(lang, "in_text" if leak else "unsure" if column.entities else "none")


def _total(one: EntityProfile, lang: str) -> str:
    bits = sum(reason.bits for reason in one.reasons)
    said = _in(lang, "sum").format(
        entity=f"{entity(one.entity, lang)} ({one.entity})",
        confidence=f"{one.confidence:.2f}",
        bits=bits,
    )
    return f"{said} {_in(lang, 'leak')}" if one.leak else said


def _in(lang: str, key: str) -> str:
    return _SAID[key][lang == "ja"]
