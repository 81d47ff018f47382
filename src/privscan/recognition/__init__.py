"""Presidio's answers on whole columns: same entities, same spans, same scores, at Arrow's speed."""
