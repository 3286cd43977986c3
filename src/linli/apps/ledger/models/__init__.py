"""Funds, quotas, commitments, instalments and payments."""

from linli.apps.ledger.models.commitment import BudgetLine, Commitment, CommitmentState
from linli.apps.ledger.models.fund import Fund, FundChange, Quota
from linli.apps.ledger.models.instalment import Instalment, InstalmentState, Payment

__all__ = [
    "BudgetLine",
    "Commitment",
    "CommitmentState",
    "Fund",
    "FundChange",
    "Instalment",
    "InstalmentState",
    "Payment",
    "Quota",
]
