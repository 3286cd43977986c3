"""Verbs of the ledger. Linli keeps the books; it moves no money."""

from linli.apps.ledger.services.commitment import Line, adjust, commit, release
from linli.apps.ledger.services.fund import (
    close_fund,
    open_fund,
    raise_fund,
    set_quota,
    set_quotas,
    set_quotas_by_formula,
)
from linli.apps.ledger.services.instalments import Part, mark_met, plan_instalments, read_parts
from linli.apps.ledger.services.payments import record_payment, record_refund, strike_out, take_over_payments

__all__ = [
    "Line",
    "Part",
    "adjust",
    "close_fund",
    "commit",
    "mark_met",
    "open_fund",
    "plan_instalments",
    "raise_fund",
    "read_parts",
    "record_payment",
    "record_refund",
    "release",
    "set_quota",
    "set_quotas",
    "set_quotas_by_formula",
    "strike_out",
    "take_over_payments",
]
