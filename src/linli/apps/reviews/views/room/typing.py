"""Sheets of paper, typed in the room by host or counter; somebody else types them again, here or at the desk."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from linli.apps.reviews import queries
from linli.apps.reviews.models import Duty, Entry, Seat
from linli.apps.reviews.views.judging import typed
from linli.apps.reviews.views.room.access import Room, seated

TYPISTS = (Duty.HOST, Duty.COUNTER)


@require_safe
@seated(*TYPISTS)
def typing(request: HttpRequest, room: Room) -> HttpResponse:
    """Which sheets are typed once, twice, which differ. Never a mark."""
    rows = queries.typing_grid(room.panel)
    return render(request, "reviews/room/typing.html", {"room": room, "rows": rows})


@seated(*TYPISTS)
def type_sheet(request: HttpRequest, room: Room, entry: UUID, judge: UUID) -> HttpResponse:
    """Type one paper sheet of the panel in this room."""
    entries = Entry.objects.filter(panel=room.panel).select_related("session__rubric", "session__place", "panel")
    row: Entry = get_object_or_404(entries, pk=entry)
    seats = Seat.objects.filter(duty=Duty.JUDGE, panel=room.panel).select_related("session")
    back = reverse("reviews:room_typing", args=[room.session.code, room.panel.position])
    frame = "reviews/room/frame.html"
    return typed(request, row, get_object_or_404(seats, pk=judge), actor=room.actor, back=back, frame=frame, room=room)
