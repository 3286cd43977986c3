"""Funds and commitments for tests, made through the verbs."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO
from itertools import count
from typing import Any

from tests.support.remembering import remembered

from linli.apps.ledger import services
from linli.apps.ledger.kinds import expense_kinds
from linli.apps.ledger.models import Commitment, Expenditure, Fund, Instalment, Voucher
from linli.apps.ledger.services import Part
from linli.apps.places.models import Place
from linli.kernel.refs import Ref, new_key
from linli.kernel.scope import Actor

_numbers = count(101)
SPENT_ON = date(2026, 3, 2)


def yuan(text: str | int) -> Decimal:
    """An amount, short to write."""
    return Decimal(text).quantize(Decimal("0.01"))


def a_subject() -> Ref:
    """Something money may be for."""
    return Ref("places.place", new_key())


@remembered
def make_fund(street: Place, amount: str | int = 100_000, **columns: Any) -> Fund:
    given = {"code": f"创投{next(_numbers)}", "name": "公益创投专项资金", "year": 2026, "source": "venture", **columns}
    return services.open_fund(street=street, amount=yuan(amount), document="清财〔2026〕3号", actor=None, **given)


@remembered
def make_commitment(fund: Fund, amount: str | int = 10_000, **given: Any) -> Commitment:
    subject, grounds = given.pop("subject", a_subject()), given.pop("grounds", a_subject())
    title = given.pop("title", "银龄助餐")
    return services.commit(
        fund=fund, subject=subject, grounds=grounds, amount=yuan(amount), title=title, actor=None, **given
    )


@remembered
def make_plan(commitment: Commitment, shares: Sequence[int | str] = (50, 40, 10)) -> list[Instalment]:
    parts = [Part(Decimal(share), f"第{number}期拨付条件") for number, share in enumerate(shares, start=1)]
    return services.plan_instalments(commitment, parts=parts, actor=None)


def make_expenditure(
    commitment: Commitment, amount: str | int = 300, *, actor: Actor | None = None, **given: Any
) -> Expenditure:
    """An expenditure as it is typed, without papers."""
    columns = {"kind": "goods", "purpose": "助餐用餐具", "payee": "和安百货商行", "spent_on": SPENT_ON, **given}
    return services.draft_expenditure(commitment, amount=yuan(amount), actor=actor, **columns)


def make_voucher(expenditure: Expenditure, *, actor: Actor | None = None, **given: Any) -> Voucher:
    """An invoice over the whole expenditure."""
    number = next(_numbers)
    columns = {
        "number": f"26112000000{number:09d}", "amount": expenditure.amount, "issued_on": SPENT_ON, **given,
    }  # fmt: skip
    return services.attach_voucher(expenditure, actor=actor, **columns)


def give_papers(expenditure: Expenditure, *, actor: Actor | None = None) -> None:
    """Everything its kind asks for besides the invoice."""
    for paper in expense_kinds()[expenditure.kind].required(expenditure.amount):
        if paper.code not in ("invoice", "labour"):
            services.attach_paper(expenditure, paper=paper.code, upload=a_paper(), actor=actor)


def a_paper() -> BytesIO:
    """The smallest file that is a PDF, each another one."""
    body = BytesIO(f"%PDF-1.4\n%{next(_numbers)}\ntrailer<</Root 1 0 R>>\n%%EOF\n".encode())
    body.name = "清单.pdf"
    return body


def make_ready(commitment: Commitment, amount: str | int = 300, **given: Any) -> Expenditure:
    """An expenditure with its invoice and papers, ready to be handed in."""
    row = make_expenditure(commitment, amount, **given)
    make_voucher(row)
    give_papers(row)
    return row


def make_approved(commitment: Commitment, amount: str | int = 300, **given: Any) -> Expenditure:
    """An expenditure checked and approved by the clock's two hands."""
    row = make_ready(commitment, amount, **given)
    for step in (services.submit, services.check, services.approve):
        step(row, actor=None)
    return row
