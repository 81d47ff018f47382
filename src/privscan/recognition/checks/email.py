"""The validator of Presidio's EmailRecognizer: does the host end in a public suffix?"""

from __future__ import annotations

from functools import lru_cache

import polars as pl

from privscan.recognition.checks.verdicts import Verdicts, by_distinct
from privscan.rulebook._presidio import extractor

_REMEMBERED = 65_536
_ENDS_AUTHORITY = "[/?#]"


@lru_cache(_REMEMBERED)
def _has_public_suffix(text: str) -> bool:
    return bool(extractor()(text, include_psl_private_domains=False).fqdn)


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
