"""What an office is called on a day: the nearest title above, else the name of the role."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet

from linli.apps.people.models import Office, Post
from linli.apps.places import queries as places
from linli.apps.places.models import Level
from linli.kernel.scope import Actor, Role

LEVELS = list(Level)
"""From the district down."""


def offices_visible_to(actor: Actor | None, rows: QuerySet[Office] | None = None) -> QuerySet[Office]:
    """Titles of the places the actor gives posts at."""
    rows = Office.objects.all() if rows is None else rows
    if actor is None:
        return rows.none()
    return rows.filter(place__in=actor.reach(Role.SYSTEM_ADMINISTRATOR, Role.STREET_OFFICER).places)


def seat_of(post: Post) -> UUID | None:
    """The place a post stands at: its own, or where its organization sits."""
    if post.place_id is not None:
        return post.place_id
    return post.organization.place_id if post.organization is not None else None


def titles_of(posts: Iterable[Post], on: date) -> dict[UUID, str]:
    """Post id -> what the office is called on the day ``on`` (an ended post: on its last day), two queries at most."""
    posts = list(posts)
    found = {post.pk: str(Role(post.role).label) for post in posts}
    roles = {post.role for post in posts}
    rows = list(Office.objects.filter(role__in=roles, valid_from__lte=on).select_related("place")) if roles else []
    if not rows:
        return found
    rows.sort(key=lambda row: LEVELS.index(Level(row.place.level)))  # the nearest comes last, and wins
    seats = {post.pk: seat_of(post) for post in posts}
    above = places.paths_to(filter(None, seats.values()), from_any_of={row.place_id for row in rows})
    for post in posts:
        for row in rows:
            if row.role == post.role and (row.place_id, seats[post.pk]) in above and _held(row, post, on):
                found[post.pk] = row.title
    return found


def _held(row: Office, post: Post, on: date) -> bool:
    """Whether the title held on ``on``, or on the last day of a post that ended before."""
    day = on if post.ended_on is None else min(on, max(post.ended_on - timedelta(days=1), post.started_on))
    return row.valid_from <= day and (row.valid_to is None or row.valid_to > day)
