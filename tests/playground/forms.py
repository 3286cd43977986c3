"""A form asked of every community of a street, with one field of several types and a list below."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from linli.kernel.contributions import FormOffer, contribute
from linli.kernel.errors import Refusal
from linli.kernel.refs import Ref
from linli.kernel.scope import Actor, Anchor, Role
from linli.kernel.tables import Column, Type
from linli.kernel.tables.bound import BoundForm, Grid

BENCHES = BoundForm(
    "playground.benches",
    "休闲座椅情况表",
    fields=(
        Column("count", "座椅数量", Type.WHOLE, required=True, least=0),
        Column("seen_on", "清点日期", Type.DATE),
        Column("kind", "材质", Type.CHOICE, choices=(("wood", "木"), ("stone", "石"))),
        Column("note", "说明", max_length=500),
    ),
    grids=(
        Grid(
            "broken",
            "损坏座椅",
            (Column("where", "位置", required=True), Column("seats", "个数", Type.WHOLE)),
            rows=3,
        ),
    ),
)


def _places(actor: Actor) -> Iterable[tuple[UUID, str]]:
    from linli.apps.places.models import Level, Place

    reach = actor.reach(Role.STREET_OFFICER).places
    return Place.objects.filter(level=Level.STREET, pk__in=reach).values_list("pk", "name")


def _units(street: UUID, about: Ref | None) -> Iterable[tuple[Anchor, str]]:
    from linli.apps.places.models import Level, Place

    for place in Place.objects.filter(level=Level.COMMUNITY, street=street).order_by("code"):
        yield Anchor(place=place.pk), place.name


def _responsible(anchor: Anchor) -> Iterable[UUID]:
    from linli.apps.people.models import Post

    return Post.objects.filter(place=anchor.place, role=Role.COMMUNITY_WORKER).values_list("user", flat=True)


def _take(values: dict[str, Any], grids: dict[str, list[dict[str, Any]]], unit: Any, actor: Actor | None) -> None:
    from tests.playground.models import Shop

    if values["count"] > 100:
        raise Refusal("座椅太多。", code="too-many-benches")
    Shop.objects.create(code=unit.code, name=unit.label, seats=values["count"], kind="food")


contribute(
    FormOffer(
        "playground.benches", "休闲座椅情况表", BENCHES, opens=(Role.STREET_OFFICER,),
        fills=(Role.COMMUNITY_WORKER,), places=_places, units=_units, responsible=_responsible, take=_take,
        given=lambda unit: {"note": unit.label},
    )
)  # fmt: skip
