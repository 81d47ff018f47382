"""Sources: one file a format; each yields parts, and batches of columns for a part."""
