"""Files that whoever runs privscan leaves out of folder scans: lines of `.privscanignore`.

Only the nearest such file from the working folder upward counts. One that lies in the scanned
data is not followed: data must not decide what a gate gets to see.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from privscan.errors import RuleError

FILE = ".privscanignore"


@dataclass(frozen=True, slots=True)
class Ignored:
    """Patterns and the folder they are relative to; without patterns nothing is ignored."""

    folder: str = ""
    files: tuple[re.Pattern[str], ...] = ()
    folders: tuple[re.Pattern[str], ...] = ()

    def fits(self, path: str, *, is_folder: bool) -> bool:
        """Whether a pattern fits a path that a folder scan meets."""
        wanted = self.folders + self.files if is_folder else self.files
        if not wanted:
            return False
        below = os.path.relpath(path, self.folder).replace(os.sep, "/")
        return not below.startswith("..") and any(p.fullmatch(below) for p in wanted)


def ignored(start: Path) -> Ignored:
    """What the nearest `.privscanignore` from `start` upward says."""
    for folder in (start, *start.parents):
        file = folder / FILE
        if file.is_file():
            try:
                lines = [line.strip() for line in file.read_text("utf-8").splitlines()]
            except (OSError, UnicodeDecodeError):
                raise RuleError("this file cannot be read as UTF-8 text", where=str(file)) from None
            said = [line for line in lines if line and not line.startswith("#")]
            return Ignored(
                str(folder),
                tuple(_pattern(line) for line in said if not line.endswith("/")),
                tuple(_pattern(line.rstrip("/")) for line in said if line.endswith("/")),
            )
    return Ignored()


def _pattern(line: str) -> re.Pattern[str]:
    """A line with a slash names a path from the file's folder, one without any such name."""
    anywhere = "" if "/" in line else "(?:.*/)?"
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", line.removeprefix("/"))
    wild = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    return re.compile(anywhere + "".join(wild.get(part) or re.escape(part) for part in parts))
