"""The rows of the permission walk about spending, and what they stand on.

Columns as in ``tests/test_permissions_walk.py``.
"""

from linli.apps.ledger.services import add_fee, attach_paper
from linli.apps.ledger.tests.factories import (
    a_paper,
    make_commitment,
    make_expenditure,
    make_fund,
    make_plan,
    make_voucher,
    yuan,
)
from linli.apps.places.models import Place

HERE = "desk/ledger/"
ONE, OF = f"{HERE}spending/{{expenditure}}/", f"{HERE}commitments/{{spent}}/"
SEEN = "302 403 404 404 200 404 200 403 403 403"
PRESSED = "302 403 404 404 302 404 302 403 403 403"

SPENDING_ROWS = {
    "GET api/v1/spending": "401 403 200 200 200 200 200 403 403 403",
    f"GET {HERE}spending/": "302 403 200 200 200 200 200 403 403 403",
    f"GET {HERE}spending/register.xlsx": "302 403 200 200 200 200 200 403 403 403",
    f"GET {HERE}spending/invoices.xlsx": "302 403 200 200 200 200 200 403 403 403",
    f"GET {OF}spending/": SEEN,
    f"GET {OF}spending/new/": SEEN,
    f"GET {OF}terms/": SEEN,
    f"GET {OF}close-year/": SEEN,
    f"GET {OF}account.xlsx": SEEN,
    f"GET {OF}register.xlsx": SEEN,
    f"GET {ONE}": SEEN,
    f"GET {ONE}change/": SEEN,
    f"GET {ONE}invoice/": SEEN,
    f"GET {ONE}invoice/typed/": SEEN,
    f"GET {ONE}paper/list/": SEEN,
    f"GET {ONE}fee/": SEEN,
    f"GET {ONE}fees/": "302 403 403 403 403 403 200 403 403 403",
    f"GET {ONE}approval.xlsx": SEEN,
    f"GET {ONE}step/submit/": SEEN,
    f"POST {ONE}step/check/": "302 403 404 404 422 404 422 403 403 403",
    f"POST {HERE}shares/{{share}}/detach/": PRESSED,
    f"GET {HERE}shares/{{share}}/split/": SEEN,
    f"GET {HERE}shares/{{share}}/take-back/": SEEN,
    f"POST {HERE}papers/{{spending_paper}}/remove/": PRESSED,
    f"POST {HERE}fees/{{fee}}/remove/": PRESSED,
    f"GET {HERE}instalments/{{spent_part}}/application/": "302 403 403 404 200 403 200 403 403 403",
}


def spending_of(street: Place) -> dict[str, str]:
    """An expenditure being entered, with an invoice, a paper and a fee."""
    commitment = make_commitment(make_fund(street, 1_000), 100)
    part = make_plan(commitment, (100,))[0]
    row = make_expenditure(commitment, 60)
    make_voucher(row)
    paper = attach_paper(row, paper="list", upload=a_paper(), actor=None)
    fee = add_fee(row, name="卫长青", occasion="讲座", times=1, each=yuan(60), actor=None)
    made = {
        "spent": commitment, "spent_part": part, "expenditure": row, "share": row.shares.get(),
        "spending_paper": paper, "fee": fee,
    }  # fmt: skip
    return {name: str(one.pk) for name, one in made.items()}
