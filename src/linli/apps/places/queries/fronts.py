"""Reads of the portal's front page: the doors of a community, and its three numbers."""

from datetime import date

from django.urls import reverse

from linli.apps.places.models import Place
from linli.kernel.contributions import Number, PortalDoor, Reading, contributions
from linli.kernel.scope import Actor

DOORS = 4
NUMBERS = 3


def doors_of(community: Place, actor: Actor | None = None) -> list[tuple[PortalDoor, str]]:
    """The doors and where they lead: at most four for everybody, of which those of higher apps push the general ones
    out by their order, and after them those of this reader alone.
    """
    doors = sorted(contributions(PortalDoor), key=lambda door: door.order)
    everybodys = [door for door in doors if door.allowed is None][:DOORS]
    own = [door for door in doors if door.allowed is not None and door.allowed(actor, None)]
    return [(door, _address(door, community)) for door in (*everybodys, *own)]


def _address(door: PortalDoor, community: Place) -> str:
    address = reverse(door.route, args=[community.pk] if door.of_community else [])
    return f"{address}#{door.part}" if door.part else address


def public_numbers(community: Place, on: date) -> list[tuple[Number, Reading]]:
    """Three numbers anybody may open, in their order; a number that is nought says nothing and is left out."""
    numbers = sorted((one for one in contributions(Number) if one.public), key=lambda one: one.order)
    found = ((one, one.read(None, community, on, on)) for one in numbers)
    return [(one, told) for one, told in found if told is not None and told.value][:NUMBERS]
