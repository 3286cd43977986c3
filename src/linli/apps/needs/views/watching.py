"""Doors of danger: an alarm that somebody takes, and who is on watch."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from linli.apps.needs import queries, services
from linli.apps.needs.forms.watching import AlarmForm, WatchForm
from linli.apps.needs.kinds.danger import danger_title, dangers_in
from linli.apps.needs.permissions import keeps_pages
from linli.apps.needs.queries.watching import STANDING
from linli.kernel.scope import holds, permission
from linli.kernel.ui.acting import act, me, press

stands_watch = holds(*STANDING)


@permission(stands_watch)
def alarm(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Danger in a need: what was said, whom to call, and who looks after it."""
    rows = queries.alarms_visible_to(me(request)).select_related("need", "taken_by")
    row = get_object_or_404(rows, pk=pk)
    if row.taken_at is not None or request.method != "POST":
        context = {"alarm": row, "form": AlarmForm(), "dangers": dangers_in(f"{row.need.title}\n{row.need.matter}")}
        context["titles"] = [danger_title(code) for code in row.kinds.split()]
        return render(request, "needs/alarm.html", context)

    def do(data: dict[str, Any]) -> None:
        services.take_alarm(row, done=data["done"], actor=me(request))

    return act(
        request, AlarmForm(request.POST), do, back=reverse("needs:alarm", args=[row.pk]), done=_("You look after it."),
        title=_("Look after it"), press=_("I look after it"), crumb=row.need.number,
    )  # fmt: skip


@permission(stands_watch)
@require_safe
def watches(request: HttpRequest) -> HttpResponse:
    """Who is on watch now and next."""
    rows = queries.watches_visible_to(me(request)).filter(ends__gt=timezone.now())
    context = {"rows": rows.select_related("place", "user").order_by("starts", "id")[:100], "now": timezone.now()}
    context["may_enter"] = keeps_pages(me(request), None)
    return render(request, "needs/watches.html", context)


@permission(keeps_pages)
def new_watch(request: HttpRequest) -> HttpResponse:
    """Enter who is on watch."""
    now = timezone.localtime()
    first = {"day": now.date(), "time": now.replace(hour=18, minute=0).time(), "hours": 15}
    form = WatchForm(request.POST or None, actor=me(request), initial=first)

    def do(data: dict[str, Any]) -> None:
        starts, ends = form.hours_given()
        services.enter_watch(place=data["place"], user=data["user"], starts=starts, ends=ends, actor=me(request))

    return act(
        request, form, do, back=reverse("needs:watches"), done=_("Entered."), title=_("Enter a watch"),
        lead=_("In these hours danger that residents write of is told to this person first."),
        press=_("Enter"), crumb=_("On watch"),
    )  # fmt: skip


@permission(keeps_pages)
@require_POST
def drop_watch(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a watch out."""
    row = get_object_or_404(queries.watches_visible_to(me(request)), pk=pk)
    done = _("Taken out.")
    return press(request, lambda: services.drop_watch(row, actor=me(request)), back=reverse("needs:watches"), done=done)
