"""Reads of the projects of earlier years."""

from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet, Sum

from linli.apps.organizations.models import Organization
from linli.apps.projects.models import EarlierProject, EarlierScore
from linli.apps.projects.permissions import READERS, SPEAKERS
from linli.kernel.scope import Actor


def earlier_visible_to(actor: Actor | None, rows: QuerySet[EarlierProject] | None = None) -> QuerySet[EarlierProject]:
    """Those of the communities and streets where the actor's post reads, and his organization's own."""
    rows = EarlierProject.objects.all() if rows is None else rows
    if actor is None:
        return rows.none()
    mine, reached = actor.reach(*SPEAKERS).organizations, actor.reach(*READERS).places
    here = Q(place__in=reached) | Q(place__isnull=True, street__in=reached)
    return rows.filter(here | Q(bearer__in=mine))


def years_of_earlier(rows: QuerySet[EarlierProject]) -> list[dict[str, Any]]:
    """Each year with its ``count`` and ``amount``, the latest first. One query."""
    found = rows.order_by().values("year").annotate(count=Count("pk"), amount=Sum("amount"))
    return [dict(one) for one in found.order_by("-year")]


def with_scores(rows: QuerySet[EarlierProject]) -> QuerySet[EarlierProject]:
    """With their scores: one query more."""
    return rows.prefetch_related(Prefetch("scores", EarlierScore.objects.order_by("stage", "id")))


def earlier_of(organization: Organization, actor: Actor | None, *, most: int) -> list[EarlierProject]:
    """What the organization carried out in earlier years, the latest first. One query."""
    return list(earlier_visible_to(actor, EarlierProject.objects.filter(bearer=organization))[:most])
