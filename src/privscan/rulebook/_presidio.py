"""The one door to Presidio: offline, and in our own processes without spaCy.

No pattern recognizer needs spaCy; Presidio imports it for annotations and for engines that we do
not start, at a quarter of the time that a small scan takes (docs/decisions/0006).
"""

from __future__ import annotations

import importlib
import socket
import sys
from collections.abc import Sequence
from functools import cache
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

UNUSED = ("spacy", "thinc", "requests", "requests_file")
"""spaCy and the library it computes with; and what tldextract would fetch a list with."""

RECOGNIZERS = "presidio_analyzer.predefined_recognizers"


@cache
def presidio() -> ModuleType:
    """The package presidio_analyzer; no call into it reaches for the network."""
    try:
        importlib.import_module(RECOGNIZERS)
    except (AttributeError, TypeError):
        # A Presidio that does more with spaCy at import than take names from it.
        _real_again()
        for name in [n for n in sys.modules if n.partition(".")[0] == "presidio_analyzer"]:
            del sys.modules[name]
        importlib.import_module(RECOGNIZERS)
    _real_again()
    # Presidio validates e-mail hosts through tldextract, whose default asks the network.
    tld: Any = importlib.import_module("tldextract.tldextract")
    tld.TLD_EXTRACTOR = extractor()
    return sys.modules["presidio_analyzer"]


@cache
def extractor() -> Any:
    """The extractor of tldextract with its bundled list: no cache folder, no network."""
    made = importlib.import_module("tldextract").TLDExtract(suffix_list_urls=(), cache_dir=None)
    # At its first call it reads the list, and would make an HTTP session it has no use for.
    made("example.com", session=object())
    return made


def defer_unused() -> None:
    """Let imports pass without loading spaCy or an HTTP client, and without opening a socket.

    Only for a process that is ours from its start: who uses Presidio's Stanza engine in it,
    finds its tokenizer not registered.
    """
    if not {*UNUSED} & {*sys.modules}:
        sys.meta_path.insert(0, _StandIns())
    # Presidio imports urllib3, which opens a socket at import to see whether one can be bound.
    # Said here that none can, it opens none; our processes have no use for its answer.
    socket.has_ipv6 = False


def _real_again() -> None:
    sys.meta_path[:] = [finder for finder in sys.meta_path if not isinstance(finder, _StandIns)]
    for name, module in list(sys.modules.items()):
        if isinstance(module, _StandIn):
            module.importing = False
            del sys.modules[name]


class _Named(type):
    """Makes classes whose every attribute is a decorator that changes nothing."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return lambda *_, **__: lambda decorated: decorated


class _StandIn(ModuleType):
    """Gives a class for any name during the import; afterwards passes on to the real module."""

    importing = True

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if self.importing:
            return _Named(name, (), {})
        return getattr(importlib.import_module(self.__name__), name)


class _StandIns(MetaPathFinder, Loader):
    """Finds a stand-in for what is not used, and for everything in it."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """A stand-in's spec, None for other packages."""
        del path, target
        ours = fullname.partition(".")[0] in UNUSED
        return ModuleSpec(fullname, self, is_package=True) if ours else None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """An empty stand-in."""
        return _StandIn(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """A stand-in has no code."""
