"""The one monoid: what was seen, in a form that adds up in any order."""
