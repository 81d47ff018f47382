"""The data map and what singles out and joins, on paper."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from privscan.model.profile import ColumnProfile, DatasetProfile, EntityProfile
from privscan.render import _overview, _paper
from privscan.render._figures import of_dataset, of_report
from privscan.render._formats import formed
from privscan.render._measured import BALANCE_HEADS, RECORDS_HEADS, balance_rows, records_rows
from privscan.render._phrases import entity, number, percent, size
from privscan.rulebook.counted import balance

if TYPE_CHECKING:
    from privscan.render._paper import Block, Said
    from privscan.render._printed import Page

COLUMNS = ("column", "entity", "confidence", "share", "cells", "state", "example")


def data_map(page: Page) -> Iterator[Block]:
    """Each dataset's columns with what they hold, how sure, how much, and how it is protected."""
    yield _paper.para(page.say("data_map_note"), "note")
    for dataset in _overview.read(page.report):
        yield _paper.head(dataset.name, label=page.anchors[dataset.name])
        yield from _mapped(page, dataset)
    unread = _overview.unread(page.report)
    if unread:
        yield _paper.head(number("n_unread", sum(d.files for d in unread), page.lang))
        for d in unread:
            yield _paper.para(f"{d.name}: {d.uri}") | {"label": page.anchors[d.name]}
    if not page.report.datasets:
        yield _paper.para(page.say("nothing"))


def _mapped(page: Page, d: DatasetProfile) -> Iterator[Block]:
    lang = page.lang
    counts = [
        page.say(d.kind),
        number("n_rows", d.rows, lang),
        number("n_subjects", d.subjects, lang),
        number("n_columns", len(d.columns), lang),
        f"{size(d.bytes)}, {number('n_files', d.files, lang)}",
    ]
    counts += [page.say("m_unread", percent(d.unread_share))] if d.unread_share else []
    yield _paper.para(" · ".join(counts), "note")
    version = [(page.say("table_version"), d.version)] if d.version else []
    yield _paper.facts([(page.say("uri"), d.uri), *version])
    if d.media.images:
        yield from _pictures(page, d)
    seen = [column for column in d.columns if _overview.found(column)]
    if seen:
        yield from page.figures(of_dataset(d), "prevalence", tabled=False)
        rows = [row for column in seen for row in _rows(page, column)]
        yield _paper.table([page.say(key) for key in COLUMNS], rows, page.lang, numbers=(2, 3, 4))
        yield from _forms(page, seen)
    elif not d.columns:
        yield _paper.para(page.say("no_columns"))
    elif not d.media.images:
        yield _paper.para(page.say("none"))
    rest = [column.path for column in d.columns if not _overview.found(column)]
    if rest:
        head = number("plain_columns", len(rest), lang)
        yield _paper.para(f"{head}: {page.many(rest, len(rest))}", "note")
    guesses = [
        f"{path}: {entity(e.entity, lang)} ({percent(e.confidence)})"
        for path, e in _overview.suspected(d)
    ]
    if guesses:
        yield _paper.para(f"{page.say('suspected')}: {page.many(guesses, len(guesses))}", "note")
    yield from _counted(page, d)


def _counted(page: Page, d: DatasetProfile) -> Iterator[Block]:
    """How people are spread over groups, and how old records are; where neither is known, that."""
    yield _paper.head(page.say("balance"), 2)
    if groups := balance_rows(d, page.lang):
        heads = [page.say(key) for key in BALANCE_HEADS]
        yield _paper.table(heads, groups, page.lang, numbers=(3, 4))
        yield _paper.para(page.say("balance_note", balance().least), "after")
    else:
        yield _paper.para(page.say("balance_none"), "after")
    yield _paper.head(page.say("records_dates"), 2)
    if records := records_rows(d, page.lang):
        heads = [page.say(key) for key in RECORDS_HEADS]
        yield _paper.table(heads, records, page.lang, numbers=(3,))
        yield _paper.para(page.say("records_note"), "after")
    else:
        yield _paper.para(page.say("records_none"), "after")


def _pictures(page: Page, d: DatasetProfile) -> Iterator[Block]:
    yield from page.figures(of_dataset(d), "tiles", tabled=False)
    keys = ("images", "decoded", "with_faces", "faces", "with_gps")
    rows = [(page.say(key), f"{getattr(d.media, key):,}") for key in keys]
    kinds = d.media.by_modality
    if kinds:
        said = (f"{entity(kind, page.lang)} {count:,}" for kind, count in sorted(kinds.items()))
        rows.append((page.say("by_modality"), page.many(said, len(kinds))))
    yield _paper.facts(rows)


def _rows(page: Page, column: ColumnProfile) -> Iterator[list[Said]]:
    """One row for each thing believed; the first also tells of the column."""
    about = [page.say(column.kind), page.say("n_distinct", f"{column.distinct:,}")]
    if column.nulls and column.rows:
        about.append(page.say("n_empty", percent(column.nulls / column.rows)))
    shapes = " ".join(dict.fromkeys(column.examples))
    first: Said = [column.path, _paper.LINE, _paper.quiet(" · ".join(about))]
    last: Said = [{"text": shapes, "look": "code"}] if shapes else ""
    for e in _overview.found(column):
        between = " – ".join(map(percent, e.interval))  # noqa: RUF001  the dash of a range
        share: Said = [percent(e.share), _paper.LINE, _paper.quiet(between)]
        sure = f"{e.confidence:.0%}".replace("%", " %")
        yield [first, _what(page, column, e), sure, share, f"{e.cells:,}", page.say(e.state), last]
        first, last = "", ""


def _what(page: Page, column: ColumnProfile, e: EntityProfile) -> Said:
    own = e.entity == column.entity and not e.leak
    label = {"text": entity(e.entity, page.lang), "look": "strong" if own else ""}
    return [label, _paper.quiet(f" {page.say('leak')}")] if e.leak else [label]


def _forms(page: Page, seen: list[ColumnProfile]) -> Iterator[Block]:
    """Formats met, and the bits that speak for each kind."""
    forms = [
        f"{column.path}: {formed(form, page.lang)}"
        for column in seen
        for e in _overview.found(column)
        for form in e.forms
    ]
    if forms:
        yield _paper.para(page.say("formats"), "note")
        yield _paper.items(forms)
    reasons = [
        (f"{column.path}: {entity(e.entity, page.lang)}", _bits(page, e))
        for column in seen
        for e in _overview.found(column)
        if e.reasons
    ]
    if reasons:
        yield _paper.para(page.say("why"), "note")
        yield _paper.facts(reasons, share=0.32)


def _bits(page: Page, e: EntityProfile) -> str:
    return "; ".join(f"{reason.bits:+.1f} {reason.what[page.lang]}" for reason in e.reasons)


def reidentification(page: Page) -> Iterator[Block]:
    """Classes of people who look alike, and joins with other datasets."""
    report = page.report
    groups = [(d, q) for d in report.datasets for q in d.quasi_identifiers]
    if groups:
        yield _paper.para(page.say("groups_note"), "note")
        heads = ("dataset", "columns", "k_min", "share_below_k", "subjects")
        rows: list[list[Said]] = [
            [[page.dataset(d.name)], page.many(q.columns), f"{q.k_min:,}",
             percent(q.share_below_k), f"{q.subjects:,}"]
            for d, q in groups
        ]  # fmt: skip
        yield _paper.table([page.say(key) for key in heads], rows, page.lang, numbers=(2, 3, 4))
        for d in report.datasets:
            yield from page.figures(of_dataset(d), "classes")
    else:
        yield _paper.para(page.say("no_groups"))
    if any(d.links for d in report.datasets):
        yield from page.figures(of_report(report), "joins")
    else:
        yield _paper.para(page.say("no_links"))
