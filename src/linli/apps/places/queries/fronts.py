"""Reads of the portal's front page: the doors of a community, and its three numbers."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.urls import reverse

from linli.apps.places.models import Place
from linli.apps.places.queries.tree import open_communities
from linli.kernel.contributions import Number, PortalDoor, Reading, contributions
from linli.kernel.scope import Actor, Role

DOORS = 4
NUMBERS = 3
NEIGHBOURS = (Role.RESIDENT, Role.COMMUNITY_WORKER, Role.COMMUNITY_SECRETARY)
"""Roles whose post says which community is their own."""


def doors_of(community: Place | None, actor: Actor | None = None) -> list[tuple[PortalDoor, str]]:
    """The doors and where they lead: at most four for everybody, of which those of higher apps push the general ones
    out by their order, and after them those of this reader alone. Without a community: those that need none.
    """
    doors = _doors(community)
    everybodys = [door for door in doors if door.allowed is None][:DOORS]
    own = [door for door in doors if door.allowed is not None and door.allowed(actor, None)]
    return [(door, _address(door, community)) for door in (*everybodys, *own)]


def further_doors(community: Place | None) -> list[tuple[PortalDoor, str]]:
    """The doors for everybody that were pushed out, for the line of links below."""
    everybodys = [door for door in _doors(community) if door.allowed is None][DOORS:]
    return [(door, _address(door, community)) for door in everybodys]


def _doors(community: Place | None) -> list[PortalDoor]:
    doors = sorted(contributions(PortalDoor), key=lambda door: door.order)
    return [door for door in doors if community is not None or not door.of_community]


MINE = "linli_community"
"""The cookie that remembers a reader's community; it holds the id of a place and nothing about the reader."""


def chosen_community(cookies: Mapping[str, str], actor: Actor | None, on: date) -> Place | None:
    """The community a reader chose on the portal, else the one his posts name, else None."""
    try:
        chosen = UUID(cookies.get(MINE, ""))
    except ValueError:
        return own_community(actor, on)
    return open_communities(on).filter(pk=chosen).first()


def own_community(actor: Actor | None, on: date) -> Place | None:
    """The community of a reader who signed in and has not chosen another; None where his posts name none."""
    if actor is None or not actor.roles() & set(NEIGHBOURS):
        return None
    return open_communities(on).filter(pk__in=actor.reach(*NEIGHBOURS).places).first()


def _address(door: PortalDoor, community: Place | None) -> str:
    address = reverse(door.route, args=[community.pk] if door.of_community and community is not None else [])
    return f"{address}#{door.part}" if door.part else address


def public_numbers(community: Place, on: date) -> list[tuple[Number, Reading]]:
    """Three numbers anybody may open, in their order; a number that is nought says nothing and is left out."""
    numbers = sorted((one for one in contributions(Number) if one.public), key=lambda one: one.order)
    found = ((one, one.read(None, community, on, on)) for one in numbers)
    return [(one, told) for one, told in found if told is not None and told.value][:NUMBERS]
