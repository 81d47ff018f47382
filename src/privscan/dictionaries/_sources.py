"""Where the words come from: the data of faker and mimesis, read without making a generator."""

from __future__ import annotations

import builtins
import gc
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from importlib.machinery import SourceFileLoader
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from typing import Any


def folder(package: str) -> Path:
    """Where an installed package lies; it is not imported."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(f"No module named {package!r}", name=package)
    return Path(spec.submodule_search_locations[0])


@contextmanager
def much_made() -> Iterator[None]:
    """While it lasts no garbage is sought: lists of words are none, and seeking takes long in them."""
    ours = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if ours:
            gc.enable()


def mimesis(subject: str, locale: str = "*") -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Each locale of mimesis, or one, with its data on a subject (`person`, `text`, ...)."""
    for file in sorted((folder("mimesis") / "datasets").glob(f"{locale}/{subject}.json")):
        yield file.parent.name, json.loads(file.read_bytes())


def faker(subject: str, locale: str = "*") -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Each locale of faker, or some, with what its provider on a subject (`person`, `lorem`) lists."""
    for file in sorted((folder("faker") / "providers" / subject).glob(f"{locale}/__init__.py")):
        data = {k: v for k, v in vars(_provider(file)).items() if not k.startswith("_")}
        yield (
            file.parent.name,
            {k: v for k, v in data.items() if isinstance(v, (tuple, list, Mapping))},
        )


def _provider(file: Path) -> type:
    """A provider's class without what it inherits: importing faker takes longer than its data."""
    code = SourceFileLoader(file.parent.name, str(file)).get_code(file.parent.name)
    beside = partial(_imported, file.parent.parent)
    scope: dict[str, Any] = {
        "__name__": file.parent.name,
        "__builtins__": {**vars(builtins), "__import__": beside},
    }
    exec(code or "", scope)  # noqa: S102  the module of a package that we depend on
    found: type = scope["Provider"]
    return found


def _imported(locales: Path, name: str, *how: Any) -> Any:
    """What a provider imports: another locale's data, nothing of the rest of faker, modules."""
    _, _, wanted, level = how
    if level == 2 and name:  # noqa: PLR2004  from ..es
        return SimpleNamespace(Provider=_provider(locales / name / "__init__.py"))
    if level or name.startswith("faker"):
        # A class to inherit from, and types that take another in brackets.
        return SimpleNamespace(**dict.fromkeys(wanted or (), list))
    return __import__(name, *how)


def strings(data: Any) -> set[str]:
    """All texts in nested data; of a mapping to weights the keys are the texts."""
    if isinstance(data, str):
        return {data}
    if isinstance(data, Mapping):
        weighted = all(isinstance(value, (int, float)) for value in data.values())
        data = list(data if weighted else data.values())
    if set(map(type, data)) == {str}:
        return set(data)
    return set().union(*map(strings, data))
