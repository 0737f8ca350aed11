"""Whom a mention stands for, learned from open articles: `python -m training.names SHARED`."""
