"""Activities for tests: planned by one, announced by another, through the verbs."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from linli.apps.activities import services
from linli.apps.activities.models import Activity, Occurrence
from linli.apps.activities.services import Attendee, Times
from linli.apps.places.models import Place


def hours_from(start: datetime, hours: float = 2) -> Times:
    return Times(start, start + timedelta(hours=hours))


def make_activity(place: Place, *, announced: bool = True, starts: datetime | None = None, **given: Any) -> Activity:
    """One date of two hours, in three days unless said."""
    begins = starts or timezone.now() + timedelta(days=3)
    plan = {"title": "清河岸边捡拾活动", "kind": "environment", "venue": "清河岸边", "actor": None, **given}
    plan.setdefault("times", [hours_from(begins)])
    activity = services.plan(place=place, **plan)
    if announced:
        services.publish(activity, actor=None)
    return activity


def make_date(place: Place, **given: Any) -> Occurrence:
    """The only date of an announced activity."""
    return make_activity(place, **given).occurrences.select_related("activity__place").get()


def somebody(number: int = 1, **given: Any) -> Attendee:
    """A person with a telephone of his own."""
    return Attendee(**{"name": f"居民{number}", "phone": f"138{number:08d}", **given})
