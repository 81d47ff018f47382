"""Vectors of numbers: how embeddings look, and the bytes and texts that hold them."""
