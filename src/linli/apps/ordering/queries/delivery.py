"""Reads of delivery: who sees which shifts, incidents, acceptances, settlements; what came of a contractor's work."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Count, Model, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.apps.needs.models import NeedState
from linli.apps.ordering.models import (
    Acceptance,
    Contractor,
    Grade,
    Incident,
    Order,
    OrderState,
    Receipt,
    Settlement,
    SheetNeed,
    SheetOrder,
    Shift,
    ShiftState,
    WorkSheet,
)
from linli.apps.ordering.permissions import READERS, SPEAKERS
from linli.apps.surveys.queries import Rate, rate_of
from linli.kernel.money import format_yuan
from linli.kernel.refs import ref_of
from linli.kernel.scope import Actor

M = TypeVar("M", bound=Model)


def _reached(actor: Actor | None, rows: QuerySet[M], contractor: str, sheet: str) -> QuerySet[M]:
    """``rows`` of the places where the actor's posts reach, and of the contractors he speaks for."""
    if actor is None:
        return rows.none()
    here = Q(**{f"{sheet}__place__in": actor.reach(*READERS).places})
    mine = Q(**{f"{contractor}organization__in": actor.reach(*SPEAKERS).organizations})
    return rows.filter(here | mine)


def shifts_visible_to(actor: Actor | None, rows: QuerySet[Shift] | None = None) -> QuerySet[Shift]:
    """Shifts."""
    return _reached(actor, Shift.objects.all() if rows is None else rows, "contractor__", "contractor__sheet")


def incidents_visible_to(actor: Actor | None, rows: QuerySet[Incident] | None = None) -> QuerySet[Incident]:
    """Incidents."""
    return _reached(actor, Incident.objects.all() if rows is None else rows, "contractor__", "sheet")


def acceptances_visible_to(actor: Actor | None, rows: QuerySet[Acceptance] | None = None) -> QuerySet[Acceptance]:
    """Acceptances."""
    return _reached(actor, Acceptance.objects.all() if rows is None else rows, "contractor__", "sheet")


def settlements_visible_to(actor: Actor | None, rows: QuerySet[Settlement] | None = None) -> QuerySet[Settlement]:
    """Settlements."""
    return _reached(actor, Settlement.objects.all() if rows is None else rows, "contractor__", "contractor__sheet")


@dataclass(frozen=True)
class Voices:
    """How many households said how it was, and how many of them were satisfied."""

    asked: int = 0
    satisfied: int = 0

    @property
    def percent(self) -> int | None:
        """Satisfied of those who said; None where nobody did."""
        return self.satisfied * 100 // self.asked if self.asked else None


def said_of(contractor: Contractor, since: date, until: date) -> Voices:
    """Grades of orders served by a contractor from a day to a day; where it has the sheet alone, of all its orders.

    Days are those of the shift, or of the confirmation where no shift is known. Two queries.
    """
    zone = timezone.get_default_timezone()
    first = datetime.combine(since, datetime.min.time(), zone)
    last = datetime.combine(until + timedelta(days=1), datetime.min.time(), zone)
    served = Q(shift__contractor=contractor, shift__starts__gte=first, shift__starts__lt=last)
    if not contractor.sheet.contractors.exclude(pk=contractor.pk).exists():
        plain = Q(shift__isnull=True, order__confirmed_at__gte=first, order__confirmed_at__lt=last)
        served |= plain & Q(sheet=contractor.sheet_id)
    rows = Receipt.objects.filter(served).exclude(grade="")
    found = rows.aggregate(asked=Count("pk"), satisfied=Count("pk", filter=Q(grade=Grade.SATISFIED)))
    return Voices(**found)


def survey_rate(sheet: WorkSheet) -> Rate | None:
    """What a survey about the sheet found, beside what recipients said themselves; None where there was none."""
    return rate_of(ref_of(sheet))


@dataclass(frozen=True)
class Progress:
    """Shifts and orders of one contractor, as numbers."""

    planned: int = 0
    held: int = 0
    missed: int = 0
    served: int = 0
    voices: Voices = Voices()
    incidents: int = 0


def progress_of(contractors: Iterable[Contractor]) -> dict[UUID, Progress]:
    """Contractor → how far it is. Three queries for any number of them."""
    keys = [row.pk for row in contractors]
    states = {name: Count("pk", filter=Q(state=name)) for name in (S.PLANNED, S.HELD, S.MISSED)}
    shifts = _by(Shift.objects.filter(contractor__in=keys), "contractor", **states)
    graded = ~Q(grade="")
    receipts = _by(
        Receipt.objects.filter(shift__contractor__in=keys), "shift__contractor", served=Count("pk"),
        asked=Count("pk", filter=graded), satisfied=Count("pk", filter=Q(grade=Grade.SATISFIED)),
    )  # fmt: skip
    told = _by(Incident.objects.filter(contractor__in=keys), "contractor", told=Count("pk"))
    found = {}
    for key in keys:
        one, said = shifts.get(key, {}), receipts.get(key, {})
        voices = Voices(said.get("asked", 0), said.get("satisfied", 0))
        counted = {name: one.get(name, 0) for name in ("planned", "held", "missed")}
        found[key] = Progress(
            **counted, served=said.get("served", 0), voices=voices, incidents=told.get(key, {}).get("told", 0)
        )
    return found


S = ShiftState


def _by(rows: QuerySet[Any], key: str, **counts: Any) -> dict[UUID, dict[str, int]]:
    grouped = rows.order_by().values(key).annotate(**{str(name): count for name, count in counts.items()})
    return {row.pop(key): row for row in grouped}


@dataclass(frozen=True)
class Solved:
    """What a sheet settled for residents: orders served, needs closed."""

    orders: int = 0
    needs: int = 0

    @property
    def total(self) -> int:
        """Both together."""
        return self.orders + self.needs


SERVED = (OrderState.SERVED, OrderState.CONFIRMED)


def solved_by(sheets: Iterable[WorkSheet]) -> dict[UUID, Solved]:
    """Sheet → what was solved by it. Two queries for any number of sheets."""
    keys = [row.pk for row in sheets]
    orders = SheetOrder.objects.filter(sheet__in=keys, order__state__in=SERVED)
    needs = SheetNeed.objects.filter(sheet__in=keys, need__state__in=(NeedState.ANSWERED, NeedState.CLOSED))
    first, second = (dict(rows.order_by().values_list("sheet").annotate(Count("pk"))) for rows in (orders, needs))
    return {key: Solved(first.get(key, 0), second.get(key, 0)) for key in keys}


def recipients_of(sheet: WorkSheet) -> QuerySet[Order]:
    """The orders of a sheet with whatever is known of their serving; names stay sealed."""
    rows = Order.objects.filter(on_sheet__sheet=sheet)
    return rows.select_related("item__place", "receipt__shift").order_by("number")


def to_serve(shift: Shift) -> QuerySet[Order]:
    """Orders of the shift's sheet that nobody served yet."""
    return recipients_of(shift.contractor.sheet).filter(state__in=(OrderState.GIVEN, OrderState.ON_SHEET))


def room_told(contractor: Contractor) -> str:
    """What is promised to a contractor, settled of it and left, as a sentence; empty before money is promised."""
    if contractor.commitment is None:
        return ""
    promised, account = contractor.commitment.binding, getattr(contractor, "account", None)
    settled = account.settled if account else Decimal(0)
    told = {"promised": promised, "settled": settled, "left": max(promised - settled, Decimal(0))}
    sentence = _("Promised %(promised)s, settled %(settled)s, left %(left)s.")
    return sentence % {name: format_yuan(amount) for name, amount in told.items()}
