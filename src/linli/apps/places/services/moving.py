"""Giving places other codes and another parent: former codes are kept, codes below follow, the closure is redrawn."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.apps.places.models import Level, Place, PlaceName, PlacePath
from linli.apps.places.queries import codes
from linli.apps.places.services.founding import check_code, check_free, tell_apart
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.search import index_many


def keep_former(places: Sequence[Place], *, on: date, document: str) -> None:
    """Write down what each place was called and coded until ``on``. Refuses a day before its last change.

    A place that changed or began on that very day leaves no former name: the one before never held for a day.
    """
    keys = [place.pk for place in places]
    last = dict(PlaceName.objects.filter(place__in=keys).order_by("valid_to").values_list("place_id", "valid_to"))
    rows = []
    for place in places:
        begun = last.get(place.pk, place.valid_from)
        if on < begun:
            raise Refusal(
                _("%(name)s carries its present name and code since %(day)s. Choose that day or a later one.")
                % {"name": place.name, "day": begun.isoformat()},
                field="on",
            )
        if on > begun:
            rows.append(
                PlaceName(
                    place=place, name=place.name, code=place.code, valid_from=begun, valid_to=on, document=document
                )
            )
    PlaceName.objects.bulk_create(rows, batch_size=500)


def move(place: Place, *, code: str, parent: Place | None, on: date, document: str) -> None:
    """Give ``place`` another code, below ``parent``; codes of everything below begin with the new one.

    Call it inside a transaction. Refuses a loop, a code that does not fit its parent, and one that is taken.
    """
    level = Level(place.level)
    refuse_loop(place, parent)
    check_code(code, level, parent)
    check_free(code, on, but=place)
    inside = list(Place.objects.filter(paths_up__ancestor=place).select_for_update().order_by("code"))
    here = next(one for one in inside if one.pk == place.pk)
    if (here.code, here.parent_id, here.valid_to) != (place.code, place.parent_id, None):
        raise Conflict(_("Somebody changed this place a moment ago. Look at it again."))
    living = [one for one in inside if one.valid_to is None]
    old, new = codes.head_of(place.code, level), codes.head_of(code, level)
    recoded = {one.pk: code if one.pk == place.pk else new + one.code[len(old) :] for one in living}
    _refuse_taken(recoded, {one.pk for one in inside})
    keep_former(living, on=on, document=document)
    for one in living:
        one.code = recoded[one.pk]
    if parent is not None and parent.pk != place.parent_id:
        _hang(here, inside, parent)
    Place.objects.bulk_update(inside, ["code", "parent", "street"], batch_size=500)
    tell_apart({one.name for one in inside})
    index_many(Place.objects.filter(pk__in=[one.pk for one in inside]).prefetch_related("former_names"))


def refuse_loop(place: Place, parent: Place | None) -> None:
    """Refuse a parent that is the place itself or lies inside it."""
    if parent is not None and PlacePath.objects.filter(ancestor=place, descendant=parent).exists():
        raise Refusal(
            _("%(name)s would lie inside itself. Choose a place that is not part of it.") % {"name": place.name},
            code="loop",
            field="parent",
        )


def _refuse_taken(recoded: Mapping[UUID, str], moving: Iterable[UUID]) -> None:
    rows = Place.objects.filter(code__in=set(recoded.values()), valid_to__isnull=True).exclude(pk__in=list(moving))
    taken = rows.order_by("code").values_list("code", flat=True).first()
    if taken is not None:
        raise Refusal(
            _("The code %(code)s belongs to another place already. Check the digits.") % {"code": taken}, field="code"
        )


def _hang(root: Place, inside: list[Place], parent: Place) -> None:
    """Draw the closure of a subtree anew below ``parent``, and give all of it the parent's street."""
    root.parent = parent
    for one in inside:
        one.street_id = root.pk if root.level == Level.STREET else parent.street_id
    keys = [one.pk for one in inside]
    depths = dict(PlacePath.objects.filter(ancestor=root).values_list("descendant_id", "depth"))
    PlacePath.objects.filter(descendant__in=keys).exclude(ancestor__in=keys).delete()
    above = list(PlacePath.objects.filter(descendant=parent).values_list("ancestor_id", "depth"))
    rows = [
        PlacePath(ancestor_id=ancestor, descendant_id=key, depth=up + 1 + depths[key])
        for key in keys
        for ancestor, up in above
    ]
    PlacePath.objects.bulk_create(rows, batch_size=500)


def free_code(place: Place, parent: Place, used: set[str]) -> str:
    """A code below ``parent`` for a place that moves there: its own last digits where they are free, else the next.

    ``used`` are the codes taken there; the one chosen is added. Refuses a parent whose codes are used up.
    """
    head, level = codes.head_of(parent.code, Level(parent.level)), Level(place.level)
    width = codes.DIGITS[level] - len(head)
    last = place.code[codes.DIGITS[level] - width : codes.DIGITS[level]]
    most, own = 10 ** min(width, 4), int(last)
    for number in (*range(own, most), *range(1, min(own, most))):
        digits = f"{number:0{width}d}"
        code = (head + digits).ljust(codes.length_of(level), "0")
        if code not in used and digits.strip("0"):
            used.add(code)
            return code
    raise Refusal(_("All codes below %(name)s are in use.") % {"name": parent.name}, field="code")


def take_in(places: Sequence[Place], parent: Place, *, on: date, document: str) -> None:
    """Hang places below another parent of their old parent's level, each with a code that is free there."""
    used = set(Place.objects.filter(parent=parent, valid_to__isnull=True).values_list("code", flat=True))
    for place in places:
        move(place, code=free_code(place, parent, used), parent=parent, on=on, document=document)


@transaction.atomic
def close(places: Sequence[Place], *, on: date) -> None:
    """End places on ``on``. Refuses one that ended already or began later."""
    keys = [place.pk for place in places]
    late = next((place for place in places if place.valid_from >= on), None)
    if late is not None:
        raise Refusal(
            _("%(name)s began on %(day)s. It ends on a later day.")
            % {"name": late.name, "day": late.valid_from.isoformat()},
            field="on",
        )
    closed = Place.objects.filter(pk__in=keys, valid_to__isnull=True)
    if closed.update(valid_to=on) != len(set(keys)):
        raise Conflict(_("This place has ended already. Look at its page again."))
