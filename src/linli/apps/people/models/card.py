"""The contact card of a community: whom a neighbour may call, about what, and when."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.apps.people.models.user import User
from linli.apps.places.models import Place
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class ContactCard(Record):
    """A card names a duty and an office telephone, never a person's own number.

    ``author`` wrote the text as it stands; who checked and signed it, and how far it is, stands in kernel
    publication. ``version`` counts the texts: a change names the version it was made from. A ``shelved`` card was
    withdrawn and makes room for another of its title.
    """

    community = models.ForeignKey(Place, models.PROTECT, related_name="cards", verbose_name=_("community"))
    title = models.CharField(_("what it is about"), max_length=60)
    office = models.CharField(_("office or duty"), max_length=60)
    phone = models.CharField(_("office telephone"), max_length=20)
    hours = models.CharField(_("hours"), max_length=120)
    body = models.TextField(_("text"), blank=True)
    version = models.PositiveIntegerField(default=1)
    shelved = models.BooleanField(default=False)
    author = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("author"))
    changed_at = models.DateTimeField(_("last change"))

    class Meta:
        ordering = ["-changed_at", "-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["changed_at", "id"]),
            models.Index(fields=["title", "id"]),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="people_one_card_about_a_thing",
                fields=["community", "title"],
                condition=models.Q(shelved=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def anchor(self) -> Anchor:
        return Anchor(place=self.community_id)
