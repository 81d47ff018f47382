"""What a treatment is: one file that turns an array into one that says less."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import pyarrow as pa

from privscan.errors import UsageError, nearest
from privscan.model.treatment import Treatment
from privscan.protect.key import Key
from privscan.registry import Plugin, plugins

GROUP = "protect"
"""Plugins of this group have `made(Asked) -> Apply`, the options they take, and whether by key."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Options of a treatment, and the key if any."""

    options: Mapping[str, str]
    key: Key | None = None

    def number(self, name: str, default: int, low: int, high: int) -> int:
        """An option that is a whole number within bounds."""
        given = self.options.get(name, str(default))
        if not re.fullmatch(r"[0-9]{1,18}", given) or not low <= int(given) <= high:
            raise UsageError(f"the option {name} is a whole number from {low} to {high}")
        return int(given)

    def sub(self, purpose: str, size: int = 32) -> bytes:
        """The key for a purpose; `UsageError` if there is none."""
        if self.key is None:
            raise UsageError(
                "this treatment takes a key", hint="--key FILE, env:NAME or command:COMMAND"
            )
        return self.key.sub(purpose, size)


Apply = Callable[[pa.Array], pa.Array]
"""From an array to one of as many cells, null where the other is, of a type that only hangs on
the other's type."""

Beside = Callable[[pa.Array, pa.Array], pa.Array]
"""As `Apply`, for a treatment that also looks at the cells of a column named by its option `by`."""


def treatments() -> dict[str, Plugin]:
    """The treatments by name, read from the folder."""
    return {p.name: p for p in plugins(GROUP)}


def parsed(text: str) -> Treatment:
    """`[DATASET::]COLUMN=NAME[:OPTION[=VALUE],...]` as a treatment; else a `UsageError`."""
    names = "|".join(re.escape(name) for name in treatments())
    match = re.fullmatch(rf"(?:(.+?)::)?(.+?)=({names})(?::(.*))?", text, re.DOTALL)
    if match is None:
        said = text.rpartition("=")[2].partition(":")[0]
        hint = (
            nearest(said, treatments()) or f"COLUMN=TREATMENT; known are {', '.join(treatments())}"
        )
        raise UsageError(f"{text!r} names no treatment of a column", hint=hint)
    dataset, column, name, said = match.groups()
    options = dict(
        part.strip().partition("=")[::2] for part in (said or "").split(",") if part.strip()
    )
    return checked(Treatment(column, name, options, dataset or ""))


def checked(one: Treatment) -> Treatment:
    """The treatment itself, if it is known and takes these options."""
    known = treatments()
    if one.name not in known:
        hint = nearest(one.name, known) or f"known are {', '.join(known)}"
        raise UsageError(f"no treatment is called {one.name!r}", hint=hint)
    takes = known[one.name].fact("OPTIONS", ())
    takes = takes if isinstance(takes, tuple) else ()
    for option in one.options:
        if option not in takes:
            hint = nearest(option, takes) or (
                f"it takes {', '.join(takes)}" if takes else "it takes none"
            )
            raise UsageError(f"{one.name} has no option {option!r}", hint=hint)
    return one


def completed(one: Treatment, entities: Sequence[str]) -> Treatment:
    """The treatment with the options that follow from what its column holds, where none are given."""
    module = treatments()[one.name].load()
    if one.options or not hasattr(module, "completed"):
        return one
    return replace(one, options=module.completed(entities))


def is_keyed(name: str) -> bool:
    """Whether the treatment of that name takes a key."""
    return bool(treatments()[name].fact("KEYED"))
