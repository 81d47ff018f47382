"""Stores of objects: which addresses are theirs, who asks, and what they answer in our words."""

from __future__ import annotations

import os
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from privscan.errors import UnreadableError
from privscan.sources._address import scheme, shown
from privscan.sources._stores import needs

SCHEMES = ("s3", "s3a", "gs", "az", "abfs", "abfss", "http", "https")

WEB = frozenset({"http", "https"})
"""Of these, stores that cannot be listed."""

RETRIES, PATIENCE = 6, timedelta(minutes=3)
"""A request that fails for want of the network or the server is sent again, ever later."""


def takes(uri: str) -> bool:
    """Whether the address is one of these stores."""
    return scheme(uri) in SCHEMES


def split(uri: str) -> tuple[str, str]:
    """The store's own address and the name of the object in it."""
    kind, _, rest = uri.partition("://")
    place, _, path = rest.partition("/")
    # A name in the web comes with its signs escaped, one of a store as it is.
    return f"{kind}://{place}", unquote(path) if kind.lower() in WEB else path


@lru_cache(maxsize=16)
def store(root: str) -> Any:
    """The store, opened with what the environment says of it."""
    try:
        from obstore.store import from_url
    except ImportError:
        raise needs("objects", shown(root)) from None
    more: dict[str, Any] = {}
    if scheme(root).startswith("s3") and (provider := _of_profile()):
        more["credential_provider"] = provider
    return from_url(
        root,
        client_options={"connect_timeout": "10s", "timeout": "120s", "allow_http": plain(root)},
        retry_config={"max_retries": RETRIES, "retry_timeout": PATIENCE},
        **more,
    )


def plain(root: str) -> bool:
    """Whether the user asked for a server without TLS, by its address or by the environment."""
    if not takes(root):
        return False
    ends = [
        v for k, v in os.environ.items() if k.startswith(("AWS_ENDPOINT", "AZURE_STORAGE_ENDPOINT"))
    ]
    return any(end.startswith("http://") for end in (root, *ends))


def _of_profile() -> Any:
    """What logs in by the files of AWS's own tools, if boto3 is installed and nothing else does."""
    files = "AWS_PROFILE" in os.environ or Path("~/.aws/credentials").expanduser().exists()
    if "AWS_ACCESS_KEY_ID" in os.environ or not files:
        return None
    try:
        from obstore.auth.boto3 import Boto3CredentialProvider
    except ImportError:
        return None
    return Boto3CredentialProvider()


class told:  # noqa: N801  reads as a word in `with`
    """Says what a store answered, without its words: they may quote what logs in."""

    def __init__(self, uri: str) -> None:
        self._uri = uri

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(self, kind: object, error: BaseException | None, _: object) -> None:
        if error is None or isinstance(error, (UnreadableError, GeneratorExit)):
            return
        match type(error).__name__:
            case "NotFoundError" | "FileNotFoundError":
                why = "there is no such object"
            case "PermissionDeniedError" | "UnauthenticatedError":
                why = (
                    "the store denies access: who asks is told by the environment (docs/sources.md)"
                )
            case "ModuleNotFoundError" | "ImportError":
                raise needs("objects", shown(self._uri)) from None
            case "NotSupportedError":
                why = "the server gives no ranges of a file: scan a copy of it"
            case "InvalidPathError" | "ValueError":
                why = "a name is no key that can be asked for: it has an empty step, `..` or a control character"  # fmt: skip
            case _ if isinstance(error, Exception):
                why = "the store does not answer as one"
            case _:
                return
        raise UnreadableError(why, where=shown(self._uri)) from None
