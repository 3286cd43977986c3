"""Doors of sessions: the list, one session with its panels and entries, preparing, starting, closing."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from linli.apps.people.models import Post
from linli.apps.places.models import Level, Place
from linli.apps.reviews import queries, services
from linli.apps.reviews.forms import NameForm, RubricForm, SessionForm, StaffForm
from linli.apps.reviews.models import UNDER_WAY, Duty, EntryState, Purpose, ReviewSession, RoomTrip, SessionState
from linli.apps.reviews.permissions import KEEPERS, pays_fees, reads_reviews, tends_reviews
from linli.apps.reviews.services.keeping import require
from linli.apps.reviews.views.verbs import ACTS, verbs_of
from linli.kernel.audit import timeline
from linli.kernel.contributions import page_parts
from linli.kernel.refs import ref_of
from linli.kernel.scope import permission
from linli.kernel.ui.acting import act, me, story
from linli.kernel.ui.lists import Column, Filter, ListPage

COLUMNS = (
    Column("title", _("Title")),
    Column("first_day", _("First day"), sort="first_day"),
    Column("place", _("Organized by")),
    Column("mode", _("Way of judging")),
    Column("state", _("State"), sort="state"),
)
ENTRY_COLUMNS = (
    Column("title", _("Entry")),
    Column("panel", _("Panel")),
    Column("state", _("State")),
    Column("sheets", _("Sheets in"), numeric=True),
    Column("recused", _("Recused"), numeric=True),
    Column("verbs", _("What you may do")),
)
ENTRIES_SHOWN = 250


@permission(reads_reviews)
@require_safe
def sessions(request: HttpRequest) -> HttpResponse:
    """The reviews held where my posts reach."""
    actor = me(request)
    filters = (
        Filter("state", _("State"), SessionState.choices),
        Filter("purpose", _("Purpose"), Purpose.choices),
    )
    rows = queries.visible_to(actor).select_related("place", "rehearsal_of")
    page = ListPage(request, rows, columns=COLUMNS, filters=filters, first_sort="-first_day")
    return render(request, "reviews/list.html", {"page": page, "may_keep": tends_reviews(actor, None)})


def found(request: HttpRequest, pk: UUID, may: Any = None) -> ReviewSession:
    """The session of the address, if the reader sees it; refused when he may not do what he came for."""
    actor = me(request)
    rows = queries.visible_to(actor).select_related("place", "rubric__rubric", "rehearsal_of")
    rows = rows.annotate(is_out=Exists(RoomTrip.objects.filter(session=OuterRef("pk"), state__in=UNDER_WAY)))
    row: ReviewSession = get_object_or_404(rows, pk=pk)
    if may is not None:
        require(may, actor, row)
    return row


def sent(request: HttpRequest) -> Any:
    """What a form was sent with, also when it has no field; None where it is only shown."""
    return request.POST if request.method == "POST" else None


def page_of(pk: UUID) -> str:
    """The session's page on the desk."""
    return reverse("reviews:session", args=[pk])


@permission(reads_reviews)
@require_safe
def session(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One session: its phase, panels, staff, entries with how many sheets are in, recusals; never a mark."""
    row, actor = found(request, pk), me(request)
    seats = list(row.seats.select_related("panel"))
    trip = services.trip_of(row) if row.is_out else None  # type: ignore[attr-defined]  # ``found`` asked for it
    panels = queries.panel_lines(row, seats)
    filters = (
        Filter("panel", _("Panel"), [(line.panel.pk, line.panel.name) for line in panels]),
        Filter("state", _("State"), EntryState.choices),
    )
    entries = row.entries.select_related("panel")
    page = ListPage(request, entries, columns=ENTRY_COLUMNS, filters=filters, first_sort="position", size=ENTRIES_SHOWN)
    context = {
        "session": row,
        "panels": panels,
        "page": page,
        "standings": queries.board(row, page.rows, {line.panel.pk: line.judges for line in panels}),
        "staff": [seat for seat in seats if seat.duty != Duty.JUDGE],
        "undecided": sum(line.undecided for line in panels),
        "verbs": verbs_of(row, actor, here=trip is not None),
        "may_keep": tends_reviews(actor, row),
        "trip": trip,
        "may_pay": pays_fees(actor, row),
        "parts": page_parts("reviews.session", actor=actor, record=row),
        "story": story(timeline(ref_of(row))),
    }
    return render(request, "reviews/session.html", context)


@permission(tends_reviews)
def change(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """Start, close, call off, rehearse, forget, look for recusals: one form, one verb."""
    row, what = found(request, pk, tends_reviews), ACTS.get(verb)
    if what is None:
        raise Http404

    def do(data: dict[str, Any]) -> str | None:
        made = what.do(row, actor=me(request), **data)
        if verb == "derive":
            return reverse("reviews:recusals", args=[row.pk])
        if verb == "forget":
            return reverse("reviews:list")
        return page_of(made.pk) if verb == "rehearse" else None

    shown = {"title": what.title, "lead": what.lead, "press": what.title, "danger": what.danger, "crumb": row.title}
    return act(request, what.form(sent(request)), do, back=page_of(pk), done=what.done, **shown)


@permission(tends_reviews)
def new(request: HttpRequest) -> HttpResponse:
    """Prepare a review."""
    actor = me(request)
    places = Place.objects.filter(pk__in=actor.reach(*KEEPERS).places, level__in=(Level.STREET, Level.COMMUNITY))
    form = SessionForm(sent(request), places=places.order_by("code"), initial={"first_day": timezone.localdate()})

    def do(_data: dict[str, Any]) -> str:
        return page_of(services.open_session(actor=actor, **form.columns()).pk)

    return act(
        request,
        form,
        do,
        back=reverse("reviews:list"),
        done=_("The review is prepared. Add panels and judges; entries come from the rounds."),
        title=_("Prepare a review"),
        lead=_("How it is judged is decided now, before anybody has scored."),
        press=_("Save"),
        crumb=_("Reviews"),
    )


@permission(tends_reviews)
def new_rubric(request: HttpRequest) -> HttpResponse:
    """Write a rubric of one's own."""
    return act(
        request,
        RubricForm(sent(request)),
        lambda data: services.write_rubric(actor=me(request), **data),
        back=reverse("reviews:new"),
        done=_("The rubric stands in the list."),
        title=_("Write a rubric"),
        lead=_("What is judged is a project or an organization, never a person."),
        press=_("Save"),
        crumb=_("Prepare a review"),
    )


@permission(tends_reviews)
def new_panel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One more panel."""
    row = found(request, pk, tends_reviews)
    return act(
        request,
        NameForm(sent(request)),
        lambda data: services.add_panel(row, actor=me(request), **data),
        back=page_of(pk),
        done=_("The panel stands."),
        title=_("Add a panel"),
        lead=_("Judges sit in panels; each entry stands before one panel."),
        press=_("Save"),
        crumb=row.title,
    )


@permission(tends_reviews)
def new_staff(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Seat host, timekeeper, counter, supervisor or a screen."""
    row = found(request, pk, tends_reviews)
    posts = Post.objects.in_force(timezone.localdate()).filter(place__street=row.place.street_id)
    users = {post.user_id: post.user for post in posts.exclude(role="resident").select_related("user")}
    form = StaffForm(sent(request), users=list(users.values()))
    return act(
        request,
        form,
        lambda data: services.seat_staff(row, actor=me(request), **data),
        back=page_of(pk),
        done=_("The seat is taken."),
        title=_("Seat somebody who runs the room"),
        lead=_("Counter and supervisor are two people; without both nothing is revealed."),
        press=_("Save"),
        crumb=row.title,
    )
