"""What places add to the rest of the house: their kind."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.apps.places import queries
from linli.apps.places.models import Place
from linli.apps.places.permissions import reads_places
from linli.kernel.audit import register_action
from linli.kernel.contributions import NavItem, Searchable, declare_slot
from linli.kernel.contributions import contribute as add
from linli.kernel.refs import Kind, register


def _address(place: Place) -> str:
    return f"{reverse('places:list')}?under={place.pk}"


def _visible(rows: Any, actor: Any) -> Any:
    return queries.visible_to(actor, rows)


def contribute() -> None:
    """Called once, when the house starts."""
    register(Kind("places.place", Place, _("Place"), _visible, address=_address, street=lambda place: place.street_id))
    add(Searchable("places.place", lambda place: f"{place.name}\n{place.code}"))
    declare_slot("places.community", budget=2)
    add(NavItem("places", _("Places"), "places:list", reads_places, icon="map-pin", order=80))
    register_action(
        "places.place.found",
        _("founded the place"),
        words={"code": _("code"), "name": _("name"), "level": _("level")},
    )
