"""Sub-tasks: a piece of a need given to another unit, or to somebody outside who answers by a link."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.apps.needs.models.need import Need
from linli.apps.organizations.models import Organization
from linli.apps.places.models import Place
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class SubTaskState(models.TextChoices):
    OPEN = "open", _("Waits for the answer")
    ANSWERED = "answered", _("Answered, to be looked at")
    DONE = "done", _("Settled")
    DROPPED = "dropped", _("Taken back")


class SubTask(Record):
    """What a unit or an outside party is asked to do, in words written for it: never what the resident said.

    Either one unit or ``outside``, a party named as an office is. ``link`` counts the links given to an outside
    party: the newest alone opens, until ``ends_at``. ``shares_contact`` is the ticked consent.
    """

    need = models.ForeignKey(Need, models.CASCADE, related_name="sub_tasks")
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="+")
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="need_sub_tasks")
    outside = models.CharField(_("outside party"), max_length=80, blank=True)
    title = models.CharField(_("what is to be done"), max_length=80)
    matter = models.TextField(_("matter, written for whoever does it"), max_length=2000)
    state = models.CharField(_("state"), max_length=8, choices=SubTaskState, default=SubTaskState.OPEN)
    given_at = models.DateTimeField(_("given"))
    given_by = models.UUIDField(null=True, editable=False)
    due = models.DateTimeField(_("due"))
    ends_at = models.DateTimeField(_("link ends"), null=True, blank=True)
    link = models.PositiveSmallIntegerField(default=1)
    shares_contact = models.BooleanField(_("name and telephone are passed on"), default=False)
    answer = models.TextField(_("answer"), max_length=2000, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    by_link = models.BooleanField(_("answered by the link"), default=False)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["given_at", "id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organization", "state"], name="needs_sub_tasks_of_a_unit"),
            models.Index(fields=["place", "state"], name="needs_sub_tasks_of_a_place"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="needs_a_sub_task_is_given_to_one",
                condition=Q(place__isnull=False, organization__isnull=True, outside="")
                | Q(place__isnull=True, organization__isnull=False, outside="")
                | Q(place__isnull=True, organization__isnull=True) & ~Q(outside=""),
            ),
            models.CheckConstraint(
                name="needs_a_link_ends",
                condition=Q(outside="", ends_at__isnull=True) | ~Q(outside="") & Q(ends_at__gte=F("due")),
            ),
            models.CheckConstraint(
                name="needs_a_sub_task_answered_with_words",
                condition=~Q(state__in=("answered", "done")) | ~Q(answer="") & Q(answered_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def unit(self) -> Place | Organization | str:
        """Who is asked: a place, an organization, or the name of the outside party."""
        return self.place or self.organization or self.outside

    @property
    def anchor(self) -> Anchor:
        if self.outside:
            return self.need.anchor
        return Anchor(place=self.place_id, organization=self.organization_id)
