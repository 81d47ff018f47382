"""What a store remembers, as public functions: its scans, and each dataset over them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from privscan.store.history import Entry, Moved


def history(store: str | Path) -> tuple[Entry, ...]:
    """Every complete scan that a store remembers, oldest first."""
    from privscan.store.history import history as entries

    return entries(store)


def trend(store: str | Path, *, scope: str | None = None) -> tuple[Moved, ...]:
    """Each dataset over the scans of the same sources, `scope`, and what its drift asks to look at."""
    from privscan.store.history import trend as moved

    return moved(store, scope)
