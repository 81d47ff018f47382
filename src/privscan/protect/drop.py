"""Leave the column out."""

from __future__ import annotations

import pyarrow as pa

from privscan.protect.treating import Apply, Asked

PLUGIN = True
OPTIONS = ()
REMOVES = True
"""The column goes: where this is true, `made` is only asked where a place must stay."""


def made(_asked: Asked) -> Apply:
    """Nothing but nulls, for the element of a list that cannot go."""
    return lambda array: pa.nulls(len(array), array.type)
