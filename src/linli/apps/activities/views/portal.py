"""What residents see of activities: what is on, signing up, their own place, the door. No account is needed."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from linli.apps.activities import queries, services
from linli.apps.activities.forms import DoorForm, SignUpForm
from linli.apps.activities.models import ActivityState, Occurrence, SignInWay, Signup
from linli.kernel.errors import Refusal
from linli.kernel.scope import everyone, permission
from linli.kernel.ui.acting import explain, press
from linli.kernel.ui.lists import Column, Filter, ListPage
from linli.kernel.ui.rates import knock

COLUMNS = (
    Column("activity", _("Event")),
    Column("starts", _("When"), sort="starts"),
    Column("place", _("Place")),
    Column("free", _("Places left"), numeric=True),
)
GOODS = (
    Column("item", _("What is handed out")),
    Column("place", _("Place")),
    Column("handed", _("Signed for"), numeric=True),
    Column("signed", _("Households"), numeric=True),
    Column("begun_at", _("Begun"), sort="begun_at"),
)
MANY = _("Many messages came from your network just now. Please send it again in ten minutes.")


@permission(everyone)
@require_safe
def activities(request: HttpRequest) -> HttpResponse:
    """What is on, the next first."""
    kinds = [(kind.code, kind.title) for kind in queries.activity_kinds().values()]
    rows = queries.public_dates(timezone.now())
    page = ListPage(
        request, rows, columns=COLUMNS, filters=(Filter("kind", _("Kind"), kinds, lookup="activity__kind"),),
        first_sort="starts",
    )  # fmt: skip
    return render(request, "activities/public.html", {"page": page})


@permission(everyone)
@require_safe
def activity(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One activity: what, where, when, and the way to sign up."""
    row = get_object_or_404(queries.public_activities().select_related("place__street"), pk=pk)
    now = timezone.now()
    dates = list(row.occurrences.filter(ends__gte=now).prefetch_related("agenda").order_by("starts")[:60])
    context = {"activity": row, "dates": dates, "hosts": row.organizers.all(), "agenda": _agenda(dates)}
    return render(request, "activities/public_activity.html", context)


@permission(everyone)
@require_safe
def goods(request: HttpRequest) -> HttpResponse:
    """What was handed out to households: counts only, never who signed."""
    page = ListPage(request, queries.public_goods(), columns=GOODS, first_sort="-begun_at")
    return render(request, "activities/public_goods.html", {"page": page})


def _agenda(dates: list[Occurrence]) -> list[Any]:
    return list(dates[0].agenda.all()) if dates else []


def _date(pk: UUID) -> Occurrence:
    rows = Occurrence.objects.filter(activity__in=queries.public_activities())
    row: Occurrence = get_object_or_404(rows.select_related("activity__place__street"), pk=pk)
    return row


@permission(everyone)
def sign_up(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form to sign up: a name and a telephone."""
    row = _date(pk)
    form = SignUpForm(request.POST or None, activity=row.activity)
    if request.method == "POST" and form.is_valid():
        try:
            knock("sign-up", request.META.get("REMOTE_ADDR", ""), limit=60, minutes=10, sentence=MANY)
            mine = services.sign_up(row, attendee=form.attendee(), actor=None)
        except Refusal as refusal:
            explain(form, refusal)
        else:
            return redirect("activities:mine", mine.pass_code)
    opens = row.state == "ahead" and row.activity.state == ActivityState.PUBLISHED and not row.is_over(timezone.now())
    context = {"date": row, "activity": row.activity, "form": form, "opens": opens}
    return render(request, "activities/sign_up.html", context, status=422 if form.errors else 200)


def _mine(code: str) -> Signup:
    rows = Signup.objects.select_related("occurrence__activity__place", "attendance")
    row: Signup = get_object_or_404(rows, pass_code=code)
    return row


@permission(everyone)
@never_cache
@require_safe
def mine(request: HttpRequest, code: str) -> HttpResponse:
    """My place: where I stand, the code for the door, giving the place back. Whoever has the address has the page."""
    row = _mine(code)
    date, activity = row.occurrence, row.occurrence.activity
    context = {"signup": row, "date": date, "activity": activity, "came": hasattr(row, "attendance")}
    return render(request, "activities/mine.html", context)


def _verb(request: HttpRequest, code: str, do: Callable[[Signup], Any], done: Any) -> HttpResponse:
    row = _mine(code)
    return press(request, lambda: do(row), back=reverse("activities:mine", args=[code]), done=done)


@permission(everyone)
@require_POST
def leave(request: HttpRequest, code: str) -> HttpResponse:
    """Give my place back."""
    return _verb(request, code, lambda row: services.leave(row, actor=None), _("Your place is given back. Thank you."))


@permission(everyone)
@require_POST
def take(request: HttpRequest, code: str) -> HttpResponse:
    """Take the place that is offered to me."""
    return _verb(request, code, lambda row: services.accept_offer(row, actor=None), _("You have a place."))


@permission(everyone)
@never_cache
def door(request: HttpRequest, code: str) -> HttpResponse:
    """The page behind the code at the door: sign in with the name and four digits, as on the paper sheet."""
    rows = Occurrence.objects.filter(activity__in=queries.public_activities())
    row = get_object_or_404(rows.select_related("activity__place__street"), door_code=code)
    form = DoorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            done = services.sign_in(row, attendee=form.attendee(), way=SignInWay.QR, actor=None)
        except Refusal as refusal:
            explain(form, refusal)
        else:
            said = _("You had signed in already.") if done.again else _("You are signed in. Welcome!")
            messages.success(request, said)
            return redirect("activities:door", code)
    context = {"date": row, "activity": row.activity, "form": form}
    return render(request, "activities/door.html", context, status=422 if form.errors else 200)
