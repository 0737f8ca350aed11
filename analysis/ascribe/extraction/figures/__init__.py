"""Figures: how many, of what, whose, by whose word, over which time."""

from ascribe.extraction.figures.find import find_figures

__all__ = ["find_figures"]
