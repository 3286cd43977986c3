"""Doors that enter an organization and change what it is: forms, each with what will happen."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.organizations import queries, services
from linli.apps.organizations.forms import (
    ContactForm,
    EndForm,
    LegalPersonForm,
    NewOrganizationForm,
    OrganizationForm,
    RenameForm,
)
from linli.apps.organizations.permissions import (
    KEEPERS,
    TEAM_KEEPERS,
    imports_organizations,
    tends_contact,
    tends_organizations,
)
from linli.apps.organizations.services.organization import Overtaken
from linli.apps.organizations.views.acting import act, explain
from linli.apps.organizations.views.organization import found
from linli.kernel.errors import Refusal
from linli.kernel.scope import permission
from linli.kernel.scope.doors import actor_of
from linli.kernel.ui.versions import conflict_page


@dataclass(frozen=True)
class Change:
    """One change of what an organization is: its form, its verb, and what the page says."""

    form: type[forms.Form]
    verb: Callable[..., Any]
    title: Any
    lead: Any
    press: Any
    done: Any
    danger: bool = False


CHANGES = {
    "rename": Change(
        RenameForm,
        services.rename,
        _("Rename"),
        _("The name until then stays among the former names; papers already written keep it."),
        _("Rename"),
        _("Renamed."),
    ),
    "legal_person": Change(
        LegalPersonForm,
        services.set_legal_person,
        _("New legal person"),
        _("The one before ends on the day the new one begins. The name is shown masked and never to the neighbours."),
        _("Save"),
        _("Saved."),
    ),
    "suspend": Change(
        EndForm,
        services.suspend,
        _("Suspend"),
        _("It does not work for a time. It can be taken up again."),
        _("Suspend"),
        _("Suspended."),
        danger=True,
    ),
    "resume": Change(
        EndForm,
        services.resume,
        _("Resume"),
        _("It works again from that day."),
        _("Resume"),
        _("Taken up again."),
    ),
    "end": Change(
        EndForm,
        services.end,
        _("End"),
        _("It exists no more from that day. This cannot be undone; its history stays."),
        _("End for good"),
        _("Ended."),
        danger=True,
    ),
}


def page(pk: UUID) -> str:
    """The organization's page on the desk."""
    return reverse("organizations:organization", args=[pk])


@permission(tends_organizations)
def change(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """Rename it, enter a legal person, suspend, take up again or end it."""
    row, what = found(request, pk, tends_organizations), CHANGES.get(verb)
    if what is None:
        raise Http404
    shown = {"title": what.title, "lead": what.lead, "press": what.press, "danger": what.danger, "crumb": row.name}
    return act(
        request,
        what.form(request.POST or None, initial={"on": timezone.localdate()}),
        lambda data: what.verb(row, actor=actor_of(request), **data),
        back=page(row.pk),
        done=what.done,
        **shown,
    )


def _for_actor(request: HttpRequest) -> dict[str, Any]:
    """What the actor may choose: all kinds in his street, or only teams of his community."""
    actor = actor_of(request)
    assert actor is not None  # every door here is closed to strangers
    wide = imports_organizations(actor, None)
    places = queries.keepable_places(actor, KEEPERS if wide else TEAM_KEEPERS, timezone.localdate())
    return {"places": places, "teams_only": not wide}


@permission(tends_organizations)
def new(request: HttpRequest) -> HttpResponse:
    """Enter an organization."""
    form = NewOrganizationForm(request.POST or None, **_for_actor(request))
    if request.method == "POST" and form.is_valid():
        data = form.columns()
        first = {name: data.pop(name, "") for name in ("name", "kind", "place", "valid_from", "credit_code")}
        try:
            made = services.enter(**first, details=data, actor=actor_of(request))
        except Refusal as refusal:
            explain(form, refusal)
        else:
            messages.success(request, _("Entered."))
            return redirect(page(made.pk))
    context = {"form": form, "title": _("Enter an organization"), "back": reverse("organizations:list")}
    return render(request, "organizations/edit.html", context, status=422 if form.errors else 200)


@permission(tends_organizations)
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put right what was entered."""
    row = found(request, pk, tends_organizations)
    form = OrganizationForm(request.POST or None, instance=row, **_for_actor(request))
    return _save(request, row, form, services.correct, _("Correct the organization"))


@permission(tends_contact)
def contact(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put the contact lines right."""
    row = found(request, pk, tends_contact)
    form = ContactForm(request.POST or None, instance=row)
    return _save(request, row, form, services.correct_contact, _("Correct the contact lines"))


def _save(request: HttpRequest, row: Any, form: OrganizationForm, verb: Callable[..., Any], title: Any) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            verb(row, seen=form.seen, actor=actor_of(request), **form.columns())
        except Overtaken:
            return conflict_page(request, form, title=str(_("Two versions of one organization")))
        except Refusal as refusal:
            explain(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect(page(row.pk))
    context = {"form": form, "title": title, "crumb": row.name, "back": page(row.pk), "organization": row}
    return render(request, "organizations/edit.html", context, status=422 if form.errors else 200)
