"""Addresses of stores, as `postgresql://host/base`: what may be shown of one, and what is secret."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

HIDDEN = "(hidden)"
"""Stands for what cannot be told from a password."""

_ADDRESS = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://(.*)", re.DOTALL)
_WITHIN = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://[^\s'\"]*(?:@|(?i:password|token|sig)=)[^\s'\"]*")
_PLAIN = re.compile(r"(?:\[[0-9A-Fa-f:.%]+\]|[^:@\[\]]*)(?::\d*)?")


def scheme(source: str) -> str:
    """The scheme of an address in small letters; empty for a path."""
    found = _ADDRESS.fullmatch(source)
    return found[1].lower() if found else ""


def shown(source: str) -> str:
    """The address without user, password, query and fragment; a path as it is.

    Where a password with unescaped signs makes the parts unclear, all of them are hidden.
    """
    found = _ADDRESS.fullmatch(source)
    if not found:
        return source
    place, *rest = re.split(r"[?#]", found[2], maxsplit=1)
    host, slash, path = place.partition("/")
    host = host.rpartition("@")[2]
    unclear = not _PLAIN.fullmatch(host) or (":" in host and "@" in path) or "@" in "".join(rest)
    return f"{found[1]}://{HIDDEN if unclear else host + slash + path}"


def cleaned(text: str) -> str:
    """A message in which each address that may log in is as `shown`."""
    return _WITHIN.sub(lambda found: shown(found[0]), text)


@dataclass(frozen=True, slots=True)
class Address:
    """An address with what logs in: printing it shows none of that, pickling keeps it."""

    whole: str = field(repr=False)

    def __str__(self) -> str:
        """What may be shown."""
        return shown(self.whole)
