"""Laws are about answers: a busy machine must not fail them for being slow."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("laws", deadline=None)
settings.load_profile("laws")
