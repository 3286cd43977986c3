"""What the records hold about whether organizations work: their last activity, filing, project, check, lists."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.functional import Promise

from linli.apps.activities.models import Occurrence, OccurrenceState
from linli.apps.incubation.models import MonthEvidence, MonthSheet
from linli.apps.incubation.queries.center import holding
from linli.apps.incubation.queries.course import read_by
from linli.apps.incubation.rubric import Signs, idle
from linli.apps.organizations.models import TEAMS, Organization, OrganizationKind, Standing
from linli.apps.organizations.queries import in_force
from linli.apps.projects.models import UNDER_WAY, Project
from linli.kernel.scope import Actor
from linli.kernel.settings import value_of

WATCHED = (OrganizationKind.SOCIAL_ORGANIZATION, *TEAMS)
"""Kinds of which it is asked whether they work: those a street fosters."""


@dataclass(frozen=True)
class Idle:
    """An organization that looks inactive: what its records hold, and why."""

    organization: Organization
    signs: Signs
    reasons: Sequence[str | Promise]


def _standing(kind: str, on: date) -> Subquery:
    rows = Standing.objects.filter(holding(on, "valid_from", "valid_to"), organization=OuterRef("pk"), kind=kind)
    return Subquery(rows.order_by("-valid_from").values("value")[:1])


def signed(rows: QuerySet[Organization], on: date) -> QuerySet[Any]:
    """Organizations that exist on the day, with what shows that they work. No query more."""
    held = Occurrence.objects.filter(state=OccurrenceState.HELD, starts__date__lte=on)
    own = held.filter(activity__organization=OuterRef("pk")).order_by().values("activity__organization")
    shared = held.filter(activity__organizers__organization=OuterRef("pk")).order_by()
    joint = shared.values("activity__organizers__organization")
    filed = MonthEvidence.objects.filter(organization=OuterRef("pk"), on__lte=on).exclude(kind="complaint")
    projects = Project.objects.filter(bearer=OuterRef("pk"), starts_on__lte=on).order_by().values("bearer")
    rated = MonthSheet.objects.filter(
        organization=OuterRef("pk"), month__lte=on, published_at__isnull=False, total__gt=0
    )
    return in_force(on, rows).annotate(
        rated=Subquery(rated.values("organization").annotate(day=Max("month")).values("day")),
        own_activity=Subquery(own.annotate(day=Max(TruncDate("starts"))).values("day")),
        joint_activity=Subquery(joint.annotate(day=Max(TruncDate("starts"))).values("day")),
        filed=Subquery(filed.order_by().values("organization").annotate(day=Max("on")).values("day")),
        worked=Subquery(projects.annotate(day=Max("ends_on")).values("day")),
        runs=Subquery(projects.filter(state__in=UNDER_WAY).values("bearer")[:1]),
        annual_check=_standing("annual_check", on),
        abnormal=_standing("abnormal_list", on),
    )


def signs_of(row: Any, on: date) -> Signs:
    """The signs of a row of :func:`signed`. No query."""
    activity = max((day for day in (row.own_activity, row.joint_activity) if day), default=None)
    filed = max((day for day in (row.filed, row.rated) if day), default=None)
    worked = on if row.runs else row.worked and min(row.worked, on)
    return Signs(
        since=row.founded_on or row.valid_from, activity=activity, evidence=filed, service=worked,
        check=row.annual_check or "", abnormal=bool(row.abnormal),
    )  # fmt: skip


def inactive(actor: Actor | None, on: date | None = None) -> list[Idle]:
    """Those that look inactive on the day, by name, each with its reasons; a street's own months count."""
    day = on or timezone.localdate()
    rows = read_by(actor).filter(kind__in=WATCHED).select_related("place__street")
    months: dict[Any, int] = {}
    found = []
    for row in signed(rows, day).order_by("name", "pk"):
        street = row.place.street_id
        if street not in months:
            months[street] = int(value_of("incubation.idle_months", street=street))
        signs = signs_of(row, day)
        reasons = idle(signs, on=day, months=months[street])
        if reasons:
            found.append(Idle(row, signs, reasons))
    return found
