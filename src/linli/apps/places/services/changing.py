"""A place gets another name, another code, or ends; what it was before stays to be read."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.places.models import Building, Estate, GridCover, Level, Place
from linli.apps.places.services.founding import check_name, check_parent, require_keeper, tell_apart
from linli.apps.places.services.moving import close, keep_former, move, refuse_loop
from linli.kernel.audit import Change
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.events import record
from linli.kernel.scope import Actor
from linli.kernel.search import index_many


def rename(
    place: Place, *, name: str, on: date, actor: Actor | None, document: str = "", at: datetime | None = None
) -> Place:
    """From ``on`` the place is called ``name``; the old name stays among its former names, and finds it."""
    require_keeper(place, actor)
    name = name.strip()
    check_name(name)
    require_living(place)
    check_day(on, at)
    if name == place.name:
        raise Refusal(_("The place is called that already."), field="name")
    with transaction.atomic():
        keep_former([place], on=on, document=document)
        before = place.name
        if not Place.objects.filter(pk=place.pk, name=before, code=place.code, valid_to__isnull=True).update(name=name):
            raise Conflict(_("Somebody changed this place a moment ago. Look at it again."))
        below = Place.objects.filter(paths_up__ancestor=place).values_list("name", flat=True)
        tell_apart({before, name, *below})
        facts = {"name": Change(before, name), "day": on, "document": document}
        record("places.place.rename", place, actor=actor, facts=facts, at=at)
        place.refresh_from_db()
        index_many([place])
    return place


def recode(
    place: Place,
    *,
    code: str,
    on: date,
    actor: Actor | None,
    parent: Place | None = None,
    document: str = "",
    at: datetime | None = None,
) -> Place:
    """From ``on`` the place carries ``code``, below another ``parent`` where one is named; codes below follow."""
    require_keeper(place, actor)
    above = parent or place.parent
    require_keeper(above, actor)
    require_living(place)
    check_day(on, at)
    if code == place.code:
        raise Refusal(_("The place carries this code already."), field="code")
    with transaction.atomic():
        before, parent_before = place.code, str(place.parent or "")
        if parent is not None:
            require_living(parent)
            check_parent_again(place, parent)
        move(place, code=code, parent=above, on=on, document=document)
        facts = {"code": Change(before, code), "day": on, "document": document, "parent": str(above or "")}
        if parent is not None and facts["parent"] != parent_before:
            facts["parent"] = Change(parent_before, facts["parent"])
        record("places.place.recode", place, actor=actor, facts=facts, at=at)
        place.refresh_from_db()
    return place


def check_parent_again(place: Place, parent: Place) -> None:
    """Refuse a loop and a parent of the wrong level."""
    refuse_loop(place, parent)
    check_parent(Level(place.level), parent)


def end(place: Place, *, on: date, actor: Actor | None, document: str = "", at: datetime | None = None) -> Place:
    """The place and all that lies below it exist until the day before ``on``; nothing succeeds them."""
    require_keeper(place, actor)
    require_living(place)
    check_day(on, at)
    with transaction.atomic():
        inside = list(Place.objects.filter(paths_up__ancestor=place, valid_to__isnull=True))
        close(inside, on=on)
        close_houses(inside, on=on)
        facts = {"day": Change(None, on), "document": document, "places": len(inside)}
        record("places.place.end", place, actor=actor, facts=facts, at=at)
        place.refresh_from_db()
    return place


def close_houses(places: list[Place], *, on: date) -> None:
    """End estates, buildings and covers of places that end. Refuses those that began on that day or later."""
    for rows in (Estate.objects.filter(community__in=places), Building.objects.filter(community__in=places)):
        if rows.filter(valid_to__isnull=True, valid_from__gte=on).exists():
            raise Refusal(_("An estate or building in it began on that day or later. Choose a later day."), field="on")
        rows.filter(valid_to__isnull=True).update(valid_to=on)
    covers = GridCover.objects.filter(grid__in=places, valid_to__isnull=True)
    if covers.filter(valid_from__gte=on).exists():
        raise Refusal(_("A grid in it was given a building on that day or later. Choose a later day."), field="on")
    covers.update(valid_to=on)


def require_living(place: Place) -> None:
    """Refuse a place that ended."""
    if place.valid_to is not None:
        raise Refusal(
            _("%(name)s ended on %(day)s and is not changed any more.")
            % {"name": place.name, "day": place.valid_to.isoformat()}
        )


def check_day(on: date, at: datetime | None) -> None:
    """Refuse a day to come: what a place is called now is what it is called today."""
    if on > timezone.localdate(at):
        raise Refusal(_("Enter the change on its day, not ahead."), field="on")
