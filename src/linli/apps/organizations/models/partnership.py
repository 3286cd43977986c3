"""Partners of a place: with whom, about what, from when to when the agreement runs."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.apps.organizations.kinds import title_of, words
from linli.apps.organizations.models.history import ends_after_it_begins
from linli.apps.organizations.models.organization import Organization
from linli.apps.places.models import Place
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class Partnership(Record):
    """A partner agreement of a district, street or community; the partner may stand in the register or outside it."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="partnerships", verbose_name=_("place"))
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="partnerships", verbose_name=_("organization")
    )
    partner = models.CharField(_("partner"), max_length=120)
    kind = models.CharField(_("kind"), max_length=24, db_index=True)
    subject = models.CharField(_("subject of the partnership"), max_length=200)
    valid_from = models.DateField(_("agreement runs from"), db_index=True)
    valid_to = models.DateField(_("expires on"), null=True, blank=True)

    class Meta:
        ordering = ["partner", "id"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["partner", "id"])]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            ends_after_it_begins("organizations_partnership_ends"),
            models.UniqueConstraint(
                fields=["place", "partner", "subject", "valid_from"], name="organizations_one_agreement"
            ),
        ]

    def __str__(self) -> str:
        return self.partner

    @property
    def anchor(self) -> Anchor:
        return Anchor(place=self.place_id)

    @property
    def kind_title(self) -> str:
        """The kind in the dictionary's words."""
        return title_of(words("partner"), self.kind)
