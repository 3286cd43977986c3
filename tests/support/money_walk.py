"""The rows of the permission walk about ledger, public notices and agreements, and what they stand on.

Columns as in ``tests/test_permissions_walk.py``.
"""

from datetime import date

from linli.apps.ledger.services import record_payment
from linli.apps.ledger.tests.factories import make_commitment, make_fund, make_plan, yuan
from linli.apps.places.models import Place

MONEY_ROWS = {
    "GET desk/ledger/": "302 403 403 200 200 403 200 403 403 403",
    "GET desk/ledger/export/": "302 403 403 200 200 403 200 403 403 403",
    "GET desk/ledger/funds/new/": "302 403 403 403 403 403 200 403 403 403",
    "POST desk/ledger/funds/new/": "302 403 403 403 403 403 422 403 403 403",
    "GET desk/ledger/funds/{fund}/": "302 403 403 404 200 403 200 403 403 403",
    "GET desk/ledger/funds/{fund}/change/": "302 403 403 403 403 403 200 403 403 403",
    "POST desk/ledger/funds/{fund}/quota/": "302 403 403 403 403 403 422 403 403 403",
    "POST desk/ledger/funds/{fund}/close/": "302 403 403 403 403 403 302 403 403 403",
    "GET desk/ledger/commitments/": "302 403 403 200 200 403 200 403 403 403",
    "GET desk/ledger/commitments/{commitment}/": "302 403 403 404 200 403 200 403 403 403",
    "GET desk/ledger/commitments/{commitment}/plan/": "302 403 403 404 200 403 200 403 403 403",
    "POST desk/ledger/commitments/{commitment}/release/": "302 403 403 404 302 403 302 403 403 403",
    "GET desk/ledger/instalments/{instalment}/met/": "302 403 403 404 200 403 200 403 403 403",
    "GET desk/ledger/instalments/{instalment}/pay/": "302 403 403 403 403 403 200 403 403 403",
    "GET desk/ledger/payments/": "302 403 403 200 200 403 200 403 403 403",
    "POST desk/ledger/payments/{payment}/strike/": "302 403 403 403 403 403 302 403 403 403",
}


def money_of(street: Place) -> dict[str, str]:
    """A fund of the street with a commitment of two instalments, one of them paid in part."""
    commitment = make_commitment(make_fund(street, 1_000), 100)
    instalment = make_plan(commitment, (50, 50))[0]
    payment = record_payment(instalment, receipt="国库-走查", paid_on=date(2026, 3, 2), amount=yuan(10), actor=None)
    made = {"fund": commitment.fund, "commitment": commitment, "instalment": instalment, "payment": payment}
    return {name: str(row.pk) for name, row in made.items()}
