"""The four tables: documents, sources, claims, figures."""
