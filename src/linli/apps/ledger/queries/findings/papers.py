"""Which papers are missing, and whether the list of fees sums to the expenditure."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from linli.apps.ledger.kinds import Paper, expense_kinds
from linli.apps.ledger.models import Expenditure
from linli.apps.ledger.queries.findings.finding import Finding
from linli.apps.ledger.queries.funds import NOTHING
from linli.kernel.money import format_yuan


def missing_papers(expenditure: Expenditure) -> list[Paper]:
    """The papers its kind asks for at its amount that are not there. Three queries."""
    there = set(expenditure.papers.values_list("paper", flat=True))
    if expenditure.shares.exists():
        there.add("invoice")
    if expenditure.fees.exists():
        there.add("labour")
    kind = expense_kinds().get(expenditure.kind)
    return [paper for paper in kind.required(expenditure.amount) if paper.code not in there] if kind else []


def about_papers(expenditure: Expenditure) -> Iterator[Finding]:
    """Every missing paper by name; a list of fees that sums to something else."""
    names = "、".join(paper.title for paper in missing_papers(expenditure))
    if names:
        yield Finding("papers-missing", _("These papers are missing: %(names)s.") % {"names": names}, bars=True)
    fees = list(expenditure.fees.all())
    total = sum((fee.due for fee in fees), NOTHING)
    if fees and total != expenditure.amount:
        told = {"fees": format_yuan(total), "amount": format_yuan(expenditure.amount)}
        sentence = _("The fees sum to %(fees)s, the expenditure is %(amount)s. Both must be the same.") % told
        yield Finding("fees-differ", sentence, bars=True)
