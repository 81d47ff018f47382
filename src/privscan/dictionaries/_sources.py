"""Where the words come from: the data of faker and mimesis, read without making a generator."""

from __future__ import annotations

import json
import pkgutil
from collections.abc import Iterator, Mapping
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any


def folder(package: str) -> Path:
    """Where an installed package lies; it is not imported."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(f"No module named {package!r}", name=package)
    return Path(spec.submodule_search_locations[0])


def mimesis(subject: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Each locale of mimesis with its data on a subject (`person`, `text`, ...)."""
    for file in sorted((folder("mimesis") / "datasets").glob(f"*/{subject}.json")):
        yield file.parent.name, json.loads(file.read_bytes())


def faker(subject: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Each locale of faker with what its provider on a subject (`person`, `lorem`) lists."""
    package = import_module(f"faker.providers.{subject}")
    for locale in sorted(module.name for module in pkgutil.iter_modules(package.__path__)):
        provider = import_module(f"{package.__name__}.{locale}").Provider
        listed = vars(provider).items()
        yield locale, {k: v for k, v in listed if isinstance(v, (tuple, list, Mapping))}


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
