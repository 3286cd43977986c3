"""The spaces a party organization may cover: grids, estates, buildings and stairwells where it sits."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.apps.organizations.models import PartyCover, PartyOrganization
from linli.apps.places.models import Building, Estate, Level, Place, Stairwell

MOST = 300


def _grids(party: PartyOrganization) -> QuerySet[Any]:
    return Place.objects.filter(level=Level.GRID, valid_to__isnull=True, paths_up__ancestor=party.place_id)


def _estates(party: PartyOrganization) -> QuerySet[Any]:
    return Estate.objects.filter(community__paths_up__ancestor=party.place_id, valid_to__isnull=True)


def _buildings(party: PartyOrganization) -> QuerySet[Any]:
    rows = Building.objects.filter(community__paths_up__ancestor=party.place_id, valid_to__isnull=True)
    return rows.select_related("estate")


def _stairwells(party: PartyOrganization) -> QuerySet[Any]:
    rows = Stairwell.objects.filter(building__community__paths_up__ancestor=party.place_id)
    return rows.filter(building__valid_to__isnull=True).select_related("building__estate")


SPACES: dict[str, tuple[str | Promise, Callable[[PartyOrganization], QuerySet[Any]]]] = {
    "grid": (_("Grids"), _grids),
    "estate": (_("Estates"), _estates),
    "building": (_("Buildings"), _buildings),
    "stairwell": (_("Stairwells"), _stairwells),
}


def spaces_near(party: PartyOrganization) -> list[tuple[str | Promise, list[tuple[str, str]]]]:
    """Choices of a form, group by group: what lies where ``party`` sits. Four queries."""
    found = []
    for kind, (title, rows) in SPACES.items():
        choices = [(f"{kind}:{row.pk}", PartyCover(**{kind: row}).name) for row in rows(party)[:MOST]]
        if choices:
            found.append((title, choices))
    return found


def space_of(party: PartyOrganization, kind: str, pk: str) -> Any:
    """The grid, estate, building or stairwell where ``party`` sits, or None."""
    if kind not in SPACES:
        return None
    try:
        return SPACES[kind][1](party).filter(pk=pk).first()
    except (ValueError, ValidationError):
        return None
