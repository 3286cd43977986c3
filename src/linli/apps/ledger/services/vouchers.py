"""Attaching invoices and other papers to an expenditure; each invoice stands once in the whole house."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.ledger.kinds import papers
from linli.apps.ledger.models import Expenditure, ExpenditurePaper, Voucher, VoucherShare
from linli.apps.ledger.queries.vouchers import key_of, refusal_of
from linli.apps.ledger.services.expenditure import require_editable
from linli.apps.ledger.services.keeping import has_come, money_of, said
from linli.kernel import files
from linli.kernel.errors import Refusal
from linli.kernel.events import record
from linli.kernel.money import locked
from linli.kernel.refs import ref_of
from linli.kernel.scope import Actor


def attach_voucher(
    expenditure: Expenditure,
    *,
    number: str,
    amount: Decimal,
    issued_on: date,
    actor: Actor | None,
    code: str = "",
    buyer: str = "",
    seller: str = "",
    items: str = "",
    share: Decimal | None = None,
    upload: Any = None,
    at: datetime | None = None,
) -> Voucher:
    """Enter an invoice; ``share`` of it (all, unless said) belongs to ``expenditure``.

    Refuses one that stands anywhere already, of whatever project or year, by its number or its file; the sentence
    says where only as far as the actor may see it.
    """
    when = at or timezone.now()
    digits = said(number, "number", _("Give the number of the invoice."))
    has_come(issued_on, at, "issued_on")
    worth = money_of(amount)
    part = money_of(share, "share") if share is not None else worth
    if part > worth:
        raise Refusal(_("A share is not above its voucher."), field="share")
    require_editable(expenditure, actor)
    key = key_of(digits, code=code, seller=seller)
    stored = _kept(upload, expenditure, actor, when)
    row = Voucher(
        street=expenditure.commitment.fund.street, key=key, code=code.strip(), number=digits, buyer=buyer.strip(),
        seller=seller.strip(), items=items.strip()[:300], amount=worth, issued_on=issued_on,
        file_id=stored.pk if stored else None, sha256=stored.sha256 if stored else "", entered_at=when,
    )  # fmt: skip
    try:
        with locked(expenditure.commitment.fund):
            expenditure.refresh_from_db()
            require_editable(expenditure, actor)
            insert(row, actor)
            VoucherShare.objects.create(voucher=row, expenditure=expenditure, amount=part)
            facts = {"invoice": str(row), "amount": worth, "share": part, "day": issued_on}
            record("ledger.voucher.attach", expenditure, actor=actor, facts=facts, at=at)
    except Exception:
        if stored is not None:
            files.forget(stored.pk)
        raise
    return row


def insert(row: Voucher, actor: Actor | None) -> None:
    """The unique constraints of the database decide. Raises Refusal with where it stands."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise refusal_of(row.key, row.sha256, actor=actor) from None


def _kept(upload: Any, expenditure: Expenditure, actor: Actor | None, at: datetime) -> Any:
    if upload is None:
        return None
    return files.keep(upload, accept=files.PAPERS, owner=ref_of(expenditure), actor=actor, at=at)


def attach_paper(
    expenditure: Expenditure, *, paper: str, upload: Any, actor: Actor | None, at: datetime | None = None
) -> ExpenditurePaper:
    """Put one of the papers its kind asks for with it. Refuses a paper the dictionary does not know."""
    if paper not in papers():
        raise Refusal(_("Choose which paper this is."), field="paper")
    require_editable(expenditure, actor)
    stored = files.keep(upload, accept=files.PAPERS, owner=ref_of(expenditure), actor=actor, at=at)
    with transaction.atomic():
        row = ExpenditurePaper.objects.create(expenditure=expenditure, paper=paper, file_id=stored.pk, name=stored.name)
        facts = {"paper": papers()[paper].title, "file": stored.name}
        record("ledger.expenditure.paper", expenditure, actor=actor, facts=facts, at=at)
    return row
