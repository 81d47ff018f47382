"""Names and places in free text, by spaCy models through Presidio, in a process of their own."""
