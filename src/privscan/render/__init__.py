"""Renderers: one file a format; each reads only the report."""
