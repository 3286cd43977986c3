"""Funds, quotas, commitments, instalments, payments, expenditures and vouchers."""

from linli.apps.ledger.models.commitment import BudgetLine, Commitment, CommitmentState, SpendingMode
from linli.apps.ledger.models.expenditure import (
    Expenditure,
    ExpenditurePaper,
    ExpenditureState,
    PaidTo,
    Spender,
)
from linli.apps.ledger.models.fund import Fund, FundChange, Quota
from linli.apps.ledger.models.instalment import Instalment, InstalmentState, Payment
from linli.apps.ledger.models.labour import LabourFee
from linli.apps.ledger.models.voucher import Voucher, VoucherShare
from linli.apps.ledger.models.year_close import YearClose, YearDecision

__all__ = [
    "BudgetLine",
    "Commitment",
    "CommitmentState",
    "Expenditure",
    "ExpenditurePaper",
    "ExpenditureState",
    "Fund",
    "FundChange",
    "Instalment",
    "InstalmentState",
    "LabourFee",
    "PaidTo",
    "Payment",
    "Quota",
    "Spender",
    "SpendingMode",
    "Voucher",
    "VoucherShare",
    "YearClose",
    "YearDecision",
]
