"""rules/*.yaml, validated; recognizers as Presidio defines them."""
