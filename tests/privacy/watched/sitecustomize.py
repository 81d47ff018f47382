"""Loaded by every Python process of a watched run: notes what it opens to write, and sockets."""

from __future__ import annotations

import os
import sys

_LOG = os.open(os.environ["WATCH_LOG"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC
_CHANGING = ("os.rename", "os.mkdir", "os.link", "os.symlink", "shutil.", "tempfile.")
_BASE, _READ_ONLY = "sqlite3.connect", "?mode=ro&immutable=1"
"""So opened, SQLite writes neither to the database nor a journal beside it."""


def _note(kind: str, what: object) -> None:
    os.write(_LOG, f"{kind}\t{what}\n".encode("utf-8", "backslashreplace"))


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open":
        path, mode, flags = arguments
        writes = isinstance(mode, str) and set(mode) & set("wax+")
        if writes or (isinstance(flags, int) and flags & _WRITING):
            _note("write", path)
    elif event.startswith(_CHANGING) or (
        event == _BASE and not str(arguments[0]).endswith(_READ_ONLY)
    ):
        _note("change", f"{event} {arguments}")
    elif event.startswith(("socket.", "urllib.", "http.", "ftplib.", "smtplib.")):
        frame = sys._getframe(1)
        while frame.f_globals.get("__name__") == "socket" and frame.f_back:
            frame = frame.f_back
        _note("socket", f"{event} in {frame.f_globals.get('__name__')}")
        raise PermissionError("no connection is made in this run")


_note("start", os.getpid())
sys.addaudithook(_watch)
