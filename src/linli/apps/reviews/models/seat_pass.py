"""How somebody without an account comes to a seat: a PIN, and the one device that holds the seat."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from linli.apps.reviews.models.seat import Seat
from linli.apps.reviews.models.session import ReviewSession
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class SeatPass(Record):
    """The PIN of a seat, sealed and found by a keyed hash, and the device that entered with it.

    ``device`` is the hash of the secret in that device's cookie; empty while nobody sits there. ``seen_at`` is when
    it last looked, to within half a minute.
    """

    session = models.ForeignKey(ReviewSession, models.CASCADE, related_name="passes")
    seat = models.OneToOneField(Seat, models.CASCADE, related_name="key")
    pin_sealed = models.TextField()
    pin_print = models.CharField(max_length=64)
    device = models.CharField(max_length=64, blank=True)
    sort = models.CharField(max_length=40, blank=True)
    entered_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["session", "pin_print"], name="reviews_one_seat_of_a_pin"),
            models.CheckConstraint(
                name="reviews_a_device_entered_once",
                condition=Q(device="", entered_at__isnull=True) | (~Q(device="") & Q(entered_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return str(self.seat_id)

    @property
    def anchor(self) -> Anchor:
        return self.seat.anchor

    @property
    def context(self) -> str:
        """Where the sealed PIN belongs."""
        return f"reviews.seat_pass:{self.pk}"
