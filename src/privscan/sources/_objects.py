"""Objects of remote stores, `s3://`, `gs://`, `az://` and `http(s)://`, read by ranges of bytes.

Needs the extra `objects` (docs/decisions/0040). Who asks is told by the environment or by the
cloud's own files, as its own tools have it; an address holds no secret.
"""

from __future__ import annotations

import io
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from fnmatch import fnmatchcase
from functools import lru_cache
from itertools import islice
from threading import Lock
from typing import IO, Any, NamedTuple

from privscan.errors import UnreadableError
from privscan.sources._address import scheme, shown
from privscan.sources._object_stores import WEB, split, store, told

FIRST = 128 << 10
"""Bytes of the first request, which tells size, version and format of an object."""

AHEAD = 4 << 20
"""Bytes asked for at a time where an object is read from start to end."""

LAST = 64 << 10
"""Bytes of an object's end that come at once: what formats have there, they read in pieces."""

TOGETHER = 16
"""Objects asked for at a time while a plan is made."""

_ENDS = (b"PAR1", b"ORC", b"ARROW1", b"PK")
"""How files begin that tell at their end what is in them."""

_HELD = 128
"""Objects whose first and last bytes are held: more than are asked for ahead."""

_GLOB = frozenset("*?[")
_PAGE = 1_000


class _First(NamedTuple):
    """What the first request for an object told, or, not `sure`, a listing."""

    data: bytes
    size: int
    stamp: str
    sure: bool = True


def listed(uri: str) -> Iterator[str]:
    """The addresses of the objects at, or below, an address or pattern; a listing streams.

    `UnreadableError` if the store does not answer. Stores of `http` cannot be listed.
    """
    if scheme(uri) in WEB:
        place = uri.partition("://")[2].partition("/")[0]
        if "?" in uri or "@" in place:
            raise UnreadableError("an address with a query or a user may hold a secret and is not read", where=shown(uri))  # fmt: skip
        _met(uri)
        yield uri
        return
    root, path = split(uri)
    wild = next((i for i, letter in enumerate(path) if letter in _GLOB), None)
    prefix = path[:wild].rpartition("/")[0] if wild is not None else path.rstrip("/")
    for name in _names(uri, root, prefix):
        if wild is None or fnmatchcase(name, path):
            yield f"{root}/{name}"


def _names(uri: str, root: str, prefix: str) -> Iterator[str]:
    """Names of the objects below a prefix, or the one that it names, in order of name."""
    import obstore

    with told(uri):
        for page in obstore.list(store(root), prefix or None, chunk_size=_PAGE):
            for one in page:
                if one["size"] or not one["path"].endswith("/"):
                    _met(f"{root}/{one['path']}", one)
                    yield one["path"]
        if prefix and not uri.endswith("/"):
            try:
                one = obstore.head(store(root), prefix)
            except FileNotFoundError:
                return
            _met(f"{root}/{prefix}", one)
            yield prefix


def ready(uris: Iterable[str]) -> Iterator[str]:
    """The same addresses, while of the next objects the bytes are asked for that say what they are."""
    left = iter(uris)
    with ThreadPoolExecutor(TOGETHER) as pool:
        asked = deque((uri, pool.submit(_asked, uri)) for uri in islice(left, 4 * TOGETHER))
        while asked:
            uri, done = asked.popleft()
            done.result()
            yield uri
            asked.extend((more, pool.submit(_asked, more)) for more in islice(left, 1))


def _asked(uri: str) -> None:
    """Ask for its first bytes, and the last where they matter; trouble is told in its turn."""
    with suppress(UnreadableError, OSError):
        first = _first(uri)
        if first.data.startswith(_ENDS) and first.size > FIRST:
            _last(uri, _known(uri))


@lru_cache(maxsize=_HELD)
def _first(uri: str) -> _First:
    known = _KNOWN.get(uri)
    if known and not known.size:
        return known
    with told(uri):
        meta, data = _start(uri)
    first = _First(data, meta["size"], _stamp(meta))
    _keep(uri, first)
    if len(data) != min(FIRST, first.size):
        raise _changed(uri)
    return first


def _start(uri: str) -> tuple[Any, bytes]:
    """What is known of an object, with its first bytes."""
    import obstore

    root, path = split(uri)
    if scheme(uri) in WEB:
        # Of an empty file no range can be had, and no listing told that it is one.
        meta = obstore.head(store(root), path)
        if not meta["size"]:
            return meta, b""
    found = obstore.get(store(root), path, options={"range": (0, FIRST)})
    return found.meta, bytes(found.bytes())


_KNOWN: dict[str, _First] = {}
"""Sizes and versions of the objects that were met last: a plan asks for them again and again."""

_MOST = 100_000
_KEPT = Lock()


def _keep(uri: str, first: _First) -> None:
    with _KEPT:
        _KNOWN[uri] = first._replace(data=b"")
        if len(_KNOWN) > _MOST:
            del _KNOWN[next(iter(_KNOWN))]


def _met(uri: str, meta: Any = None) -> None:
    """Forget what a scan before this one knew of an object, unless a listing tells the same."""
    known = _KNOWN.get(uri)
    now = _First(b"", meta["size"], _stamp(meta), sure=False) if meta else None
    if known and now and known[1:3] == now[1:3]:
        return
    if known:
        _first.cache_clear()
        _KNOWN.pop(uri, None)
    if now:
        _keep(uri, now)


def _known(uri: str) -> _First:
    known = _KNOWN.get(uri)
    return known if known and known.sure else _first(uri)


def _changed(uri: str) -> UnreadableError:
    _first.cache_clear()
    _KNOWN.pop(uri, None)
    return UnreadableError("the object changed while it was read", where=shown(uri))


def _stamp(meta: Any) -> str:
    # A server may call the same version weak and not, and a listing leave the quotes out.
    return (
        str(meta["e_tag"] or "").removeprefix("W/").strip('"')
        or f"{meta['size']}-{meta['last_modified'].isoformat()}"
    )


def _range(uri: str, known: _First, start: int, end: int) -> bytes:
    """Some bytes; `UnreadableError` if they are of another version, or fewer than asked for."""
    import obstore

    root, path = split(uri)
    with told(uri):
        found = obstore.get(store(root), path, options={"range": (start, end)})
        same = found.meta["size"] == known.size and _stamp(found.meta) == known.stamp
        data = bytes(found.bytes()) if same else b""
    if not same or len(data) != end - start:
        raise _changed(uri)
    return data


@lru_cache(maxsize=_HELD)
def _last(uri: str, known: _First) -> bytes:
    return _range(uri, known, max(0, known.size - LAST), known.size)


class _Ranged(io.RawIOBase):
    """An object as a file: each read beyond what is held is one request for a range."""

    def __init__(self, uri: str) -> None:
        self._uri, self._at = uri, 0
        self._known = _known(uri)
        self._size, self._start, self._held = self._known.size, 0, b""

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
                within = self._at - self._start
            some = self._held[within : within + len(view) - done]
            if not some:
                break
            view[done : done + len(some)] = some
            self._at, done = self._at + len(some), done + len(some)
        return done

    def _ask(self, wanted: int, *, follows: bool) -> None:
        if self._at < FIRST:
            first = _first(self._uri)
            if first.stamp != self._known.stamp:
                raise _changed(self._uri)
            self._start, self._held = 0, first.data
            return
        if self._at >= self._size - LAST:
            self._start, self._held = max(0, self._size - LAST), _last(self._uri, self._known)
            return
        end = min(self._size, self._at + max(wanted, AHEAD if follows else 0))
        data = _range(self._uri, self._known, self._at, end)
        self._start, self._held = self._at, data


class _Objects:
    """Opens objects by their address."""

    def size(self, uri: str) -> int:
        return (_KNOWN.get(uri) or _first(uri)).size

    def stamp(self, uri: str) -> str:
        return (_KNOWN.get(uri) or _first(uri)).stamp

    def raw(self, uri: str) -> IO[bytes]:
        return io.BufferedReader(_Ranged(uri))


OBJECTS = _Objects()
