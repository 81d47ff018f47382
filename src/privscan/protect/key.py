"""The key of tokens and cipher text: where it comes from, and a key of its own for each purpose."""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path

from privscan.errors import UsageError

LEAST = 16
"""Bytes of a key: 128 bits, the least a keyed hash is called secure with."""

_MAKE = "head -c 32 /dev/urandom > key && chmod 600 key"
_SPEC = "a file, env:NAME or command:COMMAND"
_PATIENCE = 60
"""Seconds that a command may take to hand out the key."""


class Key:
    """A secret that shows itself nowhere; `sub` gives a key of 32 bytes for one purpose."""

    __slots__ = ("_secret",)

    def __init__(self, secret: bytes) -> None:
        if len(secret) < LEAST:
            said = f"a key has {LEAST} bytes or more, this one has {len(secret)}"
            raise UsageError(said, hint=_MAKE)
        self._secret = secret

    def __repr__(self) -> str:
        """Nothing of the secret."""
        return "Key(...)"

    def __reduce__(self) -> str:
        """Refused: a pickle would hold the secret."""
        raise TypeError("a key is not pickled")

    def sub(self, purpose: str, size: int = 32) -> bytes:
        """HKDF-SHA256 of the secret (RFC 5869), so that no two purposes share a key."""
        from cryptography.hazmat.primitives.hashes import SHA256
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF

        info = f"privscan protect 1 {purpose}".encode()
        return HKDF(SHA256(), size, salt=None, info=info).derive(self._secret)


def key_of(spec: str) -> Key:
    """The key that a file, `env:NAME` or `command:COMMAND` holds; a line end after it is no part."""
    kind, colon, rest = spec.partition(":")
    if colon and kind == "env":
        if rest not in os.environ:
            raise UsageError(f"no environment variable is called {rest!r}", hint=_SPEC)
        return Key(_bare(os.environ[rest].encode("utf-8", "surrogateescape")))
    if colon and kind == "command":
        return Key(_bare(_asked(rest)))
    try:
        return Key(_bare(Path(rest if colon and kind == "file" else spec).read_bytes()))
    except OSError as error:
        said = f"the key cannot be read: {error.strerror}"
    raise UsageError(said, hint=f"{_SPEC}; {_MAKE}")


def _bare(secret: bytes) -> bytes:
    return secret.removesuffix(b"\n").removesuffix(b"\r")


def _asked(command: str) -> bytes:
    """What the command prints; it is run without a shell, and what it says to stderr is lost."""
    try:
        words = shlex.split(command)
        done = subprocess.run(  # noqa: S603  the user's own command, for this purpose
            words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=_PATIENCE, check=False
        )
    except (OSError, ValueError, IndexError, subprocess.TimeoutExpired):
        said = "the command for the key does not run"
    else:
        if done.returncode == 0:
            return done.stdout
        said = f"the command for the key ends with exit code {done.returncode}"
    raise UsageError(said, hint="run it by itself: it prints the key and nothing else")
