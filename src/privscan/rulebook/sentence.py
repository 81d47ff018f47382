"""A rule's condition in words, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from privscan.rulebook.schema import When


def sentence(when: When, lang: str = "en") -> str:
    """The condition in words: `has my_number in state plain; at least 100 subjects`."""
    said = list(_phrases(when, lang))
    return ("; " if lang == "en" else "、かつ ").join(said) or _WORDS["always"][lang == "ja"]


_WORDS = {
    "always": ("always", "常に"),
    "all": ("all of ({})", "次のすべて({})"),
    "any": ("any of ({})", "次のいずれか({})"),
    "least": ("at least {} of ({})", "次のうち {} つ以上({})"),
    "not": ("not ({})", "次に当たらない({})"),
    "has": ("has {}", "{} を含む"),
    "state": ("in state {}", "保護状態が {}"),
    "leak": ("in free text", "自由記述中"),
    "column": ("as a column of its own", "独立した列として"),
    "least_share": ("in at least {} of the cells", "セルの {} 以上"),
    "most_share": ("in at most {} of the cells", "セルの {} 以下"),
    "least_columns": ("in at least {} columns", "{} 列以上に"),
    "beside": ("beside {}", "{} も含む"),
    "without": ("without {}", "{} を含まない"),
    "min_subjects": ("at least {} subjects", "本人 {} 人以上"),
    "single_out": ("more than {} of subjects in classes below k*", "k* 未満の群にある本人が {} 超"),
    "least_level": ("level {} or above", "レベル {} 以上"),
    "unread_over": ("more than {} unread", "未走査が {} 超"),
    "retention_over": ("kept for more than {} days", "保存期間が {} 日超"),
    "missing": ("dataset.yaml does not say {}", "dataset.yaml に {} がない"),
    "declared": ("dataset.yaml says {}", "dataset.yaml に {} とある"),
    "overdue": (
        "records older than the declared retention, against the newest",
        "最新の記録を基準として、申告された保存期間を超える記録がある",
    ),
    "records_over": (
        "records more than {} days older than the newest",
        "最新の記録より {} 日を超えて古い記録がある",
    ),
    "imbalance": (
        "the smallest group of a protected column has at most {} of its cells",
        "属性の列で、最小の群がセルの {} 以下",
    ),
    "unneeded": ("columns that needed_columns does not name", "needed_columns にない列がある"),
}


def _phrases(when: When, lang: str) -> Iterator[str]:
    for key, values in (*_of_parts(when, lang), *_of_has(when), *_of_rest(when)):
        yield _WORDS[key][lang == "ja"].format(*values)


Said = Iterator[tuple[str, tuple[object, ...]]]


def _of_parts(when: When, lang: str) -> Said:
    if when.all:
        yield "all", (_each(when.all, lang),)
    if when.any and when.least > 1:
        yield "least", (when.least, _each(when.any, lang))
    elif when.any:
        yield "any", (_each(when.any, lang),)
    if when.not_ is not None:
        yield "not", (sentence(when.not_, lang),)


def _each(conditions: tuple[When, ...], lang: str) -> str:
    return " / ".join(f"[{sentence(one, lang)}]" for one in conditions)


def _of_has(when: When) -> Said:
    if when.has:
        yield "has", (" / ".join(when.has),)
    if when.state:
        yield "state", (" / ".join(when.state),)
    if when.leak is not None:
        yield ("leak" if when.leak else "column"), ()
    if when.least_share:
        yield "least_share", (_percent(when.least_share),)
    if when.most_share is not None:
        yield "most_share", (_percent(when.most_share),)
    if when.least_columns > 1:
        yield "least_columns", (when.least_columns,)


def _of_rest(when: When) -> Said:
    bounds: dict[str, str | None] = {
        "beside": " / ".join(when.beside),
        "without": " / ".join(when.without),
        "min_subjects": f"{when.min_subjects:,}" if when.min_subjects else None,
        "single_out": _percent(when.single_out),
        "least_level": when.least_level.replace("_", " ") if when.least_level else None,
        "unread_over": _percent(when.unread_over),
        "retention_over": str(when.retention_over) if when.retention_over is not None else None,
        "records_over": f"{when.records_over:,}" if when.records_over is not None else None,
        "imbalance": _percent(when.imbalance),
        "missing": " / ".join(when.missing),
    }
    yield from ((key, (said,)) for key, said in bounds.items() if said)
    for name, values in when.declared.items():
        yield "declared", (f"{name}: {'/'.join(values)}",)
    yield from ((key, ()) for key in ("unneeded", "overdue") if getattr(when, key))


def _percent(share: float | None) -> str | None:
    return None if share is None else f"{share * 100:.10g}%"
