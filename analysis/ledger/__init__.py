"""The four tables: documents, sources, claims, figures."""

from analysis.ledger.ledger import Ledger

__all__ = ["Ledger"]
