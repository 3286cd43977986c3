"""Reads what an invoice says: from its QR code, XML, OFD, PDF or photo. Pure; never says that it is genuine."""

from linli.apps.ledger.queries.einvoice.comparing import Difference, differences
from linli.apps.ledger.queries.einvoice.files import read_file, read_pdf, read_picture
from linli.apps.ledger.queries.einvoice.ofd import read_ofd
from linli.apps.ledger.queries.einvoice.qr import read_qr
from linli.apps.ledger.queries.einvoice.reading import Reading, joined, restored
from linli.apps.ledger.queries.einvoice.text import read_text
from linli.apps.ledger.queries.einvoice.xml import read_xml

__all__ = [
    "Difference",
    "Reading",
    "differences",
    "joined",
    "read_file",
    "read_ofd",
    "read_pdf",
    "read_picture",
    "read_qr",
    "read_text",
    "read_xml",
    "restored",
]
