"""Reads of contact cards."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from linli.apps.people.lifecycle import LIFECYCLE
from linli.apps.people.models import CardState, ContactCard
from linli.apps.people.permissions import CARD_READERS, CHECKERS, SIGNERS, WRITERS
from linli.apps.places.models import Level, Place
from linli.apps.places.queries import COMMUNITIES, in_force
from linli.kernel.scope import Actor, Role


def visible_to(actor: Actor | None, rows: QuerySet[ContactCard] | None = None) -> QuerySet[ContactCard]:
    """Cards of the communities where the actor works; the neighbours read only :func:`public_cards`."""
    rows = ContactCard.objects.all() if rows is None else rows
    if actor is None:
        return rows.none()
    return rows.filter(community__in=actor.reach(*CARD_READERS).places)


def public_cards(community: Place) -> QuerySet[ContactCard]:
    """What anybody may read of a community's cards."""
    return ContactCard.objects.filter(community=community, state=CardState.PUBLIC).order_by("title", "id")


def public_cards_for(actor: Actor, *roles: Role) -> tuple[str, dict[Place, list[ContactCard]]]:
    """What a paper is about: the street (several: the district), and the public cards of each community of it
    where ``roles`` reach; communities by code, cards by title. Three queries at most.
    """
    reached = Place.objects.filter(pk__in=actor.reach(*roles).places, level__in=COMMUNITIES)
    found: dict[Place, list[ContactCard]] = {
        community: [] for community in in_force(timezone.localdate(), reached).select_related("street").order_by("code")
    }
    shown = ContactCard.objects.filter(community__in=reached, state=CardState.PUBLIC).order_by("title", "id")
    for card in shown.select_related("community"):
        found.setdefault(card.community, []).append(card)
    streets = {community.street.name for community in found if community.street}
    top = None if len(streets) == 1 else Place.objects.filter(level=Level.DISTRICT).first()
    return (top.name if top else "".join(streets)), found


def waiting_for(actor: Actor) -> QuerySet[ContactCard]:
    """Cards whose next verb is this actor's: his drafts, those to check, those to sign; the oldest first."""
    mine = actor.actor_id
    to_write = Q(state=CardState.DRAFT, author=mine, community__in=actor.reach(*WRITERS).places)
    to_check = Q(state=CardState.SUBMITTED, community__in=actor.reach(*CHECKERS).places) & ~Q(author=mine)
    to_sign = (
        Q(state=CardState.CHECKED, community__in=actor.reach(*SIGNERS).places) & ~Q(author=mine) & ~Q(checker=mine)
    )
    rows = ContactCard.objects.filter(to_write | to_check | to_sign)
    return rows.select_related("community", "author").order_by("changed_at", "id")


def writable_communities(actor: Actor) -> QuerySet[Place]:
    """The communities a new card may be drawn up for."""
    return Place.objects.filter(pk__in=actor.reach(*WRITERS).places, level__in=COMMUNITIES).order_by("code")


def verbs_for(actor: Actor | None, rows: Iterable[ContactCard]) -> dict[Any, list[Any]]:
    """Key of each card → the verbs offered on it."""
    return LIFECYCLE.offered_for(actor, rows)
