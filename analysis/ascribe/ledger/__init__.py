"""The four tables: documents, sources, claims, figures."""

from ascribe.ledger.ledger import Ledger
from ascribe.ledger.scan import Scan

__all__ = ["Ledger", "Scan"]
