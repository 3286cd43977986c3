"""What a contractor is owed for what was accepted, and the spending of the ledger by which it is paid."""

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.apps.ledger.models import Expenditure, ExpenditureState
from linli.apps.ordering.models.acceptance import Acceptance
from linli.apps.ordering.models.claim import Contractor
from linli.kernel.money import LimitRow, MoneyField
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor

NOTHING = Decimal(0)


class SettlementState(models.TextChoices):
    DRAWN = "drawn", _("Drawn up")
    SUBMITTED = "submitted", _("Handed in")
    PAID = "paid", _("Paid by the treasury")


class Account(LimitRow):
    """How much of what is promised to a contractor was settled: never more, whoever settles at the same moment."""

    contractor = models.OneToOneField(Contractor, models.PROTECT, related_name="account")
    promised = MoneyField(_("promised"))
    settled = MoneyField(_("settled so far"), default=NOTHING)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="ordering_settles_no_more_than_promised",
                condition=Q(settled__gte=NOTHING, settled__lte=F("promised")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.contractor)

    @property
    def anchor(self) -> Anchor:
        return self.contractor.anchor


class Settlement(Record):
    """One amount for one acceptance. It is paid by an expenditure of the ledger; there is no other way.

    Its state follows from that expenditure: drawn up, handed in, paid.
    """

    contractor = models.ForeignKey(Contractor, models.PROTECT, related_name="settlements")
    acceptance = models.OneToOneField(Acceptance, models.PROTECT, related_name="settlement")
    amount = MoneyField(_("amount"))
    drawn_on = models.DateField(_("drawn up on"))
    expenditure = models.OneToOneField(
        Expenditure, models.SET_NULL, null=True, blank=True, related_name="settlement", verbose_name=_("expenditure")
    )
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["drawn_on", "id"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["drawn_on", "id"])]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="ordering_a_settlement_is_money", condition=Q(amount__gt=NOTHING)),
        ]

    def __str__(self) -> str:
        return f"{self.contractor.organization}：{self.amount}"

    @property
    def anchor(self) -> Anchor:
        return self.contractor.anchor

    @property
    def state(self) -> SettlementState:
        """Drawn up, handed in or paid: as the ledger's expenditure is."""
        spent = self.expenditure
        if spent is None or spent.state in (ExpenditureState.DRAFTED, ExpenditureState.RETURNED):
            return SettlementState.DRAWN
        return SettlementState.PAID if spent.state == ExpenditureState.PAID else SettlementState.SUBMITTED
