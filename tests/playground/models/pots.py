"""A pot of money with a limit, and what was spent out of it: the playground of ``money``."""

from django.db import models

from linli.kernel.money import LimitRow, MoneyField
from linli.kernel.refs.record import Record


class Pot(LimitRow):
    limit = MoneyField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(limit__gte=0), name="playground_pot_limit_not_negative")
        ]

    def __str__(self) -> str:
        return str(self.limit)


class Spend(Record):
    pot = models.ForeignKey(Pot, on_delete=models.PROTECT, related_name="spends")
    amount = MoneyField()
    desk = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(amount__gt=0), name="playground_spend_above_zero")]

    def __str__(self) -> str:
        return str(self.amount)
