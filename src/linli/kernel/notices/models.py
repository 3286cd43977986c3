"""Notices, their way through each door, and what people have switched off."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.kernel.refs import Ref
from linli.kernel.refs.record import Record


class Notice(Record):
    """One sentence for one account. ``dedupe`` keeps the same thing from being told twice."""

    recipient = models.UUIDField()
    kind = models.CharField(max_length=80)
    text = models.TextField()
    ref_kind = models.CharField(max_length=80, blank=True)
    ref_id = models.UUIDField(null=True)
    dedupe = models.CharField(max_length=200, null=True)
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recipient", "dedupe"], name="notices_told_once"),
        ]
        indexes = [
            models.Index(fields=["recipient", "-id"], name="notices_of_recipient"),
            models.Index(fields=["recipient"], name="notices_unread", condition=models.Q(read_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def ref(self) -> Ref | None:
        """The record it is about, if any."""
        return Ref(self.ref_kind, self.ref_id) if self.ref_id is not None else None


class DeliveryState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    FAILED = "failed", _("failed")
    UNKNOWN = "unknown", _("not known whether it arrived")
    OFF = "off", _("not sent: this way is not set up")


class Delivery(Record):
    """The way of one notice through one door. From ``sending`` it never goes back by itself."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="deliveries")
    door = models.CharField(max_length=20)
    state = models.CharField(max_length=10, choices=DeliveryState.choices, default=DeliveryState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(null=True)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    unsure_since = models.DateTimeField(null=True)
    """When an attempt fell silent that may have arrived; the other side knows a repeat as one for a while."""
    receipt = models.CharField(max_length=200, blank=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notice", "door"], name="notices_once_a_door"),
            models.CheckConstraint(
                condition=models.Q(state="sent", sent_at__isnull=False)
                | (~models.Q(state="sent") & models.Q(sent_at__isnull=True)),
                name="notices_sent_has_its_time",
            ),
        ]
        indexes = [models.Index(fields=["state", "id"], name="notices_delivery_next")]

    def __str__(self) -> str:
        return f"{self.door} {self.get_state_display()}"


class SwitchedOff(Record):
    """A recipient does not want a kind of notice through a door."""

    recipient = models.UUIDField()
    kind = models.CharField(max_length=80)
    door = models.CharField(max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["recipient", "kind", "door"], name="notices_switched_off_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.door}"


class NoticeWish(Record):
    """How somebody wants to be told: hours in which nothing leaves the house, and a way for when another fails."""

    recipient = models.UUIDField(unique=True)
    quiet_from = models.TimeField(null=True)
    quiet_until = models.TimeField(null=True)
    instead = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | (
                    models.Q(quiet_from__isnull=False, quiet_until__isnull=False)
                    & ~models.Q(quiet_from=models.F("quiet_until"))
                ),
                name="notices_quiet_from_until",
            )
        ]

    def __str__(self) -> str:
        return f"{self.quiet_from}–{self.quiet_until} {self.instead}"
