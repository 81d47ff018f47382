"""The validator of Presidio's EmailRecognizer: does the host end in a public suffix?"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

import polars as pl

from privscan.recognition.verdicts import Verdicts

_REMEMBERED = 65_536
_ENDS_AUTHORITY = "[/?#]"


@cache
def _extractor() -> Any:
    """The extractor with the bundled list: no cache folder, no network."""
    from tldextract import TLDExtract

    return TLDExtract(suffix_list_urls=(), cache_dir=None)


@lru_cache(_REMEMBERED)
def _has_public_suffix(text: str) -> bool:
    return bool(_extractor()(text, include_psl_private_domains=False).fqdn)


def email(series: pl.Series) -> Verdicts:
    """EmailRecognizer: tldextract finds a domain under a public suffix, asked once a host.

    tldextract takes what follows the last @ of the authority, which ends at the first of `/?#`;
    a text that holds none of these is judged by what follows its last @.
    """
    hosts = series.str.extract("@([^@/?#]*)$", 1)
    if hosts.null_count() or series.str.contains(_ENDS_AUTHORITY).any():
        whole = series.str.contains(_ENDS_AUTHORITY) | hosts.is_null()
        hosts = pl.select(pl.when(whole).then(series).otherwise(hosts)).to_series()
    distinct = hosts.unique()
    valid = pl.Series([_has_public_suffix(host) for host in distinct.to_list()], dtype=pl.Int8)
    return hosts.replace_strict(distinct, valid, return_dtype=pl.Int8).to_numpy()
