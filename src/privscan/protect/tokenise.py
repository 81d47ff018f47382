"""Replace each value by a keyed token: HMAC-SHA256, the same in every table of one key."""

from __future__ import annotations

import hmac

import polars as pl

from privscan.errors import UsageError
from privscan.protect.cells import changed
from privscan.protect.shaped import Shapes
from privscan.protect.treating import Apply, Asked

PLUGIN = True
OPTIONS = ("format", "prefix")
KEYED = True

_HEX = 32
"""Hexadecimal digits of a token, 128 bits: two of n values share one with a chance of n^2 / 2^129."""


def made(asked: Asked) -> Apply:
    """`prefix_` and 32 hexadecimal digits; with `format`, digits and letters in the same places."""
    prefix = asked.options.get("prefix", "tok")
    if not (
        prefix.isascii() and prefix.isalpha() and prefix.islower() and len(prefix) in range(2, 13)
    ):
        raise UsageError("a token's prefix is 2 to 12 small letters of a to z")
    secret = asked.sub("token")

    def tokens(cells: pl.Series) -> pl.Series:
        # Python's HMAC in C, once for each distinct value of a batch.
        digests = [hmac.digest(secret, cell.encode(), "sha256").hex()[:_HEX] for cell in cells]
        return pl.Series([f"{prefix}_{digest}" for digest in digests], dtype=pl.String)

    make = tokens
    if "format" in asked.options:
        make = Shapes(asked.sub("format cipher"), asked.sub("format stream"), tokens).tokens
    return lambda array: changed(array, make)
