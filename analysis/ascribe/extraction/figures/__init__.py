"""Figures: how many, of what, whose, by whose word, over which time."""

from ascribe.extraction.figures.find import Numbers, find_figures, find_numbers

__all__ = ["Numbers", "find_figures", "find_numbers"]
