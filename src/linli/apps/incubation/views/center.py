"""Doors of the center: its tables on the page and as workbooks, what is added to them, verbs on one row."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from linli.apps.incubation import forms, queries, services
from linli.apps.incubation.models import Center, DeskStay, SupportCase, UnitTask
from linli.apps.incubation.permissions import KEEPERS, keeps_pages, reads_center
from linli.apps.incubation.views.acting import found
from linli.apps.incubation.views.more_registers import REGISTERS
from linli.apps.incubation.views.registers import Register
from linli.apps.organizations.queries import in_force, keepable_places, visible_to
from linli.apps.places.models import Level, Place
from linli.apps.projects.queries import visible_to as projects_visible_to
from linli.kernel.scope import Actor, permission
from linli.kernel.ui import acting
from linli.kernel.ui.acting import me, workbook

CHINESE = "zh-hans"


def _built(request: HttpRequest, name: str) -> Register:
    if name not in REGISTERS:
        raise Http404
    return REGISTERS[name][1](request)


@permission(reads_center)
@require_safe
def register(request: HttpRequest, name: str = "members") -> HttpResponse:
    """One table of the center."""
    shown = _built(request, name)
    context = {
        "register": shown,
        "tabs": [(key, title) for key, (title, _build) in REGISTERS.items()],
        "here": name,
        "query": request.GET.urlencode(),
        "day": forms.DayForm(initial={"on": shown.on}) if shown.on else None,
    }
    return render(request, "incubation/register.html", context)


@permission(reads_center)
@require_safe
def export(request: HttpRequest, name: str) -> HttpResponseBase:
    """The same as a workbook; verbs are left out."""
    with override(CHINESE):
        shown = _built(request, name)
        kept = [number for number, (title, _numeric) in enumerate(shown.heads) if str(title)]
        heads = [str(shown.heads[number][0]) for number in kept]
        rows = [[_plain(row[number]) for number in kept] for row in shown.rows]
        return workbook(str(shown.title), heads, rows)


def _plain(cell: Any) -> Any:
    if isinstance(cell.text, int):
        return cell.text
    return f"{cell.text}（{cell.note}）" if cell.note else str(cell.text)


@dataclass(frozen=True)
class Adding:
    """Something added at a street: its form with its choices, what does it, what the page says, where it leads."""

    form: Callable[..., django_forms.Form]
    rows: Callable[[Actor], dict[str, Any]]
    do: Callable[..., Any]
    title: str | Promise
    done: str | Promise
    back: str
    lead: str | Promise = ""


def _places(actor: Actor) -> Any:
    return keepable_places(actor, KEEPERS, timezone.localdate()).exclude(level=Level.VILLAGE)


def _streets(actor: Actor) -> Any:
    return _places(actor).filter(level=Level.STREET)


def organizations_of(actor: Actor) -> Any:
    """Organizations that exist today and that the reader may see, by name."""
    return in_force(timezone.localdate(), visible_to(actor)).order_by("name", "pk")


def _units(actor: Actor) -> Any:
    rows = Place.objects.filter(pk__in=actor.reach(*KEEPERS).places, valid_to__isnull=True)
    return rows.filter(level__in=(Level.COMMUNITY, Level.GRID, Level.POINT)).order_by("code")


ADDING: dict[str, Adding] = {
    "center": Adding(
        forms.CenterForm, lambda actor: {"place": _places(actor), "operator": organizations_of(actor)},
        services.open_center, _("Open a center"), _("The center is registered."),
        "centers", _("Its level follows from the place: district, street or community."),
    ),
    "desks": Adding(
        forms.DesksForm,
        lambda actor: {"center": queries.centers_visible_to(actor).filter(closed_on=None, place__in=_places(actor))},
        services.add_desks, _("Add desks"), _("The desks are there."), "desks",
    ),
    "award": Adding(
        forms.AwardForm, lambda actor: {"place": _places(actor)},
        services.count_awards, _("Count awards"), _("The number is in."),
        "centers", _("How many people of a place got an award in a year. No names are kept."),
    ),
    "training": Adding(
        forms.TrainingForm, lambda actor: {"street": _streets(actor)},
        services.plan_training, _("Plan a course"), _("The course is planned."),
        "training", _("Sessions are planned as activities from the table, and counted with those who came."),
    ),
    "unit": Adding(
        forms.UnitForm,
        lambda actor: {
            "project": projects_visible_to(actor).order_by("-year", "title"),
            "organization": organizations_of(actor),
            "unit": _units(actor),
        },
        services.take_unit, _("Enter a unit"), _("The unit is entered."),
        "matrix",
    ),
}  # fmt: skip


@permission(keeps_pages)
def add(request: HttpRequest, what: str) -> HttpResponse:
    """Show the form of something to add, and add it."""
    adding = ADDING.get(what)
    if adding is None:
        raise Http404
    actor = me(request)
    first = {"year": timezone.localdate().year}
    form = adding.form(request.POST if request.method == "POST" else None, rows=adding.rows(actor), initial=first)
    return acting.act(
        request, form, lambda data: adding.do(actor=actor, **data) and None,
        back=reverse("incubation:register", args=[adding.back]), done=adding.done, title=adding.title,
        lead=adding.lead, press=adding.title, crumb=REGISTERS[adding.back][0],
    )  # fmt: skip


@dataclass(frozen=True)
class RowVerb:
    """A verb on one row of a table."""

    rows: Callable[[Actor], Any]
    form: Callable[..., django_forms.Form]
    do: Callable[..., Any]
    title: str | Promise
    done: str | Promise
    back: str


def _of(rows: Any, *related: str) -> Callable[[Actor], Any]:
    return lambda actor: queries.of_members(actor, rows.objects.select_related(*related))


ROWS: dict[tuple[str, str], RowVerb] = {
    ("stay", "free"): RowVerb(
        _of(DeskStay, "organization", "desk__center"), forms.DayForm, services.free_desk, _("Free the desk"),
        _("The desk is free."), "desks",
    ),
    ("case", "close"): RowVerb(
        _of(SupportCase, "organization"), forms.OutcomeForm, services.close_case, _("Close the case"),
        _("The case is closed."), "support",
    ),
    ("case", "book"): RowVerb(
        _of(SupportCase, "organization"), forms.BookForm, services.keep_book, _("Enter the month"),
        _("The month is entered."), "books",
    ),
    ("task", "leave"): RowVerb(
        _of(UnitTask, "organization", "project", "unit"), forms.DayForm, services.leave_unit, _("End it"),
        _("It is ended."), "matrix",
    ),
    ("center", "close"): RowVerb(
        lambda actor: queries.centers_visible_to(actor, Center.objects.select_related("place")), forms.DayForm,
        services.close_center, _("Close the center"), _("The center is closed."), "centers",
    ),
}  # fmt: skip


@permission(keeps_pages)
def row(request: HttpRequest, kind: str, pk: UUID, verb: str) -> HttpResponse:
    """Show the form of a verb on one row, and do it."""
    doing = ROWS.get((kind, verb))
    if doing is None:
        raise Http404
    actor = me(request)
    one = found(request, doing.rows(actor), pk, keeps_pages)
    sent = request.POST if request.method == "POST" else None
    form = doing.form(sent, initial={"month": request.GET.get("month")} if "month" in request.GET else None)
    return acting.act(
        request, form, lambda data: doing.do(one, actor=actor, **data) and None,
        back=reverse("incubation:register", args=[doing.back]), done=doing.done, title=doing.title, lead=str(one),
        press=doing.title, crumb=REGISTERS[doing.back][0],
    )  # fmt: skip
