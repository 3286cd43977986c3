"""Doors of absences: one's own for everybody, those of the staff for who leads it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from linli.apps.people import queries, services
from linli.apps.people.forms import AbsenceForm
from linli.apps.people.models import Absence, User
from linli.apps.people.permissions import opens_the_desk
from linli.apps.people.views.acting import act, me, press
from linli.kernel.scope import permission
from linli.kernel.ui.lists import Column, ListPage

COLUMNS = (
    Column("person", _("Person")),
    Column("first_day", _("First day"), sort="first_day"),
    Column("last_day", _("Last day")),
    Column("state", _("State")),
)


def page_of(request: HttpRequest) -> ListPage:
    """My absences and those of my staff, as the list and the workbook show them."""
    rows = queries.absences_visible_to(me(request)).select_related("user")
    return ListPage(request, rows, columns=COLUMNS, first_sort="-first_day")


@permission(opens_the_desk)
def absence_list(request: HttpRequest) -> HttpResponse:
    """When I am away and when my staff is, the latest first; and who acts for whom today."""
    actor, page = me(request), page_of(request)
    today = timezone.localdate()
    return render(
        request,
        "people/absences.html",
        {"page": page, "today": today, "standing_in": queries.standing_in(actor, today)},
    )


@permission(opens_the_desk)
def new(request: HttpRequest) -> HttpResponse:
    """Enter days away; what nobody will do meanwhile is told at once."""
    actor, today = me(request), timezone.localdate()
    people = User.objects.filter(pk=actor.pk) | User.objects.filter(
        pk__in=queries.staff_of(actor).order_by().values("pk")
    )

    def enter(data: dict[str, Any]) -> None:
        told = services.enter_absence(actor=actor, **data)
        for gap in told.gaps:
            messages.warning(request, str(gap))

    return act(
        request,
        AbsenceForm(
            request.POST or None,
            users=people.order_by("name"),
            initial={"user": actor.pk, "first_day": today, "last_day": today},
        ),
        enter,
        back=reverse("people:absences"),
        done=_("Entered. The substitutes act on these days by themselves."),
        title=_("Enter an absence"),
        lead=_("Only the kind and the days are kept, nothing about why."),
        press=_("Enter"),
        crumb=_("Absences"),
    )


@permission(opens_the_desk)
@require_POST
def call_off(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Back earlier, or never left."""
    row: Absence = get_object_or_404(queries.absences_visible_to(me(request)).select_related("user"), pk=pk)
    return press(
        request,
        lambda: services.call_off(row, actor=me(request)),
        back=reverse("people:absences"),
        done=_("Called off. From now on nobody acts for this person."),
    )
