"""Renderers of an impact assessment, one file a format; each reads only the Assessment."""
