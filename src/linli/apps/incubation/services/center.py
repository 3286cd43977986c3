"""The verbs of the center itself: opened, furnished with desks, desks given and freed; awards, stages of growing up."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.apps.incubation.models import Center, CenterLevel, Desk, DeskStay, PipelineStep, Stage, TalentAward
from linli.apps.incubation.permissions import keeps_months
from linli.apps.incubation.queries.course import stay_on
from linli.apps.incubation.services.keeping import require, said
from linli.apps.organizations.models import Organization
from linli.apps.places.models import Level, Place
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.events import record
from linli.kernel.refs.record import Record
from linli.kernel.scope import Actor

Row = TypeVar("Row", bound=Record)
LEVELS = {
    Level.DISTRICT: CenterLevel.DISTRICT,
    Level.STREET: CenterLevel.STREET,
    Level.COMMUNITY: CenterLevel.COMMUNITY,
}
MOST_DESKS = 200


def not_ahead(on: date, at: datetime | None, field: str = "on") -> None:
    """Refuse a day that has not come."""
    if on > timezone.localdate(at):
        raise Refusal(_("This day lies ahead. Enter it once it has come."), field=field)


def kept(row: Row, action: str, about: Record, taken: str | Promise, **told: Any) -> Row:
    """Write a new row and tell it of ``about``; Conflict with the sentence ``taken`` where the database says no.

    ``told``: actor, facts, at.
    """
    with transaction.atomic():
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            raise Conflict(taken) from None
        record(f"incubation.{action}", about, **told)
    return row


def end_once(rows: Any, day: date, row: Any, column: str) -> None:
    """Set the last day of a row that is still open, by one UPDATE. Raises Conflict where somebody was faster."""
    if not rows.filter(pk=row.pk, **{f"{column}__isnull": True}).update(**{column: day}):
        raise Conflict(_("This was ended already."))
    setattr(row, column, day)


def open_center(
    place: Place,
    *,
    name: str,
    opened_on: date,
    actor: Actor | None,
    operator: Organization | None = None,
    is_demo: bool = False,
    at: datetime | None = None,
) -> Center:
    """A center of a district, street or community, as the place is. Refuses grids and points; Conflict twice."""
    require(keeps_months, actor, place)
    not_ahead(opened_on, at, "opened_on")
    level = LEVELS.get(Level(place.level))
    if level is None:
        raise Refusal(_("A center belongs to a district, a street or a community."), field="place")
    row = Center(
        place=place, name=said(name, "name", _("Give the center its name.")), level=level, operator=operator,
        opened_on=opened_on, is_demo=is_demo,
    )  # fmt: skip
    facts = {"name": row.name, "level": CenterLevel(level).label, "day": opened_on}
    taken = _("A center of this name stands there already.")
    return kept(row, "center.open", place, taken, actor=actor, facts=facts, at=at)


def close_center(center: Center, *, on: date, actor: Actor | None, at: datetime | None = None) -> None:
    """It is open no longer from ``on``. Refuses while a desk is taken."""
    require(keeps_months, actor, center)
    not_ahead(on, at)
    if on <= center.opened_on:
        raise Refusal(_("The last day comes after the first one."), field="on")
    with transaction.atomic():
        if DeskStay.objects.filter(desk__center=center, until__isnull=True).exists():
            raise Refusal(_("Organizations still have desks there. Free them first."), code="desks")
        end_once(Center.objects, on, center, "closed_on")
        record("incubation.center.close", center.place, actor=actor, facts={"name": center.name, "day": on}, at=at)


def add_desks(center: Center, *, numbers: Sequence[str], actor: Actor | None, at: datetime | None = None) -> list[Desk]:
    """Desks by their numbers; those that stand already are left as they are."""
    require(keeps_months, actor, center)
    wanted = list(dict.fromkeys(number.strip()[:12] for number in numbers if number.strip()))
    if not 0 < len(wanted) <= MOST_DESKS:
        raise Refusal(_("Give the numbers of the desks, at most 200."), field="numbers")
    with transaction.atomic():
        known = set(center.desks.values_list("number", flat=True))
        rows = Desk.objects.bulk_create(Desk(center=center, number=one) for one in wanted if one not in known)
        facts = {"name": center.name, "desks": len(rows)}
        record("incubation.desks.add", center.place, actor=actor, facts=facts, at=at)
    return rows


def give_desk(
    desk: Desk, *, organization: Organization, since: date, actor: Actor | None, at: datetime | None = None
) -> DeskStay:
    """It has the desk from ``since``. Refuses an organization that is not in the center; Conflict for a taken desk."""
    require(keeps_months, actor, organization)
    require(keeps_months, actor, desk)
    if stay_on(organization, since) is None:
        sentence = _("%(name)s has no place in the center on this day. Enter its standing first.")
        raise Refusal(sentence % {"name": organization}, field="organization")
    if desk.center.closed_on is not None:
        raise Refusal(_("This center is closed."), field="desk")
    taken = _("Another organization has this desk. Free it first.")
    if DeskStay.objects.filter(desk=desk, until__gt=since).exists():
        raise Conflict(taken)
    facts = {"desk": str(desk), "day": since}
    row = DeskStay(desk=desk, organization=organization, since=since)
    return kept(row, "desk.give", organization, taken, actor=actor, facts=facts, at=at)


def free_desk(stay: DeskStay, *, on: date, actor: Actor | None, at: datetime | None = None) -> None:
    """The desk is free from ``on``. Conflict where it was freed already."""
    require(keeps_months, actor, stay)
    if on <= stay.since:
        raise Refusal(_("The last day comes after the first one."), field="on")
    with transaction.atomic():
        end_once(DeskStay.objects, on, stay, "until")
        facts = {"desk": str(stay.desk), "day": on}
        record("incubation.desk.free", stay.organization, actor=actor, facts=facts, at=at)


def count_awards(
    place: Place, *, title: str, year: int, count: int, source: str, actor: Actor | None, at: datetime | None = None
) -> TalentAward:
    """How many people got an award in a year: a count with its source. Conflict where it was counted already."""
    require(keeps_months, actor, place)
    row = TalentAward(
        place=place, title=said(title, "title", _("Name the award.")), year=year, count=count,
        source=said(source, "source", _("Say where this stands written.")),
    )  # fmt: skip
    facts = {"title": row.title, "year": year, "number": count}
    taken = _("This award was counted for the year already.")
    return kept(row, "award.count", place, taken, actor=actor, facts=facts, at=at)


def reach_stage(
    organization: Organization,
    *,
    stage: str,
    on: date,
    actor: Actor | None,
    leaders: int = 0,
    note: str = "",
    at: datetime | None = None,
) -> PipelineStep:
    """It reached a stage of being incubated on a day after the last one. Conflict where it was there already."""
    require(keeps_months, actor, organization)
    not_ahead(on, at)
    last = PipelineStep.objects.filter(organization=organization).order_by("-on").first()
    if last is not None and on <= last.on:
        sentence = _("It reached its last stage on %(day)s. The next one comes after.")
        raise Refusal(sentence % {"day": last.on.isoformat()}, field="on")
    row = PipelineStep(organization=organization, stage=Stage(stage), on=on, leaders=leaders, note=note.strip())
    facts = {"stage": Stage(stage).label, "day": on, "leaders": leaders or ""}
    taken = _("It reached this stage already.")
    return kept(row, "stage.reach", organization, taken, actor=actor, facts=facts, at=at)
