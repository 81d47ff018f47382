"""What a store remembers of files from planning them, each while it is in the state it was in."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from privscan import __version__
from privscan.registry import plugins
from privscan.rulebook.seeing import seeing_digest
from privscan.scan.plan import versions
from privscan.store.fingerprints import Fingerprints
from privscan.store.index import Index, Learned

BATCH = 4_096
"""What is learned is entered together; a kill costs no more than this."""


SEEING = ("sources", "formats", "rulebook")
"""Folders of the code that looks at a file for a plan."""


class Looks:
    """The memory of the plans of a scope; what it knows was seen by the same code and rules."""

    def __init__(self, index: Index, scope: str, fingerprints: Fingerprints) -> None:
        self._index, self._scope, self._fingerprints = index, scope, fingerprints
        self._by = f"{_code()} {seeing_digest()}"
        self._new: list[Learned] = []
        self._met: set[str] = set()

    def known(self, uri: str, what: str) -> Sequence[str] | None:
        """What was learned, while file, code and rules are as they were."""
        self._met.add(uri)
        state = self._fingerprints.of_file(uri)
        said = self._index.learned(uri, what, self._under(state)) if state else None
        return None if said is None else json.loads(said)

    def learn(self, uri: str, what: str, said: Sequence[str]) -> None:
        """Keep what was seen, unless the file was touched just now."""
        state = self._fingerprints.of_file(uri)
        if not state:
            return
        self._new.append(Learned(uri, what, self._under(state), json.dumps(list(said))))
        if len(self._new) >= BATCH:
            self._keep()

    def end(self) -> None:
        """Keep what is new, and forget what was learned of files that the scope has no more."""
        self._keep()
        self._index.forget(self._scope, self._met)

    def _keep(self) -> None:
        self._index.learn(self._scope, self._new)
        self._new = []

    def _under(self, state: str) -> str:
        return f"{state} {self._by}"


@cache
def _code() -> str:
    """A digest of all code that looks at a file for a plan, and of the libraries it uses."""
    installed = [f"{one.name} {one.module}" for one in plugins("sources")]
    digest = hashlib.sha256(f"{__version__} {versions()} {installed}".encode())
    for folder in SEEING:
        for file in sorted((Path(__file__).parents[1] / folder).rglob("*.py")):
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]
