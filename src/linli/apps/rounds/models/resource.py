"""What a round gives besides money: hours of rooms, equipment, volunteers; who needs how much, who would have it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.apps.rounds.models.plan import PlanLine
from linli.apps.rounds.models.proposal import Proposal
from linli.apps.rounds.models.round import Round
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class Resource(Record):
    """``amount`` of something the street offers in a round, in whole ``unit``s."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="resources")
    title = models.CharField(_("resource"), max_length=40)
    unit = models.CharField(_("unit"), max_length=10)
    amount = models.PositiveIntegerField(_("how much there is"))
    note = models.CharField(_("where and when"), max_length=120, blank=True)

    class Meta:
        ordering = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["round", "title"], name="rounds_a_resource_stands_once"),
            models.CheckConstraint(
                name="rounds_a_resource_has_title_and_unit", condition=~models.Q(title="") & ~models.Q(unit="")
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def anchor(self) -> Anchor:
        return self.round.anchor

    def written(self, amount: int) -> str:
        """An amount of it in words: 多功能厅20小时."""
        return f"{self.title}{amount}{self.unit}"


class ResourceDemand(Record):
    """How much of a resource a proposal needs."""

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="demands")
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="demands")
    amount = models.PositiveIntegerField(_("amount"))

    class Meta:
        ordering = ["resource", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["resource", "proposal"], name="rounds_one_demand_a_resource"),
            models.CheckConstraint(name="rounds_a_demand_is_something", condition=models.Q(amount__gt=0)),
        ]

    def __str__(self) -> str:
        return self.resource.written(self.amount)


class PlanLot(Record):
    """What one line of a plan would have of a resource: ``amount`` of the ``asked``."""

    line = models.ForeignKey(PlanLine, models.CASCADE, related_name="lots")
    resource = models.ForeignKey(Resource, models.PROTECT, related_name="lots")
    asked = models.PositiveIntegerField(_("asked for"))
    amount = models.PositiveIntegerField(_("given"))

    class Meta:
        ordering = ["resource", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["line", "resource"], name="rounds_one_lot_a_resource"),
            models.CheckConstraint(
                name="rounds_no_more_of_a_resource_than_asked", condition=models.Q(amount__lte=models.F("asked"))
            ),
        ]

    def __str__(self) -> str:
        return self.resource.written(self.amount)
