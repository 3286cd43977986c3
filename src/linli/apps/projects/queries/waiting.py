"""What waits for whom: findings, milestones, mid-terms, changes, recoveries."""

from datetime import date, timedelta

from django.db.models import F, Q, QuerySet

from linli.apps.projects.models import (
    UNDER_WAY,
    Advice,
    ChangeRequest,
    ChangeState,
    MidTerm,
    MidTermState,
    Milestone,
    OpinionSheet,
    Project,
    Recovery,
    VisitFinding,
)
from linli.apps.projects.permissions import COUNTERS, KEEPERS, SPEAKERS
from linli.kernel.scope import Actor, Role

SOON = timedelta(days=14)


def carried_out_by(actor: Actor) -> QuerySet[Project]:
    """Projects under way whose bearer the actor speaks for: his organization, or his community."""
    mine, here = actor.reach(*SPEAKERS).organizations, actor.reach(*COUNTERS).places
    return Project.objects.filter(Q(bearer__in=mine) | Q(bearer_place__in=here), state__in=UNDER_WAY).order_by()


def kept_by(actor: Actor) -> QuerySet[Project]:
    """Projects of the streets the actor keeps."""
    return Project.objects.filter(place__in=actor.reach(*KEEPERS).places).order_by()


def open_findings(actor: Actor) -> QuerySet[VisitFinding]:
    """Findings the bearer has to put right, the first due first."""
    rows = VisitFinding.objects.filter(settled_on__isnull=True, project__in=carried_out_by(actor).values("pk"))
    return rows.select_related("project").order_by("due", "id")


def due_milestones(actor: Actor, today: date) -> QuerySet[Milestone]:
    """Milestones the bearer has to reach within 14 days, or should have."""
    rows = Milestone.objects.filter(reached_on__isnull=True, due__lte=today + SOON)
    return rows.filter(project__in=carried_out_by(actor).values("pk")).select_related("project").order_by("due", "id")


def midterms_to_write(actor: Actor) -> QuerySet[MidTerm]:
    """Self-reports the bearer owes."""
    rows = MidTerm.objects.filter(state=MidTermState.CALLED, project__in=carried_out_by(actor).values("pk"))
    return rows.select_related("project").order_by("due", "id")


def midterms_to_score(actor: Actor) -> QuerySet[MidTerm]:
    """Self-reports handed in, where the actor keeps projects."""
    rows = MidTerm.objects.filter(state=MidTermState.HANDED_IN, project__in=kept_by(actor).values("pk"))
    return rows.select_related("project").order_by("handed_in_at", "id")


def changes_to_answer(actor: Actor) -> QuerySet[ChangeRequest]:
    """Requests whose band the actor answers, except his own."""
    bands = {
        "small": actor.reach(*KEEPERS), "middle": actor.reach(Role.SECTION_HEAD, Role.LEADER),
        "large": actor.reach(Role.LEADER),
    }  # fmt: skip
    mine = Q(pk__in=[])
    for band, reach in bands.items():
        mine |= Q(band=band, project__place__in=reach.places)
    rows = ChangeRequest.objects.filter(mine, state=ChangeState.ASKED)
    others = Q(asked_by__isnull=True) | ~Q(asked_by=actor.actor_id)
    return rows.filter(others).select_related("project").order_by("asked_at", "id")


def changes_to_file(actor: Actor) -> QuerySet[ChangeRequest]:
    """Approved changes without a filing number, where the actor keeps projects."""
    rows = ChangeRequest.objects.filter(state=ChangeState.APPROVED, project__in=kept_by(actor).values("pk"))
    return rows.select_related("project").order_by("answered_at", "id")


def recoveries(actor: Actor) -> QuerySet[Recovery]:
    """Money that has not come back, for the finance officer."""
    here = actor.reach(Role.FINANCE_OFFICER).places
    rows = Recovery.objects.filter(came__lt=F("amount"), project__place__in=here)
    return rows.select_related("project").order_by("due", "id")


def _answers_for(actor: Actor) -> Q:
    """Sheets of projects the actor answers for, whether the project is still under way or concluded."""
    mine, here = actor.reach(*SPEAKERS).organizations, actor.reach(*COUNTERS).places
    return Q(project__bearer__in=mine) | Q(project__bearer_place__in=here)


def opinions_to_answer(actor: Actor) -> QuerySet[OpinionSheet]:
    """Opinion sheets without all their answers, for whoever carried the project out; the first due first."""
    rows = OpinionSheet.objects.filter(_answers_for(actor), answered_at__isnull=True)
    return rows.select_related("project").order_by("due", "id")


def opinions_overdue(actor: Actor, today: date) -> QuerySet[OpinionSheet]:
    """Opinion sheets whose day has passed without all answers, where the actor keeps projects."""
    rows = OpinionSheet.objects.filter(answered_at__isnull=True, due__lt=today, project__in=kept_by(actor).values("pk"))
    return rows.select_related("project").order_by("due", "id")


def advice_to_finish(actor: Actor, today: date) -> QuerySet[Advice]:
    """Advice that was taken, whose measure is due within 14 days or was, and is not done yet."""
    sheets = OpinionSheet.objects.filter(_answers_for(actor)).order_by().values("pk")
    rows = Advice.objects.filter(sheet__in=sheets, taken__in=("adopted", "partly"), done_on__isnull=True)
    return rows.filter(until__lte=today + SOON).select_related("sheet__project").order_by("until", "id")
