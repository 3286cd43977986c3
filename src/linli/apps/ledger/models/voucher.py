"""Invoices and other vouchers: each stands once in the whole house, however many expenditures share it."""

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.apps.ledger.models.expenditure import Expenditure
from linli.apps.ledger.models.fund import NOTHING
from linli.apps.places.models import Place
from linli.kernel.money import MoneyField
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class Voucher(Record):
    """What an invoice says. ``key`` is its number (20 digits), or code and number (12 + 8): once over all years.

    A red-letter invoice (``amount`` below zero) takes its ``original`` back, wholly or in part. ``elsewhere`` of the
    amount is borne by other money. ``found`` is what was read off the file, beside what was typed; nobody here says
    that an invoice is genuine.
    """

    street = models.ForeignKey(Place, models.PROTECT, related_name="+")
    key = models.CharField(max_length=80, unique=True)
    code = models.CharField(_("code of the invoice"), max_length=12, blank=True)
    number = models.CharField(_("number of the invoice"), max_length=40)
    buyer = models.CharField(_("buyer"), max_length=120, blank=True)
    seller = models.CharField(_("seller"), max_length=120, blank=True)
    items = models.CharField(_("what it lists"), max_length=300, blank=True)
    amount = MoneyField(_("amount with tax"))
    issued_on = models.DateField(_("date of the invoice"))
    elsewhere = MoneyField(_("of it borne by other money"), default=NOTHING)
    original = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="reds", verbose_name=_("invoice taken back")
    )
    file_id = models.UUIDField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    found = models.JSONField(default=dict, blank=True)
    entered_at = models.DateTimeField(_("entered at"))

    class Meta:
        ordering = ["issued_on", "id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["entered_at", "id"]),
            models.Index(fields=["issued_on", "id"]),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="ledger_a_file_is_one_voucher", fields=["sha256"], condition=~models.Q(sha256="")
            ),
            models.CheckConstraint(
                name="ledger_only_red_letters_are_below_zero",
                condition=models.Q(amount__gt=NOTHING, original__isnull=True)
                | models.Q(amount__lt=NOTHING, original__isnull=False, elsewhere=NOTHING),
            ),
            models.CheckConstraint(name="ledger_voucher_has_a_key", condition=~models.Q(key="")),
            models.CheckConstraint(name="ledger_elsewhere_is_not_negative", condition=models.Q(elsewhere__gte=NOTHING)),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.number}".strip()

    @property
    def anchor(self) -> Anchor:
        return Anchor(place=self.street_id)

    @property
    def is_red(self) -> bool:
        """Does it take another one back."""
        return self.amount < 0


class VoucherShare(Record):
    """How much of a voucher one expenditure takes; all shares and what is borne elsewhere sum to the voucher."""

    voucher = models.ForeignKey(Voucher, models.CASCADE, related_name="shares")
    expenditure = models.ForeignKey(Expenditure, models.CASCADE, related_name="shares")
    amount = MoneyField(_("share"))

    class Meta:
        ordering = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["voucher", "expenditure"], name="ledger_a_voucher_is_shared_once"),
            models.CheckConstraint(name="ledger_a_share_is_money", condition=models.Q(amount__gt=NOTHING)),
        ]

    def __str__(self) -> str:
        return f"{self.voucher}: {self.amount}"

    @property
    def left_of_voucher(self) -> Decimal:
        """What the whole voucher is worth, for a page that shows the share beside it."""
        return self.voucher.amount - self.voucher.elsewhere
