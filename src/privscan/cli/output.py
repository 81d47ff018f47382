"""Documents on their way out: one on stdout, files written atomically and only on success."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import click

from privscan.errors import UsageError
from privscan.model.report import Report
from privscan.registry import plugin, plugins
from privscan.render._files import renderer, suffixes, write


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


def deliver(report: Report, document: str | bytes, outputs: Iterable[str], lang: str) -> list[Path]:
    """Render every file first, write them all, then emit the document; the files' paths."""
    documents = {path: rendered(report, name, lang) for path, name in targets(outputs).items()}
    write(documents)
    emit(document)
    return list(documents)


def targets(outputs: Iterable[str], sources: Sequence[str] = ()) -> dict[Path, str]:
    """Each output file with the renderer that its suffix picks, checked before any work.

    A `UsageError` for an unknown suffix, a missing folder, a file named twice, and a file
    that would overwrite data under scan.
    """
    result: dict[Path, str] = {}
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
        result[path] = renderer(path).name
    return result


def _scanned(path: Path, sources: Sequence[str]) -> bool:
    """Whether an existing file is a source, or lies in a source and looks like its data."""
    whole = path.resolve()
    data = {s for p in plugins("sources") for s in suffixes(p)}
    for source in sources:
        folder = Path(source).resolve()
        if whole == folder or any(match.resolve() == whole for match in _matches(source)):
            return True
        if whole.is_relative_to(folder) and path.suffix in data:
            return True
    return False


def _matches(source: str) -> list[Path]:
    import glob

    # glob.glob, not Path.glob: a source may be absolute and hold ** anywhere.
    return [Path(m) for m in glob.glob(source, recursive=True)] if glob.has_magic(source) else []  # noqa: PTH207  see above
