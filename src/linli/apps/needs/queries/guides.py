"""Reads of the guides of a street."""

from django.db.models import QuerySet

from linli.apps.needs.models import Guide, LifeStage
from linli.apps.needs.permissions import DISPATCHERS, WORKERS
from linli.apps.places.models import Place
from linli.kernel.scope import Actor


def shown_guides(street: Place | None) -> QuerySet[Guide]:
    """What residents read; of one street, or of all where nobody said which."""
    rows = Guide.objects.filter(is_shown=True).select_related("place")
    return rows.filter(place=street) if street is not None else rows


def guides_visible_to(actor: Actor | None, rows: QuerySet[Guide] | None = None) -> QuerySet[Guide]:
    """Guides of the streets the actor works in, or at whose communities he does."""
    rows = Guide.objects.all() if rows is None else rows
    if actor is None:
        return rows.filter(is_shown=True)
    reached = actor.reach(*WORKERS, *DISPATCHERS).places
    streets = Place.objects.filter(pk__in=reached).order_by().values("street")
    return rows.filter(place__in=reached) | rows.filter(place__in=streets)


def by_stage(rows: QuerySet[Guide]) -> list[tuple[str, list[Guide]]]:
    """(name of the stage, its guides), in the order of a life; stages without guides are there, empty."""
    found = list(rows.order_by("title", "id"))
    return [(str(stage.label), [one for one in found if one.stage == stage]) for stage in LifeStage]
