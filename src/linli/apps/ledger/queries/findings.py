"""What stands against an expenditure: what bars it, and what must be explained."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Sum
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from linli.apps.ledger.kinds import Paper, expense_kinds
from linli.apps.ledger.models import Expenditure
from linli.apps.ledger.queries.funds import NOTHING
from linli.apps.ledger.queries.spending import COUNTED
from linli.kernel.money import format_yuan


@dataclass(frozen=True)
class Finding:
    """One thing noticed: ``bars`` keeps it from being handed in; the others ask for an explanation."""

    code: str
    sentence: str | Promise
    bars: bool = False


def findings_of(expenditure: Expenditure, *, on: date) -> list[Finding]:
    """Everything noticed about ``expenditure``, what bars it first."""
    found = [*_papers(expenditure), *_vouchers(expenditure), *_commitment(expenditure)]
    return sorted(found, key=lambda one: not one.bars)


def missing_papers(expenditure: Expenditure) -> list[Paper]:
    """The papers its kind asks for at its amount that are not there. Two queries."""
    there = set(expenditure.papers.values_list("paper", flat=True))
    if expenditure.shares.exists():
        there.add("invoice")
    kind = expense_kinds().get(expenditure.kind)
    return [paper for paper in kind.required(expenditure.amount) if paper.code not in there] if kind else []


def _papers(expenditure: Expenditure) -> Iterator[Finding]:
    names = "、".join(paper.title for paper in missing_papers(expenditure))
    if names:
        yield Finding("papers-missing", _("These papers are missing: %(names)s.") % {"names": names}, bars=True)


def _vouchers(expenditure: Expenditure) -> Iterator[Finding]:
    rows = list(expenditure.shares.select_related("voucher"))
    if not rows:
        return
    total = sum((row.amount for row in rows), NOTHING)
    if total != expenditure.amount:
        told = {"vouchers": format_yuan(total), "amount": format_yuan(expenditure.amount)}
        sentence = _("The vouchers sum to %(vouchers)s, the expenditure is %(amount)s. Both must be the same.") % told
        yield Finding("vouchers-differ", sentence, bars=True)


def _commitment(expenditure: Expenditure) -> Iterator[Finding]:
    commitment = expenditure.commitment
    others = commitment.expenditures.filter(state__in=COUNTED).exclude(pk=expenditure.pk)
    sums = others.aggregate(amount=Sum("amount"), back=Sum("came_back"))
    left: Decimal = commitment.binding - (sums["amount"] or NOTHING) + (sums["back"] or NOTHING)
    if expenditure.amount > left:
        told = {"left": format_yuan(left), "amount": format_yuan(expenditure.amount)}
        sentence = _("%(left)s is left of the commitment; this is %(amount)s.") % told
        yield Finding("commitment-overrun", sentence, bars=True)
