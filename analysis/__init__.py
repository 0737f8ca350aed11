"""Ascribe: who said how many."""
