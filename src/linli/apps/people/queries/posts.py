"""Reads of accounts and posts."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import Combinable
from django.utils import timezone

from linli.apps.people.models import Absence, Post, Substitute, User
from linli.apps.people.permissions import STAFF_KEEPERS
from linli.apps.places.models import Level, Place
from linli.apps.places.queries import ancestors
from linli.kernel.scope import Actor, Role

AHEAD = timedelta(days=30)
"""How long before the end of a term its holder and the administrators are told."""


def posts_visible_to(actor: Actor | None, rows: QuerySet[Post] | None = None) -> QuerySet[Post]:
    """Posts at the places and organizations one looks after; accounts of residents for the administrator alone."""
    rows = Post.objects.all() if rows is None else rows
    if actor is None:
        return rows.none()
    every, staff = actor.reach(Role.SYSTEM_ADMINISTRATOR), actor.reach(*STAFF_KEEPERS)
    found = Q(place__in=every.places) | Q(organization__in=every.organizations)
    there = Q(place__in=staff.places) | Q(organization__in=staff.organizations)
    return rows.filter(found | (there & ~Q(role=Role.RESIDENT)))


def users_visible_to(actor: Actor | None, rows: QuerySet[User] | None = None) -> QuerySet[User]:
    """Oneself, for the administrator the holders of the posts he looks after, and accounts without any post."""
    rows = User.objects.all() if rows is None else rows
    if actor is None:
        return rows.none()
    reach = actor.reach(Role.SYSTEM_ADMINISTRATOR)
    there = Post.objects.filter(Q(place__in=reach.places) | Q(organization__in=reach.organizations))
    found: Q | Combinable = Q(pk=actor.actor_id) | Q(pk__in=there.order_by().values("user"))
    if Role.SYSTEM_ADMINISTRATOR in actor.roles():
        found |= ~Exists(Post.objects.filter(user=OuterRef("pk")))
    return rows.filter(found)


def colleagues_of(post: Post) -> QuerySet[User]:
    """Who works in the same street, or for the whole district: of them substitutes, takers and witnesses are chosen."""
    place = post.place or (post.organization.place if post.organization else None)
    street = place.street_id if place else None
    held = Post.objects.filter(ended_on__isnull=True).exclude(role=Role.RESIDENT)
    if street is not None:
        near = Q(place__street=street) | Q(organization__place__street=street) | Q(place__level=Level.DISTRICT)
        held = held.filter(near)
    rows = User.objects.filter(pk__in=held.order_by().values("user"), is_active=True).exclude(pk=post.user_id)
    return rows.order_by("name", "username")


def holders(roles: Iterable[Role], place: Place) -> QuerySet[User, UUID]:
    """Ids of :func:`holding`."""
    return holding(roles, place).values_list("pk", flat=True)


def holding(roles: Iterable[Role], place: Place) -> QuerySet[User]:
    """The accounts that hold one of ``roles`` today at ``place`` or above it, and those who act for those away."""
    here = Q(place=place) | Q(place__in=ancestors(place).order_by().values("pk"))
    return _in_office(roles, here)


def speakers_of(roles: Iterable[Role], organizations: Iterable[UUID]) -> QuerySet[User, UUID]:
    """The same of posts at one of ``organizations``."""
    return _in_office(roles, Q(organization__in=list(organizations))).values_list("pk", flat=True)


def _in_office(roles: Iterable[Role], where: Q) -> QuerySet[User]:
    today = timezone.localdate()
    held = Post.objects.in_force(today).filter(where, role__in=list(roles)).order_by()
    away = Absence.objects.in_force(today)
    acting = Substitute.objects.in_force(today).filter(
        Exists(away.filter(user=OuterRef("holder"))), ~Exists(away.filter(user=OuterRef("deputy"))), post__in=held
    )
    found = Q(pk__in=held.values("user")) | Q(pk__in=acting.order_by().values("deputy"))
    return User.objects.filter(found, is_active=True).order_by()


def ending_terms(on: date, rows: QuerySet[Post] | None = None) -> QuerySet[Post]:
    """Open posts whose term runs out within :data:`AHEAD` of the day ``on``, or ran out before; the first first."""
    rows = Post.objects.all() if rows is None else rows
    return rows.filter(ended_on__isnull=True, term_ends_on__lte=on + AHEAD).order_by("term_ends_on", "id")


def names_of(people: Iterable[UUID]) -> dict[UUID, str]:
    """Id → name, one query."""
    return dict(User.objects.filter(pk__in=list(people)).values_list("pk", "name"))
