"""Claims, figures and sources of one article."""
