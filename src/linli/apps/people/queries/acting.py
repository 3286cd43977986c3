"""Reads of absences and substitutes: who is away, who acts for whom today."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from linli.apps.people.models import Absence, Post, Substitute, User
from linli.apps.people.permissions import STAFF_KEEPERS
from linli.kernel.scope import Actor, Role


def staff_of(actor: Actor) -> QuerySet[User]:
    """Accounts with an open post in the places the actor leads or works for as an officer."""
    reach = actor.reach(*STAFF_KEEPERS)
    held = Post.objects.filter(ended_on__isnull=True).filter(
        Q(place__in=reach.places) | Q(organization__in=reach.organizations)
    )
    return User.objects.filter(pk__in=held.exclude(role=Role.RESIDENT).order_by().values("user"), is_active=True)


def absences_visible_to(actor: Actor | None, rows: QuerySet[Absence] | None = None) -> QuerySet[Absence]:
    """One's own, and those of the staff one leads."""
    rows = Absence.objects.all() if rows is None else rows
    if actor is None:
        return rows.none()
    return rows.filter(Q(user=actor.actor_id) | Q(user__in=staff_of(actor).order_by().values("pk")))


def substitutes_visible_to(actor: Actor | None, rows: QuerySet[Substitute] | None = None) -> QuerySet[Substitute]:
    """Those in which one is holder or deputy, and those of the posts one looks after."""
    rows = Substitute.objects.all() if rows is None else rows
    if actor is None:
        return rows.none()
    reach = actor.reach(*STAFF_KEEPERS)
    there = Q(post__place__in=reach.places) | Q(post__organization__in=reach.organizations)
    return rows.filter(there | Q(holder=actor.actor_id) | Q(deputy=actor.actor_id))


@dataclass(frozen=True)
class StandingIn:
    """One line of the banner: whose post, by whom, until which day, and whether it is I who acts."""

    post: Post
    deputy: User | None
    until: date
    mine: bool
    deputy_is_away: bool = False


def standing_in(user: User, on: date) -> list[StandingIn]:
    """In which posts ``user`` acts for others today, and who acts in his own while he is away.

    Three queries at most, once an instance of the account, that is a request: as for its posts in force.
    """
    memory: dict[date, list[StandingIn]] = user.__dict__.setdefault("_standing_in", {})
    if on not in memory:
        memory[on] = _standing_in(user, on)
    return memory[on]


def _standing_in(user: User, on: date) -> list[StandingIn]:
    acting = [post for post in user.posts_in_force if post.user_id != user.pk]
    people = {user.pk, *(post.user_id for post in acting)}
    until = {row.user_id: row.last_day for row in Absence.objects.in_force(on).filter(user__in=people)}
    lines = [StandingIn(post, user, until[post.user_id], mine=True) for post in acting if post.user_id in until]
    if user.pk in until:
        lines += _for_me(user, on, until[user.pk])
    return lines


def _for_me(user: User, on: date, until: date) -> list[StandingIn]:
    own = [post for post in user.posts_in_force if post.user_id == user.pk]
    rows = Substitute.objects.in_force(on).filter(post__in=own).select_related("deputy")
    away = Q(deputy__absences__in=Absence.objects.in_force(on))
    deputies: dict[UUID, Substitute] = {row.post_id: row for row in rows}
    gone = set(rows.filter(away).order_by().values_list("deputy_id", flat=True)) if deputies else set()
    return [
        StandingIn(
            post,
            deputies[post.pk].deputy if post.pk in deputies else None,
            until,
            mine=False,
            deputy_is_away=post.pk in deputies and deputies[post.pk].deputy_id in gone,
        )
        for post in own
        if post.role != Role.RESIDENT
    ]
