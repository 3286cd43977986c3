"""Amounts: the commitment, the budget line, the limit for one person, purchases cut into pieces."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _

from linli.apps.ledger.kinds import expense_kinds
from linli.apps.ledger.models import Expenditure
from linli.apps.ledger.queries.findings.finding import Finding
from linli.apps.ledger.queries.funds import NOTHING
from linli.apps.ledger.queries.spending import COUNTED
from linli.kernel.money import format_yuan
from linli.kernel.settings import look

OVERRUN = "ledger.line_overrun"
YEAR = timedelta(days=365)


def about_limits(expenditure: Expenditure) -> Iterator[Finding]:
    """Every limit it passes."""
    kind = expense_kinds().get(expenditure.kind)
    names = [OVERRUN, *([kind.per_head] if kind and kind.per_head else [])]
    figures = look(names, street=expenditure.commitment.fund.street_id)
    yield from _commitment(expenditure)
    yield from _line(expenditure, Decimal(str(figures[OVERRUN].value)))
    if kind and kind.per_head:
        yield from _heads(expenditure, Decimal(str(figures[kind.per_head].value)))
    yield from _pieces(expenditure)


def _spent(rows: QuerySet[Expenditure]) -> Decimal:
    sums = rows.filter(state__in=COUNTED).aggregate(amount=Sum("amount"), back=Sum("came_back"))
    spent: Decimal = (sums["amount"] or NOTHING) - (sums["back"] or NOTHING)
    return spent


def _commitment(expenditure: Expenditure) -> Iterator[Finding]:
    commitment = expenditure.commitment
    left = commitment.binding - _spent(commitment.expenditures.exclude(pk=expenditure.pk))
    if expenditure.amount > left:
        told = {"left": format_yuan(left), "amount": format_yuan(expenditure.amount)}
        sentence = _("%(left)s is left of the commitment; this is %(amount)s.") % told
        yield Finding("commitment-overrun", sentence, bars=True)


def _line(expenditure: Expenditure, percent: Decimal) -> Iterator[Finding]:
    """Up to ``percent`` above the line is explained; beyond it the budget must be changed first."""
    line = expenditure.line
    if line is None:
        if expenditure.commitment.lines.exists():
            yield Finding("no-line", _("Choose the budget line this belongs to."), bars=True)
        return
    over = _spent(line.expenditures.exclude(pk=expenditure.pk)) + expenditure.amount - line.amount
    if over <= 0:
        return
    told = {"line": line.item, "over": format_yuan(over), "percent": f"{over * 100 / line.amount:.1f}"}
    sentence = _("The budget line “%(line)s” is passed by %(over)s (%(percent)s %%).") % told
    if over * 100 > line.amount * percent:
        more = _("%(sentence)s Ask for a change of the budget first.") % {"sentence": sentence}
        yield Finding("line-overrun", more, bars=True)
    else:
        yield Finding("line-overrun", sentence)


def _heads(expenditure: Expenditure, most: Decimal) -> Iterator[Finding]:
    """More for one person than the street's limit (0: none)."""
    if not most:
        return
    told = {"most": format_yuan(most)}
    fees = list(expenditure.fees.all())
    if fees:
        if any(fee.each > most for fee in fees):
            yield Finding("per-head", _("A fee is above the limit of %(most)s for one day or session.") % told)
    elif not expenditure.heads:
        yield Finding("per-head", _("Say for how many people this is: the limit is %(most)s for one.") % told)
    elif expenditure.amount > most * expenditure.heads:
        told["each"] = format_yuan((expenditure.amount / expenditure.heads).quantize(Decimal("0.01")))
        yield Finding("per-head", _("That is %(each)s for one person; the limit is %(most)s.") % told)


def _pieces(expenditure: Expenditure) -> Iterator[Finding]:
    """Bought of one supplier within twelve months in pieces that each ask for fewer papers than the whole would."""
    kind = expense_kinds().get(expenditure.kind)
    if kind is None:
        return
    street = expenditure.commitment.fund.street_id
    others = Expenditure.objects.filter(
        commitment__fund__street=street, payee=expenditure.payee, kind=expenditure.kind,
        spent_on__gt=expenditure.spent_on - YEAR, spent_on__lte=expenditure.spent_on + YEAR,
    ).exclude(pk=expenditure.pk)  # fmt: skip
    before = _spent(others)
    if not before:
        return
    asked = kind.required(expenditure.amount)
    more = [paper.title for paper in kind.required(expenditure.amount + before) if paper not in asked]
    if more:
        told = {
            "payee": expenditure.payee, "total": format_yuan(expenditure.amount + before), "papers": "、".join(more),
        }  # fmt: skip
        sentence = _("Within twelve months %(total)s is spent with “%(payee)s” on the same; a purchase of that size "
                     "needs: %(papers)s.") % told  # fmt: skip
        yield Finding("split-purchase", sentence)
