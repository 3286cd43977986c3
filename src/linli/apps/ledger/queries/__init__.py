"""Reads of the ledger."""

from linli.apps.ledger.kinds import sources
from linli.apps.ledger.queries.checking import Discrepancy, discrepancies
from linli.apps.ledger.queries.commitments import (
    binding_for,
    commitments_about,
    commitments_visible_to,
    instalments_of,
    paid_for,
    paid_of,
    paid_under,
    payments_visible_to,
    refunded,
    with_paid,
)
from linli.apps.ledger.queries.formula import FormulaQuotas, formula_quotas
from linli.apps.ledger.queries.funds import (
    FundFigures,
    QuotaFigures,
    figures_of,
    funds_in_use,
    keepable_streets,
    quota_for,
    quotas_of,
    room_in,
    standing_of,
    visible_to,
    with_figures,
)

__all__ = [
    "Discrepancy",
    "FormulaQuotas",
    "FundFigures",
    "QuotaFigures",
    "binding_for",
    "commitments_about",
    "commitments_visible_to",
    "discrepancies",
    "figures_of",
    "formula_quotas",
    "funds_in_use",
    "instalments_of",
    "keepable_streets",
    "paid_for",
    "paid_of",
    "paid_under",
    "payments_visible_to",
    "quota_for",
    "quotas_of",
    "refunded",
    "room_in",
    "sources",
    "standing_of",
    "visible_to",
    "with_figures",
    "with_paid",
]
