"""Verbs of the ledger. Linli keeps the books; it moves no money."""

from linli.apps.ledger.services.commitment import Line, adjust, commit, in_proportion, release
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
from linli.apps.ledger.services.invoices import take_in_invoice
from linli.apps.ledger.services.labour import add_fee, open_fees, remove_fee
from linli.apps.ledger.services.papers import attach_paper, remove_paper
from linli.apps.ledger.services.paying import record_paid, record_paid_together, strike_out_paid
from linli.apps.ledger.services.payments import record_payment, record_refund, strike_out, take_over_payments
from linli.apps.ledger.services.terms import set_terms
from linli.apps.ledger.services.vouchers import (
    attach_voucher,
    detach_voucher,
    split_voucher,
    take_back_voucher,
)
from linli.apps.ledger.services.year_end import close_year

__all__ = [
    "Line",
    "Part",
    "add_fee",
    "adjust",
    "approve",
    "attach_paper",
    "attach_voucher",
    "change_expenditure",
    "check",
    "close_fund",
    "close_year",
    "commit",
    "detach_voucher",
    "draft_expenditure",
    "drop_expenditure",
    "in_proportion",
    "mark_met",
    "open_fees",
    "open_fund",
    "plan_instalments",
    "raise_fund",
    "read_parts",
    "record_paid",
    "record_paid_together",
    "record_payment",
    "record_refund",
    "release",
    "remove_fee",
    "remove_paper",
    "send_back",
    "set_quota",
    "set_quotas",
    "set_quotas_by_formula",
    "set_terms",
    "split_voucher",
    "strike_out",
    "strike_out_paid",
    "submit",
    "take_back_voucher",
    "take_in_invoice",
    "take_over_payments",
]
