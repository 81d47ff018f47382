"""Check digits as arithmetic over Arrow buffers, and what recognizers say of matched texts."""
