"""Who was paid for work: a sealed list that only the finance officer opens, and with a reason."""

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.apps.ledger.models.expenditure import Expenditure
from linli.apps.ledger.models.fund import NOTHING
from linli.apps.ledger.permissions import KEEPERS
from linli.kernel.money import MoneyField
from linli.kernel.privacy import ADDRESS, ID_NUMBER, PERSON_NAME, Fingerprint, SealedText
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor, holds

opens = holds(*KEEPERS)


class LabourFee(Record):
    """One line of the list (评审费、劳务费发放表): ``times`` days or sessions at ``each`` yuan, ``tax`` withheld."""

    expenditure = models.ForeignKey(Expenditure, models.CASCADE, related_name="fees")
    name = SealedText(_("name"), sort=PERSON_NAME, may_reveal=opens)
    name_print = Fingerprint(of="name", db_index=True)
    id_number = SealedText(_("number of the identity document"), sort=ID_NUMBER, blank=True, may_reveal=opens)
    account = SealedText(_("bank and account"), sort=ADDRESS, blank=True, may_reveal=opens)
    occasion = models.CharField(_("occasion"), max_length=80)
    times = models.PositiveSmallIntegerField(_("days or sessions"))
    each = MoneyField(_("yuan for each"))
    tax = MoneyField(_("tax withheld"), default=NOTHING)

    class Meta:
        ordering = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="ledger_a_fee_is_money",
                condition=models.Q(times__gt=0, each__gt=NOTHING, tax__gte=NOTHING),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.occasion} × {self.times}"

    @property
    def anchor(self) -> Anchor:
        return self.expenditure.anchor

    @property
    def due(self) -> Decimal:
        """Before tax, in yuan."""
        return self.each * self.times

    @property
    def net(self) -> Decimal:
        """What is handed out, in yuan."""
        return self.due - self.tax
