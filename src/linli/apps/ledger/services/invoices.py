"""Taking in the file of an invoice, and reading off it what can be read."""

from typing import Any

from linli.apps.ledger.models import Expenditure
from linli.apps.ledger.queries import einvoice
from linli.apps.ledger.services.expenditure import require_editable
from linli.kernel import files
from linli.kernel.errors import Refusal
from linli.kernel.files import Accept, StoredFile, media
from linli.kernel.refs import ref_of
from linli.kernel.scope import Actor

INVOICES = Accept("invoices", files.IMAGES.types | {media.PDF, media.OFD, media.XML}, 20 * 2**20)
"""Photo, scan, PDF, OFD or XML."""


def invoice_file(expenditure: Expenditure, upload: Any, actor: Actor | None) -> StoredFile:
    """The file, kept with the expenditure."""
    return files.keep(upload, accept=INVOICES, owner=ref_of(expenditure), actor=actor)


def take_in_invoice(expenditure: Expenditure, *, upload: Any, actor: Actor | None) -> StoredFile:
    """Keep the file of an invoice before anything is typed, so that what it says can be offered. Raises Refusal."""
    require_editable(expenditure, actor)
    return invoice_file(expenditure, upload, actor)


def read_off(stored: StoredFile) -> einvoice.Reading:
    """What can be read off a kept file; nothing where it cannot be read."""
    try:
        with files.opened(stored) as body:
            return einvoice.read_file(body.read())
    except Refusal:
        return einvoice.Reading()
