"""The center itself: where it is, its desks and who has one, awards as counts, and how organizations grew up in it."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.apps.organizations.models import Organization
from linli.apps.places.models import Place
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class CenterLevel(models.TextChoices):
    DISTRICT = "district", _("District")
    STREET = "street", _("Street")
    COMMUNITY = "community", _("Community")


class Center(Record):
    """A service center for organizations at one of three levels; ``operator`` runs it where it is not run by the place.

    ``closed_on`` is the first day on which it is open no longer.
    """

    place = models.ForeignKey(Place, models.PROTECT, related_name="service_centers", verbose_name=_("place"))
    name = models.CharField(_("name"), max_length=60)
    level = models.CharField(_("level"), max_length=10, choices=CenterLevel)
    operator = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("run by")
    )
    opened_on = models.DateField(_("open since"))
    closed_on = models.DateField(_("closed since"), null=True, blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["name", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["place", "name"], name="incubation_a_center_once_a_place"),
            models.CheckConstraint(
                name="incubation_a_center_closes_after_it_opened",
                condition=Q(closed_on=None) | Q(closed_on__gt=F("opened_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def anchor(self) -> Anchor:
        return self.place.anchor


class Desk(Record):
    """A desk of a center, by its number."""

    center = models.ForeignKey(Center, models.PROTECT, related_name="desks", verbose_name=_("center"))
    number = models.CharField(_("number of the desk"), max_length=12)
    note = models.CharField(_("remark"), max_length=80, blank=True)

    class Meta:
        ordering = ["center", "number", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["center", "number"], name="incubation_a_desk_once_a_center"),
        ]

    def __str__(self) -> str:
        return f"{self.center} {self.number}"

    @property
    def anchor(self) -> Anchor:
        return self.center.anchor


class DeskStay(Record):
    """An organization has a desk from ``since`` until the day before ``until``. One organization a desk at a time."""

    desk = models.ForeignKey(Desk, models.PROTECT, related_name="stays")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="desk_stays")
    since = models.DateField(_("since"))
    until = models.DateField(_("free again on"), null=True, blank=True)

    class Meta:
        ordering = ["-since", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["desk"], condition=Q(until__isnull=True), name="incubation_one_organization_a_desk"
            ),
            models.UniqueConstraint(fields=["desk", "since"], name="incubation_one_stay_begins_a_day"),
            models.CheckConstraint(
                name="incubation_a_stay_ends_after_it_began", condition=Q(until=None) | Q(until__gt=F("since"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.desk}：{self.organization}"

    @property
    def anchor(self) -> Anchor:
        return self.organization.anchor


class TalentAward(Record):
    """How many people of a place were given an award or allowance in a year: a count with its source, never names."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("place"))
    title = models.CharField(_("award"), max_length=60)
    year = models.PositiveSmallIntegerField(_("year"))
    count = models.PositiveIntegerField(_("how many people"))
    source = models.CharField(_("source"), max_length=160)

    class Meta:
        ordering = ["-year", "title", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["place", "title", "year"], name="incubation_an_award_once_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.year}"

    @property
    def anchor(self) -> Anchor:
        return self.place.anchor


class Stage(models.TextChoices):
    FOUND = "found", _("Team found")
    COACHED = "coached", _("Being coached")
    FILED = "filed", _("Filed with the street")
    REGISTERED = "registered", _("Registered as an organization")
    INDEPENDENT = "independent", _("Works on its own")
    STOPPED = "stopped", _("No longer incubated")


class PipelineStep(Record):
    """An organization or team reached a stage of being incubated on a day; its latest stage is where it stands.

    ``leaders`` counts those who lead it and were trained; who they are is not kept here.
    """

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="pipeline_steps")
    stage = models.CharField(_("stage reached"), max_length=12, choices=Stage)
    on = models.DateField(_("day"))
    leaders = models.PositiveSmallIntegerField(_("leaders trained"), default=0)
    note = models.CharField(_("remark"), max_length=200, blank=True)

    class Meta:
        ordering = ["on", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["organization", "stage"], name="incubation_a_stage_once"),
            models.UniqueConstraint(fields=["organization", "on"], name="incubation_one_stage_a_day"),
        ]

    def __str__(self) -> str:
        return self.get_stage_display()

    @property
    def anchor(self) -> Anchor:
        return self.organization.anchor
