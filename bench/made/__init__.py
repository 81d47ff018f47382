"""Made-up tables with known labels, from a seed: what `make bench-accuracy` measures on.

`tables.tables(count, seed)` gives them. Values and header words come from the YAML files here,
written without a look at privscan's own lexicons, and from Faker and mimesis.
"""
