"""Doors of checklists: every item of an organization with its evidence, and ticking one."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from linli.apps.organizations import queries, services
from linli.apps.organizations.forms import TickForm
from linli.apps.organizations.permissions import reads_organizations, tends_checklists
from linli.apps.organizations.views.acting import act
from linli.apps.organizations.views.organization import found
from linli.apps.organizations.views.party import found_party
from linli.kernel.audit.reading import actor_names
from linli.kernel.files import StoredFile
from linli.kernel.scope import permission
from linli.kernel.scope.doors import actor_of


@dataclass(frozen=True)
class _Of:
    """Whose lists a page shows: how it is found, its routes, and where its crumbs lead."""

    found: Any
    page: str
    lists: str
    tick: str
    register: str
    title: Any


OF = {
    "organization": _Of(
        found, "organizations:organization", "organizations:checklists", "organizations:tick",
        "organizations:list", _("Organizations"),
    ),
    "party": _Of(
        found_party, "organizations:party", "organizations:party_checklists", "organizations:tick_party",
        "organizations:parties", _("Party organizations"),
    ),
}  # fmt: skip


@permission(reads_organizations)
@require_safe
def checklists(request: HttpRequest, pk: UUID, of: str = "organization") -> HttpResponse:
    """Each list with n of so many, its source and grade, and what shows each item."""
    row, actor = OF[of].found(request, pk), actor_of(request)
    results = queries.results_of(row, timezone.localdate())
    ticks = [tick for result in results for _item, tick in result.items if tick]
    papers: dict[UUID, list[StoredFile]] = {}
    for stored in StoredFile.objects.filter(
        owner_kind="organizations.checklist_tick", owner_id__in=[tick.pk for tick in ticks]
    ):
        papers.setdefault(stored.owner_id, []).append(stored)
    names = actor_names(queries.tickers_of(results))
    for tick in ticks:
        tick.papers = papers.get(tick.pk, [])  # type: ignore[attr-defined]  # shown beside the tick
        tick.who = names.get(tick.ticked_by, "") if tick.ticked_by else ""  # type: ignore[attr-defined]  # shown
    context = {"subject": row, "of": OF[of], "results": results, "may_tick": tends_checklists(actor, row)}
    return render(request, "organizations/checklists.html", context)


@permission(tends_checklists)
def tick(request: HttpRequest, pk: UUID, checklist: str, item: str, of: str = "organization") -> HttpResponse:
    """Tick one item with its evidence."""
    row = OF[of].found(request, pk, tends_checklists)
    known = queries.checklists().get(checklist)
    named = known.item(item) if known else None
    if known is None or named is None:
        raise Http404
    return act(
        request,
        TickForm(request.POST or None, request.FILES or None, initial={"on": timezone.localdate()}),
        lambda data: services.tick(row, checklist=checklist, item=item, actor=actor_of(request), **data),
        back=reverse(OF[of].lists, args=[row.pk]),
        done=_("Ticked."),
        title=f"{known.title}：{named.title}",
        lead=_("Show it by a file, a link, or both."),
        press=_("Tick"),
        crumb=row.name,
    )
