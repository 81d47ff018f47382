"""A copy of the shipped rules to break."""

from __future__ import annotations

import shutil

import pytest

from privscan.rulebook.folders import rules_folder


@pytest.fixture
def rules(tmp_path):
    folder = tmp_path / "rules"
    shutil.copytree(rules_folder(), folder)
    return folder
