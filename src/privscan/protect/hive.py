"""Hive keys treated where they stand: in the names of folders."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

import pyarrow as pa

from privscan.errors import UsageError
from privscan.protect.columns import Treated


def placed(place: Path, keys: Mapping[str, str | None], treated: Treated) -> Path:
    """The place with each treated key's new value, and without the folders of dropped keys."""
    if treated.together & {*keys}:
        raise UsageError("keys in paths are not made anonymous with columns", where=str(place))
    parts = [_part(part, keys, treated) for part in place.parent.parts]
    return Path(*filter(None, parts), place.name)


def _part(part: str, keys: Mapping[str, str | None], treated: Treated) -> str:
    name, equals, _ = part.partition("=")
    if not equals or name not in keys:
        return part
    if name in treated.gone:
        return ""
    if name not in treated.apply or keys[name] is None:
        return part
    made = treated.apply[name](pa.array([keys[name]]))[0].as_py()
    return f"{name}={quote(str(made), safe='')}"


def free(place: Path) -> Path:
    """The place, numbered if it is taken: names may be treated alike."""
    found, number = place, 2
    while found.exists():
        found, number = place.with_name(f"{place.stem}-{number}{place.suffix}"), number + 1
    return found
