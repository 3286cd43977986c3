"""Attaching invoices and papers to an expenditure, sharing one out, taking one back by a red letter."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.ledger.models import Expenditure, Voucher, VoucherShare
from linli.apps.ledger.permissions import enters_spending, keeps_ledger
from linli.apps.ledger.queries.vouchers import key_of, refusal_of, worth_of
from linli.apps.ledger.services.expenditure import NOT_YOURS, require_editable
from linli.apps.ledger.services.invoices import invoice_file, read_off
from linli.apps.ledger.services.keeping import has_come, money_of, said
from linli.kernel import files
from linli.kernel.errors import NotAllowed, Refusal
from linli.kernel.events import record
from linli.kernel.files import StoredFile
from linli.kernel.money import format_yuan, locked
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
    stored: StoredFile | None = None,
    at: datetime | None = None,
) -> Voucher:
    """Enter an invoice; ``share`` of it (all, unless said) belongs to ``expenditure``. ``upload`` is its file, or
    ``stored`` one that was taken in before; what can be read off it is kept beside what was typed.

    Refuses one that stands anywhere already, of whatever project or year, by its number or its file; the sentence
    says where only as far as the actor may see it.
    """
    require_editable(expenditure, actor)
    worth = money_of(amount)
    part = money_of(share, "share") if share is not None else worth
    if part > worth:
        raise Refusal(_("A share is not above its voucher."), field="share")
    row = _written(expenditure, {**locals(), "amount": worth}, at)
    with _with_file(row, expenditure, upload, actor, stored), locked(expenditure.commitment.fund):
        expenditure.refresh_from_db()
        require_editable(expenditure, actor)
        _insert(row, actor)
        VoucherShare.objects.create(voucher=row, expenditure=expenditure, amount=part)
        facts = {"invoice": str(row), "amount": worth, "share": part, "day": issued_on}
        record("ledger.voucher.attach", expenditure, actor=actor, facts=facts, at=at)
    return row


def _written(expenditure: Expenditure, given: Mapping[str, Any], at: datetime | None) -> Voucher:
    """The invoice as it was typed. Raises Refusal."""
    number = said(given["number"], "number", _("Give the number of the invoice."))
    has_come(given["issued_on"], at, "issued_on")
    texts = {name: " ".join(str(given[name]).split()) for name in ("code", "buyer", "seller")}
    return Voucher(
        street=expenditure.commitment.fund.street, number=number, amount=given["amount"], issued_on=given["issued_on"],
        key=key_of(number, code=texts["code"], seller=texts["seller"]), items=str(given["items"]).strip()[:300],
        entered_at=at or timezone.now(), **texts,
    )  # fmt: skip


@contextmanager
def _with_file(
    row: Voucher, expenditure: Expenditure, upload: Any, actor: Actor | None, stored: StoredFile | None = None
) -> Iterator[None]:
    """Keeps the invoice's file while the verb goes well; forgets an upload where it is refused."""
    fresh = invoice_file(expenditure, upload, actor) if upload is not None else None
    kept = fresh or stored
    if kept is not None:
        row.file_id, row.sha256, row.found = kept.pk, kept.sha256, read_off(kept).kept()
    try:
        yield
    except Exception:
        if fresh is not None:
            files.forget(fresh.pk)
        raise


def _insert(row: Voucher, actor: Actor | None) -> None:
    """The unique constraints of the database decide. Raises Refusal with where it stands."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise refusal_of(row.key, row.sha256, actor=actor) from None


def take_back_voucher(
    original: Voucher,
    *,
    expenditure: Expenditure,
    number: str,
    amount: Decimal,
    issued_on: date,
    actor: Actor | None,
    code: str = "",
    upload: Any = None,
    at: datetime | None = None,
) -> Voucher:
    """Enter a red-letter invoice: ``amount`` (with or without its minus) of ``original`` no longer counts.

    ``expenditure`` is the one of its sharers at which it is entered. Refuses more than is left of the original.
    """
    if not (enters_spending(actor, expenditure) or keeps_ledger(actor, expenditure)):
        raise NotAllowed(NOT_YOURS)
    if not original.shares.filter(expenditure=expenditure).exists() or original.is_red:
        raise Refusal(_("This invoice does not belong to this expenditure."))
    back = money_of(abs(amount))
    given = {
        "number": number, "issued_on": issued_on, "amount": -back, "code": code, "buyer": original.buyer,
        "seller": original.seller, "items": original.items,
    }  # fmt: skip
    row = _written(expenditure, given, at)
    row.original = original
    with _with_file(row, expenditure, upload, actor), locked(expenditure.commitment.fund):
        left = worth_of(original)
        if back > left:
            sentence = _("%(left)s is left of the invoice; %(back)s cannot be taken back.")
            raise Refusal(sentence % {"left": format_yuan(left), "back": format_yuan(back)}, field="amount")
        _insert(row, actor)
        facts = {"invoice": str(row), "amount": row.amount, "original": str(original), "day": issued_on}
        record("ledger.voucher.take_back", expenditure, actor=actor, facts=facts, at=at)
    return row


def split_voucher(
    voucher: Voucher,
    *,
    shares: Sequence[tuple[Expenditure, Decimal]],
    actor: Actor | None,
    elsewhere: Decimal = Decimal(0),
    at: datetime | None = None,
) -> None:
    """Share an invoice out over expenditures; ``elsewhere`` of it is borne by other money.

    Refuses shares that do not sum to the invoice (less what red letters took back), and a change of the share of an
    expenditure that is handed in or not the actor's.
    """
    wanted = {expenditure.pk: (expenditure, money_of(amount, "shares")) for expenditure, amount in shares}
    if elsewhere < 0 or not wanted or len(wanted) != len(shares):
        raise Refusal(_("Name each expenditure once, with an amount above zero."), field="shares")
    before = {row.expenditure_id: row for row in voucher.shares.select_related("expenditure__commitment__fund")}
    touched = [one for one, _amount in wanted.values()] + [row.expenditure for row in before.values()]
    with locked(*{one.commitment.fund_id: one.commitment.fund for one in touched}.values()):
        _require_sum(voucher, [amount for _one, amount in wanted.values()], elsewhere)
        for row in before.values():
            row.expenditure.refresh_from_db()
            if row.expenditure_id not in wanted:
                require_editable(row.expenditure, actor)
                row.delete()
        for key, (expenditure, amount) in wanted.items():
            _set_share(voucher, expenditure, amount, before.get(key), actor)
        voucher.elsewhere = elsewhere
        voucher.save(update_fields=["elsewhere"])
        facts = {
            "invoice": str(voucher),
            "shares": "、".join(f"{one} {format_yuan(part)}" for one, part in wanted.values()),
        }
        record("ledger.voucher.split", touched[0], actor=actor, facts=facts, at=at)


def _set_share(
    voucher: Voucher, expenditure: Expenditure, amount: Decimal, before: VoucherShare | None, actor: Actor | None
) -> None:
    if before is not None and before.amount == amount:
        return
    expenditure.refresh_from_db()
    require_editable(expenditure, actor)
    VoucherShare.objects.update_or_create(voucher=voucher, expenditure=expenditure, defaults={"amount": amount})


def _require_sum(voucher: Voucher, amounts: Sequence[Decimal], elsewhere: Decimal) -> None:
    total, worth = sum(amounts, elsewhere), worth_of(voucher)
    if total != worth:
        sentence = _("The shares sum to %(total)s, the invoice is worth %(worth)s. Both must be the same.")
        told = {"total": format_yuan(total), "worth": format_yuan(worth)}
        raise Refusal(sentence % told, code="shares-differ", field="shares")


def detach_voucher(share: VoucherShare, *, actor: Actor | None, at: datetime | None = None) -> None:
    """Take an invoice off an expenditure that is not handed in; nowhere else, and it may be entered again."""
    expenditure, voucher = share.expenditure, share.voucher
    with locked(expenditure.commitment.fund):
        expenditure.refresh_from_db()
        require_editable(expenditure, actor)
        facts = {"invoice": str(voucher), "amount": share.amount}
        share.delete()
        forget_unused(voucher)
        record("ledger.voucher.detach", expenditure, actor=actor, facts=facts, at=at)


def forget_unused(voucher: Voucher) -> None:
    """An invoice that belongs to nothing any more, with its file; one that a red letter took back stays."""
    if voucher.shares.exists() or voucher.reds.exists():
        return
    file_id = voucher.file_id
    voucher.delete()
    if file_id is not None:
        files.forget(file_id)
