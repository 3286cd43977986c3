"""Where an invoice stands already: over all projects and years, named only as far as the reader may see it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from linli.apps.ledger.models import Expenditure, Voucher, VoucherShare
from linli.apps.ledger.queries.funds import NOTHING
from linli.apps.ledger.queries.spending import expenditures_visible_to
from linli.kernel.errors import Refusal
from linli.kernel.scope import Actor

E_INVOICE, CODE, NUMBER = 20, 12, 8


def key_of(number: str, *, code: str = "", seller: str = "") -> str:
    """What an invoice is known by: 20 digits, or 12 of its code and 8 of its number (rules §13); any other paper by
    who issued it and its number. Raises Refusal for digits that are neither."""
    digits = "".join(number.split()).upper()
    letters = "".join(code.split())
    if letters:
        if not (letters.isdigit() and len(letters) in (10, CODE) and digits.isdigit() and len(digits) == NUMBER):
            sentence = _("An invoice with a code has 10 or 12 digits in it and 8 in its number. Look at both again.")
            raise Refusal(sentence, field="code", code="number-odd")
        return f"{letters}-{digits}"
    if digits.isdigit() and len(digits) == E_INVOICE:
        return digits
    return f"{' '.join(seller.split())}:{digits}"[:80]


@dataclass(frozen=True)
class Alike:
    """An invoice that stands already: ``where`` are the expenditures the reader may see; there may be others."""

    voucher: Voucher
    where: tuple[Expenditure, ...]
    same_number: bool
    hidden: bool

    @property
    def sentence(self) -> str:
        """What to tell whoever enters it again."""
        told = {"invoice": str(self.voucher), "day": f"{self.voucher.entered_at:%Y-%m-%d}"}
        if not self.where:
            return _("The invoice %(invoice)s is entered already, for something that is not open to you. Ask the "
                     "finance officer of the street.") % told  # fmt: skip
        told["where"] = "、".join(f"{one.commitment.title}（{one.number}）" for one in self.where)
        if self.same_number:
            return _("The invoice %(invoice)s is entered already: %(where)s, on %(day)s. Take another one, or share "
                     "this one out.") % told  # fmt: skip
        return _("This very file is entered already as the invoice %(invoice)s: %(where)s, on %(day)s.") % told


def vouchers_alike(keys: Collection[str], hashes: Collection[str] = (), *, actor: Actor | None) -> list[Alike]:
    """Invoices that stand anywhere under one of these numbers or files. Two queries, however many there are."""
    prints = [one for one in hashes if one]
    vouchers = list(standing(keys, prints).order_by("entered_at", "id"))
    if not vouchers:
        return []
    seen = expenditures_visible_to(actor).filter(pk=OuterRef("expenditure"))
    shares = VoucherShare.objects.filter(voucher__in=vouchers).select_related("expenditure__commitment")
    rows = list(shares.annotate(is_open=Exists(seen)).order_by("id"))
    return [_alike(one, keys, [row for row in rows if row.voucher_id == one.pk]) for one in vouchers]


def standing(keys: Collection[str], prints: Collection[str]) -> QuerySet[Voucher]:
    """Invoices under one of these numbers or hashes; that a hash is not empty is said so that its index is used."""
    return Voucher.objects.filter(Q(key__in=keys) | (Q(sha256__in=prints) & ~Q(sha256="")))


def _alike(voucher: Voucher, keys: Collection[str], rows: Sequence[Any]) -> Alike:
    where = tuple(row.expenditure for row in rows if row.is_open)
    return Alike(voucher, where, voucher.key in keys, hidden=len(where) < len(rows))


def worth_of(voucher: Voucher) -> Decimal:
    """What an invoice is worth, less what red letters took back, in yuan. One query."""
    back: Decimal | None = voucher.reds.aggregate(back=Sum("amount"))["back"]
    return voucher.amount + (back or NOTHING)


def vouchers_visible_to(actor: Actor | None, rows: QuerySet[Voucher] | None = None) -> QuerySet[Voucher]:
    """Invoices of the expenditures the actor sees."""
    rows = Voucher.objects.all() if rows is None else rows
    seen = expenditures_visible_to(actor).order_by().values("pk")
    shared = VoucherShare.objects.filter(expenditure__in=seen).order_by().values("voucher")
    return rows.filter(Q(pk__in=shared) | Q(original__in=shared))


def refusal_of(key: str, sha256: str, *, actor: Actor | None) -> Refusal:
    """Why an invoice is not taken a second time."""
    found = vouchers_alike([key], [sha256], actor=actor)
    sentence = found[0].sentence if found else _("Somebody entered this invoice just now. Look again.")
    return Refusal(sentence, code="voucher-known", field="number")
