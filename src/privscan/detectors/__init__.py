"""Detectors: one file a way of seeing; each is a pure function of one column."""

from __future__ import annotations

import logging

# At its lowest level Pillow logs the value of every tag that it reads.
logging.getLogger("PIL").setLevel(logging.INFO)
