"""The package answers its name and version without loading a library."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import privscan

HEAVY = {"polars", "pyarrow", "numpy", "cv2", "presidio_analyzer", "spacy", "pydantic", "click"}


@pytest.mark.parametrize(
    "code",
    [
        "import privscan; privscan.__version__",
        "import privscan.registry as r; [r.plugins(g) for g in r.GROUPS]",
        "import privscan.model.report, privscan.model.data, privscan.model.finding",
        "import privscan.config",
    ],
)
def test_light_modules_load_nothing_heavy(code: str):
    probe = f"import sys\n{code}\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert not HEAVY & set(done.stdout.split())


def test_every_plugin_says_what_it_is():
    from privscan.registry import GROUPS, plugins

    for group in GROUPS:
        found = plugins(group)
        assert found, group
        assert not [p.name for p in found if not p.about]


def test_every_folder_of_plugins_is_listed():
    from privscan.registry import GROUPS

    package = Path(privscan.__file__).parent
    marked = {file.parent.name for file in package.glob("*/*.py") if _is_plugin(file)}
    assert marked == set(GROUPS)


def _is_plugin(file):
    return "\nPLUGIN = True\n" in file.read_text("utf-8")


def test_unknown_public_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="nothing_of_that_name"):
        _ = privscan.nothing_of_that_name
