"""Reads of contact cards."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from linli.apps.people.models import ContactCard
from linli.apps.people.permissions import CARD_READERS, WRITERS
from linli.apps.places.models import Level, Place
from linli.apps.places.queries import COMMUNITIES, in_force
from linli.kernel import publication
from linli.kernel.scope import Actor, Role

KIND = "people.contact_card"


def visible_to(actor: Actor | None, rows: QuerySet[ContactCard] | None = None) -> QuerySet[ContactCard]:
    """Cards of the communities where the actor works; the neighbours read only :func:`public_cards`."""
    rows = ContactCard.objects.all() if rows is None else rows
    if actor is None:
        return rows.none()
    return rows.filter(community__in=actor.reach(*CARD_READERS).places)


def public_only(rows: QuerySet[ContactCard]) -> QuerySet[ContactCard]:
    """The cards among ``rows`` that anybody may read now."""
    return rows.filter(pk__in=publication.public(KIND))


def public_cards(community: Place) -> QuerySet[ContactCard]:
    """What anybody may read of a community's cards."""
    return public_only(ContactCard.objects.filter(community=community)).order_by("title", "id")


def public_cards_for(actor: Actor, *roles: Role) -> tuple[str, dict[Place, list[ContactCard]]]:
    """What a paper is about: the street (several: the district), and the public cards of each community of it
    where ``roles`` reach; communities by code, cards by title. Three queries at most.
    """
    reached = Place.objects.filter(pk__in=actor.reach(*roles).places, level__in=COMMUNITIES)
    found: dict[Place, list[ContactCard]] = {
        community: [] for community in in_force(timezone.localdate(), reached).select_related("street").order_by("code")
    }
    shown = public_only(ContactCard.objects.filter(community__in=reached)).order_by("title", "id")
    for card in publication.signed(shown.select_related("community")):
        found.setdefault(card.community, []).append(card)
    streets = {community.street.name for community in found if community.street}
    top = None if len(streets) == 1 else Place.objects.filter(level=Level.DISTRICT).first()
    return (top.name if top else "".join(streets)), found


def writable_communities(actor: Actor) -> QuerySet[Place]:
    """The communities a new card may be drawn up for."""
    return Place.objects.filter(pk__in=actor.reach(*WRITERS).places, level__in=COMMUNITIES).order_by("code")


def verbs_for(
    actor: Actor | None, cards: Iterable[ContactCard], rows: dict[Any, publication.Publication] | None = None
) -> dict[Any, list[Any]]:
    """Key of each card → the verbs offered on it; ``rows`` are their publications where they are in hand."""
    return publication.verbs_for(actor, cards, rows)
