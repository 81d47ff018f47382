"""`scan --shard`: one of n shards is observed, and its evidence written for `merge`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from privscan.cli.output import printable, tell
from privscan.cli.scanning import Run, sources
from privscan.errors import UsageError
from privscan.scan.shards import SUFFIX


def observe_shard(run: Run, shard: str, judging: Sequence[str]) -> None:
    """Write the shard's evidence to the one output; `judging` are options that `merge` takes."""
    from privscan import api

    if judging:
        what = f"a shard is not judged, so it takes no {' and no '.join(judging)}"
        raise UsageError(what, where="--shard", hint="give it to privscan merge")
    file = _file(run.outputs)
    observe: Callable[..., None] = partial(api.shard, number=shard, file=file)
    run.called(observe, sources(run.sources))
    if not run.quiet:
        tell(f"wrote {printable(str(file))}, sensitive as the data are: privscan merge *{SUFFIX}")


def _file(outputs: Sequence[str]) -> Path:
    """The one file for the evidence, checked before any work."""
    hint = f"privscan scan SOURCE --shard 1/4 --key-file KEY -o 1{SUFFIX}"
    if len(outputs) != 1 or Path(outputs[0]).suffix != SUFFIX:
        what = f"a shard writes one file, whose suffix is {SUFFIX}"
        raise UsageError(what, where="--shard", hint=hint)
    file = Path(outputs[0])
    if not file.parent.is_dir():
        raise UsageError("the folder of this output does not exist", where=str(file))
    return file
