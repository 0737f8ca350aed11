"""Quantities: how many, of what, whose, by whose word, over which time."""
