"""Re-identification measured exactly, on the data: classes, diversity, closeness, uniques."""
