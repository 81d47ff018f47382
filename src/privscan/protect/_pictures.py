"""Folders of pictures rewritten, one file at a time; files are renamed where their names are treated."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa

from privscan.errors import UsageError
from privscan.protect.columns import Treated
from privscan.protect.hive import free

NAME = "pictures"
TRIAL = 200
"""Files that a bundle is tried on: each takes as long as many rows."""

IMAGE, PATH = "image", "path"

_UNSAFE = re.compile(r"[^\w.=+@ -]")


def paths(_uri: str) -> Iterator[str]:
    """The picture, and its name."""
    yield from (IMAGE, PATH)


def batches(uri: str, _wanted: Iterable[str]) -> Iterator[pa.RecordBatch]:
    """The name: what pictures show is measured by no entropy."""
    yield pa.RecordBatch.from_pydict({PATH: pa.array([Path(uri).name])})


def rewrite(uri: str, target: Path, treated: Treated, _most: int | None = None) -> int:
    """Write the picture treated under its name, or under what its name is treated to."""
    if IMAGE in treated.gone or treated.rows:
        raise UsageError("pictures are left out by leaving out their files", where=uri)
    place = target
    if PATH in treated.apply:
        place = free(target.with_name(_named(target, treated)))
    elif PATH in treated.gone:
        place = free(target.with_name(f"picture{target.suffix}"))
    if IMAGE in treated.apply:
        made = treated.apply[IMAGE](pa.array([Path(uri).read_bytes()]))
        with place.open("xb") as file:
            file.write(made[0].as_py())
    else:
        shutil.copyfile(uri, place)
    place.chmod(Path(uri).stat().st_mode & 0o777)
    return 1


def _named(target: Path, treated: Treated) -> str:
    """The name without its suffix, treated, as a name of a file again."""
    stem = treated.apply[PATH](pa.array([target.stem]))[0].as_py() or "picture"
    return f"{_UNSAFE.sub('_', stem)[:200] or 'picture'}{target.suffix}"
