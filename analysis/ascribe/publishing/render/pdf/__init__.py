"""A document set as a tagged PDF by Typst."""
