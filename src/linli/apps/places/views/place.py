"""The page of one place: where it lies, what it was and became, what is known of it, what lies in it."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.apps.places import queries
from linli.apps.places.models import Building, Household, Level, Outline, Place
from linli.apps.places.permissions import changes_tree, keeps_community, reads_places
from linli.apps.places.queries import codes, history
from linli.apps.places.queries.drawing import draw
from linli.apps.places.services import PARENTS
from linli.apps.places.views.finding import place_of
from linli.kernel.audit import timeline
from linli.kernel.contributions import page_parts
from linli.kernel.refs import ref_of
from linli.kernel.scope import permission
from linli.kernel.scope.doors import actor_of

SHOWN = 40
LATEST = 12


@permission(reads_places)
@require_safe
def place(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One place on the desk."""
    found = place_of(request, pk)
    actor = actor_of(request)
    lives = found.valid_to is None
    may_change = lives and changes_tree(actor, found)
    context = {
        "place": found,
        "trail": list(reversed(queries.ancestors(found).filter(pk__in=queries.visible_to(actor)))),
        "township": codes.township_of(found.code) if found.level == Level.STREET else "",
        "oddities": codes.oddities(found.code, Level(found.level)) if lives else [],
        "heirs": [] if lives else queries.heirs(found),
        "former": list(queries.former_names(found)),
        "came_from": list(queries.came_from(found)),
        "became": list(queries.became(found)),
        "lines": queries.profile_with_parts(found),
        "shares": queries.estates_by_type(found),
        "drawn": _drawn(found),
        "children": list(found.children.filter(valid_to__isnull=True).order_by("code")[: SHOWN + 1]),
        "most": SHOWN,
        "parts": page_parts("places.place", actor=actor, record=found),
        "story": _story(found),
        "may_change": may_change,
        "may_keep": lives and keeps_community(actor, found),
        "may_found": may_change and any(found.level in PARENTS[level] for level in Level),
        **_houses(found),
    }
    return render(request, "places/place.html", context)


def _drawn(place: Place) -> Any:
    """The outline of the place and of those directly in it. One query."""
    inside = Place.objects.filter(paths_up__ancestor=place, paths_up__depth__lte=1, valid_to__isnull=True)
    return draw(place, Outline.objects.filter(place__in=inside.values("pk")).select_related("place"))


def _houses(place: Place) -> dict[str, Any]:
    """Estates and counts of a community; nothing for other levels."""
    if not history.is_community(place):
        return {"is_community": False}
    loose = Building.objects.filter(community=place, estate=None, valid_to__isnull=True)
    return {
        "is_community": True,
        "estates": list(place.estates.filter(valid_to__isnull=True).order_by("name", "id")),
        "loose": list(loose.order_by("number", "name")[:SHOWN]),
        "buildings": place.buildings.filter(valid_to__isnull=True).count(),
        "households": Household.objects.filter(building__community=place, building__valid_to__isnull=True).count(),
    }


def _story(place: Place) -> list[dict[str, object]]:
    """The latest of what happened to the place, in sentences."""
    told: list[dict[str, object]] = []
    for entry in list(timeline(ref_of(place)))[-LATEST:][::-1]:
        facts = "；".join(_("%(word)s: %(value)s") % {"word": word, "value": value} for word, value in entry.facts)
        told.append(
            {"words": f"{entry.title}（{facts}）" if facts else entry.title, "who": entry.actor, "at": entry.at}
        )
    return told
