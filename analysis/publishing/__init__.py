"""Executed notebooks, HTML, PDF."""
