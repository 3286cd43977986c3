"""What the records hold about an organization and a month: papers, shifts, checks, activities, complaints."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from linli.apps.activities.models import Attendance, Occurrence, OccurrenceState
from linli.apps.incubation.models import EvidenceKind, MonthEvidence, MonthSource, source
from linli.apps.incubation.rubric import Facts, next_month
from linli.apps.needs.models import AnswerKind, Need, NeedState, Outcome
from linli.apps.organizations.models import Organization
from linli.kernel.refs import ref_of

CODES = {
    EvidenceKind.PLAN: "plan", EvidenceKind.SUMMARY: "summary", EvidenceKind.DESK: "desk",
    EvidenceKind.CHECK: "tidiness", EvidenceKind.PARTY: "party", EvidenceKind.COMPLAINT: "feedback",
}  # fmt: skip
"""Under which criterion a piece of evidence stands."""
TRUE = (Outcome.SOLVED, Outcome.PLANNED)
"""A complaint answered so was right: something had to be put in order."""


@dataclass(frozen=True)
class Read:
    """What was read for a month: the facts the marks follow from, and the records behind each criterion."""

    facts: Facts
    sources: Mapping[str, Sequence[MonthSource]]


def held_services(organization: Organization, month: date) -> QuerySet[Occurrence]:
    """Activities of the organization held in the month to which somebody signed in."""
    theirs = Q(activity__organization=organization) | Q(activity__organizers__organization=organization)
    rows = Occurrence.objects.filter(theirs, state=OccurrenceState.HELD, starts__date__gte=month)
    rows = rows.filter(starts__date__lt=next_month(month))
    signed = Attendance.objects.filter(occurrence=OuterRef("pk")).order_by()
    return rows.filter(Exists(signed)).select_related("activity").distinct().order_by("starts", "pk")


def complaints_upheld(organization: Organization, month: date) -> int:
    """Complaints about the organization answered for good in the month and found true. A number, nothing of them."""
    rows = Need.objects.filter(
        about_kind="organizations.organization", about_id=organization.pk,
        state__in=(NeedState.ANSWERED, NeedState.CLOSED), answered_at__date__gte=month,
        answered_at__date__lt=next_month(month), answers__kind=AnswerKind.FINAL, answers__given_at__isnull=False,
        answers__outcome__in=TRUE,
    )  # fmt: skip
    return rows.order_by().values("pk").distinct().count()


def read_month(organization: Organization, month: date) -> Read:
    """What a sheet is filled from, with its sources. Three queries."""
    rows = list(MonthEvidence.objects.filter(organization=organization, month=month))
    held = list(held_services(organization, month))
    upheld = complaints_upheld(organization, month)
    sources: dict[str, list[MonthSource]] = defaultdict(list)
    for row in rows:
        sources[CODES[EvidenceKind(row.kind)]].append(source(_told(row), row.on))
    for one in held:
        sources["service"].append(source(str(one.activity), timezone.localdate(one.starts), ref_of(one)))
    if upheld:
        sources["feedback"].append(source(f"经办结核实的投诉{upheld}件"))
    return Read(_facts(rows, month, len(held), upheld), sources)


def _told(row: MonthEvidence) -> str:
    if row.kind == EvidenceKind.DESK:
        return f"{row.note}（{row.count}/{row.planned}）"
    if row.kind == EvidenceKind.CHECK:
        return f"{row.note}（{'合格' if row.count else '不合格'}）"
    return row.note


def _facts(rows: Sequence[MonthEvidence], month: date, held: int, upheld: int) -> Facts:
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
        services=held,
        complaints=len(_of(rows, EvidenceKind.COMPLAINT)) + upheld,
    )


def _of(rows: Sequence[MonthEvidence], kind: EvidenceKind) -> list[MonthEvidence]:
    return [row for row in rows if row.kind == kind]
