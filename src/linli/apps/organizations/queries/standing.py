"""Reads of standings: what an organization is held to be on a day, and what it was."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from linli.apps.organizations.models import Organization, Standing
from linli.apps.organizations.permissions import READERS
from linli.apps.organizations.queries.related import holding
from linli.kernel.scope import Actor


def standings_visible_to(actor: Actor | None, rows: QuerySet[Standing] | None = None) -> QuerySet[Standing]:
    """Standings of the organizations the actor sees."""
    rows = Standing.objects.all() if rows is None else rows
    return rows.none() if actor is None else rows.filter(organization__in=actor.reach(*READERS).organizations)


def standing_of(organization: Organization, kind: str, on: date) -> Standing | None:
    """The standing of this kind that holds on the day ``on``, if one does."""
    return holding(Standing.objects.filter(organization=organization, kind=kind), on).first()


def standings_on(organization: Organization, on: date) -> list[Standing]:
    """Every standing that holds on the day ``on``, one a kind."""
    return list(holding(Standing.objects.filter(organization=organization), on))


def standing_history(organization: Organization) -> list[Standing]:
    """Every standing it ever had: kind by kind, the latest first."""
    return list(Standing.objects.filter(organization=organization))


def with_standing(rows: QuerySet[Organization], kind: str, on: date, value: str = "") -> QuerySet[Organization]:
    """Those of ``rows`` that have a standing of this kind (and value) on the day ``on``."""
    held = holding(Standing.objects.filter(organization=OuterRef("pk"), kind=kind), on).order_by()
    return rows.filter(Exists(held.filter(value=value) if value else held))


def crossing_standings(organizations: Iterable[Organization]) -> Standing | None:
    """One standing that shares days with another of its kind and organization; None where all is well. One query."""
    rows = Standing.objects.filter(organization__in=list(organizations))
    other = Standing.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=OuterRef("valid_from")),
        organization=OuterRef("organization"),
        kind=OuterRef("kind"),
        valid_from__lt=OuterRef("valid_from"),
    )
    return rows.filter(Exists(other.order_by())).order_by(F("valid_from")).first()
