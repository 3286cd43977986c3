"""Who works where for what: an organization takes on a unit of a community within a project or sheet."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.apps.organizations.models import Organization
from linli.apps.places.models import Place
from linli.apps.projects.models import Project
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class UnitTask(Record):
    """An organization works at one unit (a grid or point of ``community``) for a project until the day ``until``.

    A unit of a project is with one organization at a time.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="unit_tasks", verbose_name=_("project"))
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="unit_tasks", verbose_name=_("organization")
    )
    community = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("community"))
    unit = models.ForeignKey(Place, models.PROTECT, related_name="unit_tasks", verbose_name=_("unit worked at"))
    since = models.DateField(_("since"))
    until = models.DateField(_("no longer since"), null=True, blank=True)

    class Meta:
        ordering = ["project", "organization", "unit", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["project", "unit"], condition=Q(until__isnull=True), name="incubation_a_unit_is_with_one"
            ),
            models.CheckConstraint(
                name="incubation_a_task_ends_after_it_began", condition=Q(until=None) | Q(until__gt=F("since"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization}：{self.unit}"

    @property
    def anchor(self) -> Anchor:
        return self.organization.anchor
