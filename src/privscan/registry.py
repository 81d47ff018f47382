"""One-file plugins: a module in a plugin folder is a plugin; listing them imports none of them."""

from __future__ import annotations

import ast
import importlib
from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path
from types import ModuleType

from privscan.errors import UsageError, nearest

GROUPS = ("sources", "detectors", "engines", "render", "assessments", "verdicts", "protect", "cli")


@dataclass(frozen=True, slots=True)
class Plugin:
    """A plugin by name: `about` is the first line of its docstring, `facts` its literal constants."""

    name: str
    group: str
    module: str
    about: str
    facts: tuple[tuple[str, object], ...] = ()

    def fact(self, name: str, default: object = None) -> object:
        """A top-level constant of the module, read without importing it."""
        return dict(self.facts).get(name, default)

    def load(self) -> ModuleType:
        """Import the plugin's module."""
        return importlib.import_module(self.module)


@cache
def plugins(group: str) -> tuple[Plugin, ...]:
    """The plugins of a group in name order: the folder's own, then installed entry points.

    A module counts if it does not start with `_` and assigns `PLUGIN = True` at top level.
    """
    folder = Path(__file__).parent / group
    own = [p for f in sorted(folder.glob("*.py")) if (p := _read(f, group))]
    names = {p.name for p in own}
    others = [
        Plugin(e.name, group, e.value, f"installed by {e.dist.name if e.dist else 'a package'}")
        for e in entry_points(group=f"privscan.{group}")
        if e.name not in names
    ]
    return tuple(own + others)


def plugin(group: str, name: str) -> Plugin:
    """The plugin of that name; an unknown name is a `UsageError` with the nearest one."""
    known = {p.name: p for p in plugins(group)}
    if name not in known:
        hint = nearest(name, known) or f"privscan plugins lists them: {', '.join(known)}"
        raise UsageError(f"no {group} plugin is called {name!r}", hint=hint)
    return known[name]


def _read(file: Path, group: str) -> Plugin | None:
    if file.name.startswith("_"):
        return None
    tree = ast.parse(file.read_bytes())
    facts: dict[str, object] = {}
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if name.isupper():
                try:
                    facts[name] = ast.literal_eval(value)
                except ValueError:
                    continue
            case _:
                continue
    if not facts.pop("PLUGIN", False):
        return None
    about = (ast.get_docstring(tree) or "").partition("\n")[0]
    return Plugin(
        name=str(facts.pop("NAME", file.stem)),
        group=group,
        module=f"privscan.{group}.{file.stem}",
        about=about,
        facts=tuple(sorted(facts.items())),
    )
