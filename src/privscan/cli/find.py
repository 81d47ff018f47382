"""Find where a person's identifiers occur, for access and erasure requests."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from privscan.cli.options import JSON, LANG, QUIET, SOURCES, option, stacked, verb

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from privscan.model.occurrence import Occurrence, Occurrences

PLUGIN = True
ORDER = 4

_SAID = {
    "prompt": ("Identifier (not shown)", "識別子(表示されません)"),
    "identifier": ("identifier {} (token {}): ", "識別子 {}(トークン {}):"),
    "columns": ("in {} column(s) of {} dataset(s)", "{1} データセットの {0} 列にある"),
    "nowhere": ("not found", "見つからない"),
    "open": ("not found in what could be read", "読めた範囲では見つからない"),
    "exact": ("as given", "入力どおり"),
    "otherwise": ("in another writing", "別の表記"),
    "digest": ("as a digest", "ハッシュ値"),
    "in_text": ("inside other text", "文中"),
    "in": ("in", "場所"),
    "left_out": ("not searched, no text", "対象外(文字列ではない)"),
    "unread": ("unread", "読めない"),
}


@verb("find")
@SOURCES
@option(
    "--key",
    "--key-file",
    "key_file",
    type=click.Path(exists=True, dir_okay=False),
    help="Secret key, 16 bytes or more, for the tokens that name the identifiers in the answer.",
)
@stacked(LANG, JSON, QUIET)
@click.pass_context
def command(  # noqa: PLR0913  click hands over each option
    ctx: click.Context,
    *,
    sources: tuple[str, ...],
    key_file: str | None,
    lang: str,
    format_: str,
    quiet: bool,
) -> None:
    """Find where a person's identifiers occur in SOURCEs, files, folders or globs.

    The identifiers come from stdin, one a line, or from a prompt that does not show them: never
    from the command line, where the shell's history and other users see them. Every text cell is
    compared. Exits 3 if anything stayed unread, else 0, found or not.
    """
    from privscan import api
    from privscan.cli.output import emit, tell
    from privscan.cli.scanning import secret
    from privscan.errors import UsageError

    key = secret(key_file)
    if key is None:
        raise UsageError(
            "a secret key is needed: --key FILE", hint="head -c 32 /dev/urandom > FILE"
        )
    _there(sources)
    answer = api.find(*sources, identifiers=_identifiers(lang), key=key)
    emit(_json(answer) if format_ == "json" else _text(answer, lang))
    if not quiet:
        rows = sum(dataset.rows for dataset in answer.datasets)
        tell(f"{len(answer.datasets)} datasets, {rows:,} rows, {len(answer.unread)} parts unread")
    ctx.exit(0 if answer.complete else 3)


def _identifiers(lang: str) -> list[str]:
    """What is sought, from stdin; bytes of another encoding than UTF-8 are never quoted."""
    from privscan.cli.scanning import typed
    from privscan.errors import UsageError

    try:
        given = [line.removeprefix("\ufeff") for line in typed(_in(lang, "prompt"))]
        "".join(given).encode()
    except UnicodeError:
        what, hint = "the identifiers are not UTF-8", "iconv -f SHIFT_JIS -t UTF-8 < FILE"
        raise UsageError(what, where="stdin", hint=hint) from None
    return given


def _there(sources: Iterable[str]) -> None:
    """Refuse a source that is not there without quoting it: it may be an identifier."""
    from privscan.errors import UsageError
    from privscan.sources._files import expanded

    for number, source in enumerate(sources, 1):
        try:
            expanded(source)
        except UsageError:
            what = f"source {number} is no file, folder or pattern that fits one"
            hint = "identifiers come from stdin: privscan find --key FILE SOURCE < identifiers"
            raise UsageError(what, hint=hint) from None


def _json(answer: Occurrences) -> str:
    from privscan.model.occurrence import OCCURRENCES

    return json.dumps({"schema": OCCURRENCES, **asdict(answer)}, ensure_ascii=False, indent=2)


def _text(answer: Occurrences, lang: str) -> str:
    from privscan.render._phrases import shown
    from privscan.render._reasons import reason

    lines = [line for at in range(len(answer.tokens)) for line in _of(answer, at + 1, lang)]
    for dataset in answer.datasets:
        if dataset.left_out:
            left_out = ", ".join(dataset.left_out)
            lines.append(f"{_in(lang, 'left_out')}: {dataset.name}: {left_out}")
    lines += [
        f"{_in(lang, 'unread')}: {one.uri} {one.span}: {reason(one.reason, lang)}"
        for one in answer.unread
    ]
    return "\n".join(shown(line) for line in lines)


def _of(answer: Occurrences, number: int, lang: str) -> Iterator[str]:
    places: dict[tuple[str, str], list[Occurrence]] = defaultdict(list)
    for one in answer.found:
        if one.identifier == number:
            places[one.dataset, one.column].append(one)
    head = _in(lang, "identifier").format(number, answer.tokens[number - 1])
    if not places:
        whole = answer.complete and not any(one.left_out for one in answer.datasets)
        yield head + _in(lang, "nowhere" if whole else "open")
        return
    yield head + _in(lang, "columns").format(len(places), len({name for name, _ in places}))
    for (dataset, column), found in places.items():
        yield f"  {dataset} · {column}: {_counts(found, lang)}"
        for one in found:
            yield f"    {_in(lang, 'in')} {one.uri} {one.span}: {_counts([one], lang)}".rstrip()


def _counts(found: list[Occurrence], lang: str) -> str:
    """Rows by writing, in the order of how sure they are."""
    between = "、" if lang == "ja" else ", "
    sums = {
        how: sum(getattr(o, how) for o in found)
        for how in ("exact", "otherwise", "digest", "in_text")
    }
    return between.join(f"{count:,} {_in(lang, how)}" for how, count in sums.items() if count)


def _in(lang: str, key: str) -> str:
    return _SAID[key][lang == "ja"]
