"""What stands against an expenditure: what bars it, and what must be explained."""

from datetime import date

from linli.apps.ledger.models import Expenditure
from linli.apps.ledger.queries.findings.finding import Finding
from linli.apps.ledger.queries.findings.invoices import about_invoices
from linli.apps.ledger.queries.findings.limits import about_limits
from linli.apps.ledger.queries.findings.papers import about_papers, missing_papers
from linli.apps.ledger.queries.findings.uses import about_use

__all__ = ["Finding", "findings_of", "missing_papers"]


def findings_of(expenditure: Expenditure, *, on: date) -> list[Finding]:
    """Everything noticed about ``expenditure`` on the day ``on``, what bars it first. Some fifteen queries."""
    found = [
        *about_papers(expenditure),
        *about_invoices(expenditure),
        *about_limits(expenditure),
        *about_use(expenditure, on=on),
    ]
    return sorted(found, key=lambda one: not one.bars)
