"""The names of what is done with collections, the notices about them, and how they are found by their kind."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from linli.kernel.audit import register_action
from linli.kernel.notices import NoticeKind, declare_kind
from linli.kernel.refs import Kind, register
from linli.kernel.scope import nobody
from linli.kernel.tables.collecting.queries import kept_by, units_visible_to
from linli.kernel.tables.collecting.records import Collection, CollectionUnit

UNIT, FILE, UNITS = _("unit"), _("file"), _("units")

ACTIONS: tuple[tuple[str, Any, dict[str, Any]], ...] = (
    ("collection.open", _("opened the collection"), {"title": _("title"), "units": UNITS, "due": _("due")}),
    ("collection.remind", _("reminded who has not handed in"), {"units": UNITS}),
    ("collection.close", _("closed the collection"), {"left": _("not handed in")}),
    ("collection_unit.hand_in", _("handed the form in"), {"unit": UNIT, "file": FILE, "problems": _("problems")}),
    ("collection_unit.type_in", _("typed the form in"), {"unit": UNIT, "file": FILE, "problems": _("problems")}),
    ("collection_unit.accept", _("accepted the form"), {"unit": UNIT}),
    ("collection_unit.send_back", _("sent the form back"), {"unit": UNIT, "reason": _("reason")}),
)
for _name, _title, _facts in ACTIONS:
    register_action(f"tables.{_name}", _title, words=_facts)

declare_kind(NoticeKind("tables.collection.open", _("A form to fill in"), may_switch_off=nobody))
declare_kind(NoticeKind("tables.collection.remind", _("A form that is still missing"), may_switch_off=nobody))
declare_kind(NoticeKind("tables.collection.send_back", _("A form was sent back"), may_switch_off=nobody))


class Units(Kind):
    """Units with their collection."""

    def rows(self) -> Any:
        return super().rows().select_related("collection")


def _collections(rows: QuerySet[Collection], actor: Any) -> QuerySet[Collection]:
    return kept_by(actor, rows)


def _units(rows: QuerySet[CollectionUnit], actor: Any) -> QuerySet[CollectionUnit]:
    return units_visible_to(actor, rows)


def _page(row: Collection) -> str:
    return f"/desk/collections/{row.pk}/"


def _unit_page(row: CollectionUnit) -> str:
    return f"/desk/collections/units/{row.pk}/"


def _unit_label(row: CollectionUnit) -> str:
    return f"{row.collection.title}：{row.label}"


register(
    Kind("tables.collection", Collection, _("Collection"), _collections, address=_page, street=lambda row: row.place_id)
)
register(
    Units(
        "tables.collection_unit", CollectionUnit, _("Form of a unit"), _units, address=_unit_page,
        street=lambda row: row.collection.place_id, label=_unit_label,
    )
)  # fmt: skip
