"""Safer copies of data: planned, written, and proven by looking at what was written."""
