"""Files for their owner's eyes only, which appear whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from privscan.errors import UsageError

OWNER_ONLY = 0o600
OWNER_ONLY_FOLDER = 0o700


def write_private(file: Path, content: bytes) -> None:
    """Write beside the file's place and rename; a `UsageError` if that cannot be done."""
    new = file.with_name(f".{file.name}.{os.getpid()}.{os.urandom(4).hex()}.new")
    try:
        number = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
        with os.fdopen(number, "wb") as stream:
            stream.write(content)
        new.replace(file)
    except OSError as error:
        new.unlink(missing_ok=True)
        reason = error.strerror or type(error).__name__
        hint = "name a folder you may write"
        raise UsageError(f"cannot write: {reason}", where=str(file), hint=hint) from None
