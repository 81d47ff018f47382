"""privscan: privacy and biometric-data impact analysis of datasets and image folders."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from privscan.api import (
        accept,
        assess,
        audit,
        decide,
        diff,
        find,
        gate,
        guard,
        guarded,
        history,
        judge,
        judge_shards,
        merge,
        observe,
        plan,
        protect,
        reidentify,
        reveal,
        save,
        scan,
        shard,
        spans,
        trend,
        verify,
    )
    from privscan.errors import (
        IncompleteError,
        PolicyViolationError,
        PrivscanError,
        UnreadWarning,
        UsageError,
    )

__all__ = [
    "IncompleteError",
    "PolicyViolationError",
    "PrivscanError",
    "UnreadWarning",
    "UsageError",
    "__version__",
    "accept",
    "assess",
    "audit",
    "decide",
    "diff",
    "find",
    "gate",
    "guard",
    "guarded",
    "history",
    "judge",
    "judge_shards",
    "merge",
    "observe",
    "plan",
    "protect",
    "reidentify",
    "reveal",
    "save",
    "scan",
    "shard",
    "spans",
    "trend",
    "verify",
]


def __getattr__(name: str) -> Any:
    """Load the public names on first use (PEP 562), so that `--help` stays fast."""
    if name in __all__:
        from privscan import api, errors

        return getattr(errors if name.endswith(("Error", "Warning")) else api, name)
    raise AttributeError(f"module 'privscan' has no attribute {name!r}")


class _Package(ModuleType):
    """Keeps `privscan.scan` the public function when the layer `privscan/scan/` is imported."""

    def __setattr__(self, name: str, value: Any) -> None:
        if name not in __all__ or not isinstance(value, ModuleType):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
