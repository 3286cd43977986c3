"""A session that is out: played on a laptop, until the laptop's file comes back or the session is called back."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.apps.reviews.models.session import ReviewSession
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class TripState(models.TextChoices):
    OUT = "out", _("Out on a laptop")
    HERE = "here", _("Played on this laptop")
    TAKEN_IN = "taken_in", _("Taken in")
    CALLED_BACK = "called_back", _("Called back")


UNDER_WAY = (TripState.OUT, TripState.HERE)
"""A trip that is not over, as the house and as the laptop see it."""


class RoomTrip(Record):
    """One way of a session to a laptop and back. The house and the laptop both have the row, under one key.

    ``digest`` is of the session's rows as they went out: they must stand so when the file comes back. In the house
    ``key_id`` names the keyring's key the trip's key is derived from; on the laptop ``key_sealed`` is that key itself.
    ``accounts`` are those who may use the laptop's desk (id, user name, name); ``papers`` the files that came with it;
    ``chain_length`` is where the laptop's own record of the room begins.
    """

    session = models.ForeignKey(ReviewSession, models.CASCADE, related_name="trips")
    state = models.CharField(_("state"), max_length=12, choices=TripState, default=TripState.OUT)
    out_at = models.DateTimeField()
    out_by = models.CharField(max_length=80)
    out_by_id = models.UUIDField(null=True)
    digest = models.CharField(max_length=64)
    key_id = models.CharField(max_length=40, blank=True)
    key_sealed = models.TextField(blank=True)
    accounts = models.JSONField(default=list)
    papers = models.JSONField(default=list, blank=True)
    chain_length = models.BigIntegerField(default=0)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=80, blank=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta:
        ordering = ["out_at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="reviews_out_on_one_laptop",
                fields=["session"],
                condition=Q(state__in=UNDER_WAY),
            ),
            models.CheckConstraint(
                name="reviews_a_trip_ends_on_a_day",
                condition=Q(state__in=UNDER_WAY, ended_at__isnull=True)
                | Q(state__in=(TripState.TAKEN_IN, TripState.CALLED_BACK), ended_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session} · {self.get_state_display()}"

    @property
    def anchor(self) -> Anchor:
        return self.session.anchor

    @property
    def key_context(self) -> str:
        """Where the sealed key belongs."""
        return f"reviews.room_trip:{self.pk}"
