"""Thin shells around the gate, one file for each tool; nothing in privscan imports them."""
