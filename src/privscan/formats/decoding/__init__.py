"""Sound and films decoded with FFmpeg in a process of their own, where its package is installed."""
