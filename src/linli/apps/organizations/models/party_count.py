"""How many members a party organization, unit or place counted on a day: numbers with their source, never names."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.apps.organizations.kinds import title_of
from linli.apps.organizations.models.organization import Organization
from linli.apps.organizations.models.party import PartyOrganization
from linli.apps.organizations.models.party_cover import exactly_one
from linli.apps.organizations.rubric import count_kinds
from linli.apps.places.models import Place
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor

COUNTED = ("party", "organization", "place")


class MemberCount(Record):
    """``count`` of one ``kind`` (data/party.toml) on the day ``as_of``, of exactly one of :data:`COUNTED`."""

    party = models.ForeignKey(PartyOrganization, models.CASCADE, null=True, blank=True, related_name="member_counts")
    organization = models.ForeignKey(Organization, models.CASCADE, null=True, blank=True, related_name="member_counts")
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="member_counts")
    kind = models.CharField(_("kind"), max_length=16)
    count = models.PositiveIntegerField(_("how many"))
    as_of = models.DateField(_("as of"), db_index=True)
    source = models.CharField(_("source"), max_length=160)

    class Meta:
        ordering = ["-as_of", "kind"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="organizations_count_of_one_thing", condition=exactly_one(*COUNTED)),
            *(
                models.UniqueConstraint(
                    fields=[name, "kind", "as_of"],
                    condition=Q(**{f"{name}__isnull": False}),
                    name=f"organizations_one_count_a_day_of_a_{name}",
                )
                for name in COUNTED
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.count}"

    @property
    def holder(self) -> PartyOrganization | Organization | Place | None:
        """Whose members were counted."""
        return self.party or self.organization or self.place

    @property
    def anchor(self) -> Anchor:
        holder = self.holder
        assert holder is not None  # a constraint holds it
        return holder.anchor

    @property
    def title(self) -> str:
        """The kind in the dictionary's words."""
        return title_of(count_kinds(), self.kind)
