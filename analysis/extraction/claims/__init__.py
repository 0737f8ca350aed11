"""Attributions: who says what, by which words."""
