"""Reads of accounts and posts."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from linli.apps.people.models import Post, User
from linli.apps.places.models import Place
from linli.apps.places.queries import ancestors
from linli.kernel.scope import Actor, Role


def posts_visible_to(actor: Actor | None, rows: QuerySet[Post] | None = None) -> QuerySet[Post]:
    """Posts at the places and organizations the system administrator looks after."""
    rows = Post.objects.all() if rows is None else rows
    if actor is None:
        return rows.none()
    reach = actor.reach(Role.SYSTEM_ADMINISTRATOR)
    return rows.filter(Q(place__in=reach.places) | Q(organization__in=reach.organizations))


def users_visible_to(actor: Actor | None, rows: QuerySet[User] | None = None) -> QuerySet[User]:
    """Oneself, and the holders of the posts one looks after."""
    rows = User.objects.all() if rows is None else rows
    if actor is None:
        return rows.none()
    return rows.filter(Q(pk=actor.actor_id) | Q(posts__in=posts_visible_to(actor))).distinct()


def holders(roles: Iterable[Role], place: Place) -> QuerySet[Post, UUID]:
    """Ids of the accounts that hold one of ``roles`` today, at ``place`` or above it."""
    held = Post.objects.in_force(timezone.localdate()).filter(role__in=list(roles), user__is_active=True)
    here = Q(place=place) | Q(place__in=ancestors(place).order_by().values("pk"))
    return held.filter(here).order_by().values_list("user_id", flat=True)


def names_of(people: Iterable[UUID]) -> dict[UUID, str]:
    """Id → name, one query."""
    return dict(User.objects.filter(pk__in=list(people)).values_list("pk", "name"))
