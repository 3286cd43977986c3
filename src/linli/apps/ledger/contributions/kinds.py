"""The kinds of record the ledger keeps: how each is named, found and seen."""

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.apps.ledger import queries
from linli.apps.ledger.models import Commitment, Expenditure, Fund, LabourFee, Voucher
from linli.apps.ledger.permissions import enters_spending
from linli.kernel.files import allow
from linli.kernel.refs import Kind, register


class FundRows(Kind):
    """Funds with their street."""

    def rows(self) -> Any:
        return super().rows().select_related("street")


class CommitmentRows(Kind):
    """Commitments with their fund, which tells the street."""

    def rows(self) -> Any:
        return super().rows().select_related("fund")


class ExpenditureRows(Kind):
    """Expenditures with their commitment, which names them."""

    def rows(self) -> Any:
        return super().rows().select_related("commitment__fund", "spender")


class FeeRows(Kind):
    """Lines of lists of fees, with the street they belong to."""

    def rows(self) -> Any:
        return super().rows().select_related("expenditure__commitment__fund")


class VoucherRows(Kind):
    """Invoices with the expenditures that share them."""

    def rows(self) -> Any:
        return super().rows().prefetch_related("shares")


def _voucher_page(row: Voucher) -> str:
    """Where it was entered: the page of the first expenditure that has a share in it."""
    share = next(iter((row.original or row).shares.all()), None)
    return reverse("ledger:expenditure", args=[share.expenditure_id]) if share else reverse("ledger:spending")


def _voucher_street(row: Voucher) -> UUID:
    return row.street_id


def _fee_street(row: LabourFee) -> UUID:
    return row.expenditure.commitment.fund.street_id


def _fund_page(fund: Fund) -> str:
    return reverse("ledger:fund", args=[fund.pk])


def _commitment_page(row: Commitment) -> str:
    return reverse("ledger:commitment", args=[row.pk])


def _fund_street(fund: Fund) -> UUID:
    return fund.street_id


def _commitment_street(row: Commitment) -> UUID:
    return row.fund.street_id


def _expenditure_page(row: Expenditure) -> str:
    return reverse("ledger:expenditure", args=[row.pk])


def _expenditure_street(row: Expenditure) -> UUID:
    return row.commitment.fund.street_id


def contribute() -> None:
    """Make every kind known."""
    allow("ledger.expenditure", photos=enters_spending)
    register(
        FundRows(
            "ledger.fund",
            Fund,
            _("Fund"),
            lambda rows, actor: queries.visible_to(actor, rows),
            address=_fund_page,
            street=_fund_street,
        )
    )
    register(
        CommitmentRows(
            "ledger.commitment",
            Commitment,
            _("Commitment"),
            lambda rows, actor: queries.commitments_visible_to(actor, rows),
            address=_commitment_page,
            street=_commitment_street,
        )
    )
    register(
        ExpenditureRows(
            "ledger.expenditure",
            Expenditure,
            _("Expenditure"),
            lambda rows, actor: queries.expenditures_visible_to(actor, rows),
            address=_expenditure_page,
            street=_expenditure_street,
        )
    )
    _register_details()


def _register_details() -> None:
    register(
        FeeRows(
            "ledger.labour_fee",
            LabourFee,
            _("Fees for work"),
            lambda rows, actor: queries.fees_visible_to(actor, rows),
            street=_fee_street,
        )
    )
    register(
        VoucherRows(
            "ledger.voucher",
            Voucher,
            _("Invoice"),
            lambda rows, actor: queries.vouchers_visible_to(actor, rows),
            address=_voucher_page,
            street=_voucher_street,
        )
    )
