"""Handing goods out: what was bought, which households get it, who signed for it (签领)."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.apps.places.models import Building, Household, Place
from linli.kernel.refs import Ref
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class DistributionState(models.TextChoices):
    OPEN = "open", _("Being handed out")
    CLOSED = "closed", _("Handed out")


class Distribution(Record):
    """``bought`` pieces, as the voucher says; ``handed`` of them signed for: never more, by the database."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="distributions", verbose_name=_("place"))
    item = models.CharField(_("what is handed out"), max_length=60)
    measure = models.CharField(_("counted in"), max_length=8, default="份")
    bought = models.PositiveIntegerField(_("bought"))
    handed = models.PositiveIntegerField(_("signed for"), default=0)
    per_household = models.PositiveSmallIntegerField(_("for each household"), default=1)
    voucher_kind = models.CharField(max_length=60, blank=True)
    voucher_id = models.UUIDField(null=True, blank=True)
    subject_kind = models.CharField(max_length=60, blank=True)
    subject_id = models.UUIDField(null=True, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=DistributionState, default=DistributionState.OPEN)
    begun_at = models.DateTimeField(_("begun"))
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-begun_at", "-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["begun_at", "id"]),
            models.Index(fields=["place", "state"]),
            models.Index(fields=["subject_kind", "subject_id"]),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="activities_no_more_handed_than_bought", condition=Q(handed__lte=F("bought"))),
            models.CheckConstraint(
                name="activities_goods_are_some", condition=Q(bought__gt=0) & Q(per_household__gt=0)
            ),
        ]

    def __str__(self) -> str:
        return self.item

    @property
    def anchor(self) -> Anchor:
        return Anchor(place=self.place_id)

    @property
    def left(self) -> int:
        """Pieces in stock."""
        return self.bought - self.handed

    @property
    def subject(self) -> Ref | None:
        """What it is handed out for."""
        return Ref(self.subject_kind, self.subject_id) if self.subject_id else None

    @property
    def voucher(self) -> Ref | None:
        """The voucher that says how many were bought."""
        return Ref(self.voucher_kind, self.voucher_id) if self.voucher_id else None


class Receiver(models.TextChoices):
    SELF = "self", _("A member of the household")
    FAMILY = "family", _("A relative")
    NEIGHBOUR = "neighbour", _("A neighbour")
    STAFF = "staff", _("Brought to the door by the staff")


class Handout(Record):
    """A household that gets something, from the beginning; signed for once. ``receiver`` is who signed."""

    distribution = models.ForeignKey(Distribution, models.PROTECT, related_name="handouts")
    building = models.ForeignKey(Building, models.PROTECT, related_name="+", verbose_name=_("building"))
    household = models.ForeignKey(Household, models.PROTECT, related_name="+", verbose_name=_("household"))
    quantity = models.PositiveSmallIntegerField(_("quantity"))
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    receiver = models.CharField(_("received by"), max_length=40, blank=True)
    relation = models.CharField(_("who received it"), max_length=10, choices=Receiver, blank=True)

    class Meta:
        ordering = ["building__number", "building__name", "household__room", "id"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["distribution", "building", "signed_on"])]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["distribution", "household"], name="activities_one_handout_a_household"),
            models.CheckConstraint(name="activities_handout_is_some", condition=Q(quantity__gt=0)),
            models.CheckConstraint(
                name="activities_signed_by_somebody",
                condition=Q(signed_on__isnull=True, receiver="", relation="")
                | (Q(signed_on__isnull=False) & ~Q(receiver="") & ~Q(relation="")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.household)

    @property
    def anchor(self) -> Anchor:
        return self.distribution.anchor
