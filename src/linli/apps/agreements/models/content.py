"""What an agreement says: its parties, the parts it is paid in, its indicators and duties."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.apps.agreements.models.agreement import Agreement
from linli.apps.organizations.models import Organization
from linli.kernel.money import MoneyField
from linli.kernel.refs.record import Record


class Side(models.TextChoices):
    FIRST = "first", _("First party")
    SECOND = "second", _("Second party")
    THIRD = "third", _("Third party")


class AgreementParty(Record):
    """甲方, 乙方 or 丙方 as the paper names it; who signs for it is written by hand."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="parties")
    side = models.CharField(_("party"), max_length=8, choices=Side)
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("organization")
    )
    name = models.CharField(_("name as printed"), max_length=120)
    credit_code = models.CharField(_("unified social credit code"), max_length=18, blank=True)
    role = models.CharField(_("part in the project"), max_length=60, blank=True)

    class Meta:
        ordering = ["side"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["agreement", "side"], name="agreements_one_of_each_side"),
        ]

    def __str__(self) -> str:
        return self.name


class AgreementPart(Record):
    """One instalment: per cent and condition; all parts sum to exactly 100."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="parts")
    number = models.PositiveSmallIntegerField()
    share = models.DecimalField(_("share"), max_digits=5, decimal_places=2)
    amount = MoneyField(_("amount"))
    condition = models.CharField(_("condition"), max_length=200)

    class Meta:
        ordering = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["agreement", "number"], name="agreements_parts_are_numbered"),
            models.CheckConstraint(name="agreements_share_is_a_share", condition=models.Q(share__gt=0, share__lte=100)),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.share}%"


class AgreementIndicator(Record):
    """What is to be reached: how much of what, by when."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="indicators")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(_("indicator"), max_length=120)
    target = models.CharField(_("target"), max_length=60)
    unit = models.CharField(_("unit of the figure"), max_length=20, blank=True)
    due = models.DateField(_("due on"), null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["agreement", "number"], name="agreements_indicators_are_numbered"),
        ]

    def __str__(self) -> str:
        return self.name


class AgreementClause(Record):
    """One duty of the agreement."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="clauses")
    number = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=16)
    title = models.CharField(_("heading"), max_length=40)
    text = models.TextField(_("text"), max_length=2000)

    class Meta:
        ordering = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["agreement", "code"], name="agreements_a_duty_once"),
        ]

    def __str__(self) -> str:
        return self.title
