"""Detectors: one file a way of seeing; each is a pure function of one column."""
