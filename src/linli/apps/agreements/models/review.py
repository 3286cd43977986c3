"""The internal review of an agreement by offices, and its signature."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.apps.agreements.models.agreement import Agreement
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class OpinionOffice(models.TextChoices):
    SECTION = "section", _("Section in charge")
    FINANCE = "finance", _("Finance")
    LEGAL = "legal", _("Legal adviser")
    LEADER = "leader", _("Leader in charge")


class OpinionView(models.TextChoices):
    AGREE = "agree", _("Agrees")
    REVISE = "revise", _("To be revised")


class OfficeOpinion(Record):
    """What one office said in one round of review; the round's opinions come from different people."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="opinions")
    review = models.PositiveSmallIntegerField()
    office = models.CharField(_("office"), max_length=10, choices=OpinionOffice)
    view = models.CharField(_("opinion"), max_length=8, choices=OpinionView)
    text = models.CharField(_("in words"), max_length=600, blank=True)
    giver_id = models.UUIDField(null=True)
    given_at = models.DateTimeField(_("given at"))

    class Meta:
        ordering = ["review", "given_at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["agreement", "review", "office"], name="agreements_one_opinion_an_office"),
            models.UniqueConstraint(fields=["agreement", "review", "giver_id"], name="agreements_one_opinion_a_person"),
            models.CheckConstraint(
                name="agreements_revise_says_why", condition=models.Q(view="agree") | ~models.Q(text="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_office_display()}：{self.get_view_display()}"

    @property
    def anchor(self) -> Anchor:
        return self.agreement.anchor


class Signature(Record):
    """The sealed paper as it came back: the scan, its SHA-256, the day, how many copies."""

    agreement = models.OneToOneField(Agreement, models.PROTECT, related_name="signature")
    file_id = models.UUIDField(unique=True)
    sha256 = models.CharField(max_length=64)
    signed_on = models.DateField(_("signed on"))
    copies = models.PositiveSmallIntegerField(_("copies"))

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="agreements_scan_is_hashed", condition=~models.Q(sha256="")),
        ]

    def __str__(self) -> str:
        return f"{self.agreement}：{self.signed_on}"

    @property
    def anchor(self) -> Anchor:
        return self.agreement.anchor
