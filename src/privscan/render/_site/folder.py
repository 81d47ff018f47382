"""A site on its way to disk: page by page, each whole, the index last."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

from privscan.errors import UsageError
from privscan.render._files import write

INDEX = "index.html"
PAGES = "datasets"
"""The folder of the pages of datasets, below the index."""

MARK = b'<meta name="generator" content="privscan '
"""What each of our pages holds near its beginning."""

HEAD = 2048


def is_folder(output: str) -> bool:
    """Whether an output names a folder: it ends with a slash, or is one."""
    return output.endswith(("/", os.sep)) or Path(output).is_dir()


def checked(output: str) -> Path:
    """The folder, which is new, empty, or holds a site of ours; else a `UsageError`."""
    folder = Path(output)
    if not folder.parent.is_dir():
        raise UsageError("the folder of this output does not exist", where=output)
    if folder.exists() and not folder.is_dir():
        raise UsageError("this is a file, not a folder for a site", where=output)
    if folder.is_dir() and any(folder.iterdir()) and not ours(folder / INDEX):
        raise UsageError(
            "this folder holds other things, and a site wants one of its own",
            where=output,
            hint="name a new or empty folder",
        )
    return folder


def write_all(
    documents: Mapping[Path, str | bytes], sites: Mapping[Path, Mapping[str, str]]
) -> list[Path]:
    """Write files and the pages of sites, each index last, all or none; what a reader opens.

    Our own pages of datasets that a site no longer has are then removed from its folder.
    """
    pages = {folder / place: page for folder, site in sites.items() for place, page in site.items()}
    with ExitStack() as undo:
        for folder in sites:
            for one in (folder, folder / PAGES):
                _made(one, undo)
        write({**documents, **pages})
        undo.pop_all()
    for folder in sites:
        for old in (folder / PAGES).glob("*.html"):
            if old not in pages and ours(old):
                old.unlink()
    return [*documents, *(folder / INDEX for folder in sites)]


def _made(folder: Path, undo: ExitStack) -> None:
    """A folder that is there, or is made and is taken away again if it stays empty."""
    if folder.is_dir():
        return
    try:
        folder.mkdir()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UsageError(f"cannot make this folder: {reason}", where=str(folder)) from None
    undo.callback(folder.rmdir)


def ours(page: Path) -> bool:
    """Whether a file is a page that we wrote."""
    if not page.is_file():
        return False
    with page.open("rb") as file:
        return MARK in file.read(HEAD)
