"""What `privscan.protect` and `privscan.reveal` are asked, made into what carries it out."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TypedDict

from privscan.assess.policies import load_policy
from privscan.errors import UsageError
from privscan.model.kinds import Level
from privscan.model.treatment import Treatment
from privscan.protect.key import Key, key_of
from privscan.protect.protecting import Order
from privscan.protect.treating import checked, parsed
from privscan.rulebook.policies import Policy


class ProtectOptions(TypedDict, total=False):
    """What `protect` takes besides source and output.

    `policy` is a name, file or policy, and `ingest` where neither it, `target` (a level) nor `treat`
    is given. `treat` are treatments, or texts `COLUMN=TREATMENT:OPTIONS`. `key` is bytes, a file,
    `env:NAME` or `command:COMMAND`. `leave_out` leaves out what cannot be read or written.
    """

    policy: str | Path | Policy | None
    target: Level | str | None
    treat: Sequence[str | Treatment]
    key: str | bytes | None
    force: bool
    leave_out: bool


def secret(given: str | bytes) -> Key:
    """The key itself, or that of a file, variable or command."""
    return Key(given) if isinstance(given, bytes) else key_of(given)


def order(options: ProtectOptions) -> Order:
    """The order, all of it checked before any data is read."""
    other = options.get("target") or options.get("treat")
    chosen = options.get("policy") or (None if other else "ingest")
    key = options.get("key")
    treatments = [parsed(t) if isinstance(t, str) else checked(t) for t in options.get("treat", ())]
    return Order(
        policy=load_policy(chosen) if isinstance(chosen, str | Path) else chosen,
        level=_level(options.get("target")),
        treatments=tuple(treatments),
        key=secret(key) if key else None,
        force=options.get("force", False),
        leave_out=options.get("leave_out", False),
    )


def _level(given: Level | str | None) -> Level | None:
    try:
        return Level(given) if given else None
    except ValueError:
        raise UsageError("no level is called so", hint=", ".join(Level)) from None


def located(source: object) -> Path:
    """The file or folder that is to be copied; data in memory are none, and a `UsageError`."""
    if isinstance(source, str | os.PathLike):
        return Path(source)
    said = f"a {type(source).__name__} is no file or folder"
    raise UsageError(said, hint="write it to Parquet first, and protect that file")
