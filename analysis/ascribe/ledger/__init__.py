"""The four tables: documents, sources, claims, figures."""

from ascribe.ledger.ledger import Ledger

__all__ = ["Ledger"]
