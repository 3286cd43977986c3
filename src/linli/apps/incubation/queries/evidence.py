"""What the records hold about an organization and a month: papers, shifts, checks, activities, complaints."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Exists, OuterRef, Q

from linli.apps.activities.models import Attendance, Occurrence, OccurrenceState
from linli.apps.incubation.models import EvidenceKind, MonthEvidence
from linli.apps.incubation.rubric import Facts, next_month
from linli.apps.organizations.models import Organization


def services_held(organization: Organization, month: date) -> int:
    """Activities of the organization held in the month to which somebody signed in. One query."""
    theirs = Q(activity__organization=organization) | Q(activity__organizers__organization=organization)
    rows = Occurrence.objects.filter(theirs, state=OccurrenceState.HELD, starts__date__gte=month)
    rows = rows.filter(starts__date__lt=next_month(month))
    signed = Attendance.objects.filter(occurrence=OuterRef("pk")).order_by()
    return rows.filter(Exists(signed)).values("pk").distinct().count()


def facts_of(organization: Organization, month: date) -> Facts:
    """What the sheet is proposed from. Two queries."""
    rows = list(MonthEvidence.objects.filter(organization=organization, month=month))
    plans, summaries = _of(rows, EvidenceKind.PLAN), _of(rows, EvidenceKind.SUMMARY)
    desk = _of(rows, EvidenceKind.DESK)
    return Facts(
        month=month,
        plan_on=plans[0].on if plans else None,
        summary_on=summaries[0].on if summaries else None,
        shifts=sum(row.planned for row in desk),
        attended=sum(row.count for row in desk),
        checks=tuple(row.count > 0 for row in _of(rows, EvidenceKind.CHECK)),
        party=len(_of(rows, EvidenceKind.PARTY)),
        services=services_held(organization, month),
        complaints=len(_of(rows, EvidenceKind.COMPLAINT)),
    )


def _of(rows: Sequence[MonthEvidence], kind: EvidenceKind) -> list[MonthEvidence]:
    return [row for row in rows if row.kind == kind]
