"""What an earlier result means for the next year's support: written down once a project and year, with its source."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.apps.organizations.models import Organization
from linli.apps.places.models import Place
from linli.kernel.refs import Ref
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class YearFactor(Record):
    """The factor by which support of ``year`` is weighed for one bearer, as a result of ``source`` (a Ref).

    The bearer is an organization or a community; a later word on the same source and year takes the earlier one's
    place, and the record keeps both.
    """

    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("place"))
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="year_factors")
    community = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="year_factors")
    year = models.PositiveSmallIntegerField(_("year"))
    grade = models.CharField(_("grade"), max_length=20)
    factor = models.DecimalField(_("factor"), max_digits=4, decimal_places=2)
    source_kind = models.CharField(max_length=80)
    source_id = models.UUIDField()
    source_title = models.CharField(max_length=160)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-year", "source_title", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["source_kind", "source_id", "year"], name="rounds_one_factor_a_source"),
            models.CheckConstraint(
                name="rounds_a_factor_has_one_bearer",
                condition=models.Q(organization__isnull=False, community__isnull=True)
                | models.Q(organization__isnull=True, community__isnull=False),
            ),
            models.CheckConstraint(name="rounds_a_factor_is_bounded", condition=models.Q(factor__gte=0, factor__lte=5)),
        ]

    def __str__(self) -> str:
        return f"{self.source_title} {self.grade} ×{self.factor}"

    @property
    def anchor(self) -> Anchor:
        return Anchor(place=self.place_id)

    @property
    def source(self) -> Ref:
        """The record whose result it is."""
        return Ref(self.source_kind, self.source_id)
