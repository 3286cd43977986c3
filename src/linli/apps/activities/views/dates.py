"""Doors of one date: who comes, who has come, how many were counted, the agenda."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from linli.apps.activities import queries, services
from linli.apps.activities.forms import AgendaForm, EnterForm, HeadCountForm, ReasonForm
from linli.apps.activities.forms.planning import written
from linli.apps.activities.lifecycle import OCCURRENCES
from linli.apps.activities.models import Listing, Occurrence, SignInWay, Signup, SignupState
from linli.apps.activities.permissions import keeps_door, reads_activities, reads_care, runs_activities
from linli.kernel import files
from linli.kernel.audit import timeline
from linli.kernel.errors import NotAllowed
from linli.kernel.files import photos
from linli.kernel.refs import ref_of
from linli.kernel.scope import permission
from linli.kernel.ui.acting import act, me, press, story

NOT_YOURS = _("Only those who hold activities for this place or organization do this.")


def found(request: HttpRequest, pk: UUID, may: Any = None) -> Any:
    """The date of the address, if the reader sees it; refused when he may not do what he came for.

    An occurrence with ``came`` and ``person_times``.
    """
    actor = me(request)
    rows = queries.with_people(queries.dates_visible_to(actor)).select_related("activity__place__street", "head_count")
    row = get_object_or_404(rows, pk=pk)
    if may is not None and not may(actor, row):
        raise NotAllowed(NOT_YOURS)
    return row


def page_of(row: Occurrence) -> str:
    """The page of a date."""
    return reverse("activities:date", args=[row.pk])


@permission(reads_activities)
@require_safe
def date(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One date. The names stand there for those who keep the door, and for nobody else."""
    row, actor = found(request, pk), me(request)
    names = keeps_door(actor, row)
    people = list(queries.on_list(row)) if names else []
    now = timezone.now()
    context = {
        "date": row,
        "activity": row.activity,
        "agenda": row.agenda.all(),
        "names": names,
        "people": people,
        "may_care": names and reads_care(actor, row),
        "without": sum(1 for one in people if hasattr(one, "attendance") and not one.photos_allowed),
        "tiles": photos.grid(ref_of(row), actor=actor) if names else [],
        "scans": files.files_of(ref_of(row)) if names else [],
        "waiting": sum(1 for one in people if one.state == SignupState.WAITING),
        "open": row.state == "ahead" and now >= row.starts - services.EARLY,
        "begun": now >= row.starts,
        "may_run": runs_activities(actor, row),
        "verbs": {transition.name for transition in OCCURRENCES.offered(actor, row)},
        "story": story(timeline(ref_of(row))),
    }
    return render(request, "activities/date.html", context)


@permission(keeps_door)
def enter(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put somebody on the list who called, or who stands there."""
    row = found(request, pk, keeps_door)
    form = EnterForm(request.POST or None, activity=row.activity)

    def do(data: dict[str, Any]) -> None:
        here = data.get("came")
        person = form.attendee()
        if here:
            services.sign_in(row, attendee=person, way=SignInWay.LIST, actor=me(request))
        else:
            services.sign_up(row, attendee=person, listing=Listing.DESK, actor=me(request))

    return act(
        request, form, do, back=page_of(row), done=_("The person stands on the list."), title=_("Enter a person"),
        lead=str(row), press=_("Enter"), crumb=str(row),
    )  # fmt: skip


def _signup(row: Occurrence, pk: UUID) -> Signup:
    return get_object_or_404(Signup.objects.select_related("occurrence__activity__place"), pk=pk, occurrence=row)


@permission(keeps_door)
@require_POST
def came(request: HttpRequest, pk: UUID, signup: UUID) -> HttpResponse:
    """One tap: this person is here."""
    row = found(request, pk, keeps_door)
    person = _signup(row, signup)
    return press(
        request,
        lambda: services.sign_in(row, signup=person, way=SignInWay.LIST, actor=me(request)),
        back=f"{page_of(row)}#people",
        done=_("Signed in."),
    )


@permission(keeps_door)
@require_POST
def leave(request: HttpRequest, pk: UUID, signup: UUID) -> HttpResponse:
    """Somebody called that he does not come."""
    row = found(request, pk, keeps_door)
    person = _signup(row, signup)
    return press(
        request,
        lambda: services.leave(person, actor=me(request)),
        back=f"{page_of(row)}#people",
        done=_("The place is free again. Whoever waits first is offered it."),
    )


@permission(keeps_door)
def count(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Count heads."""
    row = found(request, pk, keeps_door)
    known = getattr(row, "head_count", None)
    first = {"total": known.total, "minors": known.minors} if known else {"total": row.person_times or None}
    return act(
        request,
        HeadCountForm(request.POST or None, initial=first),
        lambda data: services.count_heads(row, actor=me(request), **data) and None,
        back=page_of(row),
        done=_("The count is kept."),
        title=_("Count heads"),
        lead=_("All who were there, whether they signed or not. The date counts as held."),
        press=_("Save"),
        crumb=str(row),
    )


@permission(runs_activities)
def agenda(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write the agenda."""
    row = found(request, pk, runs_activities)
    form = AgendaForm(request.POST or None, initial={"agenda": written(row.agenda.all())})
    return act(
        request,
        form,
        lambda data: services.change_agenda(row, items=data["agenda"], actor=me(request)),
        back=page_of(row),
        done=_("Saved."),
        title=_("Agenda"),
        lead=str(row),
        press=_("Save"),
        crumb=str(row),
    )


@permission(runs_activities)
def call_off(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Call one date off."""
    row = found(request, pk, runs_activities)
    return act(
        request,
        ReasonForm(request.POST or None),
        lambda data: services.call_off_date(row, actor=me(request), **data),
        back=page_of(row),
        done=_("This date is called off."),
        title=_("Call this date off"),
        lead=_("Whoever signed up reads the reason on his page."),
        press=_("Call this date off"),
        danger=True,
        crumb=str(row),
    )


@permission(keeps_door)
@require_POST
def release(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Free the places of those who have not come."""
    row = found(request, pk, keeps_door)
    return press(
        request,
        lambda: services.release_no_shows(row, actor=me(request)),
        back=f"{page_of(row)}#people",
        done=_("Unused places are free. Whoever comes late still gets in while there is room."),
    )
