"""The files of a plan as they are met: those of a store with all that is asked of them, at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from privscan.sources._files import File, is_media, readers, recognised, unfolded
from privscan.sources._object_stores import takes
from privscan.sources._objects import ready
from privscan.sources._stores import store_of


def met(paths: Sequence[str]) -> Iterator[File]:
    """Each path as a file with its format, an archive as what stands in it, in the same order."""
    for path in ready(paths) if all(map(takes, paths)) else paths:
        file = _planned(path) if takes(path) else _folder(path)
        yield from [file] if file else unfolded(path)


def _folder(path: str) -> File | None:
    source = store_of(path)
    return File(path, source) if source else None


def _planned(uri: str) -> File | None:
    """An object's format, schema and parts, while its first bytes are at hand.

    None where they do not come without trouble: it is met again, and told, in its turn.
    """
    file = recognised(uri)
    module = dict(readers()).get(file.source)
    if module is None or is_media(file.source) or not hasattr(module, "parts"):
        return None
    try:
        return replace(file, columns=module.schema(uri), parts=tuple(module.parts(uri, "")))
    except Exception:  # noqa: BLE001  as in `failure`
        return None
