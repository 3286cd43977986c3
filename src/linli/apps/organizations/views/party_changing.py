"""Doors that enter a party organization, change it, count its members, and end what it covers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.organizations import queries, services
from linli.apps.organizations.forms import (
    ChangePartyForm,
    CountForm,
    ElectionForm,
    EndForm,
    InstructorForm,
    MovePartyForm,
    NewPartyForm,
    SpaceForm,
    UnitForm,
)
from linli.apps.organizations.models import InstructorAssignment, PartyCover, PartyOrganization
from linli.apps.organizations.permissions import PARTY_KEEPERS, keeps_party_pages
from linli.apps.organizations.services.keeping import require
from linli.apps.organizations.views.acting import act
from linli.apps.organizations.views.organization import found
from linli.apps.organizations.views.party import found_party
from linli.apps.places.models import Place
from linli.apps.places.queries import visible_to as places_visible_to
from linli.kernel.scope import permission
from linli.kernel.scope.doors import actor_of


def page(pk: UUID) -> str:
    """The party organization's page on the desk."""
    return reverse("organizations:party", args=[pk])


@permission(keeps_party_pages)
def new_party(request: HttpRequest) -> HttpResponse:
    """Enter a party organization, perhaps of the unit in the address."""
    actor = actor_of(request)
    assert actor is not None  # every door here is closed to strangers
    places = queries.keepable_places(actor, PARTY_KEEPERS, timezone.localdate())
    initial = {"organization": request.GET.get("unit", ""), "kind": request.GET.get("kind", "")}
    return act(
        request,
        NewPartyForm(request.POST or None, places=places, initial=initial),
        lambda data: services.found_party(actor=actor, **data),
        back=reverse("organizations:parties"),
        done=_("Entered."),
        title=_("Enter a party organization"),
        lead=_("Its members are counted later, by number; nobody is named. Secretary and instructor are posts."),
        press=_("Save"),
        party=True,
    )


@dataclass(frozen=True)
class Change:
    """One change of a party organization: its form, its verb, and what the page says."""

    form: Any
    verb: Callable[..., Any]
    title: Any
    lead: Any
    first: tuple[str, ...] = ()
    danger: bool = False


def _cover_space(party: PartyOrganization, *, what: str, **data: Any) -> Any:
    kind, _colon, pk = what.partition(":")
    space = queries.space_of(party, kind, pk)
    if space is None:
        raise Http404
    return services.cover_by_party(party, space, **data)


def _cover_unit(party: PartyOrganization, *, what: Any, **data: Any) -> Any:
    return services.cover_by_party(party, what, **data)


CHANGES = {
    "change": Change(
        ChangePartyForm,
        services.change_party,
        _("Change name or kind"),
        _("What it was until then stays in its history."),
        ("name", "kind"),
    ),
    "move": Change(
        MovePartyForm,
        services.change_party,
        _("Move in the tree"),
        _("From that day it stands under another; where it stood stays in its history."),
        ("parent",),
    ),
    "elect": Change(ElectionForm, services.elect, _("Enter an election"), _("The term counts from this day.")),
    "unit": Change(
        UnitForm,
        _cover_unit,
        _("Add a unit"),
        _("A unit whose members belong to this joint branch. It counts as covered from that day."),
    ),
    "space": Change(
        SpaceForm,
        _cover_space,
        _("Add a grid, estate or building"),
        _("Where its members live or work: groups in stairwells, branches in grids, general branches in buildings."),
    ),
    "end": Change(
        EndForm,
        services.end_party,
        _("End the party organization"),
        _("It exists no more from that day, and covers nothing. This cannot be undone; its history stays."),
        danger=True,
    ),
}


@permission(keeps_party_pages)
def change_party(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """Change name or kind, move, enter an election, add a unit or space, end."""
    row, what = found_party(request, pk, keeps_party_pages), CHANGES.get(verb)
    if what is None:
        raise Http404
    initial = {"on": timezone.localdate(), **{name: getattr(row, name) for name in what.first}}
    given = {"choices": queries.spaces_near(row)} if what.form is SpaceForm else {}
    return act(
        request,
        what.form(request.POST or None, initial=initial, **given),
        lambda data: what.verb(row, actor=actor_of(request), **data),
        back=page(row.pk),
        done=_("Saved."),
        title=what.title,
        lead=what.lead,
        press=what.title if what.danger else _("Save"),
        danger=what.danger,
        crumb=row.name,
        party=True,
    )


def _holder(request: HttpRequest, what: str, pk: UUID) -> tuple[Any, str]:
    """Whose members are counted, and the page that shows it."""
    if what == "party":
        return found_party(request, pk, keeps_party_pages), page(pk)
    if what == "unit":
        return found(request, pk, keeps_party_pages), reverse("organizations:party_unit", args=[pk])
    if what != "place":
        raise Http404
    place = get_object_or_404(places_visible_to(actor_of(request), Place.objects.all()), pk=pk)
    require(keeps_party_pages, actor_of(request), place)
    return place, reverse("organizations:party_place", args=[pk])


@permission(keeps_party_pages)
def count_members(request: HttpRequest, what: str, pk: UUID) -> HttpResponse:
    """How many members were counted on a day."""
    holder, back = _holder(request, what, pk)

    def enter(data: dict[str, Any]) -> None:
        as_of, source = data.pop("as_of"), data.pop("source")
        services.count_members(holder, counts=data, as_of=as_of, source=source, actor=actor_of(request))

    return act(
        request,
        CountForm(request.POST or None, initial={"as_of": timezone.localdate()}),
        enter,
        back=back,
        done=_("Entered."),
        title=_("Enter numbers of members"),
        lead=_("Numbers only, no names. What was not counted stays empty; numbers of the same day are corrected."),
        press=_("Save"),
        crumb=str(holder),
        party=True,
    )


@permission(keeps_party_pages)
def assign_instructor(request: HttpRequest, pk: UUID) -> HttpResponse:
    """From which day an instructor looks after a unit."""
    unit = found(request, pk, keeps_party_pages)
    return act(
        request,
        InstructorForm(request.POST or None, initial={"on": timezone.localdate()}),
        lambda data: services.assign_instructor(unit, actor=actor_of(request), **data),
        back=reverse("organizations:party_unit", args=[pk]),
        done=_("Entered."),
        title=_("Enter that an instructor is assigned"),
        lead=_("Only that there is one is kept here; who it is, is a post of that person."),
        press=_("Save"),
        crumb=unit.name,
        party=True,
    )


@permission(keeps_party_pages)
def end_row(request: HttpRequest, what: str, pk: UUID) -> HttpResponse:
    """From which day something is covered no longer, or no instructor looks after a unit, and why."""
    actor, row, back, verb, title = actor_of(request), *_ending(request, what, pk)
    require(keeps_party_pages, actor, row)
    return act(
        request,
        EndForm(request.POST or None, initial={"on": timezone.localdate()}),
        lambda data: verb(row, actor=actor, **data),
        back=back,
        done=_("Ended."),
        title=title,
        lead=_("It counts no longer from that day; what was before stays."),
        press=title,
        danger=True,
        crumb=str(row),
        party=True,
    )


def _ending(request: HttpRequest, what: str, pk: UUID) -> tuple[Any, str, Callable[..., Any], Any]:
    actor = actor_of(request)
    if what == "cover":
        covers = PartyCover.objects.filter(party__in=queries.parties_visible_to(actor).values("pk"))
        cover = get_object_or_404(covers.select_related("party"), pk=pk)
        return cover, page(cover.party_id), services.end_cover, _("End the cover")
    if what != "instructor":
        raise Http404
    rows = InstructorAssignment.objects.filter(organization__in=queries.visible_to(actor).values("pk"))
    row = get_object_or_404(rows.select_related("organization"), pk=pk)
    back = reverse("organizations:party_unit", args=[row.organization_id])
    return row, back, services.end_instructor, _("End the assignment")
