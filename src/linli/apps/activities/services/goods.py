"""Handing goods out: which households get it, signing for it, never more than was bought."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.activities.models import Distribution, DistributionState, Handout, Receiver
from linli.apps.activities.permissions import at_door, runs
from linli.apps.activities.services.places_given import NOT_YOURS
from linli.apps.places.models import Building, Household, Place
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.events import record
from linli.kernel.refs import Ref
from linli.kernel.scope import Actor

MOST = 60_000


def distribute(
    *,
    place: Place,
    item: str,
    bought: int,
    actor: Actor | None,
    measure: str = "份",
    per_household: int = 1,
    buildings: Collection[Building] | None = None,
    voucher: Ref | None = None,
    subject: Ref | None = None,
    at: datetime | None = None,
) -> Distribution:
    """Begin handing out what was bought: every household of the place, or of these buildings, gets its part.

    Raises Refusal where nothing was bought, nobody is to get it, or more is promised than was bought.
    """
    when = at or timezone.now()
    if not item.strip() or bought < 1 or per_household < 1:
        raise Refusal(_("Say what was bought, how many, and how many a household gets."), field="bought")
    row = Distribution(
        place=place, item=item.strip()[:60], measure=measure.strip()[:8] or "份", bought=bought,
        per_household=per_household, begun_at=when,
        voucher_kind=voucher.kind if voucher else "", voucher_id=voucher.id if voucher else None,
        subject_kind=subject.kind if subject else "", subject_id=subject.id if subject else None,
    )  # fmt: skip
    if not runs(actor, row):
        raise NotAllowed(NOT_YOURS)
    doors = _doors(row, buildings)
    with transaction.atomic():
        row.save(force_insert=True)
        Handout.objects.bulk_create(
            (Handout(distribution=row, building_id=building, household_id=door, quantity=per_household)
             for door, building in doors),
            batch_size=500,
        )  # fmt: skip
        facts = {"item": row.item, "bought": bought, "households": len(doors)}
        record("activities.distribution.distribute", row, actor=actor, facts=facts, at=when)
    return row


def _doors(row: Distribution, buildings: Collection[Building] | None) -> list[tuple[Any, ...]]:
    """(household, building) of all who get something. Raises Refusal for none, and for more than was bought."""
    doors = list(_eligible(row.place, buildings)[: MOST + 1])
    if not doors:
        raise Refusal(_("No household is entered for these buildings."), field="buildings")
    if len(doors) > MOST or len(doors) * row.per_household > row.bought:
        sentence = _("%(count)s households are to get %(each)s each; only %(bought)s were bought.")
        told = {"count": len(doors), "each": row.per_household, "bought": row.bought}
        raise Refusal(sentence % told, field="bought", code="promised-more")
    return doors


def _eligible(place: Place, buildings: Collection[Building] | None) -> QuerySet[Any, tuple[Any, ...]]:
    rows = Household.objects.filter(building__valid_to__isnull=True)
    rows = rows.filter(building__community__paths_up__ancestor=place.pk)
    if buildings is not None:
        rows = rows.filter(building__in=[one.pk for one in buildings])
    return rows.order_by("building__number", "building__name", "order", "room").values_list("pk", "building")


def sign_for(
    handout: Handout,
    *,
    receiver: str,
    actor: Actor | None,
    relation: Receiver = Receiver.SELF,
    quantity: int | None = None,
    day: date | None = None,
    at: datetime | None = None,
) -> None:
    """Write down that a household signed for its part, once; stock is taken by one UPDATE that counts and compares.

    Raises Conflict for a household that has signed, Refusal where more is signed for than is left.
    """
    when = at or timezone.now()
    row = handout.distribution
    signed_on, count = day or timezone.localdate(when), handout.quantity if quantity is None else quantity
    if not at_door(actor, row):
        raise NotAllowed(NOT_YOURS)
    if not receiver.strip() or count < 1:
        raise Refusal(_("Write who received it, and how many."), field="receiver")
    if not timezone.localdate(row.begun_at) <= signed_on <= timezone.localdate(when):
        raise Refusal(_("It was signed for after the handing-out began, and not in the future."), field="day")
    with transaction.atomic():
        mine = Handout.objects.filter(pk=handout.pk, signed_on__isnull=True)
        columns = {"signed_on": signed_on, "receiver": receiver.strip()[:40], "relation": relation, "quantity": count}
        if not mine.update(**columns):
            raise Conflict(_("This household has signed for it already."), code="signed-already")
        stock = Distribution.objects.filter(pk=row.pk, state=DistributionState.OPEN, handed__lte=F("bought") - count)
        if not stock.update(handed=F("handed") + count):
            raise _nothing_left(row, count)
        facts = {"count": count, "relation": dict(Receiver.choices)[relation]}
        record("activities.distribution.sign_for", row, actor=actor, facts=facts, at=when)
    handout.refresh_from_db()
    row.refresh_from_db()


def _nothing_left(row: Distribution, count: int) -> Refusal:
    row.refresh_from_db()
    if row.state == DistributionState.CLOSED:
        return Refusal(_("This handing-out is closed."), code="closed")
    sentence = _("Only %(left)s are left of what was bought; %(count)s cannot be signed for.")
    return Refusal(sentence % {"left": row.left, "count": count}, field="quantity", code="more-than-bought")


@dataclass(frozen=True)
class HandoutLine:
    """One line of a signed sheet: the number it bears there, who signed, for whom."""

    number: int
    receiver: str
    relation: Receiver = Receiver.SELF


def take_goods_sheet(
    distribution: Distribution,
    *,
    building: Building,
    lines: Sequence[HandoutLine],
    actor: Actor | None,
    day: date | None = None,
    at: datetime | None = None,
) -> tuple[int, list[tuple[HandoutLine, str]]]:
    """Take the typed lines of a building's sheet: how many were taken, and the lines that were not, why.

    Numbers are those printed on the sheet: the households of the building in their order.
    """
    rows = dict(enumerate(handouts_of(distribution, building), start=1))
    taken, unclear = 0, []
    for line in lines:
        row = rows.get(line.number)
        try:
            if row is None:
                raise Refusal(_("There is no such number on the sheet of this building."))
            sign_for(row, receiver=line.receiver, relation=line.relation, actor=actor, day=day, at=at)
        except NotAllowed:
            raise
        except Refusal as refusal:
            unclear.append((line, str(refusal)))
        else:
            taken += 1
    return taken, unclear


def handouts_of(distribution: Distribution, building: Building) -> QuerySet[Handout]:
    """The households of a building as its sheet numbers them."""
    rows = distribution.handouts.filter(building=building)
    rows = rows.select_related("household__stairwell", "building", "distribution__place")
    return rows.order_by("household__stairwell__order", "household__order", "household__room", "id")


def close_distribution(distribution: Distribution, *, actor: Actor | None, at: datetime | None = None) -> None:
    """End the handing-out; what is left stays as stock. Raises Conflict when it is closed."""
    if not runs(actor, distribution):
        raise NotAllowed(NOT_YOURS)
    with transaction.atomic():
        open_row = Distribution.objects.filter(pk=distribution.pk, state=DistributionState.OPEN)
        if not open_row.update(state=DistributionState.CLOSED, version=F("version") + 1):
            raise Conflict(_("This handing-out is closed."))
        distribution.refresh_from_db()
        facts = {"handed": distribution.handed, "left": distribution.left}
        record("activities.distribution.close", distribution, actor=actor, facts=facts, at=at)
