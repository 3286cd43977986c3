"""What was decided about the money of a commitment that is left at the end of a year."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.apps.ledger.models.commitment import Commitment
from linli.apps.ledger.models.fund import NOTHING
from linli.kernel.money import MoneyField
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class YearDecision(models.TextChoices):
    CARRY = "carry", _("Carried over into the next year")
    GIVE_BACK = "give_back", _("Given back")


class YearClose(Record):
    """``balance`` is what was not spent by the end of ``year``; ``document`` is the paper that decides about it."""

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="closes")
    year = models.PositiveSmallIntegerField(_("year"))
    decision = models.CharField(_("decision"), max_length=10, choices=YearDecision)
    balance = MoneyField(_("balance"))
    document = models.CharField(_("number of the paper"), max_length=80)
    reason = models.CharField(_("reason"), max_length=200)
    decided_on = models.DateField(_("decided on"))

    class Meta:
        ordering = ["commitment", "year"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["commitment", "year"], name="ledger_a_year_is_closed_once"),
            models.CheckConstraint(name="ledger_a_balance_is_left", condition=models.Q(balance__gt=NOTHING)),
            models.CheckConstraint(name="ledger_a_year_is_closed_by_a_paper", condition=~models.Q(document="")),
        ]

    def __str__(self) -> str:
        return f"{self.commitment} {self.year}"

    @property
    def anchor(self) -> Anchor:
        return self.commitment.anchor
