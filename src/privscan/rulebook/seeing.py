"""Which rules decide what is seen in data, and which only how it is judged."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from privscan.rulebook.folders import layers, rules_folder

JUDGING = ("checksheets", "laws", "policies", "principles", "scoring")
"""Folders of rules that are read after the evidence is complete; any other may change it."""

JUDGING_FILES = ("weights.yaml", "routing.yaml", "threshold.yaml", "treatments.yaml")


def seeing_digest() -> str:
    """A digest of all rules in force but those that only judge: under an equal one, equal evidence."""
    return _digest(rules_folder())


@cache
def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for layer in layers(folder):
        for file in sorted(layer.rglob("*.yaml")):
            name = file.relative_to(layer)
            if name.parts[0] not in JUDGING and name.name not in JUDGING_FILES:
                content = file.read_bytes()
                said = b"%d %d " % (len(name.as_posix().encode()), len(content))
                digest.update(said + name.as_posix().encode() + content)
    return digest.hexdigest()[:16]
