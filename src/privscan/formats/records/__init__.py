"""Biometric records, recognised by structure: lengths, counts and ranges that must agree."""
