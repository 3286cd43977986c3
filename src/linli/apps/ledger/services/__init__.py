"""Verbs of the ledger. Linli keeps the books; it moves no money."""

from linli.apps.ledger.services.commitment import Line, adjust, commit, release
from linli.apps.ledger.services.expenditure import (
    approve,
    change_expenditure,
    check,
    draft_expenditure,
    drop_expenditure,
    send_back,
    submit,
)
from linli.apps.ledger.services.fund import (
    close_fund,
    open_fund,
    raise_fund,
    set_quota,
    set_quotas,
    set_quotas_by_formula,
)
from linli.apps.ledger.services.instalments import Part, mark_met, plan_instalments, read_parts
from linli.apps.ledger.services.paying import record_paid, record_paid_together
from linli.apps.ledger.services.payments import record_payment, record_refund, strike_out, take_over_payments
from linli.apps.ledger.services.terms import set_terms
from linli.apps.ledger.services.vouchers import attach_paper, attach_voucher

__all__ = [
    "Line",
    "Part",
    "adjust",
    "approve",
    "attach_paper",
    "attach_voucher",
    "change_expenditure",
    "check",
    "close_fund",
    "commit",
    "draft_expenditure",
    "drop_expenditure",
    "mark_met",
    "open_fund",
    "plan_instalments",
    "raise_fund",
    "read_parts",
    "record_paid",
    "record_paid_together",
    "record_payment",
    "record_refund",
    "release",
    "send_back",
    "set_quota",
    "set_quotas",
    "set_quotas_by_formula",
    "set_terms",
    "strike_out",
    "submit",
    "take_over_payments",
]
