"""Documents on their way out: one on stdout, files written atomically and only on success."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from privscan.errors import UsageError
from privscan.model.report import Report
from privscan.registry import Plugin, plugin, plugins
from privscan.render._files import renderer, suffixes
from privscan.render._site.folder import checked, is_folder, ours, write_all

SITE = "site"
"""What stands for a renderer where the output is a folder."""


def emit(document: str | bytes) -> None:
    """Write the one document to stdout; colours only on a terminal and without NO_COLOR.

    A reader that leaves early (`| head`) does not change the verb's exit code. Bytes for a
    terminal are a `UsageError`.
    """
    if isinstance(document, bytes) and sys.stdout.isatty():
        hint = "name a file: -o report.xlsx"
        raise UsageError("a terminal cannot show this format", where="stdout", hint=hint)
    if isinstance(document, str) and not document.endswith("\n"):
        document = f"{document}\n"
    try:
        click.echo(document, nl=False, color=_color(sys.stdout.isatty()))
        sys.stdout.flush()
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123  lives till exit


def printable(text: str) -> str:
    """The text without control characters: file names are not ours and reach a terminal."""
    return "".join(c if c.isprintable() or c == "\n" else "?" for c in text)


def tell(text: str) -> None:
    """Write a line for a person to stderr."""
    click.echo(printable(text), err=True, color=_color(sys.stderr.isatty()))


def _color(terminal: bool) -> bool:  # noqa: FBT001  a fact of the stream, not an option
    return terminal and not os.environ.get("NO_COLOR")


def rendered(report: Report, renderer: str, lang: str, *, screen: bool = False) -> str | bytes:
    """The report in the format of that name; for a screen, `styled` where the format has that."""
    module: Any = plugin("render", renderer).load()
    render = getattr(module, "styled", module.render) if screen else module.render
    document: str | bytes = render(report, lang=lang)
    return document


def deliver(
    reports: Mapping[str, Report], document: str | bytes, outputs: Iterable[str], lang: str
) -> list[Path]:
    """Render every file first, write them all, then emit the document; the files' paths.

    Files hold the last report; a folder gets a site of all of them, by their labels.
    """
    *_, report = reports.values()
    named = targets(outputs)
    documents = {p: rendered(report, name, lang) for p, name in named.items() if name != SITE}
    sites = {p: _site(reports, lang) for p, name in named.items() if name == SITE}
    files = write_all(documents, sites)
    emit(document)
    return files


def _site(reports: Mapping[str, Report], lang: str) -> dict[str, str]:
    from privscan.render._site.pages import pages

    return pages(reports, lang=lang)


def targets(outputs: Iterable[str], sources: Sequence[str] = ()) -> dict[Path, str]:
    """Each output file with the renderer that its suffix picks, checked before any work.

    A folder gets a site. A `UsageError` for an unknown suffix, a missing folder, one that holds
    other things, a file named twice, and a file that would overwrite data under scan.
    """
    result: dict[Path, str] = {}
    for output in outputs:
        path = Path(output)
        if path in result:
            raise UsageError("this output is named twice", where=output)
        if not path.parent.is_dir():
            raise UsageError("the folder of this output does not exist", where=output)
        if is_folder(output):
            result[checked(output)] = SITE
            continue
        if path.exists() and _scanned(path, sources):
            raise UsageError(
                "this output would overwrite data under scan", where=output, hint="another folder"
            )
        result[path] = renderer(path).name
    return result


def verdict_targets(outputs: Iterable[str], sources: Sequence[str]) -> dict[Path, Plugin]:
    """Each file for a verdict with the format that its suffix picks, checked before any work."""
    result: dict[Path, Plugin] = {}
    for output in outputs:
        path = Path(output)
        if path in result:
            raise UsageError("this output is named twice", where=output)
        if not path.parent.is_dir():
            raise UsageError("the folder of this output does not exist", where=output)
        if path.exists() and _scanned(path, sources):
            raise UsageError(
                "this output would overwrite data under scan", where=output, hint="another folder"
            )
        result[path] = renderer(path, "verdicts")
    return result


def files_of(outputs: Iterable[str]) -> list[Path]:
    """The files that were written: of a site, all its pages."""
    return [
        file
        for path in map(Path, outputs)
        for file in (sorted(path.rglob("*.html")) if path.is_dir() else [path])
    ]


def _scanned(path: Path, sources: Sequence[str]) -> bool:
    """Whether an existing file is a source, or lies in one and looks like data, no page of ours."""
    whole = path.resolve()
    data = {s for p in plugins("sources") for s in suffixes(p)}
    for source in sources:
        folder = Path(source).resolve()
        if whole == folder or any(match.resolve() == whole for match in _matches(source)):
            return True
        if whole.is_relative_to(folder) and path.suffix in data and not ours(path):
            return True
    return False


def _matches(source: str) -> list[Path]:
    import glob

    # glob.glob, not Path.glob: a source may be absolute and hold ** anywhere.
    return [Path(m) for m in glob.glob(source, recursive=True)] if glob.has_magic(source) else []  # noqa: PTH207  see above
