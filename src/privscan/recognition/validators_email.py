"""The validator of Presidio's EmailRecognizer: does the host end in a public suffix?"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

import polars as pl

from privscan.recognition.verdicts import Verdicts, by_distinct

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

    tldextract takes what follows the last @ of the authority, which ends at the first of `/?#`:
    with one @ and none of these that is all behind the @. Other texts are asked whole.
    """
    hosts = series.str.splitn("@", 2).struct.field("field_1")
    odd = series.str.contains(_ENDS_AUTHORITY) | hosts.str.contains("@", literal=True).fill_null(
        value=True
    )
    if odd.any():
        hosts = series.zip_with(odd, hosts)
    return by_distinct(hosts, _has_public_suffix)
