"""A manifest held against what is there now: reports, inputs, context, rules and program."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from privscan import __version__
from privscan.errors import UsageError
from privscan.model.manifest import Checked, FileDigest, Manifest, What
from privscan.rulebook.load import rulebook
from privscan.scan.inputs import digested, listed, placed
from privscan.sources._address import scheme


def manifest_beside(file: Path) -> Path:
    """The manifest of a report: `report.manifest.json` beside it if that is there, else itself."""
    beside = file.with_suffix(".manifest.json")
    return beside if beside.is_file() else file


def held(manifest: Manifest, file: Path, asked: Path) -> Iterator[Checked]:
    """Each thing that the manifest in a file vouches for; its signature aside.

    The report that was asked about is new where the manifest beside it says nothing of it.
    """
    folder = file.resolve().parent
    vouched = {(folder / one.path).resolve() for one in (*manifest.reports, *manifest.inputs)}
    if asked != file and asked.resolve() not in vouched:
        yield Checked("report", asked.name, "new")
    yield from (_file("report", one, folder) for one in manifest.reports)
    yield from (_file("input", one, folder) for one in manifest.inputs)
    yield from _new(manifest, file.resolve())
    yield from (_file("context", one, folder) for one in manifest.configuration.contexts)
    yield _equal("rules", manifest.rules_digest, rulebook().digest)
    yield _equal("program", manifest.version, __version__)
    for name, recorded in manifest.libraries.items():
        same = _installed(name) == recorded
        yield Checked("library", name, "same" if same else "differs")


def _installed(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""


def _equal(what: What, recorded: str, now: str) -> Checked:
    same = recorded == now
    return Checked(what, now if same else f"{recorded}, now {now}", "same" if same else "differs")


def _file(what: What, one: FileDigest, folder: Path) -> Checked:
    path = folder / one.path
    if not path.exists():
        return Checked(what, one.path, "missing")
    now = digested(path, folder)
    if not now.sha256:
        return Checked(what, one.path, "unreadable" if one.sha256 else "unchecked")
    return Checked(what, one.path, "same" if now.sha256 == one.sha256 else "differs")


def _new(manifest: Manifest, file: Path) -> Iterator[Checked]:
    """Files that stand in the sources now and did not then; what the scan wrote may stand there."""
    folder = file.parent
    known = {one.path for one in (*manifest.inputs, *manifest.reports)} | {file.name}
    for source in manifest.sources:
        if scheme(source):  # what stands at an address has no digest
            yield Checked("input", source, "unchecked")
            continue
        try:
            found = [placed(path, folder) for path in listed([str(folder / source)])]
        except UsageError:
            yield Checked("input", source, "missing")
            continue
        yield from (Checked("input", path, "new") for path in found if path not in known)
