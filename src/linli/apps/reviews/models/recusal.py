"""Who does not judge what: found by the house or declared by the judge, then confirmed or dismissed with a reason."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.apps.reviews.models.entry import Entry
from linli.apps.reviews.models.expert import Ground
from linli.apps.reviews.models.seat import Seat
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class RecusalState(models.TextChoices):
    FOUND = "found", _("To be decided")
    CONFIRMED = "confirmed", _("Recused")
    DISMISSED = "dismissed", _("Dismissed")


class Recusal(Record):
    """One judge and one entry. While it is confirmed the row is blank for that judge and a sheet is refused."""

    seat = models.ForeignKey(Seat, models.CASCADE, related_name="recusals")
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="recusals")
    ground = models.CharField(_("ground"), max_length=12, choices=Ground)
    fact = models.CharField(_("fact"), max_length=200)
    declared = models.BooleanField(_("declared by the judge"), default=False)
    state = models.CharField(_("state"), max_length=12, choices=RecusalState, default=RecusalState.FOUND)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    decided_by = models.CharField(max_length=80, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["entry__number", "seat", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["seat", "entry"], name="reviews_one_recusal_of_a_judge"),
            models.CheckConstraint(
                name="reviews_recusal_is_decided_with_a_reason",
                condition=Q(state=RecusalState.FOUND, decided_at__isnull=True)
                | (~Q(state=RecusalState.FOUND) & ~Q(reason="") & Q(decided_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat} / {self.entry}"

    @property
    def anchor(self) -> Anchor:
        return self.entry.anchor

    @property
    def session_id(self) -> object:
        """The session of the entry."""
        return self.entry.session_id

    @property
    def panel_id(self) -> object:
        """The panel of the judge."""
        return self.seat.panel_id
