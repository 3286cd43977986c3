"""When which part of a commitment falls due, and what the treasury is known to have paid of it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.apps.ledger.models.commitment import Commitment
from linli.apps.ledger.models.fund import NOTHING
from linli.apps.places.models import Place
from linli.kernel.money import MoneyField
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class InstalmentState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    READY = "ready", _("Condition met")
    PAID = "paid", _("Paid")
    DROPPED = "dropped", _("Dropped")


class Instalment(Record):
    """``share`` per cent of the commitment, paid once ``condition`` is met; all instalments sum to the commitment."""

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="instalments")
    number = models.PositiveSmallIntegerField(_("instalment"))
    share = models.DecimalField(_("share"), max_digits=5, decimal_places=2)
    amount = MoneyField(_("amount"))
    condition = models.CharField(_("condition"), max_length=200)
    due = models.DateField(_("due on"), null=True, blank=True)
    met_on = models.DateField(_("condition met on"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=InstalmentState, default=InstalmentState.PLANNED, db_index=True
    )

    class Meta:
        ordering = ["commitment", "number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["commitment", "number"], name="ledger_instalments_are_numbered"),
            models.CheckConstraint(name="ledger_instalment_is_not_negative", condition=models.Q(amount__gte=NOTHING)),
            models.CheckConstraint(name="ledger_share_is_a_share", condition=models.Q(share__gt=0, share__lte=100)),
        ]

    def __str__(self) -> str:
        return f"{self.commitment.number} / {self.number}"

    @property
    def anchor(self) -> Anchor:
        return self.commitment.anchor


class Payment(Record):
    """What the treasury paid, as its receipt says. Linli moves no money. A wrong entry is struck out, never changed.

    ``refunds`` is the payment out of which money came back: then the amount is below zero.
    """

    instalment = models.ForeignKey(Instalment, models.PROTECT, related_name="payments")
    street = models.ForeignKey(Place, models.PROTECT, related_name="+")
    receipt = models.CharField(_("number of the treasury's receipt"), max_length=60)
    paid_on = models.DateField(_("paid on"))
    amount = MoneyField(_("amount"))
    note = models.CharField(_("remark"), max_length=200, blank=True)
    refunds = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="given_back", verbose_name=_("payment given back")
    )
    of_expenditure = models.ForeignKey(
        "ledger.Expenditure", models.PROTECT, null=True, blank=True, related_name="returns",
        verbose_name=_("expenditure the money came back of"),
    )  # fmt: skip
    struck_at = models.DateTimeField(_("struck out"), null=True, blank=True)
    struck_reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta:
        ordering = ["paid_on", "id"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["paid_on", "id"])]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="ledger_a_receipt_once_a_street",
                fields=["street", "receipt"],
                condition=models.Q(struck_at__isnull=True),
            ),
            models.CheckConstraint(
                name="ledger_payment_is_money",
                condition=models.Q(amount__gt=NOTHING, refunds__isnull=True)
                | models.Q(amount__lt=NOTHING, refunds__isnull=False),
            ),
            models.CheckConstraint(
                name="ledger_struck_out_for_a_reason",
                condition=models.Q(struck_at__isnull=True, struck_reason="")
                | (models.Q(struck_at__isnull=False) & ~models.Q(struck_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return self.receipt

    @property
    def anchor(self) -> Anchor:
        return Anchor(place=self.street_id)
