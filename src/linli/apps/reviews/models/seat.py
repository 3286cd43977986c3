"""Who sits in the room: judges of a panel, host, timekeeper, counter, supervisor; what each of them promised."""

from collections.abc import Iterable, Set
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.apps.organizations.models import Organization
from linli.apps.places.models import Place
from linli.apps.reviews.models.expert import Expert
from linli.apps.reviews.models.session import Panel, ReviewSession
from linli.kernel.refs.record import Record
from linli.kernel.scope import Actor, Anchor, Role
from linli.kernel.scope.actors import Reach


class Duty(models.TextChoices):
    JUDGE = "judge", _("Judge")
    HOST = "host", _("Host")
    TIMEKEEPER = "timekeeper", _("Timekeeper")
    COUNTER = "counter", _("Counter")
    SUPERVISOR = "supervisor", _("Supervisor")
    SCREEN = "screen", _("Big screen")


class Seat(Record):
    """One person's (or screen's) place in a session. A judge sits in one panel; the others in one or in all.

    ``group`` is the group of judges whose weight counts. Who leaves keeps the seat with day and reason.
    """

    session = models.ForeignKey(ReviewSession, models.CASCADE, related_name="seats")
    panel = models.ForeignKey(Panel, models.CASCADE, null=True, blank=True, related_name="seats")
    duty = models.CharField(_("duty"), max_length=12, choices=Duty, default=Duty.JUDGE)
    name = models.CharField(_("name"), max_length=60)
    unit = models.CharField(_("unit and position"), max_length=120, blank=True)
    expert = models.ForeignKey(Expert, models.PROTECT, null=True, blank=True, related_name="seats")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    group = models.CharField(_("group of judges"), max_length=20, blank=True)
    is_chair = models.BooleanField(_("chair"), default=False)
    left_at = models.DateTimeField(null=True, blank=True)
    left_reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta:
        ordering = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="reviews_a_judge_sits_in_a_panel", condition=~Q(duty=Duty.JUDGE) | Q(panel__isnull=False)
            ),
            models.CheckConstraint(name="reviews_a_chair_is_a_judge", condition=Q(is_chair=False) | Q(duty=Duty.JUDGE)),
            models.UniqueConstraint(
                name="reviews_one_seat_of_an_expert", fields=["panel", "expert"], condition=Q(expert__isnull=False)
            ),
            models.UniqueConstraint(
                name="reviews_one_chair_a_panel", fields=["panel"], condition=Q(is_chair=True, left_at__isnull=True)
            ),
            models.CheckConstraint(
                name="reviews_who_leaves_says_why", condition=Q(left_at__isnull=True) | ~Q(left_reason="")
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def anchor(self) -> Anchor:
        return self.session.anchor

    @property
    def seat_id(self) -> UUID:
        """Its own key, as its parts name it."""
        return self.pk


@dataclass(frozen=True)
class SeatActor:
    """Whoever sits in a seat, as an actor: by code and PIN, or signed in (``behind``). Reaches its session alone."""

    seat: Seat
    behind: Actor | None = None
    actor_source: str = "room"

    @property
    def actor_id(self) -> UUID:
        return self.behind.actor_id if self.behind is not None else self.seat.pk

    @property
    def actor_label(self) -> str:
        return f"{self.seat.get_duty_display()} {self.seat.name}"

    @property
    def grade(self) -> int:
        return self.behind.grade if self.behind is not None else 0

    def reach(self, *roles: Role) -> Reach:
        if self.behind is not None:
            return self.behind.reach(*roles)
        return Reach(Place.objects.none().values("pk"), Organization.objects.none().values("pk"))

    def roles(self) -> Set[Role]:
        return self.behind.roles() if self.behind is not None else frozenset()

    def holds_at(self, roles: Set[Role], anchors: Iterable[Anchor]) -> Set[Anchor]:
        return self.behind.holds_at(roles, anchors) if self.behind is not None else frozenset()


class ReviewPromise(Record):
    """What a judge signed before the papers opened: confidentiality, no interest but what is declared."""

    seat = models.OneToOneField(Seat, models.CASCADE, related_name="promise")
    text = models.TextField(max_length=2000)
    on_paper = models.BooleanField(default=False)
    signed_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.signed_at)

    @property
    def anchor(self) -> Anchor:
        return self.seat.anchor
