"""What activities do by the clock: offers that lapse, places nobody came for, free places for those who wait."""

from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.activities.models import Occurrence, OccurrenceState, Signup, SignupState
from linli.apps.activities.services import lapse_offers, offer_place, release_no_shows
from linli.kernel.jobs import every, periodic, task
from linli.kernel.settings import value_of


def tend_places(*, at: datetime) -> int:
    """One turn of the clock; returns how many places changed hands."""
    moved = lapse_offers(at=at)
    waiting = Signup.objects.filter(occurrence=OuterRef("pk"), state=SignupState.WAITING)
    room = Q(capacity__isnull=True) | Q(taken__lt=F("capacity"))
    ahead = Occurrence.objects.filter(state=OccurrenceState.AHEAD).select_related("activity__place")
    for row in ahead.filter(room, Exists(waiting), starts__gt=at):
        moved += len(offer_place(row, actor=None, at=at))
    for row in ahead.filter(capacity__isnull=False, starts__lte=at, ends__gte=at):
        minutes = value_of("activities.no_show_minutes", street=row.activity.place.street_id)
        if at >= row.starts + timedelta(minutes=minutes):
            moved += release_no_shows(row, actor=None, at=at)
    return moved


@periodic(every(minutes=5))
@task(title=_("Pass on free places of activities"))
def tend_places_now() -> int:
    """Returns how many places changed hands."""
    return tend_places(at=timezone.now())
