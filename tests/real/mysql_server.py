"""A MariaDB of this machine's packages, in a folder of its own, on a free port of loopback.

Start by hand, as a user who is not root, with the programs of Debian's package `mariadb-server`:

    mariadb-install-db --no-defaults --datadir=DIR --auth-root-authentication-method=normal
    mariadbd --no-defaults --datadir=DIR --socket=DIR/s --bind-address=127.0.0.1 --port=PORT
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
FOLDERS = f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin"


def program(name: str) -> str | None:
    """Where a program of the server is; None where MariaDB is not installed."""
    return shutil.which(name, path=FOLDERS)


def _account() -> str | None:
    """Whom the server runs as: it refuses root."""
    if os.geteuid():
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ("mysql", "nobody") if name in known)


@contextmanager
def server() -> Iterator[int]:
    """The port of a new server on 127.0.0.1; its user `owner` has PASSWORD and may do all."""
    folder = Path(tempfile.mkdtemp(prefix="my-"))
    account = _account()
    if account is not None:
        shutil.chown(folder, account)
    make, serve = program("mariadb-install-db"), program("mariadbd")
    assert make is not None
    assert serve is not None
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    run = {"user": account, "cwd": folder, "stdout": subprocess.DEVNULL}
    where = ["--no-defaults", f"--datadir={folder}/data"]
    root = ["--auth-root-authentication-method=normal", "--skip-test-db"]
    subprocess.run([make, *where, *root], check=True, stderr=subprocess.DEVNULL, **run)
    (folder / "first.sql").write_text(
        f"create user owner@127.0.0.1 identified by '{PASSWORD}';\n"
        "grant all on *.* to owner@127.0.0.1 with grant option;\n"
    )
    net = [f"--socket={folder}/s", "--bind-address=127.0.0.1", f"--port={port}"]
    small = ["--innodb-buffer-pool-size=32M", "--skip-name-resolve"]
    first = [f"--init-file={folder}/first.sql", f"--pid-file={folder}/pid"]
    with subprocess.Popen(
        [serve, *where, *net, *small, *first], stderr=subprocess.DEVNULL, **run
    ) as one:
        try:
            _wait(port, one)
            yield port
        finally:
            one.terminate()
            one.wait(30)
            shutil.rmtree(folder)


def _wait(port: int, one: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert one.poll() is None, "mariadbd ended at its start"
        time.sleep(0.1)
