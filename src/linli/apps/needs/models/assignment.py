"""Who has to do with a need: which unit and person, in which part, from when to when."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.apps.needs.models.need import Need
from linli.apps.organizations.models import Organization
from linli.apps.people.models import User
from linli.apps.places.models import Place
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class Duty(models.TextChoices):
    """The parts of a matter (E14, E45). One owner follows it to the end; handlers do the work now."""

    OWNER = "owner", _("Follows it to the end")
    HANDLER = "handler", _("Handles it")
    LEADS = "leads", _("Leads")
    CARRIES_OUT = "carries_out", _("Carries out")
    SUPERVISES = "supervises", _("Supervises")
    TAKES_PART = "takes_part", _("Takes part")


class Came(models.TextChoices):
    """How a unit came to its part."""

    RECEIVED = "received", _("Received it first")
    RULE = "rule", _("By a routing rule")
    DISPATCH = "dispatch", _("Dispatched")
    ACCEPTED = "accepted", _("Accepted by name")
    SUCCESSION = "succession", _("With the post")
    RAISED = "raised", _("Raised to the level above")


class Assignment(Record):
    """``unit`` is one place or one organization; ``user`` the person named in it. Open while ``until`` is empty.

    ``off_list`` says that the community was given what is not on its list: then ``approved_by`` and
    ``approval`` say who of the street allowed it and why (rules §4 Art. 17).
    """

    need = models.ForeignKey(Need, models.CASCADE, related_name="assignments")
    duty = models.CharField(_("part"), max_length=12, choices=Duty)
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("place"))
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("organization")
    )
    user = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="need_assignments", verbose_name=_("person")
    )
    came = models.CharField(_("how it came"), max_length=12, choices=Came)
    since = models.DateTimeField(_("since"))
    accepted_at = models.DateTimeField(_("signed for"), null=True, blank=True)
    until = models.DateTimeField(_("until"), null=True, blank=True)
    given_by = models.UUIDField(null=True, editable=False)
    off_list = models.BooleanField(_("not on the community's list"), default=False)
    approved_by = models.UUIDField(null=True, editable=False)
    approval = models.CharField(_("why the street allows it"), max_length=300, blank=True)

    class Meta:
        ordering = ["since", "id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["user", "duty"], condition=Q(until__isnull=True), name="needs_open_of_a_person"),
            models.Index(fields=["place", "duty"], condition=Q(until__isnull=True), name="needs_open_of_a_place"),
            models.Index(fields=["organization", "duty"], condition=Q(until__isnull=True), name="needs_open_of_a_unit"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="needs_assigned_to_one_unit",
                condition=Q(place__isnull=False, organization__isnull=True)
                | Q(place__isnull=True, organization__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["need"], condition=Q(duty="owner", until__isnull=True), name="needs_one_owner"
            ),
            models.UniqueConstraint(
                fields=["need", "duty", "place"],
                condition=Q(until__isnull=True, place__isnull=False),
                name="needs_a_place_has_a_part_once",
            ),
            models.UniqueConstraint(
                fields=["need", "duty", "organization"],
                condition=Q(until__isnull=True, organization__isnull=False),
                name="needs_an_organization_has_a_part_once",
            ),
            models.CheckConstraint(
                name="needs_a_part_ends_after_it_begins", condition=Q(until__isnull=True) | Q(until__gte=F("since"))
            ),
            models.CheckConstraint(
                name="needs_off_the_list_with_approval",
                condition=Q(off_list=False) | Q(approved_by__isnull=False) & ~Q(approval=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_duty_display()}：{self.unit}"

    @property
    def unit(self) -> Place | Organization:
        """The place or organization that has the part."""
        found = self.place or self.organization
        assert found is not None  # a constraint keeps it so
        return found

    @property
    def anchor(self) -> Anchor:
        return Anchor(place=self.place_id, organization=self.organization_id)
