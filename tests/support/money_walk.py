"""The rows of the permission walk about ledger, public notices and agreements, and what they stand on.

Columns as in ``tests/test_permissions_walk.py``.
"""

from datetime import date

from linli.apps.agreements.tests.factories import make_agreement
from linli.apps.ledger.services import record_payment
from linli.apps.ledger.tests.factories import make_commitment, make_fund, make_plan, yuan
from linli.apps.places.models import Place
from linli.apps.publicity.services import object_to
from linli.apps.publicity.tests.factories import make_notice, make_three, show
from tests.support.spending_walk import SPENDING_ROWS, spending_of

MONEY_ROWS = {
    **SPENDING_ROWS,
    "GET desk/ledger/": "302 403 403 200 200 403 200 403 403 403",
    "GET desk/ledger/export/": "302 403 403 200 200 403 200 403 403 403",
    "GET desk/ledger/funds/new/": "302 403 403 403 403 403 200 403 403 403",
    "POST desk/ledger/funds/new/": "302 403 403 403 403 403 422 403 403 403",
    "GET desk/ledger/funds/{fund}/": "302 403 403 404 200 403 200 403 403 403",
    "GET desk/ledger/funds/{fund}/change/": "302 403 403 403 403 403 200 403 403 403",
    "POST desk/ledger/funds/{fund}/quota/": "302 403 403 403 403 403 422 403 403 403",
    "GET desk/ledger/funds/{fund}/quotas/": "302 403 403 403 403 403 200 403 403 403",
    "POST desk/ledger/funds/{fund}/close/": "302 403 403 403 403 403 302 403 403 403",
    "GET desk/ledger/commitments/": "302 403 403 200 200 403 200 403 403 403",
    "GET desk/ledger/commitments/{commitment}/": "302 403 403 404 200 403 200 403 403 403",
    "GET desk/ledger/commitments/{commitment}/plan/": "302 403 403 404 200 403 200 403 403 403",
    "POST desk/ledger/commitments/{commitment}/release/": "302 403 403 404 302 403 302 403 403 403",
    "GET desk/ledger/commitments/{commitment}/adjust/": "302 403 403 404 200 403 200 403 403 403",
    "GET desk/ledger/payments/{payment}/refund/": "302 403 403 403 403 403 200 403 403 403",
    "GET desk/ledger/instalments/{instalment}/met/": "302 403 403 404 200 403 200 403 403 403",
    "GET desk/ledger/instalments/{instalment}/pay/": "302 403 403 403 403 403 200 403 403 403",
    "GET desk/ledger/payments/": "302 403 403 200 200 403 200 403 403 403",
    "POST desk/ledger/payments/{payment}/strike/": "302 403 403 403 403 403 302 403 403 403",
    "GET notices/": "200 200 200 200 200 200 200 200 200 200",
    "GET notices/{notice}/": "200 200 200 200 200 200 200 200 200 200",
    "GET notices/{nothing}/": "404 404 404 404 404 404 404 404 404 404",
    "GET notices/{notice}/object/": "200 200 200 200 200 200 200 200 200 200",
    "POST notices/{notice}/object/": "422 422 422 422 422 422 422 422 422 422",
    "GET desk/publicity/": "302 403 200 200 200 200 200 403 403 403",
    "GET desk/publicity/new/": "302 403 404 404 404 404 403 403 403 403",
    "GET desk/publicity/{notice}/": "302 403 404 404 200 404 200 403 403 403",
    "GET desk/publicity/{notice}/amend/": "302 403 404 404 200 404 403 403 403 403",
    "POST desk/publicity/{notice}/close/": "302 403 404 404 302 404 403 403 403 403",
    "GET desk/publicity/{notice}/objection/": "302 403 404 404 200 404 403 403 403 403",
    "GET desk/publicity/{notice}/photo/": "302 403 404 404 200 404 403 403 403 403",
    "GET desk/publicity/objections/{objection}/answer/": "302 403 403 404 200 403 403 403 403 403",
    "GET desk/publicity/{notice}/board/a4/": "302 403 404 404 200 404 200 403 403 403",
    "GET desk/publicity/{notice}/board/a3/": "302 403 404 404 200 404 200 403 403 403",
    "GET desk/publicity/{notice}/group/": "302 403 404 404 200 404 200 403 403 403",
    "GET desk/publicity/{notice}/poster/": "302 403 404 404 200 404 200 403 403 403",
    "GET desk/publicity/{notice}/docx/": "302 403 404 404 200 404 200 403 403 403",
    "GET desk/publicity/{notice}/report/": "302 403 404 404 302 404 302 403 403 403",
    "GET desk/agreements/": "302 403 403 200 200 403 200 403 403 403",
    "GET desk/agreements/export/": "302 403 403 200 200 403 200 403 403 403",
    "GET desk/agreements/new/": "302 403 403 404 404 403 403 403 403 403",
    "GET desk/agreements/templates/": "302 403 403 200 200 403 403 403 403 403",
    "GET desk/agreements/templates/blank/": "302 403 403 200 200 403 403 403 403 403",
    "GET desk/agreements/{agreement}/": "302 403 403 404 200 403 200 403 403 403",
    "GET desk/agreements/{agreement}/change/": "302 403 403 404 200 403 403 403 403 403",
    "POST desk/agreements/{agreement}/review/": "302 403 403 404 302 403 403 403 403 403",
    "GET desk/agreements/{agreement}/opinion/finance/": "302 403 403 404 403 403 200 403 403 403",
    "GET desk/agreements/{agreement}/sign/": "302 403 403 404 200 403 403 403 403 403",
    "GET desk/agreements/{agreement}/end/": "302 403 403 404 200 403 403 403 403 403",
    "POST desk/agreements/{agreement}/call-off/": "302 403 403 404 302 403 403 403 403 403",
    "GET desk/agreements/{agreement}/archive/": "302 403 403 404 200 403 403 403 403 403",
    "GET desk/agreements/{agreement}/docx/": "302 403 403 404 200 403 200 403 403 403",
    "GET desk/agreements/{agreement}/pdf/": "302 403 403 404 200 403 200 403 403 403",
    "GET desk/agreements/{agreement}/countersign/": "302 403 403 404 200 403 200 403 403 403",
    "GET desk/agreements/{agreement}/bundle/": "302 403 403 404 200 403 200 403 403 403",
    "GET api/v1/agreements": "401 403 403 200 200 403 200 403 403 403",
    "GET api/v1/agreements/{agreement}": "401 403 403 404 200 403 200 403 403 403",
    "GET desk/publicity/{notice}/report/docx/": "302 403 404 404 302 404 302 403 403 403",
}


def money_of(street: Place) -> dict[str, str]:
    """A fund with a commitment of two instalments, one paid in part; a notice on display, an agreement."""
    commitment = make_commitment(make_fund(street, 1_000), 100)
    instalment = make_plan(commitment, (50, 50))[0]
    payment = record_payment(instalment, receipt="国库-走查", paid_on=date(2026, 3, 2), amount=yuan(10), actor=None)
    notice = show(make_notice(street), make_three(street))
    objection = object_to(notice, text="走查", actor=None)
    made = {
        "fund": commitment.fund, "commitment": commitment, "instalment": instalment, "payment": payment,
        "notice": notice, "objection": objection, "agreement": make_agreement(street),
    }  # fmt: skip
    return {name: str(row.pk) for name, row in made.items()} | spending_of(street)
