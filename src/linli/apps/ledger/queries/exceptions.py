"""What an auditor looks at first: what was noticed and explained, and red letters that came afterwards."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from linli.apps.ledger.models import Commitment, Expenditure, Voucher
from linli.apps.ledger.queries.spending import COUNTED
from linli.kernel.money import format_yuan


@dataclass(frozen=True)
class Noticed:
    """One exception: the expenditure, what was noticed, and how it was explained ("": not at all)."""

    expenditure: Expenditure
    sentence: str
    explanation: str


def exceptions(commitments: Iterable[Commitment] | QuerySet[Commitment]) -> list[Noticed]:
    """Every exception of these commitments, in the order of the expenditures. Three queries."""
    rows = Expenditure.objects.filter(commitment__in=commitments, state__in=COUNTED).select_related("commitment")
    ordered = list(rows.order_by("commitment__number", "serial"))
    reds: dict[Any, list[Voucher]] = {}
    late = Voucher.objects.filter(original__shares__expenditure__in=[row.pk for row in ordered])
    for red in late.select_related("original").prefetch_related("original__shares").order_by("issued_on", "id"):
        for share in red.original.shares.all() if red.original else ():
            reds.setdefault(share.expenditure_id, []).append(red)
    found: list[Noticed] = []
    for row in ordered:
        found += [Noticed(row, str(sentence), row.explanation) for sentence in row.noticed]
        for red in dict.fromkeys(reds.get(row.pk, ())):
            told = {"red": str(red), "amount": format_yuan(red.amount), "original": str(red.original)}
            sentence = _("The red-letter invoice %(red)s (%(amount)s) takes the invoice %(original)s back.") % told
            found.append(Noticed(row, sentence, row.explanation))
    return found
