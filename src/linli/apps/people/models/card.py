"""The contact card of a community: whom a neighbour may call, about what, and when."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.apps.people.models.user import User
from linli.apps.places.models import Place
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class CardState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Waiting for the check")
    CHECKED = "checked", _("Waiting for the sign-off")
    PUBLIC = "public", _("Public")
    WITHDRAWN = "withdrawn", _("Withdrawn from view")


class ContactCard(Record):
    """A card names a duty and an office telephone, never a person's own number.

    ``author`` wrote the text as it stands, ``checker`` and ``signer`` passed it; they are three people.
    ``version`` counts the texts: a change names the version it was made from.
    """

    community = models.ForeignKey(Place, models.PROTECT, related_name="cards", verbose_name=_("community"))
    title = models.CharField(_("what it is about"), max_length=60)
    office = models.CharField(_("office or duty"), max_length=60)
    phone = models.CharField(_("office telephone"), max_length=20)
    hours = models.CharField(_("hours"), max_length=120)
    body = models.TextField(_("text"), blank=True)
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(_("state"), max_length=12, choices=CardState, default=CardState.DRAFT)
    author = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("author"))
    checker = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    signer = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField(_("last change"))
    public_at = models.DateTimeField(_("public since"), null=True, blank=True)

    class Meta:
        ordering = ["-changed_at", "-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["community", "state"]),
            models.Index(fields=["changed_at", "id"]),
            models.Index(fields=["title", "id"]),
            models.Index(fields=["state", "id"]),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="people_one_card_about_a_thing",
                fields=["community", "title"],
                condition=~models.Q(state=CardState.WITHDRAWN),
            ),
            models.CheckConstraint(
                name="people_card_author_does_not_check",
                condition=models.Q(checker__isnull=True) | ~models.Q(checker=models.F("author")),
            ),
            models.CheckConstraint(
                name="people_card_signer_is_a_third_person",
                condition=models.Q(signer__isnull=True)
                | (~models.Q(signer=models.F("author")) & ~models.Q(signer=models.F("checker"))),
            ),
            models.CheckConstraint(
                name="people_public_card_was_checked_and_signed",
                condition=~models.Q(state=CardState.PUBLIC)
                | models.Q(checker__isnull=False, signer__isnull=False, public_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def anchor(self) -> Anchor:
        return Anchor(place=self.community_id)
