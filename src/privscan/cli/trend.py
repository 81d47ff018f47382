"""Show each dataset over the scans that a store remembers, and what drifted."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from privscan.cli.options import JSON, LANG, StoreName, option, stacked, verb

if TYPE_CHECKING:
    from privscan.store.history import Moved

PLUGIN = True
ORDER = 4

_SCOPE = option(
    "--scope",
    metavar="SOURCES",
    shared=False,
    help="Sources as the scan named them, with blanks between. Default: those of the newest scan.",
)
_EXIT_CODE = option(
    "--exit-code", is_flag=True, shared=False, help="Exit 1 if anything drifted in the newest scan."
)
_PAST = {
    "en": "  scan {scan}: score {score:.1f} ({level}), about {subjects:,} people, {findings} findings",
    "ja": "  走査{scan}:スコア{score:.1f}({level})、本人約{subjects:,}人、所見{findings}件",
}


@verb("trend")
@click.argument("store", type=StoreName(exists=True))
@stacked(_SCOPE, _EXIT_CODE, LANG, JSON)
@click.pass_context
def command(  # noqa: PLR0913  click gives each option by name
    ctx: click.Context,
    /,
    *,
    store: str,
    scope: str | None,
    exit_code: bool,
    lang: str,
    format_: str,
) -> None:
    """Show each dataset in STORE, as `scan --store` named it, from scan to scan.

    Drift is what an operator has to look at: a dataset or a kind of data that is new, 1,000 or
    10,000 people reached, a higher level, records past the declared retention.
    """
    from privscan import api
    from privscan.cli.output import emit, printable

    moved = api.trend(store, scope=scope)
    if format_ == "json":
        emit(json.dumps([asdict(one) for one in moved], ensure_ascii=True, indent=2))
    else:
        emit(printable("\n".join(line for one in moved for line in _lines(one, lang))))
    if exit_code and any(one.drift for one in moved):
        ctx.exit(1)


def _lines(one: Moved, lang: str) -> Iterator[str]:
    from privscan.render._phrases import label

    yield one.dataset
    for past in one.past:
        yield _PAST[lang].format(**asdict(past) | {"level": label(past.level.value, lang)})
    yield from (f"  {text[lang]}" for text in one.drift)
