"""Objects of remote stores, `s3://`, `gs://`, `az://` and `http(s)://`, read by ranges of bytes.

Needs the extra `objects` (docs/decisions/0040). Who asks is told by the environment or by the
cloud's own files, as its own tools have it; an address holds no secret.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from fnmatch import fnmatchcase
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import IO, Any, NamedTuple
from urllib.parse import unquote

from privscan.errors import UnreadableError
from privscan.sources._address import scheme, shown
from privscan.sources._stores import needs

SCHEMES = ("s3", "s3a", "gs", "az", "abfs", "abfss", "http", "https")

FIRST = 128 << 10
"""Bytes of the one request that tells size, version and format of an object."""

AHEAD = 4 << 20
"""Bytes asked for at a time where an object is read from start to end."""

TOGETHER = 16
"""Objects asked for at a time while a listing is looked at."""

RETRIES, PATIENCE = 6, timedelta(minutes=3)
"""A request that fails for want of the network or the server is sent again, ever later."""

_WEB = frozenset({"http", "https"})
_GLOB = frozenset("*?[")
_PAGE = 1_000


class _First(NamedTuple):
    """What the first request for an object told."""

    data: bytes
    size: int
    stamp: str


def takes(uri: str) -> bool:
    """Whether the address is one of these stores."""
    return scheme(uri) in SCHEMES


def listed(uri: str) -> Iterator[str]:
    """The addresses of the objects at, or below, an address or pattern; a listing streams.

    `UnreadableError` if the store does not answer. Stores of `http` cannot be listed.
    """
    if scheme(uri) in _WEB:
        place = uri.partition("://")[2].partition("/")[0]
        if "?" in uri or "@" in place:
            raise UnreadableError("an address with a query or a user may hold a secret and is not read", where=shown(uri))  # fmt: skip
        yield uri
        return
    root, path = _split(uri)
    wild = next((i for i, letter in enumerate(path) if letter in _GLOB), None)
    prefix = path[:wild].rpartition("/")[0] if wild is not None else path.rstrip("/")
    for name in _names(uri, root, prefix):
        if wild is None or fnmatchcase(name, path):
            yield f"{root}/{name}"


def _names(uri: str, root: str, prefix: str) -> Iterator[str]:
    """Names of the objects below a prefix, or the one that it names, in order of name."""
    import obstore

    with _told(uri):
        for page in obstore.list(_store(root), prefix or None, chunk_size=_PAGE):
            yield from (one["path"] for one in page if one["size"] or not one["path"].endswith("/"))
        if prefix and not uri.endswith("/"):
            try:
                obstore.head(_store(root), prefix)
            except FileNotFoundError:
                return
            yield prefix


def ready(uris: Iterable[str]) -> Iterator[str]:
    """The same addresses, while the first bytes of the next objects are asked for."""
    left = iter(uris)
    with ThreadPoolExecutor(TOGETHER) as pool:
        while some := list(islice(left, 4 * TOGETHER)):
            list(pool.map(_asked, some))
            yield from some


def _asked(uri: str) -> None:
    try:
        _first(uri)
    except (UnreadableError, OSError):
        return


@lru_cache(maxsize=8 * TOGETHER)
def _first(uri: str) -> _First:
    import obstore

    root, path = _split(uri)
    with _told(uri):
        meta = obstore.head(_store(root), path)
        most = min(FIRST, meta["size"])
    first = _First(b"", meta["size"], _stamp(meta))
    first = first._replace(data=_range(uri, first, 0, most) if most else b"")
    _KNOWN[uri] = first._replace(data=b"")
    if len(_KNOWN) > _MOST:
        del _KNOWN[next(iter(_KNOWN))]
    return first


_KNOWN: dict[str, _First] = {}
"""Sizes and versions of the objects that were met last: a plan asks for them again and again."""

_MOST = 100_000


def _known(uri: str) -> _First:
    return _KNOWN.get(uri) or _first(uri)


def _stamp(meta: Any) -> str:
    # A server may call the same version weak and not.
    return (
        str(meta["e_tag"] or "").removeprefix("W/")
        or f"{meta['size']}-{meta['last_modified'].isoformat()}"
    )


def _range(uri: str, known: _First, start: int, end: int) -> bytes:
    """Some bytes; `UnreadableError` if they are of another version, or fewer than asked for."""
    import obstore

    root, path = _split(uri)
    with _told(uri):
        found = obstore.get(_store(root), path, options={"range": (start, end)})
        same = found.meta["size"] == known.size and _stamp(found.meta) == known.stamp
        data = bytes(found.bytes()) if same else b""
    if not same or len(data) != end - start:
        _first.cache_clear()
        _KNOWN.pop(uri, None)
        raise UnreadableError("the object changed while it was read", where=shown(uri))
    return data


def _split(uri: str) -> tuple[str, str]:
    """The store's own address and the name of the object in it."""
    kind, _, rest = uri.partition("://")
    place, _, path = rest.partition("/")
    # A name in the web comes with its signs escaped, one of a store as it is.
    return f"{kind}://{place}", unquote(path) if kind.lower() in _WEB else path


@lru_cache(maxsize=16)
def _store(root: str) -> Any:
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


class _told:  # noqa: N801  reads as a word in `with`
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


class _Ranged(io.RawIOBase):
    """An object as a file: each read beyond what is held is one request for a range."""

    def __init__(self, uri: str) -> None:
        self._uri, self._at = uri, 0
        self._first = first = _first(uri)
        self._size, self._start, self._held = first.size, 0, first.data

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._at = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        return self._at

    def readinto(self, buffer: Any) -> int:
        """Fills the buffer unless the object ends: Arrow takes less for an end."""
        view, done = memoryview(buffer), 0
        while done < len(view) and self._at < self._size:
            within = self._at - self._start
            if not 0 <= within < len(self._held):
                self._ask(len(view) - done, follows=within == len(self._held))
                within = 0
            some = self._held[within : within + len(view) - done]
            if not some:
                break
            view[done : done + len(some)] = some
            self._at, done = self._at + len(some), done + len(some)
        return done

    def _ask(self, wanted: int, *, follows: bool) -> None:
        end = min(self._size, self._at + max(wanted, AHEAD if follows else 0))
        data = _range(self._uri, self._first, self._at, end) if end > self._at else b""
        self._start, self._held = self._at, data


class _Objects:
    """Opens objects by their address."""

    def size(self, uri: str) -> int:
        return _known(uri).size

    def stamp(self, uri: str) -> str:
        return _known(uri).stamp

    def raw(self, uri: str) -> IO[bytes]:
        return io.BufferedReader(_Ranged(uri))


OBJECTS = _Objects()
