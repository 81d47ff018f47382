"""A PostgreSQL of this machine's packages, in a folder of its own, on a free port of loopback.

Start by hand, as a user who is not root, with the programs of Debian's package `postgresql`:

    initdb -D DIR --auth=scram-sha-256 --username=owner --pwfile=FILE
    postgres -D DIR -k DIR -h 127.0.0.1 -p PORT
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PASSWORD = "pw-Canary.91c"


def programs() -> Path | None:
    """The folder of `initdb` and `postgres`; None where PostgreSQL is not installed."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    found = shutil.which("initdb")
    return next(iter([*folders, *([Path(found).parent] if found else [])]), None)


def _account() -> int | None:
    """Whom the server runs as: it refuses root."""
    if os.geteuid():
        return None
    return next(pwd.getpwnam(n).pw_uid for n in ("postgres", "nobody") if n in _names())


def _names() -> set[str]:
    return {entry.pw_name for entry in pwd.getpwall()}


@contextmanager
def server() -> Iterator[str]:
    """The address of a new server's base, without user and password: `127.0.0.1:PORT/postgres`."""
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    account, where = _account(), programs()
    assert where is not None
    (folder / "pw").write_text(PASSWORD)
    if account is not None:
        for path in (folder, folder / "pw"):
            os.chown(path, account, -1)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    run = {"user": account, "cwd": folder, "stdout": subprocess.DEVNULL}
    make = ["initdb", "-D", "data", "-U", "owner", "-A", "scram-sha-256", "--pwfile=pw", "-N"]
    subprocess.run([where / make[0], *make[1:]], check=True, **run)
    options = ["-D", "data", "-k", folder, "-h", "127.0.0.1", "-p", str(port), "-F"]
    with subprocess.Popen([where / "postgres", *options], stderr=subprocess.DEVNULL, **run) as one:
        try:
            for _ in range(100):
                ready = [where / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)]
                if not subprocess.run(ready, check=False, **run).returncode:
                    break
                time.sleep(0.1)
            yield f"127.0.0.1:{port}/postgres"
        finally:
            one.terminate()
            one.wait(30)
            shutil.rmtree(folder)
