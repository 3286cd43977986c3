"""What is noticed about invoices: sums, red letters, days, buyers, what was read beside what was typed."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from linli.apps.ledger.models import Expenditure, Voucher, VoucherShare, YearDecision
from linli.apps.ledger.queries.einvoice import Difference, differences, restored
from linli.apps.ledger.queries.einvoice.comparing import same
from linli.apps.ledger.queries.findings.finding import Finding
from linli.apps.ledger.queries.funds import NOTHING
from linli.kernel.money import format_yuan


def about_invoices(expenditure: Expenditure) -> Iterator[Finding]:
    """Everything about its invoices, and the days."""
    rows = list(expenditure.shares.select_related("voucher").prefetch_related("voucher__shares", "voucher__reds"))
    if rows:
        yield from _sum(expenditure, rows)
    for row in rows:
        yield from _whole(row.voucher)
        yield from _read(row.voucher)
    yield from _days(expenditure, [row.voucher for row in rows])
    yield from _buyers(expenditure, [row.voucher for row in rows])


def _sum(expenditure: Expenditure, rows: list[VoucherShare]) -> Iterator[Finding]:
    total = sum((row.amount for row in rows), NOTHING)
    if total != expenditure.amount:
        told = {"vouchers": format_yuan(total), "amount": format_yuan(expenditure.amount)}
        sentence = _("The vouchers sum to %(vouchers)s, the expenditure is %(amount)s. Both must be the same.") % told
        yield Finding("vouchers-differ", sentence, bars=True)


def _whole(voucher: Voucher) -> Iterator[Finding]:
    """A red letter, or shares that do not sum to the invoice."""
    worth = voucher.amount + sum((red.amount for red in voucher.reds.all()), NOTHING)
    told = {"invoice": str(voucher), "worth": format_yuan(worth)}
    if worth <= 0:
        yield Finding("red-letter", _("The invoice %(invoice)s is taken back by a red letter.") % told, bars=True)
        return
    shared = sum((share.amount for share in voucher.shares.all()), voucher.elsewhere)
    if shared != worth:
        told["shared"] = format_yuan(shared)
        sentence = _("The invoice %(invoice)s is worth %(worth)s, its shares sum to %(shared)s.") % told
        yield Finding("shares-differ", sentence, bars=True)


def differences_of(voucher: Voucher) -> list[Difference]:
    """What was typed of an invoice beside what was read off its file."""
    return differences(
        restored(voucher.found), number=voucher.number, code=voucher.code, amount=voucher.amount,
        issued_on=voucher.issued_on, buyer=voucher.buyer,
    )  # fmt: skip


def _read(voucher: Voucher) -> Iterator[Finding]:
    for one in differences_of(voucher):
        name = Voucher._meta.get_field(one.field).verbose_name  # type: ignore[union-attr]  # these are columns
        told = {"invoice": str(voucher), "field": name, "typed": one.typed or "—", "read": one.read}
        sentence = _("Invoice %(invoice)s, %(field)s: typed is “%(typed)s”, the file says “%(read)s”.") % told
        yield Finding("read-differs", sentence)


def _days(expenditure: Expenditure, vouchers: list[Voucher]) -> Iterator[Finding]:
    """Days of another year, before the work begins, after it ends."""
    commitment = expenditure.commitment
    named = [(_("the expenditure"), expenditure.spent_on), *((str(one), one.issued_on) for one in vouchers)]
    years = {commitment.fund.year}
    if any(day.year not in years for _name, day in named):
        carried = commitment.closes.filter(decision=YearDecision.CARRY)
        years |= {year + 1 for year in carried.values_list("year", flat=True)}
    for name, day in named:
        told = {"what": name, "day": f"{day:%Y-%m-%d}", "year": commitment.fund.year}
        if day.year not in years:
            sentence = _("%(what)s is of %(day)s, the money is of the year %(year)s.") % told
            yield Finding("other-year", sentence)
        elif found := _outside(day, commitment.begins_on, commitment.ends_on):
            yield Finding("outside-term", found % told)


def _outside(day: date, begins: date | None, ends: date | None) -> str:
    if begins is not None and day < begins:
        return _("%(what)s is of %(day)s, before the work begins.")
    return _("%(what)s is of %(day)s, after the work ends.") if ends is not None and day > ends else ""


def _buyers(expenditure: Expenditure, vouchers: list[Voucher]) -> Iterator[Finding]:
    """A buyer who is none of those who carry it out, nor the street."""
    named = [one for one in vouchers if one.buyer]
    if not named:
        return
    commitment = expenditure.commitment
    spenders = commitment.spenders.select_related("place", "organization")
    known = {commitment.bearer, commitment.fund.street.name, *(str(one.holder) for one in spenders)}
    wanted = {same(name) for name in known if name}
    for one in named:
        if not any(same(one.buyer).startswith(name) or name.startswith(same(one.buyer)) for name in wanted):
            told = {"invoice": str(one), "buyer": one.buyer}
            sentence = _("Invoice %(invoice)s is made out to “%(buyer)s”, who does not carry this out.") % told
            yield Finding("buyer-other", sentence)
