"""Doors of what people decide beside the marks: the chair among equals, a verdict without majority, paper ballots."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.apps.reviews import queries, services
from linli.apps.reviews.forms import BallotForm, OrderForm, VerdictForm
from linli.apps.reviews.models import Duty, Entry, Mode, Panel, Seat, SeatActor, SheetSource
from linli.apps.reviews.permissions import reads_reviews, tends_reviews
from linli.apps.reviews.services.keeping import require
from linli.apps.reviews.views.panels import found_panel, panel_page
from linli.apps.reviews.views.sessions import sent
from linli.kernel.errors import NotAllowed
from linli.kernel.scope import permission
from linli.kernel.ui.acting import act, me


def _chair_or_counter(request: HttpRequest, panel: Panel) -> SeatActor:
    seat = queries.seat_actor(me(request), panel.session, Duty.COUNTER, Duty.JUDGE, panel=panel)
    if seat is None:
        raise NotAllowed(_("The chair of the panel chooses; the counter may enter the choice."))
    return seat


@permission(reads_reviews)
def choose(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The chair's choice among entries of one rank, entered by the chair or the counter."""
    panel = found_panel(request, pk)
    tied = {entry.number: entry for entry in queries.tied_entries(panel)}

    def do(data: dict[str, Any]) -> None:
        order = [tied[number] for number in data["order"]]
        services.choose_order(order, reason=data["reason"], actor=_chair_or_counter(request, panel))

    told = "；".join(f"{number} {entry.title}" for number, entry in tied.items())
    return act(
        request,
        OrderForm(sent(request), numbers=list(tied)),
        do,
        back=panel_page(pk),
        done=_("The choice is recorded."),
        title=_("Record the choice among equals"),
        lead=told or _("No entries share a rank."),
        press=_("Save"),
        crumb=panel.name,
    )


@permission(reads_reviews)
def verdict(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The chair's verdict where no opinion has more than half."""
    rows = queries.parts_visible_to(me(request), Entry.objects.select_related("session__place", "panel__session"))
    entry: Entry = get_object_or_404(rows, pk=pk, session__mode=Mode.OPINIONS, panel__isnull=False)
    panel = entry.panel
    assert panel is not None  # asked for above
    return act(
        request,
        VerdictForm(sent(request)),
        lambda data: services.choose_verdict(entry, actor=_chair_or_counter(request, panel), **data),
        back=panel_page(panel.pk),
        done=_("The choice is recorded."),
        title=_("Record the verdict"),
        lead=entry.title,
        press=_("Save"),
        crumb=panel.name,
    )


@permission(tends_reviews)
def ballot(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A judge's ballot from paper."""
    rows = queries.parts_visible_to(me(request), Seat.objects.select_related("panel__session__place", "session__place"))
    seat: Seat = get_object_or_404(rows, pk=pk, duty=Duty.JUDGE)
    require(tends_reviews, me(request), seat)
    panel = seat.panel
    if panel is None or panel.session.mode != Mode.VOTE:
        raise Http404
    form = BallotForm(sent(request), entries=queries.votable(panel, seat))
    return act(
        request,
        form,
        lambda data: services.cast(panel, seat=seat, yes=data["yes"], actor=me(request), source=SheetSource.PAPER),
        back=reverse("reviews:panel", args=[panel.pk]),
        done=_("Typed."),
        title=f"{_('Type a ballot')}：{seat.name}",
        lead=_("Type what stands on the paper, and nothing else."),
        press=_("Save"),
        crumb=panel.name,
    )
