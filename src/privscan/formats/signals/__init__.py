"""Recordings of bodies: what a file of signals is, what it is of, and whom it names."""

from __future__ import annotations

from collections.abc import Callable

from privscan.formats.signals import heart, markup, movement, recordings, watches
from privscan.formats.signals.signal import Signal

__all__ = ["WINDOW", "Signal", "signal_of"]

WINDOW = 1 << 20
"""Bytes of a file that are looked at: its header, and how it goes on."""

_WAYS: tuple[Callable[[bytes], Signal | None], ...] = (
    recordings.edf,
    recordings.wfdb,
    recordings.brain_vision,
    recordings.xdf,
    heart.scp,
    watches.fit,
    markup.marked,
    movement.bvh,
    movement.c3d,
    movement.pen,
)


def signal_of(content: bytes) -> Signal | None:
    """What the bytes are a recording of, by their structure as far as they go, or None."""
    return next((found for way in _WAYS if (found := way(content[:WINDOW]))), None)
