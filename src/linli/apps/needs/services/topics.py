"""Hot topics of a street: what several ordinary needs of some days are about, beside as many days before."""

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from linli.algorithms.topics import Message, topics_among
from linli.apps.needs.models import HotTopic, HotTopicNeed, Need, NeedState
from linli.apps.places.models import Place

DAYS, LEAST, MOST = 7, 3, 20
"""Length of the stretch, needs that make a topic hot, topics kept of one stretch."""
MOST_NEEDS = 5_000
"""Newest needs of both stretches that are read."""


def find_topics(street: Place, *, until: date, days: int = DAYS) -> int:
    """The topics of the ``days`` up to ``until`` anew; how many. Complaints and sensitive matters count nowhere."""
    since = until - timedelta(days=days - 1)
    first = _midnight(since - timedelta(days=days))
    rows = Need.objects.filter(
        street=street, sensitivity="", about_kind="", received_at__gte=first,
        received_at__lt=_midnight(until + timedelta(days=1)),
    ).exclude(state=NeedState.WITHDRAWN)  # fmt: skip
    needs = list(rows.select_related("place").only(*READ).order_by("-received_at", "-id")[:MOST_NEEDS])
    with transaction.atomic():
        HotTopic.objects.filter(street=street, until=until, since=since).delete()
        found = [
            _write(street, [needs[one] for one in topic.members], needs[topic.middle], since, until)
            for topic in topics_among([Message(need.title, need.matter) for need in needs], least=LEAST)
        ]
        weakest = sorted((topic for topic in found if topic is not None), key=lambda topic: -topic.count)[MOST:]
        HotTopic.objects.filter(pk__in=[topic.pk for topic in weakest]).delete()
    return HotTopic.objects.filter(street=street, until=until, since=since).count()


READ = ("title", "matter", "received_at", "category", "place__name", "place__parent", "place__level")


def _write(street: Place, needs: list[Need], middle: Need, since: date, until: date) -> HotTopic | None:
    begins = _midnight(since)
    now = [need for need in needs if need.received_at >= begins]
    if len(now) < LEAST:
        return None
    places = Counter(need.place_id for need in now).most_common(1)
    kinds = Counter(need.category_id for need in now if need.category_id).most_common(1)
    topic = HotTopic(
        street=street, place_id=places[0][0], category_id=kinds[0][0] if kinds else None,
        title=_title(now, middle, places[0][0]), since=since, until=until, count=len(now),
        before=len(needs) - len(now),
    )  # fmt: skip
    topic.save(force_insert=True)
    HotTopicNeed.objects.bulk_create([HotTopicNeed(topic=topic, need=need) for need in now])
    return topic


def _title(needs: list[Need], middle: Need, place: object) -> str:
    """In the words of the middle, where it lies at the place the topic is told of; else of the newest there."""
    there = [need for need in needs if need.place_id == place]
    return (middle if middle in there else there[0]).title


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))


def find_all_topics(*, at: datetime | None = None) -> int:
    """The topics of the last days of every street that had needs; how many."""
    until = timezone.localdate(at or timezone.now())
    recent: Any = Need.objects.filter(received_at__gte=_midnight(until - timedelta(days=DAYS))).order_by()
    streets = Place.objects.filter(pk__in=recent.values("street"))
    return sum(find_topics(street, until=until) for street in streets)
