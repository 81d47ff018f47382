"""Every check digit that rules on numbers may name, as a rule on upper-case ASCII bytes."""

from __future__ import annotations

from collections.abc import Mapping

from privscan.recognition.checks.numbers_europe import EUROPE
from privscan.recognition.checks.numbers_things import THINGS
from privscan.recognition.checks.numbers_world import WORLD
from privscan.recognition.checks.parts import Letters

CHECKS: Mapping[str, Letters] = {**THINGS, **EUROPE, **WORLD}
"""By name: that of a python-stdnum module where it has one."""
