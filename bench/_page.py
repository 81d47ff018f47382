"""The figures as the tables of docs/accuracy.md, between its two marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from _figures import (
    alarms,
    by_entity,
    by_trait,
    calibration_error,
    drawn,
    macro,
    micro,
    personal,
    reliability,
)
from _labelled import Judged

BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"
FIGURE = "reliability.svg"
TRAITS = {
    "language": "language", "headers": "words of headers", "names": "source of names",
    "rows": "rows", "damage": "damage",
}  # fmt: skip

Groups = Mapping[str, list[Judged]]


def write(page: Path, groups: Groups, said: str) -> None:
    """Put the figures between the marks of the page, and the chart beside it."""
    text = page.read_text("utf-8")
    if text.count(BEGIN) != 1 or text.count(END) != 1:
        raise SystemExit(f"{page} has not one `{BEGIN}` and one `{END}`: figures go between them")
    between = re.compile(f"{re.escape(BEGIN)}.*{re.escape(END)}", re.DOTALL)
    body = "\n".join([BEGIN, "", said, "", *tables(groups), END])
    page.write_text(between.sub(lambda _: body, text), "utf-8")
    lines = {name: reliability(group) for name, group in groups.items()}
    page.with_name(FIGURE).write_text(drawn(lines), "utf-8")


def tables(groups: Groups) -> Iterator[str]:
    """Every table, in Markdown."""
    yield from _table("columns", COLUMNS, {n: _columns(g) for n, g in groups.items()})
    yield from _table("tables", ALARMS, {n: _alarms(g) for n, g in groups.items()})
    yield f"![Share right by confidence reported]({FIGURE})"
    yield ""
    head = ("reported at .5", ".6", ".7", ".8", ".9 to 1", "calibration error")
    yield from _table(
        "columns: share right", head, {n: _reliable(group) for n, group in groups.items()}
    )
    made = {name: group for name, group in groups.items() if name.startswith("made,")}
    for trait, title in TRAITS.items():
        yield from _traits(made, trait, title)
    yield from _entities(groups)


COLUMNS = ("sure", "personal", "precision", "recall", "F1", "entities: micro F1", "macro F1")
ALARMS = ("about nobody", "a column flagged", "a finding of medium or more", "about people",
          "no column flagged")  # fmt: skip


def _table(title: str, head: Sequence[str], rows: Mapping[str, Sequence[str]]) -> Iterator[str]:
    yield f"| {title} | {' | '.join(head)} |"
    yield f"|---|{'--:|' * len(head)}"
    for name, cells in rows.items():
        yield f"| {name} | {' | '.join(cells)} |"
    yield ""


def _columns(group: list[Judged]) -> list[str]:
    score, entities = personal(group), by_entity(group)
    sure = sum(a.sure for t in group for a in t.answers.values())
    shares = (score.precision, score.recall, score.f1, micro(entities.values()).f1)
    there = score.hits + score.missed
    return [str(sure), str(there), *map(_two, (*shares, macro(entities.values())))]


def _alarms(group: list[Judged]) -> list[str]:
    a = alarms(group)
    return [str(a.clean), _share(a.flagged, a.clean), _share(a.found, a.clean),
            str(a.peopled), _share(a.missed, a.peopled)]  # fmt: skip


def _reliable(group: list[Judged]) -> list[str]:
    bins = reliability(group)
    return [*(f"{b.count}: {_two(b.right)}" if b.count else "" for b in bins),
            f"{calibration_error(bins):.3f}"]  # fmt: skip


def _traits(made: Groups, trait: str, title: str) -> Iterator[str]:
    scores = {name: by_trait(group, trait) for name, group in made.items()}
    values = sorted({value for of in scores.values() for value in of})
    rows = {n: [_two(of[v]) if v in of else "" for v in values] for n, of in scores.items()}
    if values:
        yield from _table(f"F1 by {title}", values, rows)


def _entities(groups: Groups) -> Iterator[str]:
    scores = {name: by_entity(group) for name, group in groups.items()}
    rows = {}
    for entity in sorted({e for of in scores.values() for e in of}):
        rows[entity] = [
            f"{s.hits + s.missed}: {_two(s.f1)}" if (s := of.get(entity)) and s.hits + s.missed
            else f"{s.false} false" if s else ""
            for of in scores.values()
        ]  # fmt: skip
    yield from _table("entity, columns and F1", list(groups), rows)


def _two(share: float) -> str:
    return f"{share:.2f}".removeprefix("0") if share < 1 else "1"


def _share(part: int, whole: int) -> str:
    return f"{part} ({part / whole:.0%})" if whole else ""
