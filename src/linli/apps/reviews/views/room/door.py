"""The door of the room: the code of the room, then the PIN of the seat; and the way out."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from linli.apps.reviews.models import ReviewSession
from linli.apps.reviews.queries import room as reads
from linli.apps.reviews.services import room as verbs
from linli.apps.reviews.views.room.access import COOKIE, TOO_OFTEN, Room, give, room_of, seated, session_or_404
from linli.kernel.errors import Refusal
from linli.kernel.scope import everyone, permission
from linli.kernel.scope.devices import device_of
from linli.kernel.slips.codes import tidy
from linli.kernel.ui.acting import explain
from linli.kernel.ui.rates import knock

TYPED = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
DIGITS = {"autocomplete": "one-time-code", "inputmode": "numeric", "data-pin": "1"}
ATTEMPTS = 100
"""Attempts from one network in ten minutes: a hall's devices share one address."""
ATTEMPTS_A_ROOM = 300


class CodeForm(forms.Form):
    code = forms.CharField(label=gettext_lazy("Room code"), max_length=20, widget=forms.TextInput(attrs=TYPED))


class PinForm(forms.Form):
    pin = forms.CharField(
        label=gettext_lazy("PIN of your seat"),
        max_length=20,
        widget=forms.TextInput(attrs=DIGITS),
        help_text=gettext_lazy("Eight digits on the slip you were given. No account is needed."),
    )


@permission(everyone)
def find(request: HttpRequest) -> HttpResponse:
    """Where to type the code printed on the slip or shown in the hall."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        code = tidy(form.cleaned_data["code"])
        if reads.session_of(code) is not None:
            return redirect("reviews:room_door", code=code)
        try:
            _count("room.code", request, limit=60)
            form.add_error("code", _("There is no room of this code. Look at your slip again."))
        except Refusal as refusal:
            explain(form, refusal)
    return render(request, "reviews/room/find.html", {"form": form}, status=422 if form.errors else 200)


def _count(what: str, request: HttpRequest, *, limit: int, where: str = "") -> None:
    origin = f"{where}|{request.META.get('REMOTE_ADDR', '')}"
    knock(what, origin, limit=limit, minutes=10, sentence=TOO_OFTEN)


@permission(everyone)
def door(request: HttpRequest, code: str) -> HttpResponse:
    """The PIN of a seat; whoever holds one goes on to its page."""
    room = room_of(request, code)
    if room is not None and request.method != "POST":
        return redirect(room.address)
    session = session_or_404(request, code)
    form = PinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _enter(request, session, form.cleaned_data["pin"])
        except Refusal as refusal:
            explain(form, refusal)
    shown = {"form": form, "session": session, "panels": reads.panels_of(session)}
    return render(request, "reviews/room/door.html", shown, status=422 if form.errors else 200)


def _enter(request: HttpRequest, session: ReviewSession, pin: str) -> HttpResponse:
    _count("room.pin", request, limit=ATTEMPTS, where=session.code)
    knock("room.pins", session.code, limit=ATTEMPTS_A_ROOM, minutes=10, sentence=TOO_OFTEN)
    seat, secret = verbs.take_seat(session, pin=pin, sort=device_of(request.headers.get("User-Agent", "")))
    number = seat.panel.position if seat.panel else 1
    response = redirect("reviews:room", code=session.code, number=number)
    give(response, request, session, seat, secret)
    return response


@require_POST
@seated()
def leave(request: HttpRequest, room: Room) -> HttpResponse:
    """This device gives its seat up; the PIN opens it on another one."""
    verbs.release(room.seat, actor=room.actor)
    messages.success(request, _("You left your seat. The PIN opens it again."))
    response = redirect("reviews:room_door", code=room.session.code)
    response.delete_cookie(COOKIE, path=f"/room/{room.session.code}/")
    return response
