"""The filter of the claims, learned from open articles: `python -m training.claims SHARED`."""
