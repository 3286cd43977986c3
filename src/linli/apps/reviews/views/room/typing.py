"""Sheets of paper, typed in the room by host or counter; somebody else types them again, here or at the desk."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.apps.reviews import queries, services
from linli.apps.reviews.forms import ScanForm
from linli.apps.reviews.models import Duty, Entry, Seat
from linli.apps.reviews.views.judging import typed
from linli.apps.reviews.views.room.access import Room, seated
from linli.kernel.errors import Refusal
from linli.kernel.ui.acting import explain

TYPISTS = (Duty.HOST, Duty.COUNTER)


@seated(*TYPISTS)
def typing(request: HttpRequest, room: Room) -> HttpResponse:
    """Which sheets are typed once, twice, which differ, never a mark; and where their scan is attached."""
    form = ScanForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.attach_scan(room.panel, upload=form.cleaned_data["upload"], actor=room.actor)
            messages.success(request, _("The scan is attached."))
            return redirect(request.path)
        except Refusal as refusal:
            explain(form, refusal)
    shown = {"room": room, "rows": queries.typing_grid(room.panel), "form": form}
    return render(request, "reviews/room/typing.html", shown, status=422 if form.errors else 200)


@seated(*TYPISTS)
def type_sheet(request: HttpRequest, room: Room, entry: UUID, judge: UUID) -> HttpResponse:
    """Type one paper sheet of the panel in this room."""
    entries = Entry.objects.filter(panel=room.panel).select_related("session__rubric", "session__place", "panel")
    row: Entry = get_object_or_404(entries, pk=entry)
    seats = Seat.objects.filter(duty=Duty.JUDGE, panel=room.panel).select_related("session")
    back = reverse("reviews:room_typing", args=[room.session.code, room.panel.position])
    frame = "reviews/room/frame.html"
    return typed(request, row, get_object_or_404(seats, pk=judge), actor=room.actor, back=back, frame=frame, room=room)
