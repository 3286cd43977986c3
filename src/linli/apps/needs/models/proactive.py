"""Proactive issues (未诉先办): what is put right before anybody complains; by matter and place, never by person."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.apps.needs.models.category import Category
from linli.apps.organizations.models import Organization
from linli.apps.places.models import Place
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class IssueSource(models.TextChoices):
    """What made somebody look."""

    HOT_TOPIC = "hot_topic", _("Hot topic")
    FORECAST = "forecast", _("Season of the year")
    PATROL = "patrol", _("Patrol")
    MEETING = "meeting", _("Residents' meeting")
    REPEATED = "repeated", _("Comes again and again")
    UPPER = "upper", _("Problem of the month from above")
    OTHER = "other", _("Something else")


class IssueState(models.TextChoices):
    NOTICED = "noticed", _("Noticed")
    UNDER_WAY = "under_way", _("Under way")
    STRUCK_OFF = "struck_off", _("Struck off")
    DROPPED = "dropped", _("Off the board")


class ProactiveIssue(Record):
    """One line of the board: issue, source, point, owner, measure, due, struck off."""

    street = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("street"))
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("place"))
    point = models.CharField(_("point"), max_length=120, blank=True)
    title = models.CharField(_("issue"), max_length=120)
    source = models.CharField(_("source"), max_length=10, choices=IssueSource)
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("category")
    )
    state = models.CharField(_("state"), max_length=10, choices=IssueState, default=IssueState.NOTICED, db_index=True)
    noticed_on = models.DateField(_("noticed"))
    owner_place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="+")
    owner_organization = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+")
    measure = models.TextField(_("measure"), max_length=1000, blank=True)
    due = models.DateField(_("due"), null=True, blank=True)
    progress = models.TextField(_("progress"), max_length=2000, blank=True)
    struck_off_on = models.DateField(_("struck off"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    entered_by = models.UUIDField(null=True, editable=False)
    version = models.PositiveIntegerField(default=0)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["due", "-noticed_on", "id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["street", "state", "due"], name="needs_issues_of_a_street"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="needs_an_issue_has_a_title", condition=~Q(title="")),
            models.CheckConstraint(
                name="needs_an_issue_has_one_owner",
                condition=Q(owner_place__isnull=True) | Q(owner_organization__isnull=True),
            ),
            models.CheckConstraint(
                name="needs_an_issue_under_way_is_owned",
                condition=Q(state__in=("noticed", "dropped"))
                | (~Q(measure="") & Q(due__isnull=False))
                & (Q(owner_place__isnull=False) | Q(owner_organization__isnull=False)),
            ),
            models.CheckConstraint(
                name="needs_struck_off_on_a_day",
                condition=Q(state="struck_off", struck_off_on__isnull=False)
                | (~Q(state="struck_off") & Q(struck_off_on__isnull=True)),
            ),
            models.CheckConstraint(name="needs_dropped_for_a_reason", condition=~Q(state="dropped") | ~Q(reason="")),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def anchor(self) -> Anchor:
        return Anchor(place=self.place_id)

    @property
    def unit(self) -> Place | Organization | None:
        """The place or organization that sees to it; None while nobody does."""
        return self.owner_place or self.owner_organization
