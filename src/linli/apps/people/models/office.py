"""What a role is called in a street, from when to when: a renamed office is a row, old papers keep the old title."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.apps.places.models import Place
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor, Role


class Office(Record):
    """The title of ``role`` at ``place`` and below it, until the day before ``valid_to``. Titles never overlap."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="offices", verbose_name=_("place"))
    role = models.CharField(_("role"), max_length=24, choices=Role)
    title = models.CharField(_("title of the office"), max_length=40)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid until"), null=True, blank=True)

    class Meta:
        ordering = ["role", "-valid_from"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="people_one_title_of_an_office",
                fields=["place", "role"],
                condition=Q(valid_to__isnull=True),
            ),
            models.UniqueConstraint(name="people_one_title_a_day", fields=["place", "role", "valid_from"]),
            models.CheckConstraint(
                name="people_office_ends_after_it_begins",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=models.F("valid_from")),
            ),
            models.CheckConstraint(name="people_office_has_a_title", condition=~Q(title="")),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def anchor(self) -> Anchor:
        return Anchor(place=self.place_id)
