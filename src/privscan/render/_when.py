"""The moment at which a document is made, for formats that want one."""

from __future__ import annotations

import os
from datetime import UTC, datetime


def moment() -> str:
    """Now in UTC, or the second that `SOURCE_DATE_EPOCH` gives, so that builds can be repeated."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    at = datetime.fromtimestamp(int(given), UTC) if given.isascii() and given.isdigit() else None
    return f"{at or datetime.now(UTC):%Y-%m-%dT%H:%M:%S}.000Z"
