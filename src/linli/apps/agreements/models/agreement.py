"""An agreement between the street and whoever carries a project out."""

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.apps.agreements.models.template import AgreementTemplate
from linli.apps.ledger.models import Commitment
from linli.apps.places.models import Place
from linli.kernel.money import MoneyField
from linli.kernel.refs import Ref
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor

NOTHING = Decimal(0)


class Mode(models.TextChoices):
    REIMBURSE = "reimburse", _("Reimbursed against vouchers")
    DISBURSE = "disburse", _("Paid out in instalments")


class AgreementState(models.TextChoices):
    DRAFTED = "drafted", _("Drafted")
    IN_REVIEW = "in_review", _("Under internal review")
    REVIEWED = "reviewed", _("Reviewed, to be signed")
    SIGNED = "signed", _("Signed")
    ENDED = "ended", _("Ended")


class Agreement(Record):
    """``subject`` is what it is about, ``grounds`` the decision it rests on: never empty.

    ``review`` counts the rounds of internal review; ``text_hash`` is the seal of the text that was reviewed.
    ``serial`` counts the agreements of a street and year without gaps.
    """

    street = models.ForeignKey(Place, models.PROTECT, related_name="agreements", verbose_name=_("street"))
    year = models.PositiveSmallIntegerField(_("year"))
    serial = models.PositiveIntegerField()
    number = models.CharField(_("number"), max_length=60)
    title = models.CharField(_("title"), max_length=160)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    grounds_kind = models.CharField(max_length=60)
    grounds_id = models.UUIDField()
    commitment = models.ForeignKey(
        Commitment, models.PROTECT, null=True, blank=True, related_name="agreements", verbose_name=_("commitment")
    )
    template = models.ForeignKey(AgreementTemplate, models.PROTECT, null=True, blank=True, related_name="+")
    content = models.TextField(_("what is done"), max_length=6000)
    amount = MoneyField(_("amount"))
    mode = models.CharField(_("how it is paid"), max_length=10, choices=Mode)
    begins_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    state = models.CharField(_("state"), max_length=10, choices=AgreementState, default=AgreementState.DRAFTED)
    review = models.PositiveSmallIntegerField(default=0)
    text_hash = models.CharField(max_length=64, blank=True)
    drawn_up_at = models.DateTimeField(_("drawn up"))
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    archived_on = models.DateField(_("archived on"), null=True, blank=True)
    shelf = models.CharField(_("where it is kept"), max_length=80, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-drawn_up_at", "-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["drawn_up_at", "id"]),
            models.Index(fields=["number", "id"]),
            models.Index(fields=["state", "id"]),
            models.Index(fields=["subject_id", "subject_kind"]),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["street", "year", "serial"], name="agreements_a_number_once"),
            models.CheckConstraint(
                name="agreements_have_subject_and_grounds",
                condition=~models.Q(subject_kind="") & ~models.Q(grounds_kind=""),
            ),
            models.CheckConstraint(name="agreements_amount_not_negative", condition=models.Q(amount__gte=NOTHING)),
            models.CheckConstraint(
                name="agreements_end_after_they_begin", condition=models.Q(ends_on__gt=models.F("begins_on"))
            ),
            models.CheckConstraint(
                name="agreements_reviewed_text_is_sealed",
                condition=models.Q(state="drafted", text_hash="")
                | ~models.Q(state="drafted") & ~models.Q(text_hash=""),
            ),
            models.CheckConstraint(
                name="agreements_archived_once_signed",
                condition=models.Q(archived_on__isnull=True) | models.Q(state__in=("signed", "ended")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def anchor(self) -> Anchor:
        return Anchor(place=self.street_id)

    @property
    def subject(self) -> Ref:
        """What it is about."""
        return Ref(self.subject_kind, self.subject_id)

    @property
    def grounds(self) -> Ref:
        """What it rests on."""
        return Ref(self.grounds_kind, self.grounds_id)
