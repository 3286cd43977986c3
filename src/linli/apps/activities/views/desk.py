"""Doors of the desk: activities, one activity with its dates, planning and announcing, hours of service."""

from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from linli.apps.activities import queries, services
from linli.apps.activities.forms import AmendForm, DatesForm, HoursForm, PlanForm, ReasonForm
from linli.apps.activities.kinds import kind_title
from linli.apps.activities.lifecycle import ACTIVITIES
from linli.apps.activities.models import Activity, ActivityState, Platform, VolunteerHours
from linli.apps.activities.permissions import reads_activities, runs_activities
from linli.apps.organizations.queries import visible_to as organizations_visible_to
from linli.kernel.audit import timeline
from linli.kernel.contributions import page_parts
from linli.kernel.errors import NotAllowed
from linli.kernel.refs import Ref, ref_of, resolve
from linli.kernel.scope import permission
from linli.kernel.ui.acting import act, me, press, story, workbook
from linli.kernel.ui.lists import Column, Filter, ListPage

COLUMNS = (
    Column("title", _("Title")),
    Column("place", _("Place")),
    Column("next_start", _("Next date")),
    Column("held", _("Dates held"), numeric=True),
    Column("state", _("State")),
    Column("planned_at", _("Planned on"), sort="planned_at"),
)
HOUR_COLUMNS = (
    Column("day", _("Day"), sort="day"),
    Column("team", _("Team")),
    Column("kind", _("Kind")),
    Column("people", _("Volunteers"), numeric=True),
    Column("hours", _("Hours together"), numeric=True),
)
NOT_YOURS = _("Only those who hold activities for this place or organization do this.")


def kind_choices() -> list[tuple[str, str]]:
    """The dictionary's kinds for a filter."""
    return [(kind.code, kind.title) for kind in queries.activity_kinds().values()]


@permission(reads_activities)
@require_safe
def activities(request: HttpRequest) -> HttpResponse:
    """The activities of the places and organizations where I work."""
    actor = me(request)
    rows = queries.with_dates(queries.visible_to(actor), timezone.now()).select_related("place__street")
    filters = (Filter("state", _("State"), ActivityState.choices), Filter("kind", _("Kind"), kind_choices()))
    page = ListPage(request, rows, columns=COLUMNS, filters=filters, first_sort="-planned_at")
    context = {"page": page, "may_plan": runs_activities(actor)}
    return render(request, "activities/activities.html", context)


def found(request: HttpRequest, pk: UUID, may: Any = None) -> Activity:
    """The activity of the address, if the reader sees it; refused when he may not do what he came for."""
    actor = me(request)
    row: Activity = get_object_or_404(queries.visible_to(actor).select_related("place__street", "organization"), pk=pk)
    if may is not None and not may(actor, row):
        raise NotAllowed(NOT_YOURS)
    return row


@permission(reads_activities)
@require_safe
def activity(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One activity: its dates and what came of them, what I may do."""
    row, actor = found(request, pk), me(request)
    subject = resolve([row.subject], actor=actor).get(row.subject) if row.subject else None
    verbs = {transition.name for transition in ACTIVITIES.offered(actor, row)}
    context = {
        "activity": row,
        "dates": queries.with_people(row.occurrences.order_by("starts")),
        "hosts": row.organizers.all(),
        "subject": subject,
        "verbs": verbs,
        "own": row.planned_by == actor.actor_id,
        "may_run": runs_activities(actor, row) and row.state != ActivityState.CALLED_OFF,
        "parts": page_parts("activities.activity", actor=actor, record=row),
        "story": story(timeline(ref_of(row))),
    }
    return render(request, "activities/activity.html", context)


def _page(row: Activity) -> str:
    return reverse("activities:activity", args=[row.pk])


@permission(runs_activities)
def new(request: HttpRequest) -> HttpResponse:
    """Plan an activity; the page of a project leads here with ``?subject=…``."""
    actor = me(request)
    asked = request.POST if request.method == "POST" else request.GET
    subject = _known(asked.get("subject"), actor)
    first = {"subject": subject or "", **{name: asked.get(name) for name in ("title", "place", "kind")}}
    form = PlanForm(request.POST or None, places=queries.plannable_places(actor), initial=first)

    def do(data: dict[str, Any]) -> str:
        return _page(services.plan(**form.planned(), subject=subject, actor=actor))

    return act(
        request,
        form,
        do,
        back=reverse("activities:activities"),
        done=_("The activity is planned. Somebody else reads it and announces it."),
        title=_("Plan an activity"),
        lead=_("Nobody outside sees it before a second person announces it."),
        press=_("Plan the activity"),
        crumb=_("Activities"),
        draft="activity-new",
    )


def _known(text: str | None, actor: Any) -> Ref | None:
    """A record the actor may see; None for anything else."""
    try:
        ref = Ref.parse(text or "")
        return ref if ref in resolve([ref], actor=actor) else None
    except (ValueError, LookupError):
        return None


@permission(runs_activities)
def amend(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put the text of an activity right."""
    row = found(request, pk, runs_activities)
    form = AmendForm(request.POST or None, instance=row)
    return act(
        request,
        form,
        lambda _data: services.amend(row, actor=me(request), version=form.seen, **form.columns()),
        back=_page(row),
        done=_("Saved."),
        title=_("Put the activity right"),
        lead=_("What is announced already is read by the scan before it changes."),
        press=_("Save"),
        crumb=row.title,
    )


@permission(runs_activities)
@require_POST
def publish(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Announce an activity."""
    row = found(request, pk)
    return press(
        request,
        lambda: services.publish(row, actor=me(request)),
        back=_page(row),
        done=_("The activity is announced. People can sign up."),
    )


@permission(runs_activities)
def call_off(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Call an activity off."""
    row = found(request, pk, runs_activities)
    return act(
        request,
        ReasonForm(request.POST or None),
        lambda data: services.call_off(row, actor=me(request), **data),
        back=_page(row),
        done=_("The activity is called off."),
        title=_("Call the activity off"),
        lead=_("All dates to come are called off. Whoever signed up reads the reason on his page."),
        press=_("Call the activity off"),
        danger=True,
        crumb=row.title,
    )


@permission(runs_activities)
def add_dates(request: HttpRequest, pk: UUID) -> HttpResponse:
    """More dates."""
    row = found(request, pk, runs_activities)
    form = DatesForm(request.POST or None)

    def do(data: dict[str, Any]) -> None:
        services.add_dates(row, times=form.times(), actor=me(request))

    return act(
        request, form, do, back=_page(row), done=_("The dates are added."), title=_("Add dates"),
        lead=row.title, press=_("Add"), crumb=row.title,
    )  # fmt: skip


def _hours(request: HttpRequest) -> ListPage:
    rows = queries.hours_visible_to(me(request), VolunteerHours.objects.select_related("team", "place", "occurrence"))
    return ListPage(
        request, rows, columns=HOUR_COLUMNS, filters=(Filter("kind", _("Kind"), kind_choices()),), first_sort="-day"
    )


@permission(reads_activities)
@require_safe
def export_hours(request: HttpRequest) -> FileResponse:
    """The hours of teams as a workbook, for the volunteer systems of city and country: by team, never by person."""
    lines = (
        (row.day, str(row.team or ""), row.place.name, kind_title(row.kind), row.people, row.hours, row.remark)
        for row in _hours(request).matching.iterator(chunk_size=500)
    )
    return workbook("志愿服务时长", ("服务日期", "团队", "地点", "类别", "人数", "时长合计（小时）", "备注"), lines)


@permission(reads_activities)
@require_safe
def hours(request: HttpRequest) -> HttpResponse:
    """Hours of voluntary service: by day and team, with their sum."""
    actor, page = me(request), _hours(request)
    context = {"page": page, "total": queries.hours_sum(page.matching), "may_enter": runs_activities(actor)}
    context["platforms"] = Platform.choices
    return render(request, "activities/hours.html", context)


@permission(runs_activities)
def new_hours(request: HttpRequest) -> HttpResponse:
    """Enter what a team gave."""
    actor = me(request)
    form = HoursForm(
        request.POST or None, places=queries.plannable_places(actor),
        teams=organizations_visible_to(actor).order_by("name"), dates=queries.dates_of_late(actor, timezone.now()),
    )  # fmt: skip
    return act(
        request,
        form,
        lambda data: services.record_hours(actor=actor, **data) and None,
        back=reverse("activities:hours"),
        done=_("The hours are entered."),
        title=_("Enter hours of service"),
        lead=_("By team, never by person: nobody is ranked by hours."),
        press=_("Enter"),
        crumb=_("Hours of service"),
    )
