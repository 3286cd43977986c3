"""An activity: what is held, where, by whom, for how many; its dates stand in its occurrences."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.apps.activities.kinds import kind_title
from linli.apps.organizations.models import Organization
from linli.apps.places.models import Place
from linli.kernel.refs import Ref
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class ActivityState(models.TextChoices):
    PLANNED = "planned", _("Being planned")
    PUBLISHED = "published", _("Announced")
    CALLED_OFF = "called_off", _("Not taking place")


class Rhythm(models.TextChoices):
    ONCE = "once", _("Once")
    WEEKLY = "weekly", _("Every week")
    FESTIVAL = "festival", _("On a festival")


class Platform(models.TextChoices):
    """The volunteers' platforms of city and country: files are carried by hand."""

    BEIJING = "beijing", _("Volunteer Beijing")
    ZYH = "zyh", _("Zhiyuanhui")
    CHINA = "china", _("China Volunteer Service")


class Part(models.TextChoices):
    HOST = "host", _("Organizer")
    CO_HOST = "co_host", _("Co-organizer")
    SUPPORT = "support", _("Supporter")


class Activity(Record):
    """``subject`` is what it is held for (a project, an order …), empty where it stands by itself.

    ``capacity`` is that of each occurrence, None for as many as come. Whoever waits is offered a free place for
    ``offer_hours``. Whoever planned it does not announce it.
    """

    place = models.ForeignKey(Place, models.PROTECT, related_name="activities", verbose_name=_("place"))
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="activities", verbose_name=_("organization")
    )
    title = models.CharField(_("title"), max_length=60)
    kind = models.CharField(_("kind"), max_length=16)
    about = models.TextField(_("what happens there"), max_length=2000, blank=True)
    venue = models.CharField(_("where it is held"), max_length=80)
    contact = models.CharField(_("telephone for questions"), max_length=40, blank=True)
    subject_kind = models.CharField(max_length=60, blank=True)
    subject_id = models.UUIDField(null=True, blank=True)
    rhythm = models.CharField(_("rhythm"), max_length=10, choices=Rhythm, default=Rhythm.ONCE)
    festival = models.CharField(_("festival"), max_length=16, blank=True)
    capacity = models.PositiveIntegerField(_("how many can come"), null=True, blank=True)
    offer_hours = models.PositiveSmallIntegerField(_("hours for which a free place is offered"), default=24)
    for_minors = models.BooleanField(_("children come with a guardian's consent"), default=False)
    platform = models.CharField(_("volunteers' platform"), max_length=8, choices=Platform, blank=True)
    project_number = models.CharField(_("project number there"), max_length=40, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=ActivityState, default=ActivityState.PLANNED)
    planned_by = models.UUIDField(null=True, blank=True, editable=False)
    planned_at = models.DateTimeField(_("planned"))
    announced_at = models.DateTimeField(_("announced"), null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-planned_at", "-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["planned_at", "id"]),
            models.Index(fields=["place", "state"]),
            models.Index(
                fields=["platform", "project_number"], condition=~Q(platform=""), name="activities_of_a_project"
            ),
            models.Index(fields=["subject_kind", "subject_id"]),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="activities_subject_is_whole",
                condition=Q(subject_kind="", subject_id__isnull=True)
                | (~Q(subject_kind="") & Q(subject_id__isnull=False)),
            ),
            models.CheckConstraint(
                name="activities_room_for_one", condition=Q(capacity__isnull=True) | Q(capacity__gt=0)
            ),
            models.CheckConstraint(
                name="activities_project_number_of_a_platform",
                condition=Q(platform="", project_number="") | (~Q(platform="") & ~Q(project_number="")),
            ),
            models.CheckConstraint(name="activities_offer_lasts", condition=Q(offer_hours__gt=0)),
            models.CheckConstraint(
                name="activities_announced_at_a_moment",
                condition=~Q(state="published") | Q(announced_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def anchor(self) -> Anchor:
        return Anchor(place=self.place_id, organization=self.organization_id)

    @property
    def kind_title(self) -> str:
        """The kind in the dictionary's words."""
        return kind_title(self.kind)

    @property
    def subject(self) -> Ref | None:
        """What it is held for."""
        return Ref(self.subject_kind, self.subject_id) if self.subject_id else None


class Organizer(Record):
    """A unit that holds the activity with others: 主办, 协办, 支持. ``organization`` if it is registered."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="organizers")
    part = models.CharField(_("part"), max_length=8, choices=Part)
    name = models.CharField(_("unit"), max_length=80)
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+")
    number = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["number", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["activity", "name"], name="activities_organizer_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_part_display()}：{self.name}"

    @property
    def anchor(self) -> Anchor:
        return self.activity.anchor
