"""What happens while a need is handled: attempts to reach the resident, objections, requests for more time."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.apps.needs.models.assignment import Assignment
from linli.apps.needs.models.need import Need
from linli.apps.people.models import User
from linli.apps.places.models import Place
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class AttemptWay(models.TextChoices):
    PHONE = "phone", _("By telephone")
    MESSAGE = "message", _("By message")
    VISIT = "visit", _("At home")
    CAME = "came", _("The resident came")


class ContactAttempt(Record):
    """One attempt to reach the resident: when, how, reached or not (rules §4 Art. 15)."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="attempts")
    at = models.DateTimeField(_("when"))
    way = models.CharField(_("how"), max_length=8, choices=AttemptWay)
    reached = models.BooleanField(_("reached"))
    note = models.CharField(_("note"), max_length=300, blank=True)
    made_by = models.UUIDField(null=True, editable=False)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.get_way_display()} {self.at:%Y-%m-%d %H:%M}"

    @property
    def anchor(self) -> Anchor:
        return self.need.anchor


class ObjectionKind(models.TextChoices):
    NOT_OURS = "not_ours", _("Not ours")
    OBJECTION = "objection", _("Objection to the dispatch")


class DispatchObjection(Record):
    """A unit says that a need is not its own and whose it is; whoever dispatches decides."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="objections")
    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="objections")
    kind = models.CharField(_("kind"), max_length=10, choices=ObjectionKind)
    whose = models.CharField(_("whose it is"), max_length=120)
    reason = models.CharField(_("reason"), max_length=600)
    made_at = models.DateTimeField(_("made"))
    made_by = models.UUIDField(null=True, editable=False)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    upheld = models.BooleanField(_("upheld"), null=True, blank=True)
    decision = models.CharField(_("decision"), max_length=600, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["made_at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["assignment"],
                condition=Q(decided_at__isnull=True),
                name="needs_one_objection_waits_at_a_time",
            ),
            models.CheckConstraint(name="needs_not_ours_names_whose", condition=~Q(kind="not_ours") | ~Q(whose="")),
            models.CheckConstraint(name="needs_objections_give_reasons", condition=~Q(reason="")),
            models.CheckConstraint(
                name="needs_objections_are_decided_with_words",
                condition=Q(decided_at__isnull=True, upheld__isnull=True)
                | Q(decided_at__isnull=False, upheld__isnull=False) & ~Q(decision=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}：{self.whose}"

    @property
    def anchor(self) -> Anchor:
        return self.need.anchor


class OwnerOffer(Record):
    """The owner asks another to follow a need instead of him; it passes when that person accepts by name."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="offers")
    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("person"))
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("place"))
    reason = models.CharField(_("reason"), max_length=600)
    offered_at = models.DateTimeField(_("offered"))
    offered_by = models.UUIDField(null=True, editable=False)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    accepted = models.BooleanField(_("accepted"), null=True, blank=True)

    class Meta:
        ordering = ["offered_at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["need"], condition=Q(answered_at__isnull=True), name="needs_one_offer_waits_at_a_time"
            ),
            models.CheckConstraint(name="needs_offers_give_reasons", condition=~Q(reason="")),
            models.CheckConstraint(
                name="needs_offers_are_answered",
                condition=Q(answered_at__isnull=True, accepted__isnull=True)
                | Q(answered_at__isnull=False, accepted__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)

    @property
    def anchor(self) -> Anchor:
        return self.need.anchor


class ExtensionState(models.TextChoices):
    ASKED = "asked", _("Waits for approval")
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Refused")


class ExtensionRequest(Record):
    """More time for the official limit: until when, why, and who approved it."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="extensions")
    before = models.DateTimeField(_("due before"))
    until = models.DateTimeField(_("asked until"))
    reason = models.CharField(_("reason"), max_length=600)
    state = models.CharField(_("state"), max_length=10, choices=ExtensionState, default=ExtensionState.ASKED)
    asked_at = models.DateTimeField(_("asked"))
    asked_by = models.UUIDField(null=True, editable=False)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["asked_at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["need"], condition=Q(state="asked"), name="needs_one_extension_waits_at_a_time"
            ),
            models.CheckConstraint(name="needs_extensions_give_reasons", condition=~Q(reason="")),
            models.CheckConstraint(name="needs_extensions_give_time", condition=Q(until__gt=F("before"))),
        ]

    def __str__(self) -> str:
        return f"{self.until:%Y-%m-%d %H:%M}"

    @property
    def anchor(self) -> Anchor:
        return self.need.anchor
