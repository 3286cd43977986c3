"""Taking over a checked table of the menu: all of it or nothing."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.apps.ordering.models import CatalogItem
from linli.apps.ordering.services.menu import ItemText, change_item, write_item
from linli.apps.organizations.models import Organization
from linli.apps.places.models import Place
from linli.kernel.errors import Refusal
from linli.kernel.scope import Actor

OUT_OF_REACH = _("Your posts no longer reach every place in this table. Read the file again.")


@transaction.atomic
def take_over_items(
    rows: Sequence[Mapping[str, Any]],
    *,
    places: Mapping[str, Place],
    providers: Mapping[str, Organization],
    actor: Actor | None,
) -> None:
    """Write the services of a checked table, or write those of that name anew; columns the table lacks stay.

    ``rows`` hold ``place_code``, ``month`` (2026-03-01), ``kind``, ``title`` and other columns of an item as text.
    Refuses all of them when a place is not among ``places``; Conflict when one was opened for orders meanwhile.
    """
    if {row["place_code"] for row in rows} - places.keys():
        raise Refusal(OUT_OF_REACH)
    months, titles = {date.fromisoformat(row["month"]) for row in rows}, {row["title"] for row in rows}
    known = CatalogItem.objects.filter(place__in=places.values(), month__in=months, title__in=titles)
    stored = {(row.place_id, row.month, row.title): row for row in known.select_related("place", "provider")}
    for row in rows:
        place, month = places[row["place_code"]], date.fromisoformat(row["month"])
        there = stored.get((place.pk, month, row["title"]))
        text = _text(row, there, providers)
        if there is None:
            write_item(place=place, month=month, text=text, actor=actor)
        else:
            change_item(there, text=text, actor=actor)


def _text(row: Mapping[str, Any], there: CatalogItem | None, providers: Mapping[str, Organization]) -> ItemText:
    """The row upon what stands there."""
    known = {name: getattr(there, name) for name in ItemText.__dataclass_fields__} if there is not None else {}
    said = {name: row[name] for name in ItemText.__dataclass_fields__ if name in row}
    if "price" in said:
        said["price"] = Decimal(said["price"])
    if "provider" in said:
        said["provider"] = providers[said["provider"]] if said["provider"] else None
    return ItemText(**{**known, **said})
