"""Facilities that serve neighbours: what they are, where, when open, who runs them."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.apps.organizations.kinds import title_of, words
from linli.apps.organizations.models.history import ends_after_it_begins
from linli.apps.organizations.models.organization import Organization
from linli.apps.places.models import Place
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class Facility(Record):
    """A service point of a place; ``kind`` is a word of the dictionary of facilities."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="facilities", verbose_name=_("place"))
    kind = models.CharField(_("kind"), max_length=24, db_index=True)
    name = models.CharField(_("name"), max_length=80)
    address = models.CharField(_("address"), max_length=160)
    hours = models.CharField(_("opening hours"), max_length=120)
    phone = models.CharField(_("office telephone"), max_length=20, blank=True)
    operator = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="facilities", verbose_name=_("run by")
    )
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("expires on"), null=True, blank=True)

    class Meta:
        ordering = ["name", "id"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["name", "id"])]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            ends_after_it_begins("organizations_facility_ends"),
            models.UniqueConstraint(fields=["place", "kind", "name"], name="organizations_one_facility_at_a_place"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def anchor(self) -> Anchor:
        return Anchor(place=self.place_id)

    @property
    def kind_title(self) -> str:
        """The kind in the dictionary's words."""
        return title_of(words("facility"), self.kind)
