"""Tables of the ledger: the receipts that come in, the ledger that goes out."""

from linli.apps.ledger.tables.ledger import HEADINGS, written
from linli.apps.ledger.tables.payments import PAYMENTS

__all__ = ["HEADINGS", "PAYMENTS", "written"]
