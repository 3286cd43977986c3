"""Doors where projects begin: awards that wait, and projects entered directly."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from linli.apps.projects import forms, queries, services
from linli.apps.projects.models import ProjectKind
from linli.apps.projects.permissions import keeps_pages
from linli.apps.projects.services.beginning import LED_BY
from linli.apps.projects.views.acting import act, page_of
from linli.apps.rounds.models import ProviderKind
from linli.kernel.scope import permission
from linli.kernel.ui.acting import me

HOME = _("Delivery of projects")


@permission(keeps_pages)
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """Awards whose projects have not begun."""
    return render(request, "projects/waiting.html", {"awards": queries.awards_to_begin(me(request))[:200]})


@permission(keeps_pages)
def begin(request: HttpRequest, award: UUID) -> HttpResponse:
    """Begin the project of an award."""
    row = get_object_or_404(queries.awards_to_begin(me(request)).select_related("commitment__fund"), pk=award)
    first = {
        "kind": LED_BY.get(ProviderKind(row.proposal.provider or ProviderKind.COMMUNITY)),
        "starts_on": row.proposal.starts_on, "ends_on": row.proposal.ends_on,
    }  # fmt: skip

    def do(data: dict[str, Any]) -> str:
        kind = ProjectKind(data.pop("kind"))
        return page_of(services.begin_from_award(row, kind=kind, actor=me(request), **data))

    return act(
        request, forms.BeginForm(request.POST or None, initial=first), do, back=reverse("projects:waiting"),
        done=_("The project has begun."), title=_("Begin the project"), lead=row.proposal.title,
        press=_("Begin the project"), crumb=HOME,
    )  # fmt: skip


@permission(keeps_pages)
def new(request: HttpRequest) -> HttpResponse:
    """Enter a project that no round awarded."""
    actor = me(request)
    form = forms.ProjectForm(request.POST or None, actor=actor)

    def do(data: dict[str, Any]) -> str:
        own: dict[str, Any] = {"bearer": data["bearer"]} if data["bearer"] else {"bearer_place": data["place"]}
        row = services.enter_directly(place=data["place"], text=form.text(), agency=data["agency"], actor=actor, **own)
        return page_of(row)

    return act(
        request, form, do, back=reverse("projects:projects"), done=_("The project is entered."),
        title=_("Enter a project directly"),
        lead=_("For small yearly contracts and other money. What a round awarded begins from its award."),
        press=_("Enter the project"), crumb=HOME,
    )  # fmt: skip
