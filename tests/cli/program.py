"""What the fixture `run` is, in a module that no other conftest can be taken for."""

from __future__ import annotations

import subprocess
from collections.abc import Callable

Run = Callable[..., "subprocess.CompletedProcess[str]"]
