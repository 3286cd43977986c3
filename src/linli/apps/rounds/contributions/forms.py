"""The need survey (问需表) as a form that a street collects from its communities, for a round or on its own."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from linli.apps.people.queries import holders
from linli.apps.places.models import Level, Place
from linli.apps.places.queries import COMMUNITIES, in_force
from linli.apps.rounds.models import Round, SurveyMethod
from linli.apps.rounds.permissions import COUNTERS, SETTERS
from linli.apps.rounds.queries.rounds import communities_of
from linli.kernel.contributions import FormOffer
from linli.kernel.contributions import contribute as add
from linli.kernel.refs import Ref
from linli.kernel.scope import Actor, Anchor
from linli.kernel.tables import Column, Type
from linli.kernel.tables.bound import BoundForm, Grid

with override("zh-hans"):
    METHODS = tuple((str(value), str(label)) for value, label in SurveyMethod.choices)

SURVEY = BoundForm(
    "rounds.survey",
    "社区需求调研表",
    fields=(
        Column("method", "调研方式", Type.CHOICE, required=True, choices=METHODS),
        Column("held_on", "调研日期", Type.DATE, required=True),
        Column("count", "份数（人数）", Type.WHOLE, required=True, least=1, most=100_000),
        Column("paper", "附件号", max_length=60),
        Column("note", "说明", max_length=600),
    ),
    grids=(
        Grid(
            "problems",
            "居民反映的问题",
            (
                Column("problem", "问题与需求", required=True, max_length=300),
                Column("needing", "需求人数", Type.WHOLE, least=0),
                Column("order", "排序", Type.WHOLE, least=1),
            ),
        ),
    ),
    note="每次调研填一份；问题按居民关注程度排序。不写居民姓名、电话和门牌。",
)


def places(actor: Actor) -> Iterable[tuple[UUID, str]]:
    """The streets the actor sets rounds up for."""
    reach = actor.reach(*SETTERS).places
    return list(Place.objects.filter(level=Level.STREET, pk__in=reach).order_by("code").values_list("pk", "name"))


def units(street: UUID, about: Ref | None) -> Iterable[tuple[Anchor, str]]:
    """The communities of the round, or of the whole street."""
    intake = Round.objects.filter(pk=about.id).first() if about and about.kind == "rounds.round" else None
    if intake is not None:
        rows = communities_of(intake, timezone.localdate())
    else:
        below = Place.objects.filter(street=street, level__in=COMMUNITIES)
        rows = in_force(timezone.localdate(), below).order_by("code")
    return [(Anchor(place=place.pk), place.name) for place in rows]


def responsible(anchor: Anchor) -> Iterable[UUID]:
    """Who works at the community's counter, or leads it."""
    place = Place.objects.filter(pk=anchor.place).first() if anchor.place else None
    return list(holders(COUNTERS, place)) if place else []


def take(values: dict[str, Any], grids: dict[str, list[dict[str, Any]]], unit: Any, actor: Actor | None) -> None:
    """The answers stay with the collection, whose summary is the street's 需求调研汇总表."""


def contribute() -> None:
    """Offer the survey."""
    add(
        FormOffer(
            "rounds.survey", _("Need survey"), SURVEY, opens=SETTERS, fills=COUNTERS, places=places, units=units,
            responsible=responsible, take=take,
        )
    )  # fmt: skip
