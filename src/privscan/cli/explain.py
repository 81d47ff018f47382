"""Explain an entity, recognizer, check, law rule, principle, policy, finding, column or exit code."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from privscan.cli.options import LANG, option, verb

if TYPE_CHECKING:
    from privscan.cli.topics import Topic

PLUGIN = True
ORDER = 4


@verb("explain")
@click.argument("id_", metavar="ID")
@option(
    "--report",
    shared=False,
    type=click.Path(exists=True, dir_okay=False),
    help="The saved JSON report in which the finding or column ID stands.",
)
@LANG
def command(*, id_: str, report: str | None, lang: str) -> None:
    """Explain ID: what it means, how it is found, what it weighs, and where that is from.

    `exit-codes` explains those. A finding's id, or a column's path, needs the report it stands in;
    of a column each piece of evidence is listed with its weight in bits.
    """
    from privscan.cli import cards
    from privscan.cli.output import emit

    emit(
        "\n\n".join(
            cards.card(f"{t.id} ({t.kind}): {t.title[lang]}", t.lines(lang), lang)
            for t in _chosen(id_, report)
        )
    )


def _chosen(id_: str, report: str | None) -> list[Topic]:
    """The topics of that id; one id can be an entity's and a recognizer's."""
    from privscan.cli import topics as known
    from privscan.errors import UsageError, nearest

    if id_ == "exit-codes":
        return [known.exit_codes()]
    topics = [*known.topics(), *(known.in_report(Path(report)) if report else ())]
    chosen = [t for t in topics if t.id.casefold() == id_.casefold()]
    if not chosen:
        topics += known.presidio()
        chosen = [t for t in topics if t.id.casefold() == id_.casefold()]
    if not chosen:
        # A finding's id is a number: one near to it is another finding, and no slip.
        near = nearest(id_, ["exit-codes", *(t.id for t in topics if t.kind != "finding")])
        lists = "privscan rules list has all; a finding or a column needs --report"
        raise UsageError(f"nothing is called {id_!r}", hint=f"{near} {lists}".strip())
    return chosen
