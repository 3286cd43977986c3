"""Hot topics for a reader: those of his places; the needs in them as far as the wall lets him."""

from typing import Any

from django.db.models import Max, Q, QuerySet

from linli.apps.needs.models import HotTopic, Need
from linli.apps.needs.permissions import READERS
from linli.apps.needs.queries.wall import visible_to
from linli.kernel.scope import Actor, holds_everywhere


def topics_for(actor: Actor | None, rows: QuerySet[HotTopic] | None = None) -> QuerySet[HotTopic]:
    """Topics whose place the actor's post reads; a street's, who reads the whole street."""
    rows = HotTopic.objects.all() if rows is None else rows
    if actor is None:
        return rows.none()
    if holds_everywhere(actor, *READERS):
        return rows
    places = actor.reach(*READERS).places
    return rows.filter(Q(place__in=places) | Q(street__in=places))


def latest_topics(actor: Actor) -> list[HotTopic]:
    """The newest stretch of each street, the largest first."""
    newest: Any = HotTopic.objects.order_by().values("street").annotate(last=Max("until"))
    ends = Q(pk__in=[])
    for row in newest:
        ends |= Q(street=row["street"], until=row["last"])
    rows = topics_for(actor).filter(ends).select_related("place", "street", "category")
    return list(rows.order_by("-count", "title", "id")[:100])


def needs_of_topic(topic: HotTopic, actor: Actor) -> QuerySet[Need]:
    """The topic's needs the actor may read, newest first."""
    rows = Need.objects.filter(topics__topic=topic, sensitivity="", about_kind="")
    return visible_to(actor, rows).select_related("place", "category").order_by("-received_at", "-id")
