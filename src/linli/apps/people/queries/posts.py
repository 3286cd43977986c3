"""Reads of accounts and posts."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from linli.apps.people.models import Absence, Post, Substitute, User
from linli.apps.places.models import Place
from linli.apps.places.queries import ancestors
from linli.kernel.scope import Actor, Role

AHEAD = timedelta(days=30)
"""How long before the end of a term its holder and the administrators are told."""


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


def holders(roles: Iterable[Role], place: Place) -> QuerySet[User, UUID]:
    """Ids of the accounts that hold one of ``roles`` today at ``place`` or above it, and of who acts for those away."""
    today = timezone.localdate()
    here = Q(place=place) | Q(place__in=ancestors(place).order_by().values("pk"))
    held = Post.objects.in_force(today).filter(here, role__in=list(roles)).order_by()
    away = Absence.objects.in_force(today)
    acting = Substitute.objects.in_force(today).filter(
        Exists(away.filter(user=OuterRef("holder"))), ~Exists(away.filter(user=OuterRef("deputy"))), post__in=held
    )
    found = Q(pk__in=held.values("user")) | Q(pk__in=acting.order_by().values("deputy"))
    return User.objects.filter(found, is_active=True).order_by().values_list("pk", flat=True)


def ending_terms(on: date, rows: QuerySet[Post] | None = None) -> QuerySet[Post]:
    """Open posts whose term runs out within :data:`AHEAD` of the day ``on``, or ran out before; the first first."""
    rows = Post.objects.all() if rows is None else rows
    return rows.filter(ended_on__isnull=True, term_ends_on__lte=on + AHEAD).order_by("term_ends_on", "id")


def names_of(people: Iterable[UUID]) -> dict[UUID, str]:
    """Id → name, one query."""
    return dict(User.objects.filter(pk__in=list(people)).values_list("pk", "name"))
