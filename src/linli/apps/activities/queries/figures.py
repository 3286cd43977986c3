"""What activities come to: sessions, person-times and hours by kind; never a figure of a person."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, Greatest

from linli.apps.activities.kinds import activity_kinds
from linli.apps.activities.models import Attendance, Occurrence, OccurrenceState, VolunteerHours
from linli.apps.activities.queries.activities import with_people
from linli.apps.organizations.models import Organization
from linli.apps.places.models import Place
from linli.kernel.refs import Ref


@dataclass(frozen=True)
class Total:
    """Of one kind, or of all: dates held, person-times, hours of voluntary service."""

    sessions: int = 0
    person_times: int = 0
    hours: Decimal = Decimal(0)

    def __add__(self, other: "Total") -> "Total":
        return Total(self.sessions + other.sessions, self.person_times + other.person_times, self.hours + other.hours)


def _about(subjects: Collection[Ref], prefix: str = "") -> Q:
    found = Q(pk__in=[])
    for ref in subjects:
        found |= Q(**{f"{prefix}subject_kind": ref.kind, f"{prefix}subject_id": ref.id})
    return found


def _below(place: Place, column: str) -> Q:
    """Rows of a place and of everything below it."""
    return Q(**{f"{column}__paths_up__ancestor": place.pk})


def dates_held(
    *,
    subjects: Collection[Ref] | None = None,
    place: Place | None = None,
    since: date | None = None,
    until: date | None = None,
) -> QuerySet[Occurrence]:
    """The dates held: for these records, at or below this place, from one day to another (both counted)."""
    rows = Occurrence.objects.filter(state=OccurrenceState.HELD)
    if subjects is not None:
        rows = rows.filter(_about(subjects, "activity__"))
    if place is not None:
        rows = rows.filter(_below(place, "activity__place"))
    if since is not None:
        rows = rows.filter(starts__date__gte=since)
    if until is not None:
        rows = rows.filter(starts__date__lte=until)
    return rows


def hours_given(
    *,
    subjects: Collection[Ref] | None = None,
    place: Place | None = None,
    since: date | None = None,
    until: date | None = None,
) -> QuerySet[VolunteerHours]:
    """The hours of voluntary service entered, cut as :func:`dates_held`."""
    rows = VolunteerHours.objects.all()
    if subjects is not None:
        rows = rows.filter(_about(subjects))
    if place is not None:
        rows = rows.filter(_below(place, "place"))
    if since is not None:
        rows = rows.filter(day__gte=since)
    if until is not None:
        rows = rows.filter(day__lte=until)
    return rows


def totals(
    *,
    subjects: Collection[Ref] | None = None,
    place: Place | None = None,
    since: date | None = None,
    until: date | None = None,
) -> Mapping[str, Total]:
    """Kind → what was held, in the order of the dictionary, kinds without anything left out. Two queries.

    Person-times of a date are its head-count, or those who signed in where they are more.
    """
    cut: dict[str, Any] = {"subjects": subjects, "place": place, "since": since, "until": until}
    signed = Attendance.objects.filter(occurrence=OuterRef("pk")).order_by().values("occurrence")
    counted = dates_held(**cut).annotate(
        came=Coalesce(Subquery(signed.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0)
    )
    counted = counted.annotate(people=Greatest("came", Coalesce("head_count__total", 0), output_field=IntegerField()))
    found: dict[str, Total] = {}
    held = counted.order_by().values_list("activity__kind").annotate(sessions=Count("pk"), times=Sum("people"))
    for kind, sessions, times in held:
        found[kind] = Total(sessions, times)
    for kind, given in hours_given(**cut).order_by().values_list("kind").annotate(given=Sum("hours")):
        found[kind] = found.get(kind, Total()) + Total(hours=given)
    order = [*activity_kinds(), *sorted(found.keys() - activity_kinds().keys())]
    return {kind: found[kind] for kind in order if kind in found}


def total_of(found: Mapping[str, Total]) -> Total:
    """All kinds together."""
    return sum(found.values(), Total())


@dataclass(frozen=True)
class Evidence:
    """What shows that something was done for a record: dates held with their person-times, hours by team."""

    dates: list[Any] = field(default_factory=list)
    by_kind: Mapping[str, Total] = field(default_factory=dict)

    @property
    def total(self) -> Total:
        """All kinds together."""
        return total_of(self.by_kind)


def evidence_of(subject: Ref) -> Evidence:
    """The dates held for one record, each with ``came`` and ``person_times``, and the sums. Three queries."""
    dates = with_people(dates_held(subjects=[subject])).select_related("activity__place").order_by("starts", "id")
    return Evidence(list(dates), totals(subjects=[subject]))


def hours_by_team(
    *, place: Place | None = None, since: date | None = None, until: date | None = None
) -> list[tuple[Organization, Decimal]]:
    """Teams with the hours they gave, by name: a ledger, no ranking. Two queries."""
    rows = hours_given(place=place, since=since, until=until).filter(team__isnull=False)
    given = {row["team"]: row["hours"] for row in rows.order_by().values("team").annotate(hours=Sum("hours"))}
    teams = Organization.objects.filter(pk__in=given).order_by("name", "id")
    return [(team, given[team.pk]) for team in teams]


def hours_sum(rows: QuerySet[VolunteerHours]) -> Decimal:
    """The hours of these rows added up. One query."""
    found: Decimal | None = rows.order_by().aggregate(total=Sum("hours"))["total"]
    return found or Decimal(0)
