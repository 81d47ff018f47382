"""Which files stand under a path, which of them are data, and in which format."""

from __future__ import annotations

import difflib
import glob
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from types import ModuleType

from privscan.errors import UnreadableError, UsageError
from privscan.model.data import Part, Unread
from privscan.registry import plugins
from privscan.sources import _place as place
from privscan.sources._address import scheme, shown
from privscan.sources._bytes import head, packed
from privscan.sources._ignore import ignored
from privscan.sources._memory import remembered
from privscan.sources._object_stores import takes
from privscan.sources._stores import lake_tables, store_at, store_of

EMPTY = "empty file"

_NOT_DATA = re.compile(
    r"(?:readme|licen[cs]e|copying|notice|changelog|contributing|authors)(?:[._-].*)?"
    r"|.*\.(?:md|markdown)|dataset\.ya?ml|_success|_metadata|_common_metadata"
    r"|_(?:committed|started)_.*",
    re.IGNORECASE,
)
_GLOB = re.compile(r"[*?\[]")

MEMBERS = "members"
"""Function of a source whose files hold files: it yields their uris."""

TEXT = 80
"""From this priority on a source reads any text, so formats known by name come before it."""

_KNOWN = tuple(
    (re.compile(magic, re.DOTALL), name)
    for magic, name in (
        (rb"PK(?:\x03\x04|\x05\x06|\x07\x08)", "ZIP, Excel or another office document"),
        (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old or encrypted Office document"),
        (rb"%PDF-\d", "PDF"),
        (rb"%!PS-Adobe-\d", "PostScript"),
        (rb"\{\\rtf\d", "RTF"),
        (rb"SQLite format 3\0", "SQLite"),
        (rb"ORC[^ -~\s]", "ORC"),
        (rb"Obj\x01", "Avro"),
        (rb"\xfd7zXZ\0", "xz"),
        (rb"7z\xbc\xaf\x27\x1c", "7z"),
        (rb"\x04\x22\x4d\x18", "lz4"),
        (rb"\x89HDF\r\n\x1a\n", "HDF5"),
        (rb"OggS\0", "Ogg"),
        (rb"\0.{3}ftyp", "MP4 or QuickTime"),
        (rb"\xff\x0a[^ -~\s]|\0\0\0\x0cJXL \r\n\x87\n", "JPEG XL"),
        (rb"FUJIFILMCCD-RAW|II(?:R[OS]\x08|U)\0|MMOR\0", "camera raw picture"),
        (rb".{257}ustar(?:\0|  )", "tar"),
    )
)
_MARKED = 4_096
"""Bytes that such a format is known by; UTF-16 has zeros in its markup."""

_MARKUP = tuple(
    (re.compile(rb"(?:<!--.*?-->\s*)*(?:%b)" % start, re.DOTALL | re.IGNORECASE), name)
    for start, name in (
        (rb"<!DOCTYPE\s+html|<(?:html|head|body)[\s>]", "HTML page"),
        (rb"<\?xml\s|<!DOCTYPE\s|<[a-z_][\w.:-]*\s[^<>]*xmlns[:=]", "XML"),
    )
)


@dataclass(frozen=True, slots=True)
class File:
    """A data file: the uri as the user would write it, and what reads it or why nothing does."""

    uri: str
    source: str = ""
    unread: Unread | None = None
    folder: str = ""
    """Where it stands for the reader: a table alone in its archive stands where that does."""
    columns: tuple[str, ...] | None = None
    parts: tuple[Part | Unread, ...] | None = None
    """Its schema and its parts, of no dataset yet, where they were asked for with the format."""


@cache
def readers() -> tuple[tuple[str, ModuleType], ...]:
    """The sources that read files, first to be asked first."""
    found = sorted(plugins("sources"), key=lambda p: (_rank(p.fact("PRIORITY")), p.name))
    return tuple((p.name, p.load()) for p in found)


def _rank(priority: object) -> int:
    return priority if isinstance(priority, int) else 50


def recognised(uri: str) -> File:
    """The file with the source that its bytes call for; its suffix says nothing."""
    size = 0
    try:
        if place.local(uri) and not stat.S_ISREG(os.stat(uri).st_mode):  # noqa: PTH116  uri is a text
            return File(uri, unread=Unread(uri, "", "not a regular file"))
        size = place.size(uri)
        (source,) = remembered(uri, "source", lambda: [_of_bytes(uri, size)])
        return File(uri, source)
    except Exception as error:  # noqa: BLE001  as in `failure`
        return File(uri, unread=Unread(uri, "", failure(error), size))


def _of_bytes(uri: str, size: int) -> str:
    return _source(head(uri) if size else b"", packed(uri))


def unfolded(uri: str) -> list[File]:
    """The file, or what stands in it if it is an archive, and in archives within."""
    file = recognised(uri)
    module = dict(readers()).get(file.source)
    if module is None or not hasattr(module, MEMBERS):
        return [file]
    found: list[File] = []
    try:
        inside = list(module.members(uri))
        for root, source in lake_tables(i for i in inside if isinstance(i, str)).items():
            inside = [i for i in inside if isinstance(i, Unread) or not i.startswith(f"{root}/")]
            reason = f"{source.title()} tables in an archive are not read: unpack it first"
            found.append(File(root, unread=Unread(root, "", reason)))
        for item in inside:
            if isinstance(item, Unread):
                found.append(File(item.uri, unread=item))
            elif is_data(item):
                found += unfolded(item)
    except Exception as error:  # noqa: BLE001  as in `failure`
        return [File(uri, unread=Unread(uri, "", failure(error), place.size(uri)))]
    if not found:
        return [File(uri, unread=Unread(uri, "", "no data files in this archive"))]
    if len(found) == 1 and not found[0].unread:
        return [replace(found[0], folder=os.path.dirname(uri) or ".")]  # noqa: PTH120  uri is a text
    return found


def is_data(member: str) -> bool:
    """Whether a member or object may be data, as `walked` has it of files."""
    *folders, name = member.rpartition(place.MEMBER)[2].split("/")
    hidden = any(part.startswith(".") for part in (*folders, name)) or "__MACOSX" in folders
    return not hidden and not _NOT_DATA.fullmatch(name)


def failure(error: BaseException) -> str:
    """The reason for what a source raises against its promise: it must not end the scan."""
    match error:
        case UnreadableError():
            return error.what
        case OSError():
            return f"cannot be opened: {error.strerror}"
        case _:
            return f"its reader failed with {type(error).__name__}"


def printable(name: str) -> str:
    """A name that can be written: bytes that are not UTF-8 as escapes, an address without secrets."""
    return shown(name.encode("utf-8", "backslashreplace").decode())


@cache
def is_media(source: str) -> bool:
    """Whether a file of that source is one of a collection, as a picture is, and no table."""
    return any(name == source and getattr(module, "MEDIA", False) for name, module in readers())


def _source(start: bytes, how: str | None) -> str:
    """Name of the source that reads such bytes; `UnreadableError` if there is none."""
    if not start.strip(b" \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise UnreadableError(EMPTY)
    said = ""
    for name, module in readers():
        if _rank(getattr(module, "PRIORITY", None)) >= TEXT and (said := _known(start)):
            break
        if not module.sniff(start):
            continue
        if how and not getattr(module, "COMPRESSED", False):
            raise UnreadableError(f"{name} inside {how} is not read: unpack it first")
        return name
    raise UnreadableError("no reader for this format" + (f" ({said})" if said else ""))


def _known(start: bytes) -> str:
    """Name of a format that no source here reads although its bytes may pass for text, or none."""
    text = start[:_MARKED].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    every = [*((start[:_MARKED], *known) for known in _KNOWN), *((text, *m) for m in _MARKUP)]
    return next((name for data, magic, name in every if magic.match(data)), "")


def expanded(source: str) -> list[str]:
    """The path or address itself, or what a glob finds in name order; `UsageError` if nothing."""
    if scheme(source):
        return [source] if takes(source) or store_at(source) else []
    if os.path.lexists(source):
        return [source]
    if _GLOB.search(source):
        found = sorted(glob.glob(source, recursive=True))  # noqa: PTH207  keeps the path as given
        if found:
            return found
        raise UsageError("no file fits this pattern", where=source, hint=_near(source))
    raise UsageError("no such file or folder", where=source, hint=_near(source))


def _near(source: str) -> str:
    """Names like the wanted one in the deepest folder that exists."""
    path = Path(source or "?")
    folder = next((p for p in path.parents if p.is_dir()), Path())
    wanted = path.relative_to(folder).parts[0] if path.is_relative_to(folder) else path.name
    try:
        names = sorted(p.name for p in folder.iterdir() if not p.name.startswith("."))
    except OSError:
        return ""
    near = difflib.get_close_matches(wanted, names, n=3, cutoff=0.5)
    return ", ".join(str(folder / name) for name in near)


def walked(folder: str, *, whole: bool = False) -> Iterator[str | Unread]:
    """Files that may be data below a folder in name order, and the folders that do not open.

    Links are followed, each folder once. A folder that is one table comes as such, not its files,
    unless the `whole` is asked for.
    """
    seen: set[tuple[int, int]] = set()
    left_out = ignored(Path.cwd())

    def below(path: str) -> Iterator[str | Unread]:
        try:
            here = os.stat(path)  # noqa: PTH116  uri is a text
            with os.scandir(path) as listed:
                entries = sorted(listed, key=lambda e: e.name)
        except OSError as error:
            yield Unread(path, "", f"cannot be opened: {error.strerror}")
            return
        if (here.st_dev, here.st_ino) in seen:
            return
        seen.add((here.st_dev, here.st_ino))
        names = {entry.name for entry in entries}
        for entry in entries:
            inner = os.path.join(path, entry.name)  # noqa: PTH118  keeps the path as given
            # Unlike entry.is_dir, this raises nothing on a link to itself.
            is_folder = os.path.isdir(inner)  # noqa: PTH112  inner is a text
            if entry.name.startswith(".") or left_out.fits(inner, is_folder=is_folder):
                continue
            if is_folder and not whole and store_of(inner):
                yield inner
            elif is_folder:
                yield from below(inner)
            elif not (_NOT_DATA.fullmatch(entry.name) or _describes(entry.name, names)):
                yield inner

    yield from below(folder)


def _describes(name: str, others: set[str]) -> bool:
    """Whether a file is what people declare about another that lies there, or a part of it.

    SQLite reads its journals with the base.
    """
    base = _JOURNAL.sub("", name)
    if base != name and base in others:
        return True
    of = name.removesuffix(_OWN)
    return of != name and any(o == of or o.startswith(f"{of}.") for o in others - {name})


_OWN = ".dataset.yaml"
_JOURNAL = re.compile(r"-(?:wal|shm|journal)$|\.wal$")
