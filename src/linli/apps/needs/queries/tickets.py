"""Reads about tickets, their exports and mappings; every one behind the wall of its need."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from linli.apps.needs.models import Answer, ColumnMapping, Need, System, Ticket, TicketFile, TicketRequest
from linli.apps.needs.permissions import IMPORTERS
from linli.apps.needs.queries.wall import visible_to
from linli.apps.places.models import Level, Place
from linli.kernel.scope import Actor


def tickets_visible_to(actor: Actor | None, system: str = "") -> QuerySet[Ticket]:
    """The tickets and cases whose needs the actor may know of, with need and street; those of one system."""
    needs = visible_to(actor, Need.objects.filter(ticket__isnull=False)).order_by().values("pk")
    rows = Ticket.objects.filter(need__in=needs).select_related("need__place", "street")
    return rows.filter(system=system) if system else rows


def requests_visible_to(actor: Actor | None) -> QuerySet[TicketRequest]:
    """Returns and exclusions asked for, of tickets the actor may know of."""
    tickets = tickets_visible_to(actor).order_by().values("pk")
    return TicketRequest.objects.filter(ticket__in=tickets).select_related("ticket__need__place", "ticket__street")


def streets_of_imports(actor: Actor | None) -> QuerySet[Place]:
    """The streets whose exports the actor brings in."""
    streets = Place.objects.filter(level=Level.STREET).order_by("code")
    return streets.none() if actor is None else streets.filter(pk__in=actor.reach(*IMPORTERS).places)


def files_visible_to(actor: Actor | None) -> QuerySet[TicketFile]:
    """The exports of the streets whose exports the actor brings in."""
    rows = TicketFile.objects.select_related("street", "mapping")
    return rows.none() if actor is None else rows.filter(street__in=actor.reach(*IMPORTERS).places)


def mappings_visible_to(actor: Actor | None, purpose: str) -> QuerySet[ColumnMapping]:
    """What was said of columns in those streets."""
    rows = ColumnMapping.objects.filter(purpose=purpose)
    return rows.none() if actor is None else rows.filter(street__in=actor.reach(*IMPORTERS).places)


def answers_to_take(actor: Actor | None, system: str = System.HOTLINE) -> QuerySet[Ticket]:
    """Tickets answered here whose answer their own system does not have yet, the most urgent first."""
    rows = tickets_visible_to(actor, system).filter(need__answered_at__isnull=False, replied_at__isnull=True)
    return rows.order_by("due_at", "pk")


def last_answers(needs: Any) -> dict[UUID, Answer]:
    """The last answer given to each need. One query."""
    rows = Answer.objects.filter(need__in=needs, given_at__isnull=False).order_by("need", "number")
    return {row.need_id: row for row in rows}


def answer_hours(rows: QuerySet[Ticket]) -> list[float]:
    """Hours from dispatch to the platform's answer, of every ticket that has both, in order. One query."""
    answered = rows.filter(dispatched_at__isnull=False, replied_at__isnull=False).order_by()
    pairs = answered.values_list("dispatched_at", "replied_at")
    return sorted((end - start).total_seconds() / 3600 for start, end in pairs if start and end)
