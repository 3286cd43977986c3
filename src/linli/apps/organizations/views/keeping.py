"""Doors that add a row to an organization's page, and those that end one."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.organizations import services
from linli.apps.organizations.forms import CoachingForm, EndForm, HonourForm, RelationForm, StandingForm
from linli.apps.organizations.permissions import imports_organizations, tends_checklists
from linli.apps.organizations.services.keeping import require
from linli.apps.organizations.views.acting import act
from linli.apps.organizations.views.changing import page
from linli.apps.organizations.views.organization import found
from linli.kernel.refs import kind_of
from linli.kernel.scope import permission
from linli.kernel.scope.doors import actor_of


@dataclass(frozen=True)
class Addition:
    """One kind of row added to an organization's page."""

    form: type[forms.Form]
    verb: Callable[..., Any]
    title: Any
    lead: Any


def _give_standing(row: Any, *, standing: str, **data: Any) -> Any:
    kind, _colon, value = standing.partition(":")
    return services.give_standing(row, kind=kind, value=value, **data)


def _add_honour(row: Any, **data: Any) -> Any:
    return services.add_honour(organization=row, **data)


ADDITIONS = {
    "standing": Addition(
        StandingForm,
        _give_standing,
        _("Enter a standing"),
        _("Grades, stars, lists, checks: from when to when."),
    ),
    "honour": Addition(HonourForm, _add_honour, _("Enter an honour"), _("Who gave it, at which level, until when.")),
    "relation": Addition(
        RelationForm,
        services.declare_relation,
        _("Declare a related party"),
        _("What was declared, with its source. Whoever judges or splits an order sees it."),
    ),
    "coaching": Addition(
        CoachingForm,
        services.coach,
        _("Enter the coaching agency"),
        _("A supporting agency does not judge what it coaches."),
    ),
}


@permission(imports_organizations)
def add(request: HttpRequest, pk: UUID, what: str) -> HttpResponse:
    """Add a standing, an honour, a related party or a coaching agency."""
    row, addition = found(request, pk, imports_organizations), ADDITIONS.get(what)
    if addition is None:
        raise Http404
    return act(
        request,
        addition.form(request.POST or None, request.FILES or None),
        lambda data: addition.verb(row, actor=actor_of(request), **data),
        back=page(row.pk),
        done=_("Entered."),
        title=addition.title,
        lead=addition.lead,
        press=_("Save"),
        crumb=row.name,
    )


ENDINGS: dict[str, tuple[Callable[..., Any], Any]] = {
    "standing": (services.end_standing, _("End the standing")),
    "honour": (services.end_honour, _("End the honour")),
    "related_party": (services.end_relation, _("End the relation")),
    "coaching": (services.end_coaching, _("End the coaching")),
    "facility": (services.close_facility, _("Close the facility")),
    "partnership": (services.end_partnership, _("End the partnership")),
    "checklist_tick": (services.untick, _("Take the tick back")),
}


@permission(imports_organizations | tends_checklists)
def end(request: HttpRequest, what: str, pk: UUID) -> HttpResponse:
    """From which day a row no longer holds, and why."""
    if what not in ENDINGS:
        raise Http404
    verb, title = ENDINGS[what]
    kind, actor = kind_of(f"organizations.{what}"), actor_of(request)
    row = get_object_or_404(kind.visible_to(kind.rows(), actor), pk=pk)
    require(tends_checklists if what == "checklist_tick" else imports_organizations, actor, row)
    lead = _("It counts no longer from that day; what was before stays.")
    return act(
        request,
        EndForm(request.POST or None, initial={"on": timezone.localdate()}),
        lambda data: verb(row, actor=actor, **data),
        back=_back(what, row),
        done=_("Ended."),
        title=title,
        lead=lead,
        press=title,
        danger=True,
        crumb=str(row),
    )


def _back(what: str, row: Any) -> str:
    address = kind_of(row).address(row)
    return address or reverse("organizations:list")
